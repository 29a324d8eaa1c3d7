import type { Item } from "../syntax/ast.js";
import type { Items } from "./items.js";
import { nearName, written } from "./readings.js";
import { nameOf } from "./words.js";

/** What people call them, or other programs do. */
const foreignTasks: Readonly<Record<string, string>> = {
  area: "`loop_area m1` is the area of a device's loop, `integ v(a)` an integral.",
  lobe: "of a device's loop there are `lobe_positive m1` and `lobe_negative m1`, and `loop_area m1`, their sum.",
  energy: "the energy a device takes is `integ p(m1)`, that of its switching `switch_energy m1`.",
  loop: "of a device's loop there are `loop_area m1`, `formfactor m1`, `pinch m1`, and `ohm m1` of a quantum memristor.",
  hysteresis: "of a device's loop there are `loop_area m1`, `formfactor m1` and `pinch m1`.",
  mean: "the mean is `avg v(a)`.",
  ptp: "from peak to peak is `pp v(a)`.",
  delay: "the distance between two crossings is `trig v(a) val=0.5 rise=1 targ v(b) val=0.5 rise=1`.",
};

/** Complains of a measure that is none of `tasks`, with the nearest of them, or what it is called here. */
export function complainOfTask(item: Item | undefined, items: Items, tasks: readonly string[]): void {
  const word = item?.kind === "word" ? nameOf(item, items.place) : "";
  const near = word ? nearName(word, tasks) : undefined;
  const help =
    foreignTasks[word] ??
    (near
      ? `did you mean \`${near}\`?`
      : "a measure is `max v(out)`, `find v(a) at=1m`, `when v(a)=0.5`, `trig … targ …`, `loop_area m1`, `param={…}`.");
  const found = item ? `\`${written(item.span)}\`` : "the end of the card";
  items.error("unknown-measure", `Expected what to measure, found ${found}.`, item?.span ?? items.span, help);
}
