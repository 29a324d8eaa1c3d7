import type { Formula } from "../expressions/formula.js";
import type { Span } from "../text/source.js";
import type { Unit } from "../units/unit.js";
import { ConstantScope } from "./constant-scope.js";
import type { Environment } from "./environment.js";

/** What is known of the measures so far: their names and units, in order. */
export type Known = Map<string, { readonly unit: Unit; readonly span: Span }>;

/** What names mean where measures are spoken of. */
export class MeasureScope extends ConstantScope {
  readonly used: string[] = [];

  constructor(
    place: Environment,
    readonly known: Known,
  ) {
    super(place);
  }

  override name(name: string, span: Span): Formula | undefined {
    if (!this.known.has(name)) return super.name(name, span);
    if (!this.used.includes(name)) this.used.push(name);
    return { kind: "input", index: this.used.indexOf(name) };
  }

  override *names(): Iterable<string> {
    yield* this.known.keys();
    yield* super.names();
  }

  override probe({ span }: { readonly span: Span }): undefined {
    const help = "measure the signal first, `.measure tran peak max v(out)`, and use the name of the measure.";
    this.place.elaboration.complaints.error(
      "signal-in-measure",
      "Only measures, by their names, can stand here.",
      span,
      { help },
    );
  }
}
