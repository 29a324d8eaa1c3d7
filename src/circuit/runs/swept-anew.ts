import type { Complaints } from "../../text/diagnostic.js";
import type { Circuit } from "../circuit.js";
import type { Runs } from "./runs.js";

type Sweeps = Extract<Circuit["analyses"][number], { readonly kind: "dc" }>;

/** Sweeps of what takes the netlist to be read anew, which nothing else may have changed. */
export function checkSweptAnew(analyses: Circuit["analyses"], runs: Runs | undefined, complaints: Complaints): void {
  const learns = analyses.findIndex(({ kind }) => kind === "train" || kind === "weights");
  for (const [k, card] of analyses.entries()) {
    if (card.kind !== "dc") continue;
    const anew = card.sweeps.flatMap(({ targets }) => targets.filter(({ sets }) => sets.kind !== "value"));
    if (anew.length === 0) continue;
    complainOfTwins(anew, card, runs, complaints);
    if (learns < 0 || learns > k) continue;
    const name = anew[0]!.name;
    const message = `A sweep of \`${name}\` reads the netlist anew, and would not know the weights that were learned before it.`;
    const help = "let it stand in front of the training, or save the weights and give them to a netlist of its own.";
    complaints.error("not-supported-yet", message, card.span, { help });
  }
}

function complainOfTwins(
  anew: Sweeps["sweeps"][number]["targets"],
  { span }: Sweeps,
  runs: Runs | undefined,
  complaints: Complaints,
): void {
  for (const { name } of anew) {
    const twin = runs?.axes.find((axis) => axis.name === name);
    if (twin === undefined) continue;
    const message = `\`${name}\` is swept here and stepped as well: a value can follow one of them only.`;
    complaints.error("duplicate-name", message, span, { notes: [{ message: "it is stepped here", span: twin.span }] });
  }
}
