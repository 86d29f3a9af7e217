// Reads Maven's output and prints one line for each step, with the seconds since the start:
//   mvn … | node tools/build-progress.mjs
// Errors are printed as they come. On a terminal the last line counts the seconds; elsewhere a step that takes long is
// printed again every 30 seconds.
import { createInterface } from "node:readline";

const EXECUTIONS = {
  "npm-ci": "fetching the pages' npm packages",
  "npm-build": "building the pages",
  unpack: "unpacking the server",
  "aot-cache": "making the ahead-of-time cache, with which the server starts in half the time",
};
const QUIET = 30;

const begin = Date.now();
const terminal = process.stdout.isTTY;
let step = "starting Maven";
let fetched = 0;
let printedAt = 0;

const seconds = () => Math.round((Date.now() - begin) / 1000);
const line = () =>
  `${String(seconds()).padStart(5)} s  ${step}${fetched > 0 ? ` (files fetched by Maven: ${fetched})` : ""}`;

function show(end) {
  printedAt = seconds();
  process.stdout.write(terminal ? `\r\u001b[K${line().slice(0, (process.stdout.columns || 120) - 1)}${end}` : `${line()}\n`);
}

function begun(output) {
  const [, name, place] = output.match(/^\[INFO\] Building (Handoff.*?) \S+ +\[(\d+\/\d+)\]$/) ?? [];
  if (name) {
    return `${name} (${place})`;
  }
  const [, id] = output.match(/^\[INFO\] --- exec-maven-plugin:\S+ \((.+)\) @/) ?? [];
  return EXECUTIONS[id];
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => process.exit(130));
}
const ticking = setInterval(() => {
  if (terminal || seconds() - printedAt >= QUIET) {
    show("");
  }
}, 1_000);
show("");
for await (const output of createInterface({ input: process.stdin })) {
  if (/^(\[INFO\] )?Downloaded from /.test(output)) {
    fetched++;
  } else if (output.startsWith("[ERROR]")) {
    console.error(output);
  }
  const next = begun(output);
  if (next !== undefined) {
    if (terminal) {
      show("\n");
    }
    step = next;
    show("");
  }
}
clearInterval(ticking);
step = "the build has ended";
show("\n");
