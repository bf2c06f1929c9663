// What each family's template is rendered with, besides `add_generation_prompt`, which is both false and true.
const documents = [
  { title: "Kettles", text: "They boil.", year: 1923 },
  { title: "Tea  ", text: " Steeped. " },
];

export const families = {
  "chatml-default-system": [{}],
  "chatml-tools": [{}],
  "chatml-thinking": [{}, { enable_thinking: false }],
  llama2: [{ bos_token: "<s>", eos_token: "</s>" }],
  llama3: [{ bos_token: "<|begin_of_text|>" }],
  "llama3-tools-and-date": [{ bos_token: "<|begin_of_text|>" }, { bos_token: "", date_string: "1 Jan 2026" }],
  mistral: [{ bos_token: "<s>", eos_token: "</s>" }],
  "mistral-tools": [{ bos_token: "<s>", eos_token: "</s>" }],
  gemma: [{ bos_token: "<bos>" }],
  "gemma-parts": [{ bos_token: "<bos>" }],
  phi3: [{ eos_token: "<|endoftext|>" }],
  zephyr: [{ eos_token: "</s>" }],
  "deepseek-thinking": [{ bos_token: "<｜begin▁of▁sentence｜>" }],
  "command-r": [{ bos_token: "<BOS_TOKEN>" }],
  "command-r-grounded": [{ bos_token: "<BOS_TOKEN>" }, { bos_token: "<BOS_TOKEN>", documents }],
  "generation-marks": [{ eos_token: "<|end|>" }],
  channels: [{}, { reasoning_effort: "high", model_identity: "You are Pen." }],
  vicuna: [{ eos_token: "</s>" }],
};
