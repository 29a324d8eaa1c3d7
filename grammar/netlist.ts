import { CstParser } from "chevrotain";
import { expectations } from "./expectations.js";
import { lookaheadOnDemand } from "./lookahead.js";
import * as t from "./tokens.js";

/**
 * The shape of a card: one line of a netlist with its continuations. One method a production, no actions.
 *
 * What a card *means*, and how blocks nest, is decided in `src/syntax`. The language is one file, so that it can be read in one go.
 */
export class NetlistParser extends CstParser {
  /**
   * @param grammar `trusted`: it has been validated before, which takes a third of the setting up
   * @param faults `all`: behind a fault it goes on; `first`: it ends there, and is set up in less time
   */
  constructor(grammar: "validated" | "trusted" = "validated", faults: "all" | "first" = "all") {
    super([...t.allTokens], {
      recoveryEnabled: faults === "all",
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: expectations,
      lookaheadStrategy: lookaheadOnDemand(2),
      maxLookahead: 2,
      skipValidations: grammar === "trusted",
    });
    this.performSelfAnalysis();
  }

  // card = element | parameters | function | model | subcircuit | device | quantum | state | law | output | event |
  //   check | condition | loop | include | listing | directive
  readonly card = this.RULE("card", () => {
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.element) },
        { ALT: () => this.SUBRULE(this.parameters) },
        { ALT: () => this.SUBRULE(this.function) },
        { ALT: () => this.SUBRULE(this.model) },
        { ALT: () => this.SUBRULE(this.subcircuit) },
        { ALT: () => this.SUBRULE(this.device) },
        { ALT: () => this.SUBRULE(this.quantum) },
        { ALT: () => this.SUBRULE(this.state) },
        { ALT: () => this.SUBRULE(this.law) },
        { ALT: () => this.SUBRULE(this.output) },
        { ALT: () => this.SUBRULE(this.event) },
        { ALT: () => this.SUBRULE(this.check) },
        { ALT: () => this.SUBRULE(this.condition) },
        { ALT: () => this.SUBRULE(this.loop) },
        { ALT: () => this.SUBRULE(this.include) },
        { ALT: () => this.SUBRULE(this.listing) },
        { ALT: () => this.SUBRULE(this.directive) },
      ],
      ERR_MSG: "an element such as `R1` or a card such as `.tran`",
    });
  });

  // A line of a quantum block has the same shape; its first word says what it is: `qubit a theta={pi/4}`.
  // element = word { item }
  readonly element = this.RULE("element", () => {
    this.SUBRULE(this.word);
    this.MANY(() => this.SUBRULE(this.item));
  });

  // directive = Directive { item }
  readonly directive = this.RULE("directive", () => {
    this.CONSUME(t.Directive);
    this.MANY(() => this.SUBRULE(this.item));
  });

  // listing = ( ".print" | ".plot" | ".save" | ".measure" | ".meas" | ".noise" | ".four" | ".ic" | ".nodeset" | ".assert" | ".train" ) { item }
  readonly listing = this.RULE("listing", () => {
    this.CONSUME(t.Listing);
    this.MANY(() => this.SUBRULE(this.item));
  });

  // parameters = ( ".param" | ".params" | ".global_param" ) assignment { assignment }
  readonly parameters = this.RULE("parameters", () => {
    this.CONSUME(t.Parameters);
    this.AT_LEAST_ONE({ DEF: () => this.SUBRULE(this.assignment), ERR_MSG: "a name and a value, as in `.param a=1`" });
  });

  // assignment = Text [ formals ] "=" expression
  readonly assignment = this.RULE("assignment", () => {
    this.CONSUME(t.Text, { LABEL: "name" });
    this.OPTION(() => this.SUBRULE(this.formals));
    this.CONSUME(t.Gives);
    this.SUBRULE(this.expression);
  });

  // formals = "(" { Text } ")"
  readonly formals = this.RULE("formals", () => {
    this.CONSUME(t.Open);
    this.MANY(() => this.CONSUME(t.Text));
    this.CONSUME(t.Close);
  });

  // function = ".func" Text formals ( "=" expression | braced | ticked )
  readonly function = this.RULE("function", () => {
    this.CONSUME(t.Func);
    this.CONSUME(t.Text, { LABEL: "name" });
    this.SUBRULE(this.formals);
    this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(t.Gives);
            this.SUBRULE(this.expression);
          },
        },
        { ALT: () => this.SUBRULE(this.braced) },
        { ALT: () => this.SUBRULE(this.ticked) },
      ],
      ERR_MSG: "the function's body, as in `.func f(x) {x*x}`",
    });
  });

  // model = ".model" word word ( "(" { setting } ")" | { setting } )
  readonly model = this.RULE("model", () => {
    this.CONSUME(t.Model);
    this.SUBRULE(this.word, { LABEL: "name" });
    this.SUBRULE2(this.word, { LABEL: "type" });
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Open);
          this.MANY(() => this.SUBRULE(this.setting));
          this.CONSUME(t.Close);
        },
      },
      { ALT: () => this.MANY2(() => this.SUBRULE2(this.setting)) },
    ]);
  });

  // setting = word "=" value
  readonly setting = this.RULE("setting", () => {
    this.SUBRULE(this.word);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.value);
  });

  // subcircuit = ( ".subckt" | ".macro" ) word { headerItem }
  readonly subcircuit = this.RULE("subcircuit", () => {
    this.CONSUME(t.Subcircuit);
    this.SUBRULE(this.word);
    this.MANY(() => this.SUBRULE(this.headerItem));
  });

  // device = ".device" word { headerItem }
  readonly device = this.RULE("device", () => {
    this.CONSUME(t.Device);
    this.SUBRULE(this.word);
    this.MANY(() => this.SUBRULE(this.headerItem));
  });

  // quantum = ".quantum" word { setting }
  readonly quantum = this.RULE("quantum", () => {
    this.CONSUME(t.Quantum);
    this.SUBRULE(this.word);
    this.MANY(() => this.SUBRULE(this.setting));
  });

  // A node; with "=" a parameter and its default.
  // headerItem = word [ "=" expression ]
  readonly headerItem = this.RULE("headerItem", () => {
    this.SUBRULE(this.word);
    this.OPTION(() => {
      this.CONSUME(t.Gives);
      this.SUBRULE(this.expression);
    });
  });

  // state = ".state" assignment { assignment }
  readonly state = this.RULE("state", () => {
    this.CONSUME(t.State);
    this.AT_LEAST_ONE({
      DEF: () => this.SUBRULE(this.assignment),
      ERR_MSG: "a state and its start, as in `.state x={x0} min=0 max=1`",
    });
  });

  // law = ".eq" expression "=" expression
  readonly law = this.RULE("law", () => {
    this.CONSUME(t.Law);
    this.SUBRULE(this.expression, { LABEL: "left" });
    this.CONSUME(t.Equals);
    this.SUBRULE2(this.expression, { LABEL: "right" });
  });

  // output = ".out" assignment { assignment }
  readonly output = this.RULE("output", () => {
    this.CONSUME(t.Output);
    this.AT_LEAST_ONE({
      DEF: () => this.SUBRULE(this.assignment),
      ERR_MSG: "a name and its value, as in `.out r={v/i}`",
    });
  });

  // event = ".when" expression
  readonly event = this.RULE("event", () => {
    this.CONSUME(t.Event);
    this.SUBRULE(this.expression);
  });

  // check = ".check" expression Quotation
  readonly check = this.RULE("check", () => {
    this.CONSUME(t.Check);
    this.SUBRULE(this.expression);
    this.CONSUME(t.Quotation);
  });

  // ".else" and ".endif" are plain directives.
  // condition = ( ".if" | ".elseif" ) expression
  readonly condition = this.RULE("condition", () => {
    this.OR([{ ALT: () => this.CONSUME(t.If) }, { ALT: () => this.CONSUME(t.ElseIf) }]);
    this.SUBRULE(this.expression);
  });

  // loop = ".for" Name "=" expression "to" expression [ "step" expression ]
  readonly loop = this.RULE("loop", () => {
    this.CONSUME(t.For);
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression, { LABEL: "from" });
    this.CONSUME(t.To);
    this.SUBRULE2(this.expression, { LABEL: "to" });
    this.OPTION(() => {
      this.CONSUME(t.Step);
      this.SUBRULE3(this.expression, { LABEL: "step" });
    });
  });

  // include = ( ".include" | ".inc" | ".lib" ) Path [ Path ]
  readonly include = this.RULE("include", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Include) }, { ALT: () => this.CONSUME(t.Library) }]);
    this.CONSUME(t.Path, { LABEL: "file" });
    this.OPTION(() => this.CONSUME2(t.Path, { LABEL: "section" }));
  });

  // Which "=" it is the lexer tells: an expression follows where the language takes one without braces.
  // item = Quotation | group | side [ "=" value | "=" expression ]
  readonly item = this.RULE("item", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Quotation) },
      { ALT: () => this.SUBRULE(this.group) },
      {
        ALT: () => {
          this.SUBRULE(this.side);
          this.OPTION(() => {
            this.OR2([
              {
                ALT: () => {
                  this.CONSUME(t.Equals);
                  this.SUBRULE(this.value);
                },
              },
              {
                ALT: () => {
                  this.CONSUME(t.Gives);
                  this.SUBRULE(this.expression);
                },
              },
            ]);
          });
        },
      },
    ]);
  });

  // value = Quotation | group | side
  readonly value = this.RULE("value", () => {
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.Quotation) },
        { ALT: () => this.SUBRULE(this.group) },
        { ALT: () => this.SUBRULE(this.side) },
      ],
      ERR_MSG: "a value",
    });
  });

  // The last three stand only where signals are listed.
  // side = word | ticked | probe | call | settingOf
  readonly side = this.RULE("side", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.word) },
      { ALT: () => this.SUBRULE(this.ticked) },
      { ALT: () => this.SUBRULE(this.probe) },
      { ALT: () => this.SUBRULE(this.call) },
      { ALT: () => this.SUBRULE(this.settingOf) },
    ]);
  });

  // group = "(" { item } ")"
  readonly group = this.RULE("group", () => {
    this.CONSUME(t.Open);
    this.MANY(() => this.SUBRULE(this.item));
    this.CONSUME(t.Close);
  });

  // word = ( Text | braced ) { GluedText | splice }
  readonly word = this.RULE("word", () => {
    this.OR({
      DEF: [{ ALT: () => this.CONSUME(t.Text) }, { ALT: () => this.SUBRULE(this.braced) }],
      ERR_MSG: "a word",
    });
    this.MANY(() => {
      this.OR2([{ ALT: () => this.CONSUME(t.GluedText) }, { ALT: () => this.SUBRULE(this.splice) }]);
    });
  });

  // braced = "{" expression "}"
  readonly braced = this.RULE("braced", () => {
    this.CONSUME(t.Brace);
    this.SUBRULE(this.expression);
    this.CONSUME(t.BraceEnd);
  });

  // Right behind the text before it.
  // splice = "{" expression "}"
  readonly splice = this.RULE("splice", () => {
    this.CONSUME(t.GluedBrace);
    this.SUBRULE(this.expression);
    this.CONSUME(t.BraceEnd);
  });

  // ticked = "'" expression "'"
  readonly ticked = this.RULE("ticked", () => {
    this.CONSUME(t.Tick);
    this.SUBRULE(this.expression);
    this.CONSUME(t.TickEnd);
  });

  // expression = operand { Operator operand } [ "?" expression ":" expression ]
  readonly expression = this.RULE("expression", () => {
    this.SUBRULE(this.operand);
    this.MANY(() => {
      this.CONSUME(t.Operator);
      this.SUBRULE2(this.operand);
    });
    this.OPTION(() => {
      this.CONSUME(t.Question);
      this.SUBRULE(this.expression, { LABEL: "yes" });
      this.CONSUME(t.Colon);
      this.SUBRULE2(this.expression, { LABEL: "no" });
    });
  });

  // operand = { Sign } ( Numeral | Name { GluedName | splice } | Quotation | probe | [ "lot" ] call | settingOf | parenthesis | braced | ticked )
  readonly operand = this.RULE("operand", () => {
    this.MANY(() => this.CONSUME(t.Sign));
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.Numeral) },
        {
          ALT: () => {
            this.CONSUME(t.Name);
            this.MANY2(() => {
              this.OR2([{ ALT: () => this.CONSUME(t.GluedName) }, { ALT: () => this.SUBRULE(this.splice) }]);
            });
          },
        },
        { ALT: () => this.CONSUME(t.Quotation) },
        { ALT: () => this.SUBRULE(this.probe) },
        {
          ALT: () => {
            this.OPTION(() => this.CONSUME(t.Lot));
            this.SUBRULE(this.call);
          },
        },
        { ALT: () => this.SUBRULE(this.settingOf) },
        { ALT: () => this.SUBRULE(this.parenthesis) },
        { ALT: () => this.SUBRULE(this.braced) },
        { ALT: () => this.SUBRULE(this.ticked) },
      ],
      ERR_MSG: "a number, a name or a bracket",
    });
  });

  // parenthesis = "(" expression ")"
  readonly parenthesis = this.RULE("parenthesis", () => {
    this.CONSUME(t.Parenthesis);
    this.SUBRULE(this.expression);
    this.CONSUME(t.CallEnd);
  });

  // Call is a name with its opening parenthesis.
  // call = Call [ expression { "," expression } ] ")"
  readonly call = this.RULE("call", () => {
    this.CONSUME(t.Call);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.CallEnd);
  });

  // Probe is "v(", "i(", "x(" or "n(".
  // probe = Probe word { "," word } ")"
  readonly probe = this.RULE("probe", () => {
    this.CONSUME(t.Probe);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.word), ERR_MSG: "a name" });
    this.CONSUME(t.CallEnd);
  });

  // settingOf = "@" word SettingName
  readonly settingOf = this.RULE("settingOf", () => {
    this.CONSUME(t.At);
    this.SUBRULE(this.word);
    this.CONSUME(t.SettingName);
  });
}
