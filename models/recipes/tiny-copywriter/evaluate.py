"""Measures the exported model on what training never saw."""
import math
import random
from collections import Counter

import numpy as np
import torch
from tokenizers import Tokenizer

import dataset
import grammar
import vocabulary
from model import LanguageModel
from runtime import Session

SLOGAN_LIMIT, PARAGRAPH_LIMIT = 64, 200


def perplexity(model: LanguageModel, encoded: list) -> float:
    """Of the answers' tokens alone, each `<|im_end|>` included."""
    total = count = 0.0
    with torch.no_grad():
        for ids, weights in encoded:
            targets, kept = torch.from_numpy(ids[1:]), torch.from_numpy(weights[1:]) == 1.0
            losses = torch.nn.functional.cross_entropy(model(torch.from_numpy(ids[None, :-1]))[0], targets, reduction="none")
            total, count = total + float(losses[kept].sum()), count + int(kept.sum())
    return math.exp(total / count)


def loops(text: str) -> bool:
    """Whether some three words in a row come three times."""
    words = text.lower().split()
    return any(n >= 3 for n in Counter(zip(words, words[1:], words[2:])).values())


def ask(session: Session, tokenizer: Tokenizer, request: str, limit: int, temperature: float, seed: int) -> tuple[str, bool]:
    """The answer, and whether the model ended it by itself."""
    prompt = tokenizer.encode(vocabulary.chat([{"role": "user", "content": request}], True)).ids
    stop = tokenizer.token_to_id(vocabulary.END)
    tokens = session.sample(prompt, stop, limit, temperature, 0.9, np.random.default_rng(seed))
    return tokenizer.decode(tokens), len(tokens) < limit


def samples(session: Session, tokenizer: Tokenizer, source: grammar.Grammar, kind: str, count: int, temperature: float, seed: int) -> list[dict]:
    """Answers to main-wording requests without a brand, in the order they were drawn."""
    chance, taken = random.Random(seed), []
    while len(taken) < count:
        subject = source.subject(chance)
        if subject.audience is None or subject.brand:
            continue
        thing = grammar.with_article(subject.name, subject.product.unit)
        request = f"{grammar.REQUESTS[kind][0].replace('{thing}', thing)} The audience is {subject.audience.name}."
        limit = PARAGRAPH_LIMIT if kind == "paragraph" else SLOGAN_LIMIT
        text, ended = ask(session, tokenizer, request, limit, temperature, seed * 100_000 + len(taken))
        taken.append({"request": request, "text": text, "ended": ended, "noun": subject.product.noun, "audience": subject.audience.name})
    return taken


def summary(taken: list[dict]) -> dict:
    share = lambda test: round(sum(map(test, taken)) / len(taken), 3)
    words = [len(s["text"].split()) for s in taken]
    return {"samples": len(taken), "namesTheNoun": share(lambda s: s["noun"] in s["text"].lower()),
            "namesTheAudience": share(lambda s: s["audience"] in s["text"].lower()),
            "loops": share(lambda s: loops(s["text"])), "endsByItself": share(lambda s: s["ended"]),
            "distinctTexts": len({s["text"] for s in taken}), "meanWords": round(sum(words) / len(words), 1)}


def everything(model: LanguageModel, session: Session, tokenizer: Tokenizer, count: int, seed: int) -> tuple[dict, dict]:
    """(figures, samples by name)."""
    sources = {"heldOutPairs": dataset.held_out_pairs_grammar(), "heldOutProducts": dataset.held_out_products_grammar()}
    figures, taken = {}, {}
    for name, source in sources.items():
        encoded = dataset.encode(tokenizer, dataset.write(source, count, seed, name))
        figures[name] = {"answerPerplexity": round(perplexity(model, encoded), 3)}
        for temperature in (0.4, 0.8):
            taken[f"{name} at {temperature}"] = samples(session, tokenizer, source, "slogan", count, temperature, seed)
            figures[name][f"slogansAtTemperature{temperature}"] = summary(taken[f"{name} at {temperature}"])
    taken["paragraphs"] = samples(session, tokenizer, sources["heldOutPairs"], "paragraph", max(10, count // 5), 0.6, seed)
    figures["paragraphs"] = summary(taken["paragraphs"])
    return figures, taken
