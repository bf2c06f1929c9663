"""Makes `brief-ner`: finds brands, products, prices, dates, persons and how to reach them in briefs and customers' texts.

    python recipe.py                       the bundled model (about 20 minutes on one core)
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
"""
import argparse
import json
import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent))

import contact_sheet
import dataset
import evaluate
import export
import manifest
import reference
import train
import vocabulary
from model import Shape, TokenClassifier

NAME, VERSION, SEED = "brief-ner", "1.1.0", 11
FILES = ["model.onnx", "tokenizer.json"]
F1_FLOOR, CHECKABLE_FLOOR = 0.90, 0.95
BROKEN = 0.08       # the share of pieces that are broken into smaller ones in training
WATCHED = 300       # texts of the development split that the training is watched on


@dataclass(frozen=True)
class Size:
    texts: int
    steps: int
    tokens_per_batch: int
    evaluated: int
    judged: bool


FULL = Size(texts=100_000, steps=3_000, tokens_per_batch=3_072, evaluated=2_000, judged=True)
QUICK = Size(texts=12_000, steps=150, tokens_per_batch=3_072, evaluated=200, judged=False)

PARAMETERS = {"threshold": {"type": "number", "minimum": 0, "maximum": 1, "default": 0, "description": "entities with a lower score are left out"}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    parser.add_argument("--start", type=Path, metavar="FOLDER", help="continue with the checkpoint.pt and tokenizer.json of an interrupted run")
    parser.add_argument("--steps", type=int, help="how many steps to train")
    arguments = parser.parse_args()
    if arguments.quick and not arguments.out:
        parser.error("--quick needs --out: it must not overwrite the bundled model")
    out = arguments.out or HERE.parents[1] / NAME
    evidence = out / "evidence" if arguments.out else HERE
    out.mkdir(parents=True, exist_ok=True)
    evidence.mkdir(parents=True, exist_ok=True)
    size = QUICK if arguments.quick else FULL
    run(replace(size, steps=arguments.steps or size.steps), out, evidence, arguments.start)


def run(size: Size, out: Path, evidence: Path, start: Path | None) -> None:
    started = time.monotonic()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    torch.manual_seed(SEED)
    samples = dataset.write(dataset.trainer(), size.texts, SEED)
    shape = Shape(labels=len(dataset.LABELS))
    if start:
        tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    else:
        tokenizer = vocabulary.train([sample.text for sample in samples[:30_000]], shape.vocabulary)
    shape = Shape(labels=shape.labels, vocabulary=tokenizer.get_vocab_size())
    encoded = dataset.encode(tokenizer, samples, shape.positions, BROKEN, SEED)
    tokenizer.save(str(out / "tokenizer.json"))
    watch = Watch(tokenizer, shape.positions, out / "checkpoint.pt")
    model = TokenClassifier(shape)
    if start:
        model.load_state_dict(torch.load(start / "checkpoint.pt"))
    model, training = train.train(model, encoded, size.steps, size.tokens_per_batch, SEED, watch)
    model.rounded()
    watch.path.unlink(missing_ok=True)
    export.write(model, out / "model.onnx")
    session = export.Session(out / "model.onnx")
    difference = export.checked_difference(model, session, [next(dataset.batches(encoded, 2_048, np.random.default_rng(seed)))[:2] for seed in range(4)])
    figures, shown = evaluate.everything(session, tokenizer, size.evaluated, shape.positions, SEED + 1)
    figures = {"parameters": model.size(), "training": {"texts": size.texts, **training}, "largestOnnxDifference": difference, **figures,
               "recipeSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    draw(evidence / "contact-sheet.png", shown[:30])
    reference.write(model, tokenizer, evidence / "reference.json", {name: manifest.sha256(out / name) for name in FILES})
    digest = write_manifest(out, shape, figures)
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")
    if size.judged and (figures["heldOut"]["f1"] < F1_FLOOR or figures["heldOut"]["f1OfCheckableTypes"] < CHECKABLE_FLOOR):
        print(f"below what is wanted on held-out texts: {F1_FLOOR} overall, {CHECKABLE_FLOOR} for the checkable types")


class Watch:
    """Keeps the weights now and then, and prints how they do on the development split."""

    def __init__(self, tokenizer: Tokenizer, longest: int, path: Path):
        self.tokenizer, self.path = tokenizer, path
        self.samples = evaluate.fitting(tokenizer, dataset.write(dataset.Writer("development", "development"), WATCHED, SEED + 1), longest)

    def __call__(self, step: int, model: TokenClassifier) -> None:
        torch.save(model.state_dict(), self.path)
        scores = evaluate.scores(self.samples, evaluate.predicted(TorchSession(model), self.tokenizer, self.samples))
        print(f"{step} steps: F1 {scores['f1']} on the development split, checkable types {scores['f1OfCheckableTypes']}, {scores['f1ByType']}", flush=True)


@dataclass(frozen=True)
class TorchSession:
    model: TokenClassifier

    def logits(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return self.model(*map(torch.from_numpy, (ids, mask, np.zeros_like(ids)))).numpy()


def draw(path: Path, shown: list) -> None:
    rows = []
    for sample, found in shown:
        right = set(sample.entities)
        told = [f"{kind}: {sample.text[start:end]}{'' if (kind, start, end) in right else '  (WRONG)'}" for kind, start, end, _ in found]
        told += [f"MISSED {kind}: {sample.text[start:end]}" for kind, start, end in sample.entities if (kind, start, end) not in {f[:3] for f in found}]
        rows.append((sample.text, "; ".join(told) or "nothing"))
    contact_sheet.of_texts(path, "brief-ner, unselected: 30 texts of templates and names never seen in training", rows)


def write_manifest(out: Path, shape: Shape, figures: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "token-classification", "modality": "text", "licence": "Apache-2.0",
            "source": f"models/recipes/{NAME}",
            "description": "Finds brands, products, prices, dates, persons, e-mail addresses, telephone numbers, postal addresses and card numbers in English briefs and customers' texts."}
    section = {"graph": "model.onnx", "tokenizer": "tokenizer.json", "inputIds": "input_ids", "attentionMask": "attention_mask", "tokenTypeIds": "token_type_ids",
               "logits": "logits", "maxTokens": shape.positions, "padToken": 0, "labels": dataset.LABELS, "wholeWords": True}
    held_out = figures["heldOut"]
    measured = {"parameters": figures["parameters"], "largestOnnxDifference": figures["largestOnnxDifference"], "heldOutF1": held_out["f1"],
                "heldOutF1OfCheckableTypes": held_out["f1OfCheckableTypes"]}
    return manifest.write(out, head, FILES, PARAMETERS, {"tokenClassification": section}, measured)


if __name__ == "__main__":
    main()
