import type { Span } from "../../text/source.js";
import type { DatasetCard } from "./cards.js";

export const kernels = ["fidelity", "gauss", "polynomial"] as const;

/** How alike two samples are. */
export type Kernel =
  /** |⟨ψ(a)|ψ(b)⟩|²: the columns of the data set `features`, places among the block's numbers. */
  | { readonly kind: "fidelity"; readonly block: number; readonly features: readonly number[] }
  /** exp(−|a − b|²/2w²) */
  | { readonly kind: "gauss"; readonly width: number }
  /** (1 + a·b)^degree */
  | { readonly kind: "polynomial"; readonly degree: number };

/** How a kernel machine is fitted. */
export type KernelFit =
  /** (K + λ)α = y */
  | { readonly rule: "kernel"; readonly ridge: number }
  /** The widest margin, where a row on the wrong side costs so much. */
  | { readonly rule: "svm"; readonly cost: number };

/** `.train … rule=kernel|svm`: kernel ridge regression or a support vector machine, in one go. It changes nothing in the circuit. */
export interface KernelTrainCard {
  readonly kind: "kernel";
  readonly name: string;
  readonly rule: KernelFit["rule"];
  readonly data: DatasetCard;
  readonly kernel: Kernel;
  readonly fit: KernelFit;
  /** Which rows of a `split=` are kept back; undefined: by the run's. */
  readonly seed: number | undefined;
  readonly span: Span;
}
