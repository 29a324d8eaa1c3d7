import type { CardSettings } from "./card-settings.js";

/**
 * `channel=c` of `rule=stochastic`, by its place: a stochastic matrix with a column for each input, which is from there on what was
 * learned. Undefined without it, or after having complained.
 */
export function learnedMatrixOf(given: CardSettings, inputs: number): number | undefined {
  const value = given.value("channel");
  const found = value && given.place.elaboration.channels.named(value, given.place);
  if (found === undefined) return undefined;
  const { name, definition, input, output } = found.card;
  const columns = Array(inputs).fill("0.5").join(",");
  const help = `declare it: \`.channel ${name} stochastic=((${columns}),(${columns}))\`.`;
  if (definition.kind !== "stochastic") {
    const message = `\`rule=stochastic\` learns a stochastic matrix, which \`${name}\` is not.`;
    given.error("other-channel", message, given.at("channel"), help);
    return undefined;
  }
  if (input === inputs && output === 2) return found.index;
  const message = `A stochastic matrix of ${inputs} inputs and one answer is 2 × ${inputs}, but \`${name}\` is ${output} × ${input}.`;
  given.error("unlike-dimensions", message, given.at("channel"), help);
  return undefined;
}
