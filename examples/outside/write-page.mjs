// Writes a page around the component of the README, and its package.json with the packed packages:
//   node write-page.mjs ROOT FOLDER      FOLDER holds the packages; the page goes to FOLDER/page
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [root, folder] = process.argv.slice(2);
const page = join(folder, "page");
const { devDependencies: used } = JSON.parse(readFileSync(join(root, "web/package.json"), "utf8"));
const { dependencies: app } = JSON.parse(readFileSync(join(root, "web/example/package.json"), "utf8"));
const packed = (name) => "file:../" + readdirSync(folder).find((file) => file.startsWith(`handoff-${name}-`));
const component = readFileSync(join(root, "README.md"), "utf8").match(/```tsx\n(.*?)```/s)[1];

mkdirSync(page);
const write = (name, content) => writeFileSync(join(page, name), content);
write(
  "package.json",
  JSON.stringify({
    private: true,
    type: "module",
    scripts: { build: "tsc --noEmit && vite build --logLevel error" },
    dependencies: {
      "@handoff/client": packed("client"),
      "@handoff/react": packed("react"),
      react: app.react,
      "react-dom": app["react-dom"],
    },
    devDependencies: {
      "@types/react": used["@types/react"],
      "@types/react-dom": used["@types/react-dom"],
      typescript: used.typescript,
      vite: used.vite,
    },
  }),
);
write(
  "tsconfig.json",
  JSON.stringify({
    compilerOptions: {
      strict: true,
      jsx: "react-jsx",
      module: "nodenext",
      target: "es2022",
      lib: ["es2023", "dom", "dom.iterable"],
      types: ["vite/client"],
    },
  }),
);
write("answer.tsx", `${component}\nexport { Answer };\n`);
write(
  "main.tsx",
  `import { createRoot } from "react-dom/client";
import "@handoff/react/progress.css";
import { Answer } from "./answer.js";

createRoot(document.body).render(<Answer id={location.hash.slice(1)} />);
`,
);
write("index.html", '<!doctype html><html lang="en"><title>Answer</title><script type="module" src="/main.tsx"></script>');
