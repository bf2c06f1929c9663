// Answers a load with transformers.js, greedily: node transformersjs.mjs FOLDER LOAD.json; prints one line of JSON.
// The first prompts are answered before, briefly; that does not count.
import {readFileSync} from "node:fs";
import {basename, dirname} from "node:path";
import {AutoModelForCausalLM, StoppingCriteria, Tensor, env} from "@huggingface/transformers";

const [folder, loadFile] = process.argv.slice(2);
const load = JSON.parse(readFileSync(loadFile, "utf8"));
env.allowRemoteModels = false;
env.localModelPath = dirname(folder) + "/";
const model = await AutoModelForCausalLM.from_pretrained(basename(folder), {
  dtype: "q4", device: "cpu", session_options: {intraOpNumThreads: load.threads, interOpNumThreads: 1}});

// Called when each answer has one token more; ends nothing.
class FirstTokens extends StoppingCriteria {
  _call(ids) {
    this.used ??= process.cpuUsage();
    return ids.map(() => false);
  }
}

async function answer(prompts, tokens, first) {
  const shape = [prompts.length, prompts[0].length];
  const written = await model.generate({
    input_ids: new Tensor("int64", BigInt64Array.from(prompts.flat(), BigInt), shape),
    attention_mask: new Tensor("int64", new BigInt64Array(shape[0] * shape[1]).fill(1n), shape),
    max_new_tokens: tokens, do_sample: false, stopping_criteria: first});
  return written.tolist().map(row => row.slice(shape[1]).map(Number));
}

await answer(load.prompts.slice(0, load.rows), load.warmUpTokens, null);
const before = process.cpuUsage();
const start = performance.now();
const answers = [];
let from = before;
let counted = 0;
for (let at = 0; at < load.prompts.length; at += load.rows) {
  const prompts = load.prompts.slice(at, at + load.rows);
  const tokens = load.tokens[at];
  const first = new FirstTokens();
  answers.push(...await answer(prompts, tokens, load.decodeOnly ? first : null));
  if (load.decodeOnly) from = first.used;
  counted += prompts.length * (load.decodeOnly ? tokens - 1 : tokens);
}
const used = process.cpuUsage(from);
console.log(JSON.stringify({
  cpuSeconds: (used.user + used.system) / 1e6, seconds: (performance.now() - start) / 1e3, counted, answers}));
process.exit(0);
