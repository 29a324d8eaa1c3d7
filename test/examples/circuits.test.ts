import { testLessons } from "./run-lessons.js";

testLessons("basics", "memristors", "crossbars");
