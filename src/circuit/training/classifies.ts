import type { DatasetCard, Training } from "./cards.js";

/** Whether answers of a training are right or wrong: of classes, not of numbers, which are nearer or further. */
export function classifies(card: Training): boolean {
  if (card.kind === "channel" || card.rule === "stochastic") return true;
  if (card.kind === "descent" && card.cost !== "mse") return card.cost === "kl"; // what the target allows is right
  return card.data !== undefined && hasClasses(card.data);
}

/** One class a row, or targets of two values. */
export function hasClasses({ onehot, inputs, rows }: DatasetCard): boolean {
  if (onehot) return true;
  const values = new Set<number>();
  for (const row of rows) {
    for (const target of row.slice(inputs.length)) values.add(target);
    if (values.size > 2) return false;
  }
  return true;
}
