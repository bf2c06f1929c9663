"""Makes `brief-ner`: finds brands, products, prices, dates, persons and how to reach them in briefs and customers' texts.

    python recipe.py                       the bundled model (about 15 minutes on one core)
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
"""
import argparse
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

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

NAME, VERSION, SEED = "brief-ner", "1.0.0", 11
FILES = ["model.onnx", "tokenizer.json"]
F1_FLOOR, CHECKABLE_FLOOR = 0.90, 0.95


@dataclass(frozen=True)
class Size:
    texts: int
    steps: int
    tokens_per_batch: int
    evaluated: int
    judged: bool


FULL = Size(texts=90_000, steps=1_500, tokens_per_batch=3_072, evaluated=2_000, judged=True)
QUICK = Size(texts=12_000, steps=150, tokens_per_batch=3_072, evaluated=200, judged=False)

PARAMETERS = {"threshold": {"type": "number", "minimum": 0, "maximum": 1, "default": 0, "description": "entities with a lower score are left out"}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    arguments = parser.parse_args()
    if arguments.quick and not arguments.out:
        parser.error("--quick needs --out: it must not overwrite the bundled model")
    out = arguments.out or HERE.parents[1] / NAME
    evidence = out / "evidence" if arguments.out else HERE
    out.mkdir(parents=True, exist_ok=True)
    evidence.mkdir(parents=True, exist_ok=True)
    run(QUICK if arguments.quick else FULL, out, evidence)


def run(size: Size, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    torch.manual_seed(SEED)
    samples = dataset.write(dataset.Writer(False, False), size.texts, SEED)
    shape = Shape(labels=len(dataset.LABELS))
    tokenizer = vocabulary.train([sample.text for sample in samples[:30_000]], shape.vocabulary)
    shape = Shape(labels=shape.labels, vocabulary=tokenizer.get_vocab_size())
    encoded = dataset.encode(tokenizer, samples, shape.positions)
    model, training = train.train(TokenClassifier(shape), encoded, size.steps, size.tokens_per_batch, SEED)
    tokenizer.save(str(out / "tokenizer.json"))
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
