import type { Pattern } from "../system.js";

// One file, for it is one algorithm on one set of arrays: cut apart it would only be harder to follow.

/**
 * An order of elimination that keeps the factors of A + Aᵀ sparse: order[k] is eliminated k-th.
 *
 * Approximate minimum degree on the quotient graph, with element absorption, mass elimination and indistinguishable
 * variables: Amestoy, Davis & Duff, SIAM J. Matrix Anal. Appl. 17, 886 (1996). Variables joined to very many others
 * (supply rails) are set aside and come last, so that they cost nothing before.
 */
export function minimumDegree(pattern: Pattern): Int32Array {
  const graph = new QuotientGraph(pattern);
  for (let p = graph.next(); p >= 0; p = graph.next()) graph.eliminate(p);
  return graph.order();
}

/** A variable counts as dense from this many neighbours: this factor times √n, and no fewer than 16. */
const denseFactor = 10;

/**
 * The graph of what is left to eliminate. A variable knows other variables and elements; an element is a pivot that
 * has gone and stands for the clique of variables that it joined. A variable's list never grows, so that all of them
 * stay where they were first laid.
 */
class QuotientGraph {
  readonly #n: number;
  readonly #start: Int32Array; // size n: where the list of a variable begins: its elements, then its variables
  readonly #elements: Int32Array; // size n: how many elements stand in the list
  readonly #length: Int32Array; // size n: length of the list
  readonly #list: Int32Array;
  readonly #members: (Int32Array | undefined)[]; // size n: the variables of an element that lives
  readonly #weight: Int32Array; // size n: how many variables it stands for; 0 when gone; negative inside `eliminate`
  readonly #degree: Int32Array; // size n: of a variable: neighbours at most; of an element: weight of its members

  // Variables by degree: doubly linked lists.
  readonly #first: Int32Array; // size n+1; −1 where empty
  readonly #after: Int32Array;
  readonly #before: Int32Array;
  #least = 0;

  readonly #mark: Int32Array; // size n: for an element, tag + weight outside the pivot's clique
  #tag = 1;

  // Who goes together with whom, in the order of going.
  readonly #follower: Int32Array; // size n: the next one that goes with it; −1 at the end
  readonly #last: Int32Array; // size n: the last of its followers
  readonly #pivots: Int32Array;
  readonly #aside: number[] = [];
  #count = 0;
  #remaining: number;

  // Buckets of variables with equal hash.
  readonly #bucket: Int32Array; // size n; −1 where empty
  readonly #nextInBucket: Int32Array;
  readonly #hash: Int32Array;

