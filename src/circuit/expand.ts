import { functions } from "../expressions/functions.js";
import type { Conditional, Directive, ForLoop, FunctionDefinition, Instance, Statement, Word } from "../syntax/ast.js";
import type { PlainCards } from "../syntax/plain-cards.js";
import { PlainInstance } from "../syntax/plain-instance.js";
import { NetlistError } from "../text/diagnostic.js";
import { constantOf, splicedText } from "./constant-scope.js";
import { readData } from "./data-card.js";
import { type DataDefinition, Environment } from "./environment.js";
import type { Includes } from "./includes.js";
import { declareBlock } from "./quantum/declare.js";
import { isWhole, wholeCard } from "./splices.js";
import type { NumberTable } from "./tables.js";
import { nameOf } from "./words.js";

/** A card and the place whose names it sees. */
export interface Placed<Card extends Instance | Directive = Instance | Directive> {
  readonly card: Card;
  readonly place: Environment;
}

/** The cards of a body, each kind in its order: elements, and those that begin with a dot. */
export interface Body<Element extends Instance | PlainCards = Instance | PlainCards> {
  readonly elements: Elements<Element>;
  readonly cards: readonly Placed<Directive>[];
}

/** Element cards, of which there may be very many, and the place of each. */
export interface Elements<Element extends Instance | PlainCards = Instance | PlainCards> {
  readonly cards: readonly Element[];
  readonly places: readonly Environment[];
}

/** Whether a body is nothing but elements that mean the same wherever it is written out. */
export function isPlain(statements: readonly Statement[]): statements is readonly Instance[] {
  const known = plain.get(statements) ?? statements.every((it) => it.kind === "instance" && isWhole(it));
  plain.set(statements, known);
  return known;
}

const plain = new WeakMap<readonly Statement[], boolean>();

/** Loops of more turns than this, those inside others counted with them, are taken for a slip. */
const mostTurns = 5e5;

/**
 * The cards of a body with loops unrolled, conditions decided and files read. On the way all definitions
 * are entered at their places; those of a body are known throughout it, whatever their order.
 */
export function expand(statements: readonly Statement[], place: Environment, includes: Includes): Body {
  const elements = { cards: [] as (Instance | PlainCards)[], places: [] as Environment[] };
  const cards: Placed<Directive>[] = [];
  const walk = (body: readonly Statement[], here: Environment): void => {
    for (const statement of body) {
      switch (statement.kind) {
        case "instance":
          elements.cards.push(statement instanceof PlainInstance ? statement : whole(statement, here));
          elements.places.push(here);
          break;
        case "cards":
          elements.cards.push(statement);
          elements.places.push(here);
          break;
        case "directive":
          if (!definitions.has(statement.name)) cards.push({ card: whole(statement, here), place: here });
          break;
        case "include":
          includes.open(statement, (inner) => walk(inner, here));
          break;
        case "quantum": {
          const inside = new Environment(here.elaboration, { around: here, turn: true });
          const { elements, cards } = expand(statement.body, inside, includes);
          declareBlock(statement, { elements: oneByOne(elements), cards }, inside);
          break;
        }
        case "if":
          enter(chosen(statement, here), here);
          break;
        case "for":
          for (const turn of turns(statement, here)) enter(statement.body, turn);
          break;
      }
    }
  };
  const enter = (body: readonly Statement[], here: Environment): void => {
    declare(body, here, includes);
    walk(body, here);
  };
  enter(statements, place);
  return { elements, cards };
}

/** Elements without rows of them. */
function oneByOne({ cards, places }: Elements): Elements<Instance> {
  const each = cards.map((card) => (card.kind === "cards" ? card.all() : [card]));
  return { cards: each.flat(), places: each.flatMap((list, k) => list.map(() => places[k]!)) };
}

/** A card whose names have the numbers of loops in them. */
export const whole = <Card extends Instance | Directive>(card: Card, place: Environment): Card =>
  wholeCard(card, (parts) => splicedText(parts, place));

/** Cards that are wholly dealt with when names are entered. */
const definitions: ReadonlySet<string> = new Set([".data", ".global"]);

/** Enters what the statements define. Conditions and loops wait until `expand` comes to them. */
function declare(statements: readonly Statement[], place: Environment, includes: Includes): void {
  for (const statement of statements) declareOne(statement, place, includes);
}

