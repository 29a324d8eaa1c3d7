import { createRequire } from "node:module";

// By its own name, so that it is found from the sources, the build and the bundle alike.
const { version } = createRequire(import.meta.url)("pinched/package.json") as { version: string };

export { version };
