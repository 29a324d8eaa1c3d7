import type { Span } from "../../text/source.js";
import { blockCalls } from "./block-calls.js";

/** `pair.concurrence`, which is no name: `concurrence(pair.a,pair.b)` is meant. */
export function callOfBlock(name: string): { readonly block: string; readonly call: string } | undefined {
  const [, block, call] = /^(.+)\.(\w+)$/.exec(name) ?? [];
  return block !== undefined && call !== undefined && blockCalls.includes(call) ? { block, call } : undefined;
}

/** Whether a group is what such a call is given, of which the complaint of its name has told. */
export function isArguments({ source, start }: Span): boolean {
  const [before] = /[\w.]+$/.exec(source.text.slice(0, start).toLowerCase()) ?? [];
  return before !== undefined && callOfBlock(before) !== undefined;
}
