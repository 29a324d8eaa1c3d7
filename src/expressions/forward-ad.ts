import { CodeWriter } from "./code-writer.js";
import type { Formula, Program } from "./formula.js";
import { functionOf, type Slope } from "./functions.js";
import { Graph } from "./graph.js";
import type { Interpolant } from "./interpolants.js";
import { schedule } from "./schedule.js";
import { type Switching, switching } from "./switching.js";
import { walk } from "./walk.js";

/**
 * Makes a formula ready to run: straight-line code for its value and, by forward differentiation, its slopes along the
 * inputs 0 … inputs − 1. What is too large to be written out, and all where code from text is forbidden, is walked
 * instead: the same numbers, slower.
 */
export function compileFormula(formula: Formula, inputs: number): Program {
  const { graph, output, found } = analyze(formula, inputs);
  return generate(graph, output, inputs, found) ?? walk(graph, output, inputs, found);
}

/** The same program without generated code. */
export function walkFormula(formula: Formula, inputs: number): Program {
  const { graph, output, found } = analyze(formula, inputs);
  return walk(graph, output, inputs, found);
}

function analyze(formula: Formula, inputs: number) {
  const graph = new Graph();
  const output = graph.add(formula);
  for (const node of graph.nodes) {
    if (node.kind === "input" && !(node.index >= 0 && node.index < inputs)) {
      throw new Error(`A formula reads input ${node.index} of ${inputs}.`);
    }
  }
  return { graph, output, found: switching(graph, schedule(graph, [output]), output) };
}

/** What generated code gives for one formula: its own constants and curves are bound in. */
type Bind = (numbers: Float64Array, curves: readonly Interpolant[]) => Pick<Program, "value" | "load" | "guard">;

function generate(graph: Graph, output: number, inputs: number, found: Switching): Program | undefined {
  const writer = new CodeWriter(graph);
  const value = writer.value(output);
  const load = writer.load(output, inputs);
  const guard = writer.guard(found.guards);
  if (value === undefined || load === undefined || guard === undefined) return undefined;
  const bind = bindOf(
    `"use strict";${writer.preamble}return(k,c)=>({value(t,u){${value}},load(t,u,out){${load}},guard(t,u,out){${guard}}});`,
  );
  if (bind === undefined) return undefined;
  const { guards, breakpoints, smooth } = found;
  return {
    inputs,
    smooth,
    breakpoints,
    guards: guards.length,
    ...bind(Float64Array.from(writer.numbers), writer.curves),
  };
}

/** Functions made so far, by their code: formulas that differ in their numbers alone share one, and its optimisation. */
const made = new Map<string, Bind>();
const mostMade = 10_000;

function bindOf(code: string): Bind | undefined {
  const known = made.get(code);
  if (known !== undefined) return known;
  if (made.size >= mostMade) made.clear();
  try {
    const bind = new Function("value", "slope", code)(valueOfFunction, slopeOfFunction) as Bind;
    made.set(code, bind);
    return bind;
  } catch (error) {
    // A policy against code from text, or code nested deeper than the engine's parser can follow.
    if (error instanceof EvalError || error instanceof RangeError) return undefined;
    throw error;
  }
}

const valueOfFunction = (name: string): ((...x: number[]) => number) => functionOf(name).value;
const slopeOfFunction = (name: string, k: number): Slope => functionOf(name).slopes[k]!;
