import type { Polyline } from "./polyline.js";

/** A place in pixels, and how far it is in front of the sphere's middle, in radii. */
export interface Seen {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** Where the eye is: far away, to the right of x and a little above the equator. */
const azimuth = (28 * Math.PI) / 180;
const elevation = (16 * Math.PI) / 180;
const [sinA, cosA, sinE, cosE] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(elevation), Math.cos(elevation)];

/** A sphere of radius `radius` pixels, as it is seen without perspective: z goes up, x comes forward, y goes right. */
export class Sphere {
  constructor(
    readonly centre: readonly [x: number, y: number],
    readonly radius: number,
  ) {}

  see(x: number, y: number, z: number): Seen {
    const across = cosA * y - sinA * x;
    const up = cosE * z - sinE * (cosA * x + sinA * y);
    return {
      x: this.centre[0] + this.radius * across,
      y: this.centre[1] - this.radius * up,
      depth: cosE * (cosA * x + sinA * y) + sinE * z,
    };
  }

  /** A line through some points, parted into what is in front of the middle and what is behind it. */
  part(points: readonly Seen[]): { readonly front: readonly Polyline[]; readonly back: readonly Polyline[] } {
    const found: { readonly front: Polyline[]; readonly back: Polyline[] } = { front: [], back: [] };
    let run: Seen[] = [];
    const end = (): void => {
      const [first] = run;
      if (first === undefined || run.length < 2) return;
      const side = run[1]!.depth >= 0 && run.at(-2)!.depth >= 0 ? found.front : found.back;
      side.push({ x: Float64Array.from(run, ({ x }) => x), y: Float64Array.from(run, ({ y }) => y) });
    };
    for (const point of points) {
      const last = run.at(-1);
      if (last !== undefined && last.depth >= 0 !== point.depth >= 0) {
        const part = last.depth / (last.depth - point.depth);
        const between = (a: number, b: number): number => a + part * (b - a);
        const at = { x: between(last.x, point.x), y: between(last.y, point.y), depth: 0 };
        run.push(at);
        end();
        run = [at];
      }
      run.push(point);
    }
    end();
    return found;
  }

  /** A circle of the sphere; `of` gives its points for an angle. */
  circle(of: (angle: number) => readonly [number, number, number]): readonly Seen[] {
    return Array.from({ length: 121 }, (_, k) => this.see(...of((k * Math.PI) / 60)));
  }
}
