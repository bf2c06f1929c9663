// Renders every case with the two peers and stores what they say. See README.md beside this file.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { conversations, toolConversations } from "./conversations.mjs";
import { families } from "./families.mjs";
import { features } from "./features.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [peerFolder, python = "python3", templates = join(here, "../../resources/chat-templates")] =
  process.argv.slice(2);
if (!peerFolder) {
  throw new Error("Say where @huggingface/jinja is installed: node generate.mjs <folder> [python]");
}
const require = createRequire(join(peerFolder, "package.json"));
const { Template } = require("@huggingface/jinja");
const peerVersion = JSON.parse(
  readFileSync(join(peerFolder, "node_modules/@huggingface/jinja/package.json"), "utf8"),
).version;

// `strftime_now` of the peer asks for the present time; the cases need one that stays.
const Present = Date;
globalThis.Date = class extends Present {
  constructor(...time) {
    super(...(time.length === 0 ? [2026, 1, 3, 4, 5, 6] : time));
  }
};

function renderWithPeer({ source, variables }) {
  try {
    return { text: new Template(source).render(variables) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

function renderWithJinja2(cases) {
  const input = JSON.stringify(cases);
  const output = execFileSync(python, [join(here, "render_with_jinja2.py")], { input, maxBuffer: 1 << 28 });
  return JSON.parse(output);
}

// Python's Jinja decides, since models are trained with it; where the JavaScript peer says otherwise, that is stored too.
function judge(jinja2, peer) {
  const verdict = jinja2.error === undefined ? { expected: jinja2.text } : { refused: jinja2.error };
  const same = jinja2.error === undefined ? peer.text === jinja2.text : peer.error !== undefined;
  return same ? verdict : { ...verdict, peerDiffers: peer.error === undefined ? { text: peer.text } : peer };
}

function store(name, cases, shown) {
  const answers = renderWithJinja2(cases);
  const origin = { "@huggingface/jinja": peerVersion, Jinja2: answers.version };
  const judged = cases.map((one, i) => ({ ...shown(one), ...judge(answers.results[i], renderWithPeer(one)) }));
  writeFileSync(join(templates, name), JSON.stringify({ origin, cases: judged }, null, 1) + "\n");
  const differing = judged.filter((one) => one.peerDiffers !== undefined).length;
  const refused = judged.filter((one) => one.refused !== undefined).length;
  console.log(`${name}: ${cases.length} cases, ${refused} refused, ${differing} where the peers differ`);
}

for (const [family, variableSets] of Object.entries(families)) {
  const source = readFileSync(join(templates, "families", `${family}.jinja`), "utf8");
  const cases = [];
  for (const [name, messages] of Object.entries(conversations)) {
    for (const variables of variableSets) {
      for (const add_generation_prompt of [false, true]) {
        cases.push({ name, source, variables: { ...variables, add_generation_prompt, messages, tools: null } });
      }
    }
  }
  for (const [name, sent] of Object.entries(toolConversations)) {
    cases.push({ name, source, variables: { ...variableSets[0], add_generation_prompt: true, tools: null, ...sent } });
  }
  store(`families/${family}.json`, cases, ({ name, variables }) => ({ name, variables }));
}
store("features.json", features, (one) => one);
