// One file, for it is one algorithm on one set of arrays: cut apart it would only be harder to follow.

/**
 * The graph of what is left to eliminate. A variable knows other variables and elements; an element is a pivot that
 * has gone and stands for the clique of variables that it joined. A variable's list never grows, so that all of them
 * stay where they were first laid.
 */
export interface QuotientGraph {
  readonly size: number; // n
  /** size n: where the list of a variable begins: its elements, then its variables */
  readonly start: Int32Array;
  readonly elements: Int32Array; // size n: how many elements stand in the list
  readonly length: Int32Array; // size n: length of the list
  readonly list: Int32Array;
  /** size n each: where the variables of an element begin, and how many they are; none in one that is gone */
  readonly memberStart: Int32Array;
  readonly memberCount: Int32Array;
  readonly member: Int32Array;
  readonly memberRoom: number; // its size
  readonly weight: Int32Array; // size n: how many variables it stands for; 0 when gone; negative inside `eliminate`
  readonly degree: Int32Array; // size n: of a variable: neighbours at most; of an element: weight of its members
  readonly mark: Int32Array; // size n: for an element, tag + weight outside the pivot's clique
  /** size n each: buckets of variables with equal hash; −1 where empty */
  readonly bucket: Int32Array;
  readonly nextInBucket: Int32Array;
  readonly hash: Int32Array;
  /** Numbers that change: see their places. */
  readonly state: Int32Array;
}

/** Variables by degree: doubly linked lists. */
export interface DegreeLists {
  readonly first: Int32Array; // size n+1; −1 where empty
  readonly after: Int32Array; // size n
  readonly before: Int32Array; // size n
}

/** Who goes together with whom, in the order of going. */
export interface Departures {
  readonly follower: Int32Array; // size n: the next one that goes with it; −1 at the end
  readonly last: Int32Array; // size n: the last of its followers
  readonly pivot: Int32Array; // size n: those that lead, in their order; from the end those that were set aside
}

// Places in `state`.
const leastDegree = 0;
const presentTag = 1;
const pivots = 2;
const aside = 3;
const remaining = 4;
const membersEnd = 5;

const manyTags = 1073741824;
const positive = 2147483647;

/**
 * An order of elimination that keeps the factors of A + Aᵀ sparse: order[k] is eliminated k-th.
 *
 * Approximate minimum degree on the quotient graph, with element absorption, mass elimination and indistinguishable
 * variables: Amestoy, Davis & Duff, SIAM J. Matrix Anal. Appl. 17, 886 (1996). Variables joined to very many others
 * (supply rails: more than `dense`) are set aside and come last, so that they cost nothing before.
 */
export function minimumDegree(
  columnStart: Int32Array,
  row: Int32Array,
  dense: number,
  graph: QuotientGraph,
  lists: DegreeLists,
  departures: Departures,
  order: Int32Array,
): void {
  layGraph(columnStart, row, graph);
  const { size, weight, degree, state } = graph;
  state[remaining] = size;
  state[presentTag] = 1;
  lists.first.fill(-1, 0, size + 1);
  graph.bucket.fill(-1, 0, size);
  departures.follower.fill(-1, 0, size);
  for (let i = 0; i < size; i++) departures.last[i] = i;
  for (let i = 0; i < size; i++) {
    weight[i] = 1;
    degree[i] = graph.length[i]!;
    if (degree[i]! <= dense) insert(lists, state, i, degree[i]!);
    else {
      weight[i] = 0;
      state[aside]!++;
      departures.pivot[size - state[aside]!] = i;
      state[remaining]!--;
    }
  }
  while (state[remaining]! > 0) {
    while (lists.first[state[leastDegree]!] === -1) state[leastDegree]!++;
    eliminate(graph, lists, departures, lists.first[state[leastDegree]!]!);
  }
  writeOrder(size, state, departures, order);
}

/** The lists of neighbours in A + Aᵀ, without the diagonal and without doubles. */
function layGraph(columnStart: Int32Array, row: Int32Array, { size, start, length, list, mark }: QuotientGraph): void {
  length.fill(0, 0, size);
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      length[j]!++;
      length[row[e]!]!++;
    }
  }
  let total = 0;
  for (let i = 0; i < size; i++) {
    start[i] = total;
    total += length[i]!;
  }
  length.fill(0, 0, size);
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = row[e]!;
      if (i === j) continue;
      list[start[i]! + length[i]!++] = j;
      list[start[j]! + length[j]!++] = i;
    }
  }
  mark.fill(-1, 0, size);
  for (let i = 0; i < size; i++) {
    let to = start[i]!;
    const end = to + length[i]!;
    for (let k = to; k < end; k++) {
      const j = list[k]!;
      if (mark[j] === i) continue;
      mark[j] = i;
      list[to++] = j;
    }
    length[i] = to - start[i]!;
  }
  mark.fill(0, 0, size);
}

