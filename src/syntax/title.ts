import { readQuantity } from "../units/quantity.js";

const dotCard =
  /^\.(?:param|params|func|model|subckt|include|inc|lib|global|options?|tran|dc|ac|op|print|plot|save|meas|measure|ic|nodeset|temp|for|if|device|end|ends|control|title)\b/i;

/**
 * Whether a title looks like a card that someone meant to be in the circuit. A sentence such as `RC filter` or
 * `Diode bridge with load` does not: a value, or a name that the rest of the file defines, must stand where it belongs.
 */
export function readsAsCard(title: string, file: string): boolean {
  if (dotCard.test(title)) return true;
  if (!/^[a-z]\S*\s/i.test(title)) return false;
  const words = title.split(/[\s,()=]+/).filter((word) => word !== "");
  switch (title.charAt(0).toLowerCase()) {
    case "r":
    case "c":
    case "l":
    case "v":
    case "i":
      return words.length >= 4 && (isValue(words[3]!) || /^(?:dc|ac|r|c|q|l|sin|sine|pulse|pwl|exp)$/i.test(words[3]!));
    case "k":
      return words.length === 4 && isValue(words[3]!);
    case "e":
    case "g":
    case "f":
    case "h":
      return words.length >= 5 && (isValue(words.at(-1)!) || /\b(?:value|vol|cur)\s*=/i.test(title));
    case "b":
      return /\s[vi]\s*=/i.test(title);
    case "d":
    case "s":
    case "w":
    case "y":
      return words.length >= 4 && words.slice(3).some((word) => defines(file, "model", word));
    case "x":
      return words.some((word) => defines(file, "subckt", word) || defines(file, "device", word));
    default:
      return false;
  }
}

const isValue = (word: string): boolean => /^[{']/.test(word) || !("error" in readQuantity(word));

/** Whether `.model word` or its like stands in the file. */
function defines(file: string, card: string, word: string): boolean {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^[ \\t]*\\.${card}[ \\t]+${literal}(?![^\\s(])`, "im").test(file);
}
