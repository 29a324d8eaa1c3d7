import { type ILookaheadStrategy, LLkLookaheadStrategy } from "chevrotain";

type Built = "buildLookaheadForAlternation" | "buildLookaheadForOptional";

/**
 * Chevrotain's way of choosing by the next tokens, worked out for a place of the grammar when a card first comes to it:
 * few netlists come to most of them, and all together take a quarter of the parser's setting up.
 */
export function lookaheadOnDemand(maxLookahead: number): ILookaheadStrategy {
  const atOnce = new LLkLookaheadStrategy({ maxLookahead });
  const late = <Name extends Built>(name: Name): ILookaheadStrategy[Name] => {
    const build = (options: never) => atOnce[name](options) as (this: unknown, ...given: unknown[]) => never;
    return (options: unknown) => {
      let looks: ReturnType<typeof build> | undefined;
      // A method: it asks the parser that it is called on.
      return function (this: unknown, ...given: unknown[]) {
        looks ??= build(options as never);
        return looks.apply(this, given);
      };
    };
  };
  return {
    validate: (options) => atOnce.validate(options),
    buildLookaheadForAlternation: late("buildLookaheadForAlternation"),
    buildLookaheadForOptional: late("buildLookaheadForOptional"),
  };
}
