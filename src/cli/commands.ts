import { Command, Option } from "commander";
import { batchWords } from "./batch-words.js";
import type { ExitCode } from "./exit-code.js";
import * as value from "./option-values.js";
import { version } from "./package.js";
import type { Terminal } from "./terminal.js";

/**
 * The commands with their options. Each command's code is imported when it is called, for most calls need one only
 * and `--help` none. `done` is told how it ended.
 */
export function program(terminal: Terminal, inBatchWords: boolean, done: (code: ExitCode) => void): Command {
  const root = new Command("pinched")
    .description("Simulates circuits with memristors, written as SPICE netlists.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.out, outputError: () => undefined });
  if (inBatchWords) return batchWords(root, terminal, done);
  addRun(root, terminal, done);
  addCheck(root, terminal, done);
  addPlot(root, terminal, done);
  addQasm(root, terminal, done);
  addDevices(root, terminal, done);
  addNew(root, terminal, done);
  return root.addHelpText("after", "\n`pinched -b deck.cir -r out.raw` is `run` in ngspice's words.");
}

type Done = (code: ExitCode) => void;

function addRun(root: Command, terminal: Terminal, done: Done): void {
  root
    .command("run")
    .description("simulate; write data and pictures; print the summary")
    .argument(
      "<netlist...>",
      "netlist files; `-` reads standard input; .sub and .lib files are libraries for the others",
    )
    .option("-o, --out <dir>", "where results go (default: NETLIST-STEM.out in the current folder)", value.path)
    .option("--format <list>", "data files: csv, raw, json, prn (Xyce), parted by commas (default: csv)", value.formats)
    .option("--no-plots", "leave the pictures out")
    .option("--plot <expr>", "add a picture, as a .plot card says it (repeat)", value.collect)
    .option("--include <file>", "a library read before the netlist (repeat)", value.collect)
    .option("--resume", "take up the trainings of a run that was stopped; the end is the same")
    .option("--set <name=value>", "override a .param (repeat)", value.setting)
    .option("--seed <n>", "the seed of the run's random numbers", value.seed)
    .option(
      "--threads <n>",
      "make so many runs of .step and .mc at a time; auto: one a core (default: 1)",
      value.threads,
    )
    .option("--json", "print one JSON document on standard output")
    .option("--quiet", "say nothing but errors")
    .option("--no-color", "no colours")
    .addOption(new Option("--progress <how>", "on standard error (default: auto)").choices(["auto", "off", "json"]))
    .option("--max-time <s>", "stop after so many seconds, keeping what is done", value.positive)
    .option("--max-memory <mb>", "stop when so many MB are in use, keeping what is done", value.positive)
    .action(async (netlists, options) => done(await (await import("./run.js")).run(netlists, options, terminal)));
}

function addCheck(root: Command, terminal: Terminal, done: Done): void {
  root
    .command("check")
    .description("read and elaborate only; print what is wrong")
    .argument("<netlist...>", "netlist files; `-` reads standard input")
    .option("--include <file>", "a library read before the netlist (repeat)", value.collect)
    .option("--set <name=value>", "override a .param (repeat)", value.setting)
    .option("--json", "print one JSON document on standard output")
    .option("--quiet", "say nothing but errors")
    .option("--no-color", "no colours")
    .action(async (netlists, options) => done(await (await import("./check.js")).check(netlists, options, terminal)));
}

function addPlot(root: Command, terminal: Terminal, done: Done): void {
  root
    .command("plot")
    .description("draw a picture from a result")
    .argument("<data>", "a result file: .csv, .raw or .json")
    .option("--x <column>", "the horizontal axis (default: time, or the value swept innermost)")
    .option("--y <column>", "a curve (repeat; default: the first eight columns)", value.collect)
    .option("--iv <device>", "the current of a device against its voltage")
    .option("-o, --out <file>", "the picture (default: DATA-STEM.svg; `-` is standard output)", value.path)
    .option("--quiet", "say nothing but errors")
    .option("--no-color", "no colours")
    .action(async (data, options) => done(await (await import("./plot.js")).plot(data, options, terminal)));
}

function addQasm(root: Command, terminal: Terminal, done: Done): void {
  root
    .command("qasm")
    .description("print the digital run of a quantum block as a program of OpenQASM 3")
    .argument("<netlist>", "a netlist file; `-` reads standard input")
    .option("-o, --out <file>", "write it to a file (default: standard output)", value.path)
    .option("--block <name>", "whose run, where several blocks have one", value.path)
    .option("--steps <n>", "only so many steps of the run (default: all)", value.whole)
    .addOption(
      new Option("--measure <axis>", "what is measured at the end (default: z)").choices(["x", "y", "z", "none"]),
    )
    .option("--include <file>", "a library read before the netlist (repeat)", value.collect)
    .option("--set <name=value>", "override a .param (repeat)", value.setting)
    .option("--seed <n>", "the seed of the trainings before it", value.seed)
    .option("--quiet", "say nothing but errors")
    .option("--no-color", "no colours")
    .action(async (netlist, options) => done(await (await import("./qasm.js")).qasm(netlist, options, terminal)));
}

function addDevices(root: Command, terminal: Terminal, done: Done): void {
  root
    .command("devices")
    .description("list the devices and models; or show one with its parameters, equations and source")
    .argument("[name]", "a device or model, such as linear_drift")
    .option("--no-color", "no colours")
    .action(async (name) => done((await import("./devices.js")).devices(name, terminal)));
}

function addNew(root: Command, terminal: Terminal, done: Done): void {
  root
    .command("new")
    .description("print a commented netlist to start from; alone, list them")
    .argument("[name]", "memristor, crossbar, perceptron, …")
    .option("-o, --out <file>", "write it to a file (default: standard output)", value.path)
    .option("--rows <n>", "rows of a crossbar", value.count)
    .option("--cols <n>", "columns of a crossbar", value.count)
    .option("--inputs <n>", "inputs of a perceptron", value.count)
    .option("--hidden <list>", "neurons of its hidden layers: 8, or 8,4", value.counts)
    .option("--outputs <n>", "outputs of a perceptron", value.count)
    .addOption(new Option("--rule <rule>", "how a perceptron learns").choices(["delta", "backprop"]))
    .option("--no-color", "no colours")
    .action(async (name, options) => done((await import("./new.js")).newNetlist(name, options, terminal)));
}
