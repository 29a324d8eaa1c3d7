import type { CstNode, IToken } from "chevrotain";

export interface CardCstNode extends CstNode {
  name: "card";
  children: CardCstChildren;
}

export type CardCstChildren = {
  element?: ElementCstNode[];
  parameters?: ParametersCstNode[];
  function?: FunctionCstNode[];
  model?: ModelCstNode[];
  subcircuit?: SubcircuitCstNode[];
  device?: DeviceCstNode[];
  quantum?: QuantumCstNode[];
  state?: StateCstNode[];
  law?: LawCstNode[];
  output?: OutputCstNode[];
  event?: EventCstNode[];
  check?: CheckCstNode[];
  condition?: ConditionCstNode[];
  loop?: LoopCstNode[];
  include?: IncludeCstNode[];
  listing?: ListingCstNode[];
  directive?: DirectiveCstNode[];
};

export interface ElementCstNode extends CstNode {
  name: "element";
  children: ElementCstChildren;
}

export type ElementCstChildren = {
  word: WordCstNode[];
  item?: ItemCstNode[];
};

export interface DirectiveCstNode extends CstNode {
  name: "directive";
  children: DirectiveCstChildren;
}

export type DirectiveCstChildren = {
  Directive: IToken[];
  item?: ItemCstNode[];
};

export interface ListingCstNode extends CstNode {
  name: "listing";
  children: ListingCstChildren;
}

export type ListingCstChildren = {
  Listing: IToken[];
  item?: ItemCstNode[];
};

export interface ParametersCstNode extends CstNode {
  name: "parameters";
  children: ParametersCstChildren;
}

export type ParametersCstChildren = {
  Parameters: IToken[];
  assignment: AssignmentCstNode[];
};

export interface AssignmentCstNode extends CstNode {
  name: "assignment";
  children: AssignmentCstChildren;
}

export type AssignmentCstChildren = {
  name: IToken[];
  formals?: FormalsCstNode[];
  Gives: IToken[];
  expression: ExpressionCstNode[];
};

export interface FormalsCstNode extends CstNode {
  name: "formals";
  children: FormalsCstChildren;
}

export type FormalsCstChildren = {
  Open: IToken[];
  Text?: IToken[];
  Close: IToken[];
};

export interface FunctionCstNode extends CstNode {
  name: "function";
  children: FunctionCstChildren;
}

export type FunctionCstChildren = {
  Func: IToken[];
  name: IToken[];
  formals: FormalsCstNode[];
  Gives?: IToken[];
  expression?: ExpressionCstNode[];
  braced?: BracedCstNode[];
  ticked?: TickedCstNode[];
};

export interface ModelCstNode extends CstNode {
  name: "model";
  children: ModelCstChildren;
}

export type ModelCstChildren = {
  Model: IToken[];
  name: WordCstNode[];
  type: WordCstNode[];
  Open?: IToken[];
  setting?: (SettingCstNode)[];
  Close?: IToken[];
};

export interface SettingCstNode extends CstNode {
  name: "setting";
  children: SettingCstChildren;
}

export type SettingCstChildren = {
  word: WordCstNode[];
  Equals: IToken[];
  value: ValueCstNode[];
};

export interface SubcircuitCstNode extends CstNode {
  name: "subcircuit";
  children: SubcircuitCstChildren;
}

export type SubcircuitCstChildren = {
  Subcircuit: IToken[];
  word: WordCstNode[];
  headerItem?: HeaderItemCstNode[];
};

export interface DeviceCstNode extends CstNode {
  name: "device";
  children: DeviceCstChildren;
}

export type DeviceCstChildren = {
  Device: IToken[];
  word: WordCstNode[];
  headerItem?: HeaderItemCstNode[];
};

export interface QuantumCstNode extends CstNode {
  name: "quantum";
  children: QuantumCstChildren;
}

export type QuantumCstChildren = {
  Quantum: IToken[];
  word: WordCstNode[];
  setting?: SettingCstNode[];
};

export interface HeaderItemCstNode extends CstNode {
  name: "headerItem";
  children: HeaderItemCstChildren;
}

export type HeaderItemCstChildren = {
  word: WordCstNode[];
  Gives?: IToken[];
  expression?: ExpressionCstNode[];
};

export interface StateCstNode extends CstNode {
  name: "state";
  children: StateCstChildren;
}

export type StateCstChildren = {
  State: IToken[];
  assignment: AssignmentCstNode[];
};

export interface LawCstNode extends CstNode {
  name: "law";
  children: LawCstChildren;
}

export type LawCstChildren = {
  Law: IToken[];
  left: ExpressionCstNode[];
  Equals: IToken[];
  right: ExpressionCstNode[];
};

export interface OutputCstNode extends CstNode {
  name: "output";
  children: OutputCstChildren;
}

export type OutputCstChildren = {
  Output: IToken[];
  assignment: AssignmentCstNode[];
};

export interface EventCstNode extends CstNode {
  name: "event";
  children: EventCstChildren;
}

