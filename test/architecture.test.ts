import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

// The house: which room a file lives in, and which rooms and packages a room may use. No other imports exist.

/** A room sees itself, and the rooms named here. Files directly in a room's folder and below belong to it. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  grammar: [],
  "src/text": [],
  "src/units": [],
  "src/numerics": [],
  "src/quantum": ["src/numerics"],
  "src/syntax": ["grammar", "src/numerics", "src/text", "src/units"],
  "src/expressions": ["src/syntax", "src/text"],
  "src/devices": ["src/units"],
  "src/circuit": ["src/syntax", "src/expressions", "src/devices", "src/text", "src/units"],
  "src/equations": ["src/circuit", "src/devices", "src/expressions", "src/numerics", "src/quantum", "src/text"],
  "src/result": ["src/units"],
  "src/analysis": [
    "src/equations",
    "src/circuit",
    "src/expressions",
    "src/numerics",
    "src/quantum",
    "src/result",
    "src/text",
    "src/units",
  ],
  "src/learning": [
    "src/analysis",
    "src/circuit",
    "src/devices",
    "src/equations",
    "src/expressions",
    "src/numerics",
    "src/quantum",
    "src/result",
    "src/text",
    "src/units",
  ],
  "src/ensemble": ["src/analysis", "src/circuit", "src/numerics", "src/result", "src/text", "src/units"],
  "src/views": ["src/numerics", "src/result", "src/units"],
  "src/files": ["src/text"],
  "src/index.ts": [
    "src/analysis",
    "src/circuit",
    "src/devices",
    "src/ensemble",
    "src/equations",
    "src/expressions",
    "src/learning",
    "src/numerics",
    "src/quantum",
    "src/result",
    "src/syntax",
    "src/text",
    "src/units",
    "src/views",
  ],
  "src/cli": [
    "src/analysis",
    "src/circuit",
    "src/devices",
    "src/files",
    "src/index.ts",
    "src/result",
    "src/text",
    "src/units",
    "src/views",
  ],
};

/**
 * Types that pass a wall: they are erased, so that no code is behind them. The rooms that hand data on name the types
 * of what they hand on.
 */
const maySeeTypesOf: Readonly<Record<string, readonly string[]>> = {
  "src/analysis": ["src/devices"],
  "src/equations": ["src/units"],
};

