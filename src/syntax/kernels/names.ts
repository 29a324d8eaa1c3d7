/** Names by number, in the order in which they came, and what each is the name of. */
export interface Names {
  readonly letters: Int32Array; // of all names, one behind the other
  readonly start: Int32Array; // size names+1
  readonly hash: Int32Array; // size names
  readonly bearer: Int32Array; // size names
  readonly slot: Int32Array; // size 2^k: where letters lead to: a name's number + 1; 0 where there is none
  readonly size: Int32Array; // size 2: how many names there are, and how many slots
}

/** The number of the name whose letters stand behind those of all names; as many as there are if it is none of them. */
export function lookUp({ letters, start, hash, slot, size }: Names, length: number): number {
  const count = size[0]!;
  const from = start[count]!;
  let sum = 0;
  for (let k = 0; k < length; k++) sum = (sum * 31 + letters[from + k]!) & 16777215;
  hash[count] = sum;
  const mask = size[1]! - 1;
  let at = sum & mask;
  while (slot[at]! > 0) {
    const other = slot[at]! - 1;
    const own = start[other]!;
    if (hash[other] === sum && start[other + 1]! - own === length) {
      let k = 0;
      while (k < length && letters[own + k] === letters[from + k]) k++;
      if (k === length) return other;
    }
    at = (at + 1) & mask;
  }
  return count;
}

/** Takes the name that was looked up last, and is none yet. */
export function enter({ start, hash, bearer, slot, size }: Names, length: number, who: number): void {
  const count = size[0]!;
  const mask = size[1]! - 1;
  let at = hash[count]! & mask;
  while (slot[at]! > 0) at = (at + 1) & mask;
  slot[at] = count + 1;
  bearer[count] = who;
  start[count + 1] = start[count]! + length;
  size[0] = count + 1;
}

/** Finds slots for all names anew. */
export function spreadNames({ hash, slot, size }: Names): void {
  const mask = size[1]! - 1;
  slot.fill(0, 0, size[1]!);
  for (let k = 0; k < size[0]!; k++) {
    let at = hash[k]! & mask;
    while (slot[at]! > 0) at = (at + 1) & mask;
    slot[at] = k + 1;
  }
}
