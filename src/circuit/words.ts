import type { Word } from "../syntax/ast.js";
import { splicedText } from "./constant-scope.js";
import type { Environment } from "./environment.js";

/** A word with what stands in its braces spliced in: `r{i}_{j+1}` is `r3_5`. Keeps the user's letters. */
export const textOf = ({ parts }: Word, place: Environment): string => splicedText(parts, place);

/** A word as a name: lower case. */
export const nameOf = (word: Word, place: Environment): string => textOf(word, place).toLowerCase();
