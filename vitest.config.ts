import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const odexTypesOnly = fileURLToPath(new URL("node_modules/odex/src/odex.js", import.meta.url));

export default defineConfig({
  resolve: { alias: { odex: odexTypesOnly } },
  test: {
    pool: "forks",
    // Tests share nothing that they change; a module that is loaded once saves a minute.
    isolate: false,
    maxWorkers: "100%",
    setupFiles: ["test/seed.ts"],
    // The first import of the grammar alone takes a second, several on a busy machine.
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: "unit", include: ["test/*.test.ts", "test/{cases,systems}/**/*.test.ts"] } },
      { extends: true, test: { name: "examples", include: ["test/examples/*.test.ts"] } },
      { extends: true, test: { name: "slow", include: ["test/slow/*.test.ts"] } },
    ],
  },
});
