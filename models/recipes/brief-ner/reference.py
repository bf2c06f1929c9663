"""Reference outputs for other implementations of the tokenizer, the graph and the reading of labels, from torch and `tokenizers`."""
import json
from pathlib import Path

import tokenizers
import torch
from tokenizers import Tokenizer

import evaluate
from model import TokenClassifier

TEXTS = (
    "Write a slogan for the Halvorsen trekking backpack, on sale for €89.90 from 3 May 2026.",
    "Hello, my name is Gwendolyn Achterberg. Please call me on +1 (212) 555-0147 or write to g.achterberg@example.com.",
    "Charge 4242 4242 4242 4242 and send it to 17 Rosewood Crescent, Flat 3, Norwich NR2 4QT, order 204117.",
    "Ship to:\nOttoline Marchbanks\n48 Lavender Grove, Exeter\n\nThe folding kayak cost £1,249.00.\r\nMany thanks",
    "🙂 Zoë from Ångström & Söner: “1.299,00 €”? Nein!",
    "",
)


def write(model: TokenClassifier, tokenizer: Tokenizer, path: Path, digests: dict[str, str]) -> None:
    rows = []
    for text in TEXTS:
        tokens = tokenizer.encode(text)
        ids = torch.tensor([tokens.ids])
        with torch.no_grad():
            logits = model(ids, torch.ones_like(ids), torch.zeros_like(ids))[0]
        found = evaluate.entities(text, tokens.offsets[1:-1], logits.double().softmax(1).numpy()[1:-1])
        rows.append({"text": text, "ids": tokens.ids, "offsets": tokens.offsets, "firstTokenLogits": [round(float(v), 5) for v in logits[min(1, len(logits) - 1)]],
                     "entities": [{"type": kind, "text": text[start:end], "start": start, "end": end, "score": round(score, 5)} for kind, start, end, score in found]})
    path.write_text(json.dumps({
        "model": digests, "madeWith": f"torch {torch.__version__.split('+')[0]} fp32 on CPU, tokenizers {tokenizers.__version__}",
        "tolerance": "ids, offsets (code points) and entities exact; logits 1e-3, scores 1e-3", "texts": rows}, ensure_ascii=False, indent=1) + "\n")
