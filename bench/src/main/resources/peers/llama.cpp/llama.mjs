// Answers a load with llama.cpp, greedily: node llama.mjs MODEL.gguf LOAD.json; prints one line of JSON.
// The first prompts are answered before, briefly; that does not count.
import {readFileSync} from "node:fs";
import {getLlama} from "node-llama-cpp";

const [model, loadFile] = process.argv.slice(2);
const load = JSON.parse(readFileSync(loadFile, "utf8"));
const llama = await getLlama({gpu: false, build: "never", logLevel: "error", maxThreads: load.threads});
const loaded = await llama.loadModel({modelPath: model});
const context = await loaded.createContext(
    {sequences: load.rows, contextSize: load.positions, batchSize: 512, threads: load.threads});
const sequences = Array.from({length: load.rows}, () => context.getSequence());

async function answer(sequence, prompt, length) {
  const tokens = [];
  await sequence.clearHistory();
  for await (const token of sequence.evaluate(prompt, {temperature: 0, yieldEogToken: true})) {
    tokens.push(token);
    if (tokens.length === length) break;
  }
  return tokens;
}

async function all(prompts, lengths) {
  const answers = [];
  for (let first = 0; first < prompts.length; first += load.rows) {
    const batch = prompts.slice(first, first + load.rows);
    answers.push(...await Promise.all(batch.map((prompt, row) => answer(sequences[row], prompt, lengths[first + row]))));
  }
  return answers;
}

const few = load.prompts.slice(0, load.rows);
await all(few, few.map(() => load.warmUpTokens));
const before = process.cpuUsage();
const start = performance.now();
const answers = await all(load.prompts, load.tokens);
const used = process.cpuUsage(before);
console.log(JSON.stringify({
  cpuSeconds: (used.user + used.system) / 1e6, seconds: (performance.now() - start) / 1e3,
  counted: answers.flat().length, answers}));
process.exit(0);