function writeOrder(size: number, state: Int32Array, { pivot, follower }: Departures, order: Int32Array): void {
  let to = 0;
  for (let k = 0; k < state[pivots]!; k++) {
    for (let i = pivot[k]!; i >= 0; i = follower[i]!) order[to++] = i;
  }
  for (let k = 1; k <= state[aside]!; k++) order[to++] = pivot[size - k]!;
}

function eliminate(graph: QuotientGraph, lists: DegreeLists, departures: Departures, p: number): void {
  const { weight, member, memberStart, memberCount, state } = graph;
  remove(lists, graph.degree, p);
  state[remaining]! -= weight[p]!;
  gatherClique(graph, lists, departures.pivot, p);
  departures.pivot[state[pivots]!++] = p;
  const from = memberStart[p]!;
  const to = from + memberCount[p]!;
  measureElements(graph, from, to);
  memberCount[p] = 0;
  for (let k = from; k < to; k++) updateLists(graph, departures, p, member[k]!);
  mergeEqual(graph, departures, from, to);
  let kept = from;
  for (let k = from; k < to; k++) if (weight[member[k]!]! < 0) member[kept++] = member[k]!;
  memberCount[p] = kept - from;
  state[membersEnd] = kept;
  restore(graph, lists, p);
}

/** The neighbours of p, taken out of the degree lists and marked by a negative weight; absorbs p's elements. */
function gatherClique(graph: QuotientGraph, lists: DegreeLists, pivot: Int32Array, p: number): void {
  const { start, elements, length, list, memberStart, memberCount, member, weight, degree, state } = graph;
  const variables = start[p]! + elements[p]!;
  let most = length[p]!;
  for (let k = start[p]!; k < variables; k++) most += memberCount[list[k]!]!;
  if (state[membersEnd]! + most > graph.memberRoom) compactMembers(graph, pivot);
  const from = state[membersEnd]!;
  let to = from;
  weight[p] = 0;
  for (let k = start[p]!; k < variables; k++) {
    const e = list[k]!;
    const end = memberStart[e]! + memberCount[e]!;
    for (let m = memberStart[e]!; m < end; m++) to = take(graph, lists, member[m]!, to);
    memberCount[e] = 0;
  }
  const end = start[p]! + length[p]!;
  for (let k = variables; k < end; k++) to = take(graph, lists, list[k]!, to);
  degree[p] = 0;
  for (let k = from; k < to; k++) degree[p]! -= weight[member[k]!]!;
  memberStart[p] = from;
  memberCount[p] = to - from;
}

/** Puts a variable that lives to the members; gives where they end. */
function take({ weight, degree, member }: QuotientGraph, lists: DegreeLists, i: number, to: number): number {
  if (weight[i]! <= 0) return to;
  remove(lists, degree, i);
  weight[i] = -weight[i]!;
  member[to] = i;
  return to + 1;
}

/** Moves the members of all elements that live to the front: they are no more than there were entries in all lists. */
function compactMembers({ memberStart, memberCount, member, state }: QuotientGraph, pivot: Int32Array): void {
  let to = 0;
  for (let k = 0; k < state[pivots]!; k++) {
    const e = pivot[k]!;
    const from = memberStart[e]!;
    memberStart[e] = to;
    for (let m = 0; m < memberCount[e]!; m++) member[to++] = member[from + m]!;
  }
  state[membersEnd] = to;
}

/** For each element next to the clique: the weight of its members outside of it. */
function measureElements(graph: QuotientGraph, from: number, to: number): void {
  const { start, elements, list, member, memberCount, weight, degree, mark, state } = graph;
  const tag = state[presentTag]!;
  for (let k = from; k < to; k++) {
    const i = member[k]!;
    const end = start[i]! + elements[i]!;
    for (let m = start[i]!; m < end; m++) {
      const e = list[m]!;
      if (memberCount[e] === 0) continue;
      if (mark[e]! < tag) mark[e] = tag + degree[e]!;
      mark[e]! += weight[i]!;
    }
  }
}

/** Drops what the new element p covers from the list of i, puts p into it, and finds i's new degree and hash. */
function updateLists(graph: QuotientGraph, departures: Departures, p: number, i: number): void {
  const { size, start, elements, length, list, memberCount, weight, degree, mark, state, hash } = graph;
  const tag = state[presentTag]!;
  const begin = start[i]!;
  const variables = begin + elements[i]!;
  const end = begin + length[i]!;
  let to = begin;
  let found = 0;
  let sum = 0;
  for (let k = begin; k < variables; k++) {
    const e = list[k]!;
    if (memberCount[e] === 0) continue;
    const outside = mark[e]! - tag;
    if (outside === 0) {
      // All of e lies in the clique: p does for both.
      memberCount[e] = 0;
      continue;
    }
    found += outside;
    sum = (sum + e) & positive;
    list[to++] = e;
  }
  const own = to - begin;
  // p's place is kept free behind the elements: i was joined to p, by itself or through an element that is gone.
  let kept = to;
  for (let k = variables; k < end; k++) {
    const j = list[k]!;
    if (weight[j]! <= 0) continue;
    list[kept++] = j;
    found += weight[j]!;
    sum = (sum + j) & positive;
  }
  if (found === 0) {
    goWith(graph, departures, p, i);
    return;
  }
  if (kept > to) list[kept] = list[to]!;
  list[to] = p;
  elements[i] = own + 1;
  length[i] = kept + 1 - begin;
  if (found < degree[i]!) degree[i] = found;
  hash[i] = sum % size;
}

