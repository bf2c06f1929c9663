"""Reference outputs for other implementations of the tokenizer and the graph, taken from `tokenizers` and torch."""
import json
from pathlib import Path

import jinja2
import tokenizers
import torch
from tokenizers import Tokenizer

import vocabulary
from model import LanguageModel

STRINGS = (
    "Hello world", " leading space", "trailing space ", "Write one short advertising slogan for a waterproof hiking boot.",
    "Price: $1,299.99 (incl. 19% VAT)!!", "naïve café — “quotes” … ünïcödé", "tabs\tand\nnew\n\nlines   and spaces",
    "It's the customer's choice; we'll see, they've won.", "山の靴 и 🥾 emoji", "<|im_start|>user\nHi<|im_end|>\n", "",
)
CHATS = (
    [{"role": "user", "content": "Write one short advertising slogan for a waterproof hiking boot. The audience is weekend hikers."}],
    [{"role": "user", "content": "Write a product paragraph for a solar-powered backpack. The audience is college students."}],
    [{"role": "system", "content": "You write advertising copy."},
     {"role": "user", "content": "Write a headline for an espresso machine. The audience is coffee lovers."},
     {"role": "assistant", "content": "A Perfect Cup Every Time"},
     {"role": "user", "content": "Another one, please."}],
)


def greedy(model: LanguageModel, prompt: list[int], count: int) -> list[int]:
    ids = list(prompt)
    with torch.no_grad():
        for _ in range(count):
            ids.append(int(model(torch.tensor([ids]))[0, -1].argmax()))
    return ids[len(prompt):]


def write(model: LanguageModel, tokenizer: Tokenizer, path: Path, digests: dict[str, str]) -> None:
    environment = jinja2.Environment(keep_trailing_newline=True)
    template, chats = environment.from_string(vocabulary.CHAT_TEMPLATE), []
    for messages in CHATS:
        text = template.render(messages=messages, add_generation_prompt=True)
        if text != vocabulary.chat(messages, True):
            raise SystemExit("the chat template and vocabulary.chat disagree")
        prompt = tokenizer.encode(text).ids
        with torch.no_grad():
            top = model(torch.tensor([prompt]))[0, -1].topk(8)
        answer = greedy(model, prompt, 32)
        chats.append({"messages": messages, "text": text, "promptIds": prompt,
                      "topLogits": [{"id": int(i), "logit": round(float(v), 5)} for v, i in zip(top.values, top.indices)],
                      "greedyIds": answer, "greedyText": tokenizer.decode(answer, skip_special_tokens=False)})
    path.write_text(json.dumps({
        "model": digests, "madeWith": f"torch {torch.__version__.split('+')[0]} fp32 on CPU, tokenizers {tokenizers.__version__}",
        "tolerance": "ids exact; logits 1e-3; greedy ids exact (32 tokens, the stop token does not stop them)",
        "tokenizer": [{"text": s, "ids": (e := tokenizer.encode(s)).ids, "decoded": tokenizer.decode(e.ids, skip_special_tokens=False)} for s in STRINGS],
        "chats": chats}, ensure_ascii=False, indent=1) + "\n")