function declareOne(statement: Statement, place: Environment, includes: Includes): void {
  switch (statement.kind) {
    case "param":
      for (const assignment of statement.assignments) place.defineParameter(assignment);
      break;
    case "func":
      complainOfTwins(statement, place);
      place.define("function", statement.name.toLowerCase(), statement, place);
      break;
    case "model":
    case "subcircuit":
    case "device":
      place.home.define(statement.kind, nameOf(statement.name, place), statement, place);
      break;
    case "include":
      includes.open(statement, (inner) => declare(inner, place, includes));
      break;
    case "library":
      place.elaboration.complaints.note(
        "section-unread",
        `The section \`${statement.name}\` is passed over: nothing asks for it.`,
        statement.span,
      );
      break;
    case "directive":
      declareDirective(statement, place);
      break;
  }
}

/** `.func f(x,x)`: which of them would be meant? */
function complainOfTwins({ name, parameters, nameSpan }: FunctionDefinition, place: Environment): void {
  const twin = parameters.find((it, k) => parameters.indexOf(it) < k);
  if (twin === undefined) return;
  const message = `Function \`${name}\` has two arguments that are called \`${twin}\`.`;
  place.elaboration.complaints.error("duplicate-name", message, nameSpan);
}

function declareDirective(directive: Directive, place: Environment): void {
  const { network, complaints } = place.elaboration;
  if (directive.name === ".global") {
    if (directive.items.length === 0)
      complaints.error("missing-value", "`.global` needs the names of nodes: `.global vdd vss`.", directive.span);
    for (const item of directive.items) {
      if (item.kind === "word") network.globals.add(nameOf(item, place));
      else complaints.error("expected-node", "`.global` takes names of nodes.", item.span);
    }
  }
  if (directive.name === ".data") {
    const [name] = directive.items;
    if (name?.kind === "word") defineTable(name, directive, place);
    else
      complaints.error("missing-name", '`.data` takes a name and a file or rows: `.data w "w.csv"`.', directive.span);
  }
}

function defineTable(word: Word, card: Directive, place: Environment): void {
  const name = nameOf(word, place);
  if (functions.has(name)) {
    const message = `\`${name}\` is a function already: give the table another name.`;
    place.elaboration.complaints.error("reserved-name", message, word.span);
  } else place.home.define("data", name, dataDefinition(card, place), place);
}

/** The same definition for the same card, however often it is met: a file that is included twice defines a table once. */
function dataDefinition(card: Directive, place: Environment): DataDefinition {
  const { data, draws } = place.elaboration;
  const before = data.get(card);
  if (before !== undefined) return before;
  let read: { readonly numbers: NumberTable | undefined } | undefined;
  const made: DataDefinition = {
    span: card.span,
    numbers: () => {
      if (read !== undefined) draws.ask(made);
      read ??= draws.keep(
        made,
        () => ({ numbers: readData(card, place) }),
        () => {
          read = undefined;
        },
      );
      return read.numbers;
    },
  };
  data.set(card, made);
  return made;
}

/** The statements of the first branch whose condition holds. */
function chosen({ branches }: Conditional, place: Environment): readonly Statement[] {
  for (const { condition, body } of branches) {
    if (condition === undefined) return body;
    const value = constantOf(condition, place);
    if (Number.isNaN(value)) return [];
    if (value !== 0) return body;
  }
  return [];
}

/** A place for each turn of a loop, in which its variable has its value. */
function* turns(loop: ForLoop, place: Environment): Iterable<Environment> {
  const from = constantOf(loop.from, place);
  const to = constantOf(loop.to, place);
  const step = loop.step ? constantOf(loop.step, place) : 1;
  const { complaints } = place.elaboration;
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (Number.isNaN(from + to + step)) return;
  if (step === 0) {
    complaints.error("loop-step", "The step of a loop must not be 0.", loop.step?.span ?? loop.span);
    return;
  }
  place.elaboration.turns += Math.max(0, count);
  if (place.elaboration.turns > mostTurns) {
    const message = `With this loop of ${count} turns there are more than the ${mostTurns} that a netlist may have.`;
    complaints.error("loop-too-long", message, loop.span);
    // What so many turns have written already would take minutes to read.
    complaints.sort();
    throw new NetlistError(complaints.all);
  }
  if (count <= 0) {
    const help = step > 0 ? "with `step -1` it would count down." : "without the negative step it would count up.";
    complaints.note(
      "empty-loop",
      `This loop has no turns: it counts from ${from} to ${to} in steps of ${step}.`,
      loop.span,
      {
        help,
      },
    );
  }
  for (let k = 0; k < count; k++) {
    const turn = new Environment(place.elaboration, { around: place, turn: true });
    turn.set(loop.variable.toLowerCase(), from + k * step, loop.variableSpan);
    yield turn;
  }
}
