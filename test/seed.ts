import fc from "fast-check";

/** Random laws meet the same inputs in every run; `SEED=2 npx vitest run …` tries others. */
fc.configureGlobal({ seed: Number(process.env["SEED"] ?? 1) });
