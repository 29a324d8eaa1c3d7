import { testLessons } from "../examples/run-lessons.js";

testLessons("perceptrons");