  constructor({ size: n, columnStart, row }: Pattern) {
    const make = (value = 0): Int32Array => new Int32Array(n).fill(value);
    this.#n = n;
    this.#elements = make();
    this.#weight = make(1);
    this.#members = new Array(n).fill(undefined);
    this.#first = new Int32Array(n + 1).fill(-1);
    this.#after = make(-1);
    this.#before = make(-1);
    this.#mark = make();
    this.#follower = make(-1);
    this.#last = Int32Array.from({ length: n }, (_, i) => i);
    this.#pivots = make();
    this.#bucket = make(-1);
    this.#nextInBucket = make(-1);
    this.#hash = make();
    this.#remaining = n;
    ({ start: this.#start, length: this.#length, list: this.#list } = symmetrized(n, columnStart, row));
    this.#degree = this.#length.slice();

    const dense = Math.max(16, denseFactor * Math.sqrt(n));
    for (let i = 0; i < n; i++) {
      if (this.#degree[i]! > dense) this.#setAside(i);
      else this.#insert(i, this.#degree[i]!);
    }
  }

  #setAside(i: number): void {
    this.#weight[i] = 0;
    this.#aside.push(i);
    this.#remaining--;
  }

  /** The variable of least degree; −1 when none is left. */
  next(): number {
    if (this.#remaining === 0) return -1;
    while (this.#first[this.#least] === -1) this.#least++;
    return this.#first[this.#least]!;
  }

  order(): Int32Array {
    const order = new Int32Array(this.#n);
    let k = 0;
    for (let p = 0; p < this.#count; p++) {
      for (let i = this.#pivots[p]!; i >= 0; i = this.#follower[i]!) order[k++] = i;
    }
    for (const i of this.#aside) order[k++] = i;
    return order;
  }

  eliminate(p: number): void {
    this.#remove(p);
    this.#pivots[this.#count++] = p;
    this.#remaining -= this.#weight[p]!;
    let clique = this.#gather(p);
    this.#measureElements(clique);
    for (const i of clique) this.#updateLists(p, i);
    this.#mergeEqual(clique);
    clique = clique.filter((i) => this.#weight[i]! < 0);
    this.#restore(p, clique);
  }

  /** The neighbours of p, taken out of the degree lists and marked by a negative weight; absorbs p's elements. */
  #gather(p: number): Int32Array {
    const found: number[] = [];
    this.#weight[p] = 0;
    const take = (i: number): void => {
      if (this.#weight[i]! <= 0) return;
      this.#remove(i);
      this.#weight[i] = -this.#weight[i]!;
      found.push(i);
    };
    const begin = this.#start[p]!;
    for (let k = 0; k < this.#elements[p]!; k++) {
      const e = this.#list[begin + k]!;
      for (const i of this.#members[e] ?? []) take(i);
      this.#members[e] = undefined;
    }
    for (let k = this.#elements[p]!; k < this.#length[p]!; k++) take(this.#list[begin + k]!);
    let degree = 0;
    for (const i of found) degree -= this.#weight[i]!;
    this.#degree[p] = degree;
    return Int32Array.from(found);
  }

  /** For each element next to the clique: the weight of its members outside of it. */
  #measureElements(clique: Int32Array): void {
    for (const i of clique) {
      const begin = this.#start[i]!;
      for (let k = begin; k < begin + this.#elements[i]!; k++) {
        const e = this.#list[k]!;
        if (this.#members[e] === undefined) continue;
        if (this.#mark[e]! < this.#tag) this.#mark[e] = this.#tag + this.#degree[e]!;
        this.#mark[e]! += this.#weight[i]!;
      }
    }
  }

  /** Drops what the new element p covers from the list of i, puts p into it, and finds i's new degree and hash. */
  #updateLists(p: number, i: number): void {
    const list = this.#list;
    const begin = this.#start[i]!;
    const variables = begin + this.#elements[i]!;
    const end = begin + this.#length[i]!;
    let to = begin;
    let degree = 0;
    let hash = 0;
    for (let k = begin; k < variables; k++) {
      const e = list[k]!;
      if (this.#members[e] === undefined) continue;
      const outside = this.#mark[e]! - this.#tag;
      if (outside === 0) {
        // All of e lies in the clique: p does for both.
        this.#members[e] = undefined;
        continue;
      }
      degree += outside;
      hash = (hash + e) | 0;
      list[to++] = e;
    }
    const elements = to - begin;
    // p's place is kept free behind the elements: i was joined to p, by itself or through an element that is gone.
    const kept: number = this.#keepVariables(variables, end, to);
    for (let k = to; k < kept; k++) {
      degree += this.#weight[list[k]!]!;
      hash = (hash + list[k]!) | 0;
    }
    if (degree === 0) {
      this.#goWith(p, i);
      return;
    }
    if (kept > to) list[kept] = list[to]!;
    list[to] = p;
    this.#elements[i] = elements + 1;
    this.#length[i] = kept + 1 - begin;
    this.#degree[i] = Math.min(this.#degree[i]!, degree);
    this.#hash[i] = (hash >>> 0) % this.#n;
  }

  /** Moves the living variables outside of the clique to the front; gives the end of what is kept. */
  #keepVariables(from: number, end: number, to: number): number {
    const list = this.#list;
    let kept = to;
    for (let k = from; k < end; k++) if (this.#weight[list[k]!]! > 0) list[kept++] = list[k]!;
    return kept;
  }

  /** Mass elimination: i has no neighbour outside of the clique, so it goes with p and makes no fill. */
  #goWith(p: number, i: number): void {
    const weight = -this.#weight[i]!;
    this.#degree[p]! -= weight;
    this.#remaining -= weight;
    this.#join(p, i);
  }

  #join(leader: number, i: number): void {
    this.#weight[i] = 0;
    this.#elements[i] = 0;
    this.#length[i] = 0;
    this.#follower[this.#last[leader]!] = i;
    this.#last[leader] = this.#last[i]!;
  }

  /** Variables of the clique with equal lists will stay equal: they become one. */
  #mergeEqual(clique: Int32Array): void {
    for (const i of clique) {
      if (this.#weight[i] === 0) continue;
      const h = this.#hash[i]!;
      this.#nextInBucket[i] = this.#bucket[h]!;
      this.#bucket[h] = i;
    }
    for (const i of clique) {
      if (this.#weight[i] === 0) continue;
      const h = this.#hash[i]!;
      for (let a = this.#bucket[h]!; a >= 0; a = this.#nextInBucket[a]!) this.#mergeWithRest(a);
      this.#bucket[h] = -1;
    }
  }

  #mergeWithRest(a: number): void {
    let previous = a;
    let marked = false;
    for (let b = this.#nextInBucket[a]!; b >= 0; b = this.#nextInBucket[b]!) {
      if (this.#length[b] === this.#length[a] && this.#elements[b] === this.#elements[a]) {
        if (!marked) this.#markList(a);
        marked = true;
        if (this.#allMarked(b)) {
          this.#weight[a]! += this.#weight[b]!;
          this.#join(a, b);
          this.#nextInBucket[previous] = this.#nextInBucket[b]!;
          continue;
        }
      }
      previous = b;
    }
  }

  #markList(a: number): void {
    this.#newTag();
    const begin = this.#start[a]!;
    for (let k = begin; k < begin + this.#length[a]!; k++) this.#mark[this.#list[k]!] = this.#tag;
  }

  #allMarked(b: number): boolean {
    const begin = this.#start[b]!;
    for (let k = begin; k < begin + this.#length[b]!; k++) {
      if (this.#mark[this.#list[k]!] !== this.#tag) return false;
    }
    return true;
  }

  /** Puts the clique back into the degree lists; p becomes the element that joins it. */
  #restore(p: number, clique: Int32Array): void {
    this.#newTag();
    this.#members[p] = clique.length > 0 ? clique : undefined;
    for (const i of clique) {
      const weight = -this.#weight[i]!;
      this.#weight[i] = weight;
      const degree = Math.min(this.#degree[i]! + this.#degree[p]! - weight, this.#remaining - weight);
      this.#degree[i] = degree;
      this.#insert(i, degree);
    }
  }

  /** Makes all marks old. */
  #newTag(): void {
    this.#tag += this.#n + 1;
    if (this.#tag < 0x40000000) return;
    this.#mark.fill(0);
    this.#tag = 1;
  }

  #insert(i: number, degree: number): void {
    const head = this.#first[degree]!;
    this.#after[i] = head;
    this.#before[i] = -1;
    if (head >= 0) this.#before[head] = i;
    this.#first[degree] = i;
    if (degree < this.#least) this.#least = degree;
  }

  #remove(i: number): void {
    const before = this.#before[i]!;
    const after = this.#after[i]!;
    if (after >= 0) this.#before[after] = before;
    if (before >= 0) this.#after[before] = after;
    else this.#first[this.#degree[i]!] = after;
  }
}

/** The lists of neighbours in A + Aᵀ, without the diagonal and without doubles. */
function symmetrized(n: number, columnStart: Int32Array, row: Int32Array) {
  const most = new Int32Array(n + 1);
  for (let j = 0; j < n; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      most[j]!++;
      most[row[e]!]!++;
    }
  }
  const start = new Int32Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    start[i] = total;
    total += most[i]!;
  }
  const list = new Int32Array(total + n);
  const length = new Int32Array(n);
  for (let j = 0; j < n; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = row[e]!;
      if (i === j) continue;
      list[start[i]! + length[i]!++] = j;
      list[start[j]! + length[j]!++] = i;
    }
  }
  const seen = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    let to = start[i]!;
    for (let k = start[i]!; k < start[i]! + length[i]!; k++) {
      const j = list[k]!;
      if (seen[j] === i) continue;
      seen[j] = i;
      list[to++] = j;
    }
    length[i] = to - start[i]!;
  }
  return { start, length, list };
}