/** Which files may use a package; `node:` stands for all of Node's own modules. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  chevrotain: ["grammar/", "src/syntax/parse.ts"],
  odex: ["src/numerics/integrators/extrapolation.ts"],
  commander: ["src/cli/"],
  "d3-node": ["src/cli/"],
  piscina: ["src/cli/threads.ts"],
  "node:": ["src/cli/", "src/files/", "grammar/generate.ts"],
};

const root = resolve(import.meta.dirname, "..");
const files = ["grammar", "src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => fileAt(join(folder, name))),
);

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

function fileAt(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const statements = text.matchAll(/^\s*(?:import|export)\s(?:(type)\s)?[^"';]*?from\s+"([^"]+)"/gm);
  const bare = text.matchAll(/\bimport\(?\s*"([^"]+)"/g);
  return {
    path,
    text,
    imports: [
      ...[...statements].map(([, type, target]) => ({ target: target!, typeOnly: type !== undefined })),
      ...[...bare].map(([, target]) => ({ target: target!, typeOnly: false })),
    ],
  };
}

const roomOf = (path: string): string | undefined =>
  Object.keys(mayImport).find((room) => path === room || path.startsWith(`${room}/`));

const inside = (importer: string, target: string): string =>
  relative(root, resolve(root, dirname(importer), target)).replace(/\.js$/, ".ts");

test("every file lives in a room", () => {
  expect(files.filter(({ path }) => roomOf(path) === undefined).map(({ path }) => path)).toEqual([]);
});

test("a room imports only the rooms that it may", () => {
  const trespasses = files.flatMap(({ path, imports }) => {
    const room = roomOf(path)!;
    return imports
      .filter(({ target }) => target.startsWith("."))
      .filter(({ target, typeOnly }) => {
        const other = roomOf(inside(path, target));
        if (other === room || mayImport[room]!.includes(other ?? "")) return false;
        return !(typeOnly && maySeeTypesOf[room]?.includes(other ?? ""));
      })
      .map(({ target }) => `${path} imports ${inside(path, target)}`);
  });
  expect(trespasses).toEqual([]);
});

test("a package is used only where it may", () => {
  const trespasses = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => !target.startsWith("."))
      .filter(({ target }) => {
        const places = mayUse[target.startsWith("node:") ? "node:" : target];
        return !places?.some((place) => path === place || (place.endsWith("/") && path.startsWith(place)));
      })
      .map(({ target }) => `${path} imports ${target}`),
  );
  expect(trespasses).toEqual([]);
});

test("rooms do not go round in a circle", () => {
  const rooms = Object.keys(mayImport);
  const reaches = (room: string, goal: string, seen = new Set<string>()): boolean =>
    mayImport[room]!.some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, goal, seen);
    });
  expect(rooms.filter((room) => reaches(room, room))).toEqual([]);
});

test("files do not go round in a circle when they are loaded", () => {
  const links = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter(({ target, typeOnly }) => target.startsWith(".") && !typeOnly)
        .map(({ target }) => inside(path, target)),
    ]),
  );
  const state = new Map<string, "open" | "closed">();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === "open") circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (state.has(path)) return;
    state.set(path, "open");
    for (const next of links.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, "closed");
  };
  for (const { path } of files) visit(path, []);
  expect(circles).toEqual([]);
});

describe("names and habits", () => {
  test("no folder or file is called for what nobody decided", () => {
    const undecided = /^(utils?|helpers?|common|misc|core|managers?)(\.|$)/i;
    expect(files.filter(({ path }) => path.split("/").some((part) => undecided.test(part)))).toEqual([]);
  });

  test("files are in kebab-case", () => {
    expect(files.filter(({ path }) => !/^[a-z0-9./-]+$/.test(path)).map(({ path }) => path)).toEqual([]);
  });

  test("nothing is exported by default", () => {
    expect(files.filter(({ text }) => /^export default/m.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test("an instance is spread by `changed` alone: a plain one has getters, which `...` leaves behind", () => {
    const spread = [
      /\{[^{}[\]]*\.\.\.instance\b(?![.(])/g,
      /\b(\w+): Instance\b[\s\S]{0,300}?\{[^{}[\]]*\.\.\.\1\b(?![.(])/g,
      /\binstances\.\w+\(\(?(\w+)\b(?=[,)]| =>)[\s\S]{0,300}?\{[^{}[\]]*\.\.\.\1\b(?![.(])/g,
      /\.\.\.\w+ \}: Instance\b/g,
    ];
    const found = files
      .filter(({ path }) => path.startsWith("src/") && path !== "src/circuit/plain-device.ts")
      .flatMap(({ path, text }) =>
        spread.flatMap((it) => [...text.matchAll(it)].map(([where]) => `${path}: ${where}`)),
      );
    expect(found).toEqual([]);
  });

  test("a file that only hands on others is an index", () => {
    const handsOn = /^export (type )?(\*|\{[^}]*\}) from/gm;
    const owns = /^(export )?(declare |abstract |async )?(const|let|function|class|interface|type|enum) \w/m;
    const barrels = files.filter(
      ({ path, text }) => handsOn.test(text) && !owns.test(text) && !/index\.ts$/.test(path),
    );
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  test("a file of more than 250 lines says why it is one file", () => {
    const long = files.filter(({ path, text }) => path !== "grammar/cst.ts" && text.split("\n").length > 250);
    expect(long.filter(({ text }) => !/\bone file\b/i.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test("the top of the repository holds what belongs there, and nothing else", () => {
    const known = [
      ".ci",
      ".gitattributes",
      ".gitignore",
      ".npmrc",
      "CHANGELOG.md",
      "CITATION.cff",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "bin",
      "biome.json",
      "compiler",
      "grammar",
      "netlists",
      "package-lock.json",
      "package.json",
      "src",
      "test",
      "tsconfig.json",
      "vitest.config.ts",
    ];
    const made = [".git", "node_modules", "dist", "coverage"];
    const odd = readdirSync(root).filter((name) => ![...known, ...made].includes(name) && !name.endsWith(".out"));
    expect(odd).toEqual([]);
  });
});
