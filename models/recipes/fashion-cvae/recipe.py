"""Makes `fashion-cvae`: a small conditional variational autoencoder that draws clothes, and the classifier that judges it.

    python recipe.py                       the bundled model (about 15 minutes on two cores)
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
    python recipe.py --data DIR            with the four IDX files of Fashion-MNIST from a folder (else: Debian package)
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
import evaluate
import export
import fashion_mnist
import manifest
import train
from fashion_mnist import DESCRIPTIONS, LABELS, Pictures
from model import CLASSES, LATENT, Painter, one_hot

NAME, VERSION, SEED = "fashion-cvae", "1.0.0", 1
CLASSIFIER_FLOOR, SEEN_FLOOR = 0.91, 0.80


@dataclass(frozen=True)
class Size:
    pictures: int
    classifier_epochs: int
    autoencoder_epochs: int
    guide_epochs: int
    finishing_epochs: int
    samples: int
    gated: bool


FULL = Size(pictures=60_000, classifier_epochs=6, autoencoder_epochs=8, guide_epochs=3, finishing_epochs=2, samples=1_000, gated=True)
QUICK = Size(pictures=6_000, classifier_epochs=1, autoencoder_epochs=2, guide_epochs=1, finishing_epochs=1, samples=200, gated=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    parser.add_argument("--data", type=Path, help="folder of the four IDX files, gzipped or not")
    arguments = parser.parse_args()
    if arguments.quick and not arguments.out:
        parser.error("--quick needs --out: it must not overwrite the bundled model")
    out = arguments.out or HERE.parents[1] / NAME
    evidence = out / "evidence" if arguments.out else HERE
    out.mkdir(parents=True, exist_ok=True)
    evidence.mkdir(parents=True, exist_ok=True)
    run(QUICK if arguments.quick else FULL, arguments.data, out, evidence)


def run(size: Size, data: Path | None, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    torch.set_num_threads(2)
    training, test = fashion_mnist.load(data, Path.home() / ".cache" / "penstock" / "data")
    training = Pictures(training.images[: size.pictures], training.labels[: size.pictures])
    classifier = train.classifier(training, size.classifier_epochs, SEED)
    painter = trained(size, training)

    label = one_hot(torch.arange(20) % CLASSES)
    latent = torch.randn(20, LATENT, generator=torch.Generator().manual_seed(SEED))
    export.write(classifier, evidence / "classifier.onnx", {"image": test.images[:2]}, "logits")
    export.write(painter, out / "decoder.onnx", {"latent": latent[:2], "label": label[:2]}, "image")
    judge, graph = export.session(evidence / "classifier.onnx"), export.session(out / "decoder.onnx")
    export.checked_difference(classifier, judge, test.images[:20])
    difference = export.checked_difference(painter, graph, latent, label)

    figures = {"parameters": sum(p.numel() for p in (*painter.parameters(), *painter.buffers())), "largestOnnxDifference": difference,
               **evaluate.everything(graph, judge, test, size.samples, SEED), "recipeSeconds": round(time.monotonic() - started)}
    write_evidence(evidence, figures, graph, painter, latent, label)
    digest = write_manifest(out, figures)
    print(json.dumps(figures, indent=1))
    if size.gated:
        gate(figures)
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def trained(size: Size, training: Pictures) -> Painter:
    encoder, decoder = train.autoencoder(training, size.autoencoder_epochs, SEED)
    guide = train.guide(training, size.guide_epochs, SEED)
    return train.finished(encoder, train.painter(encoder, decoder, training), guide, training, size.finishing_epochs, SEED)


def gate(figures: dict) -> None:
    if figures["classifierAccuracyOnTest"] < CLASSIFIER_FLOOR:
        raise SystemExit(f"the classifier is right in {figures['classifierAccuracyOnTest']} of the test pictures, {CLASSIFIER_FLOOR} is needed")
    if figures["truncation1.0"]["classAskedIsSeen"] < SEEN_FLOOR:
        raise SystemExit(f"the class asked for is seen in {figures['truncation1.0']['classAskedIsSeen']} of the pictures, {SEEN_FLOOR} is needed")


def write_evidence(folder: Path, figures: dict, graph, painter: Painter, latent: torch.Tensor, label: torch.Tensor) -> None:
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    images, _ = evaluate.drawn(graph, 12 * CLASSES, SEED)
    contact_sheet.of_grey_images(folder / "contact-sheet.png", images.reshape(12, CLASSES, 28, 28).swapaxes(0, 1), list(LABELS))
    with torch.no_grad():
        expected = painter(latent[:2], label[:2]).numpy()
    (folder / "reference.json").write_text(json.dumps({
        "madeWith": f"torch {torch.__version__.split('+')[0]} fp32 on CPU", "tolerance": "1e-4 a pixel",
        "cases": [{"latent": [round(float(v), 6) for v in z], "label": LABELS[i], "image": [round(float(v), 6) for v in image.ravel()]}
                  for i, (z, image) in enumerate(zip(latent[:2], expected))]}) + "\n")


def write_manifest(out: Path, figures: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "one-shot-image", "modality": "image", "licence": "Apache-2.0",
            "source": f"models/recipes/{NAME}",
            "description": "Draws grey 28x28 pictures of ten kinds of clothes, shoes and bags (trained on Fashion-MNIST, MIT)."}
    parameters = {"class": {"type": "string", "choices": list(LABELS), "default": None, "description": "what to draw; left out, the prompt's words decide"},
                  "truncation": {"type": "number", "minimum": 0.1, "maximum": 1.5, "default": 1.0, "description": "scale of the latent: less is more typical, more is more varied"},
                  "size": {"type": "integer", "minimum": 28, "maximum": 1024, "default": 280, "description": "side of the picture in pixels"}}
    section = {"graph": "decoder.onnx", "latentSize": LATENT, "latentDistribution": "normal", "latentInput": "latent", "labelInput": "label",
               "imageOutput": "image", "outputRange": [0, 1], "layout": "NCHW", "labels": list(LABELS), "labelDescriptions": list(DESCRIPTIONS)}
    measured = {"parameters": figures["parameters"], "largestOnnxDifference": figures["largestOnnxDifference"],
                "classAskedIsSeen": figures["truncation1.0"]["classAskedIsSeen"], "classifierAccuracyOnTest": figures["classifierAccuracyOnTest"]}
    return manifest.write(out, head, ["decoder.onnx"], parameters, {"oneShotImage": section}, measured)


if __name__ == "__main__":
    main()