/** Mass elimination: i has no neighbour outside of the clique, so it goes with p and makes no fill. */
function goWith(graph: QuotientGraph, departures: Departures, p: number, i: number): void {
  const { weight, degree, state } = graph;
  degree[p]! += weight[i]!;
  state[remaining]! += weight[i]!;
  join(graph, departures, p, i);
}

function join(
  { weight, elements, length }: QuotientGraph,
  { follower, last }: Departures,
  leader: number,
  i: number,
): void {
  weight[i] = 0;
  elements[i] = 0;
  length[i] = 0;
  follower[last[leader]!] = i;
  last[leader] = last[i]!;
}

/** Variables of the clique with equal lists will stay equal: they become one. */
function mergeEqual(graph: QuotientGraph, departures: Departures, from: number, to: number): void {
  const { member, weight, hash, bucket, nextInBucket } = graph;
  for (let k = from; k < to; k++) {
    const i = member[k]!;
    if (weight[i] === 0) continue;
    nextInBucket[i] = bucket[hash[i]!]!;
    bucket[hash[i]!] = i;
  }
  for (let k = from; k < to; k++) {
    const i = member[k]!;
    if (weight[i] === 0) continue;
    for (let a = bucket[hash[i]!]!; a >= 0; a = nextInBucket[a]!) mergeWithRest(graph, departures, a);
    bucket[hash[i]!] = -1;
  }
}

function mergeWithRest(graph: QuotientGraph, departures: Departures, a: number): void {
  const { length, elements, weight, nextInBucket } = graph;
  let previous = a;
  let isMarked = 0;
  for (let b = nextInBucket[a]!; b >= 0; b = nextInBucket[b]!) {
    if (length[b] === length[a] && elements[b] === elements[a]) {
      if (isMarked === 0) markList(graph, a);
      isMarked = 1;
      if (allMarked(graph, b) === 1) {
        weight[a]! += weight[b]!;
        join(graph, departures, a, b);
        nextInBucket[previous] = nextInBucket[b]!;
        continue;
      }
    }
    previous = b;
  }
}

function markList({ size, start, length, list, mark, state }: QuotientGraph, a: number): void {
  newTag(size, mark, state);
  const end = start[a]! + length[a]!;
  for (let k = start[a]!; k < end; k++) mark[list[k]!] = state[presentTag]!;
}

function allMarked({ start, length, list, mark, state }: QuotientGraph, b: number): number {
  const end = start[b]! + length[b]!;
  for (let k = start[b]!; k < end; k++) if (mark[list[k]!] !== state[presentTag]) return 0;
  return 1;
}

/** Puts the clique back into the degree lists; p becomes the element that joins it. */
function restore(graph: QuotientGraph, lists: DegreeLists, p: number): void {
  const { size, member, memberStart, memberCount, weight, degree, mark, state } = graph;
  newTag(size, mark, state);
  const end = memberStart[p]! + memberCount[p]!;
  for (let k = memberStart[p]!; k < end; k++) {
    const i = member[k]!;
    weight[i] = -weight[i]!;
    const most = state[remaining]! - weight[i]!;
    const found = degree[i]! + degree[p]! - weight[i]!;
    degree[i] = Math.min(found, most);
    insert(lists, state, i, degree[i]!);
  }
}

/** Makes all marks old. */
function newTag(size: number, mark: Int32Array, state: Int32Array): void {
  state[presentTag]! += size + 1;
  if (state[presentTag]! < manyTags) return;
  mark.fill(0, 0, size);
  state[presentTag] = 1;
}

function insert({ first, after, before }: DegreeLists, state: Int32Array, i: number, degree: number): void {
  const head = first[degree]!;
  after[i] = head;
  before[i] = -1;
  if (head >= 0) before[head] = i;
  first[degree] = i;
  if (degree < state[leastDegree]!) state[leastDegree] = degree;
}

function remove({ first, after, before }: DegreeLists, degree: Int32Array, i: number): void {
  const previous = before[i]!;
  const next = after[i]!;
  if (next >= 0) before[next] = previous;
  if (previous >= 0) after[previous] = next;
  else first[degree[i]!] = next;
}
