import { testLessons } from "./run-lessons.js";

testLessons("perceptrons");
