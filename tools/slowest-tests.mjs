// Prints the 20 test classes that took longest in a build, from the reports of Surefire and Failsafe:
//   node tools/slowest-tests.mjs [EPOCH_SECONDS]
// Reports that are older than that time are of another build and are left out.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const since = Number(process.argv[2] ?? 0) * 1000;

const seconds = (text) => Number(text.replaceAll(",", ""));
const attribute = (tag, name) => tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? "";
const plain = (text) =>
  text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function folders() {
  const poms = readFileSync(join(root, "pom.xml"), "utf8").matchAll(/<module>(.*?)<\/module>/g);
  return [...new Set([...poms].map(([, module]) => module))].flatMap((module) =>
    ["surefire-reports", "failsafe-reports"]
      .map((reports) => ({ module, folder: join(root, module, "target", reports) }))
      .filter(({ folder }) => existsSync(folder)),
  );
}

function suites({ module, folder }) {
  return readdirSync(folder)
    .filter((name) => /^TEST-.*\.xml$/.test(name))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).mtimeMs >= since)
    .map((file) => suite(module, readFileSync(file, "utf8")));
}

function suite(module, xml) {
  const [head] = xml.match(/<testsuite\b[^>]*>/);
  const tests = (xml.match(/<testcase\b[^>]*>/g) ?? []).map((tag) => ({
    name: plain(attribute(tag, "name")),
    time: seconds(attribute(tag, "time")),
  }));
  const name = attribute(head, "name").replace(/^.*\.(?=\w+Test|\w+IT)/, "");
  return { module, name, time: seconds(attribute(head, "time")), tests };
}

function line({ module, name, time, tests }) {
  const longest = tests.reduce((a, b) => (b.time > a.time ? b : a), { name: "", time: 0 });
  const detail = `tests: ${tests.length}, longest ${longest.time.toFixed(1)} s: ${longest.name}`;
  return `${time.toFixed(1).padStart(7)} s  ${module}  ${name}  (${detail})`;
}

const slowest = folders()
  .flatMap(suites)
  .sort((a, b) => b.time - a.time)
  .slice(0, 20);
if (slowest.length > 0) {
  console.log("The slowest tests:");
  slowest.forEach((each) => console.log(line(each)));
}