export type EventCstChildren = {
  Event: IToken[];
  expression: ExpressionCstNode[];
};

export interface CheckCstNode extends CstNode {
  name: "check";
  children: CheckCstChildren;
}

export type CheckCstChildren = {
  Check: IToken[];
  expression: ExpressionCstNode[];
  Quotation: IToken[];
};

export interface ConditionCstNode extends CstNode {
  name: "condition";
  children: ConditionCstChildren;
}

export type ConditionCstChildren = {
  If?: IToken[];
  ElseIf?: IToken[];
  expression: ExpressionCstNode[];
};

export interface LoopCstNode extends CstNode {
  name: "loop";
  children: LoopCstChildren;
}

export type LoopCstChildren = {
  For: IToken[];
  Name: IToken[];
  Equals: IToken[];
  from: ExpressionCstNode[];
  To: IToken[];
  to: ExpressionCstNode[];
  Step?: IToken[];
  step?: ExpressionCstNode[];
};

export interface IncludeCstNode extends CstNode {
  name: "include";
  children: IncludeCstChildren;
}

export type IncludeCstChildren = {
  Include?: IToken[];
  Library?: IToken[];
  file: IToken[];
  section?: IToken[];
};

export interface ItemCstNode extends CstNode {
  name: "item";
  children: ItemCstChildren;
}

export type ItemCstChildren = {
  Quotation?: IToken[];
  group?: GroupCstNode[];
  side?: SideCstNode[];
  Equals?: IToken[];
  value?: ValueCstNode[];
  Gives?: IToken[];
  expression?: ExpressionCstNode[];
};

export interface ValueCstNode extends CstNode {
  name: "value";
  children: ValueCstChildren;
}

export type ValueCstChildren = {
  Quotation?: IToken[];
  group?: GroupCstNode[];
  side?: SideCstNode[];
};

export interface SideCstNode extends CstNode {
  name: "side";
  children: SideCstChildren;
}

export type SideCstChildren = {
  word?: WordCstNode[];
  ticked?: TickedCstNode[];
  probe?: ProbeCstNode[];
  call?: CallCstNode[];
  settingOf?: SettingOfCstNode[];
};

export interface GroupCstNode extends CstNode {
  name: "group";
  children: GroupCstChildren;
}

export type GroupCstChildren = {
  Open: IToken[];
  item?: ItemCstNode[];
  Close: IToken[];
};

export interface WordCstNode extends CstNode {
  name: "word";
  children: WordCstChildren;
}

export type WordCstChildren = {
  Text?: IToken[];
  braced?: BracedCstNode[];
  GluedText?: IToken[];
  splice?: SpliceCstNode[];
};

export interface BracedCstNode extends CstNode {
  name: "braced";
  children: BracedCstChildren;
}

export type BracedCstChildren = {
  Brace: IToken[];
  expression: ExpressionCstNode[];
  BraceEnd: IToken[];
};

export interface SpliceCstNode extends CstNode {
  name: "splice";
  children: SpliceCstChildren;
}

export type SpliceCstChildren = {
  GluedBrace: IToken[];
  expression: ExpressionCstNode[];
  BraceEnd: IToken[];
};

export interface TickedCstNode extends CstNode {
  name: "ticked";
  children: TickedCstChildren;
}

export type TickedCstChildren = {
  Tick: IToken[];
  expression: ExpressionCstNode[];
  TickEnd: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  operand: (OperandCstNode)[];
  Operator?: IToken[];
  Question?: IToken[];
  yes?: ExpressionCstNode[];
  Colon?: IToken[];
  no?: ExpressionCstNode[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  Sign?: IToken[];
  Numeral?: IToken[];
  Name?: IToken[];
  GluedName?: IToken[];
  splice?: SpliceCstNode[];
  Quotation?: IToken[];
  probe?: ProbeCstNode[];
  Lot?: IToken[];
  call?: CallCstNode[];
  settingOf?: SettingOfCstNode[];
  parenthesis?: ParenthesisCstNode[];
  braced?: BracedCstNode[];
  ticked?: TickedCstNode[];
};

export interface ParenthesisCstNode extends CstNode {
  name: "parenthesis";
  children: ParenthesisCstChildren;
}

export type ParenthesisCstChildren = {
  Parenthesis: IToken[];
  expression: ExpressionCstNode[];
  CallEnd: IToken[];
};

export interface CallCstNode extends CstNode {
  name: "call";
  children: CallCstChildren;
}

export type CallCstChildren = {
  Call: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  CallEnd: IToken[];
};

export interface ProbeCstNode extends CstNode {
  name: "probe";
  children: ProbeCstChildren;
}

export type ProbeCstChildren = {
  Probe: IToken[];
  word: WordCstNode[];
  Comma?: IToken[];
  CallEnd: IToken[];
};

export interface SettingOfCstNode extends CstNode {
  name: "settingOf";
  children: SettingOfCstChildren;
}

export type SettingOfCstChildren = {
  At: IToken[];
  word: WordCstNode[];
  SettingName: IToken[];
};
