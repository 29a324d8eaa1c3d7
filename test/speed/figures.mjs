// The pictures of the benchmarks, drawn by the product itself.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { D3Node } from "d3-node";
import { plot } from "../../dist/src/index.js";

const gap = (count) => new Array(count).fill(Number.NaN);
const values = (...lists) => Float64Array.from(lists.flat());

/** Curves that have each points of their own, both axes logarithmic. */
function drawCurves(name, { title, x, y, curves }) {
  const before = (k) => curves.slice(0, k).reduce((sum, { points }) => sum + points.length, 0);
  const all = before(curves.length);
  const picture = {
    kind: "xy",
    name,
    named: true,
    title,
    xlabel: x.label,
    ylabel: y.label,
    logx: true,
    logy: true,
    x: { name: x.label, unit: x.unit, values: values(...curves.map(({ points }) => points.map(([at]) => at))) },
    y: curves.map(({ label, points }, k) => ({
      name: label,
      unit: y.unit,
      values: values(
        gap(before(k)),
        points.map(([, value]) => value),
        gap(all - before(k) - points.length),
      ),
    })),
  };
  drawPicture(picture);
}

function drawPicture(picture) {
  const page = new D3Node();
  plot(picture, page.createSVG());
  writeFileSync(
    join(import.meta.dirname, `${picture.name}.svg`),
    `<?xml version="1.0" encoding="UTF-8"?>\n${page.svgString()}\n`,
  );
}

/** CPU seconds of crossbars over the number of their memristors. */
export function drawScaling(sizes) {
  const cells = ({ name }) => Number(/\d+/.exec(name)[0]) ** 2;
  const over = (label, of) => ({
    name: label,
    unit: "s",
    values: Float64Array.from(sizes, (it) => of(it) ?? Number.NaN),
  });
  drawPicture({
    kind: "waves",
    name: "scaling",
    named: true,
    title: "Crossbars, two periods, 1000 points",
    xlabel: "memristors",
    ylabel: "CPU time",
    logx: true,
    logy: true,
    x: { name: "memristors", unit: "1", values: Float64Array.from(sizes, cells) },
    left: [
      over("pinched, whole process", (it) => it.ours),
      ...(sizes.some(({ peer }) => peer !== undefined) ? [over("ngspice", (it) => it.peer)] : []),
    ],
    right: [],
  });
}

/** What an error costs: a 16 × 16 crossbar, along the arrows at tighter tolerances or more points. */
export function drawWorkPrecision(sides) {
  drawCurves("work-precision", {
    title: "Crossbar 16 × 16: error over CPU time",
    x: { label: "CPU time", unit: "s" },
    y: { label: "error of the sense voltages", unit: "1" },
    curves: Object.entries(sides)
      .filter(([, points]) => points.length > 1)
      .map(([label, points]) => ({ label, points: points.map(({ cpu, error }) => [cpu, error]) })),
  });
}
