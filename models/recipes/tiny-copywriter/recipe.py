"""Makes `tiny-copywriter`: writes advertising copy by grammar, trains a small language model on it, exports and checks it.

    python recipe.py                       the bundled model (about 15 minutes on two cores)
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
"""
import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import contact_sheet
import dataset
import evaluate
import export
import manifest
import reference
import runtime
import train
import vocabulary
from model import LanguageModel, Shape

NAME, VERSION, SEED = "tiny-copywriter", "1.0.0", 20_26
FILES = ["model.onnx", "tokenizer.json", "chat_template.jinja"]


@dataclass(frozen=True)
class Size:
    conversations: int
    steps: int
    tokens_per_batch: int
    evaluated: int


FULL = Size(conversations=90_000, steps=1_300, tokens_per_batch=4_096, evaluated=300)
QUICK = Size(conversations=6_000, steps=40, tokens_per_batch=2_048, evaluated=10)

PARAMETERS = {
    "temperature": {"type": "number", "minimum": 0, "maximum": 2, "default": 0.6, "description": "0 takes the likeliest token each time"},
    "topP": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.9, "description": "the likeliest tokens that together reach this probability"},
    "topK": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 0, "description": "the K likeliest tokens; 0 = off"},
    "minP": {"type": "number", "minimum": 0, "maximum": 1, "default": 0, "description": "tokens at least this likely relative to the likeliest; 0 = off"},
    "repetitionPenalty": {"type": "number", "minimum": 1, "maximum": 2, "default": 1, "description": "1 = off"},
    "maxTokens": {"type": "integer", "minimum": 1, "maximum": 256, "default": 64, "description": "the longest answer; a product paragraph needs about 120"},
}


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
    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    tokenizer, model, training = trained(size)
    vocabulary.save(tokenizer, out)
    export.write(model, out / "model.onnx")
    session = runtime.Session(out / "model.onnx", model.shape)
    difference = checked_difference(model, session, tokenizer)
    figures, samples = evaluate.everything(model, session, tokenizer, size.evaluated, SEED)
    figures = {"parameters": model.size(), "training": training, "largestOnnxDifference": difference, **figures,
               "recipeSeconds": round(time.monotonic() - started)}
    write_evidence(evidence, figures, samples)
    reference.write(model, tokenizer, evidence / "reference.json", {name: manifest.sha256(out / name) for name in FILES})
    digest = write_manifest(out, model.shape, figures)
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def trained(size: Size):
    conversations = dataset.write(dataset.training_grammar(), size.conversations, SEED, "writing")
    tokenizer = vocabulary.train([message["content"] for chat in conversations[:40_000] for message in chat])
    encoded = dataset.encode(tokenizer, conversations)
    model, training = train.train(LanguageModel(Shape()), encoded, size.steps, size.tokens_per_batch, SEED)
    return tokenizer, model.eval(), {"conversations": size.conversations, **training}


def checked_difference(model: LanguageModel, session: runtime.Session, tokenizer) -> float:
    chats = [tokenizer.encode(vocabulary.chat(messages, True)).ids for messages in reference.CHATS]
    long = np.random.default_rng(SEED).integers(0, model.shape.vocabulary, 300).tolist()
    difference = runtime.difference_from_torch(model, session, [*chats, long])
    print(f"largest difference of a logit between ONNX Runtime and torch: {difference:.1e} (allowed {runtime.TOLERANCE:.0e})")
    if not difference <= runtime.TOLERANCE:
        raise SystemExit("the exported graph is not the trained model")
    return float(f"{difference:.1e}")


def write_evidence(folder: Path, figures: dict, samples: dict) -> None:
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    rows = [(s["request"], s["text"]) for name in ("heldOutPairs at 0.4", "heldOutPairs at 0.8", "heldOutProducts at 0.4") for s in samples[name][:12]]
    rows += [(s["request"], s["text"]) for s in samples["paragraphs"][:5]]
    title = "tiny-copywriter, unselected: 12 unseen pairs at temperature 0.4, 12 at 0.8, 12 unseen products at 0.4, 5 paragraphs at 0.6"
    contact_sheet.of_texts(folder / "contact-sheet.png", title, rows)


def write_manifest(out: Path, shape: Shape, figures: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "language-model", "modality": "text", "licence": "Apache-2.0",
            "source": f"models/recipes/{NAME}",
            "description": "Writes short English advertising copy: slogans, headlines, one-sentence descriptions, product paragraphs."}
    section = {"graph": "model.onnx", "weights": "float32", "layers": shape.layers, "keyValueHeads": shape.key_value_heads,
               "headSize": shape.head_size, "contextLength": shape.context, "vocabularySize": shape.vocabulary,
               "tokenizer": "tokenizer.json", "chatTemplate": "chat_template.jinja", "bosToken": None, "stopTokens": [vocabulary.END]}
    measured = {"parameters": figures["parameters"], "largestOnnxDifference": figures["largestOnnxDifference"],
                "heldOutPairsAnswerPerplexity": figures["heldOutPairs"]["answerPerplexity"],
                "heldOutPairsNameTheNoun": figures["heldOutPairs"]["slogansAtTemperature0.4"]["namesTheNoun"],
                "heldOutProductsNameTheNoun": figures["heldOutProducts"]["slogansAtTemperature0.4"]["namesTheNoun"]}
    return manifest.write(out, head, FILES, PARAMETERS, {"languageModel": section}, measured)


if __name__ == "__main__":
    main()
