import { isFilm } from "../devices/perceptrons/activations.js";
import { neuronKind } from "../devices/perceptrons/recognise.js";
import type { Circuit } from "./circuit.js";
import type { Network } from "./network.js";

/** Says of the nodes of films that a static analysis has their answers at once, which in time take a reading. */
export function noteStaticFilms(network: Network, analyses: Circuit["analyses"]): void {
  const card = analyses.find(({ kind }) => kind === "op" || kind === "dc");
  const [film] = network.kinds.such((device) => {
    const activation = neuronKind(device)?.activation;
    return activation !== undefined && isFilm(activation);
  });
  if (card === undefined || film === undefined) return;
  const message = `In \`.${card.kind}\` the node \`${film.shown}\`, as all of its kind, has the answer that it comes to after \`tread\`; in \`.tran\` its film takes that time.`;
  network.complaints.note("static-film", message, film.span);
}
