/** Character `at` of a text of which four stand in a whole number. */
export function characterAt(text: Int32Array, at: number): number {
  return (text[at >> 2]! >> ((at & 3) << 3)) & 255;
}

/** Whether a character parts words. */
export function partsWords(character: number): number {
  if (character === 32 || character === 44) return 1;
  if (character >= 9 && character <= 13) return 1;
  return 0;
}
