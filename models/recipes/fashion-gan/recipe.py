"""Makes `fashion-gan`: a generative adversarial network of fully connected layers that draws clothes.

    python recipe.py                       the bundled model; the training can be stopped and goes on when started again
    python recipe.py --stop-now            what has been trained so far, exported and measured
    python recipe.py --steps 60000         trains longer, from the checkpoint
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
    python recipe.py --data DIR            with the four IDX files of Fashion-MNIST from a folder (else: Debian package)
"""
import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "product-diffusion"), str(HERE.parent / "fashion-cvae")]

import contact_sheet
import evaluate
import export
import fashion_mnist
import folders
import manifest
import train
from fashion_mnist import DESCRIPTIONS, LABELS, Pictures
from model import CLASSES, LATENT, Generator, one_hot

NAME, VERSION, SEED = "fashion-gan", "0.3.0", 1
WIDER = 1.2     # latents of the exported model beside those of the training: more kinds of pictures at a little accuracy
CVAE = HERE.parents[1] / "fashion-cvae"


@dataclass(frozen=True)
class Size:
    pictures: int
    guide_epochs: int
    steps: int
    samples: int


FULL = Size(pictures=60_000, guide_epochs=5, steps=48_000, samples=5_000)
QUICK = Size(pictures=6_000, guide_epochs=1, steps=150, samples=500)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--stop-now", action="store_true", help="no more training: export the checkpoint's average")
    parser.add_argument("--steps", type=int, help="training steps (default: 48,000)")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    parser.add_argument("--work", type=Path, help="folder of checkpoints (default: in the user's cache)")
    parser.add_argument("--data", type=Path, help="folder of the four IDX files, gzipped or not")
    arguments = parser.parse_args()
    out, evidence, work = folders.made(arguments, parser, HERE, NAME)
    size = QUICK if arguments.quick else FULL
    run(replace(size, steps=arguments.steps or size.steps), arguments.stop_now, arguments.data, work, out, evidence)


def run(size: Size, stop_now: bool, data: Path | None, work: Path, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    torch.set_num_threads(1)
    training, test = fashion_mnist.load(data, Path.home() / ".cache" / "penstock" / "data")
    training = Pictures(training.images[: size.pictures], training.labels[: size.pictures])
    model, steps = trained(size, stop_now, training, work)
    model = export.rounded(model.widened(WIDER))
    label, latent = one_hot(torch.arange(20) % CLASSES), torch.randn(20, LATENT, generator=torch.Generator().manual_seed(SEED))
    export.write(model, out / "generator.onnx", {"latent": latent[:2], "label": label[:2]}, ["image"])
    graph = export.session(out / "generator.onnx")
    difference = export.checked_difference(model, graph, latent, label)

    judge = evaluate.Judge(HERE.parents[1] / "judges" / "fashion")
    figures = {"parameters": sum(p.numel() for p in model.parameters()), "trainingSteps": steps, "largestOnnxDifference": difference,
               **evaluate.everything(graph, export.session(CVAE / "decoder.onnx"), judge, training, test, size.samples, SEED),
               "lastRunSeconds": round(time.monotonic() - started)}
    write_evidence(evidence, figures, graph, model, latent, label)
    digest = write_manifest(out, figures)
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def trained(size: Size, stop_now: bool, training: Pictures, work: Path) -> tuple[Generator, int]:
    if not stop_now:
        eye = train.guide(training, size.guide_epochs, SEED, work / f"guide-{size.guide_epochs}.pt")
        model, steps = train.gan(training, eye, size.steps, SEED, work / "gan.pt")
        if steps < size.steps:
            raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on or with --stop-now to use it")
        return model, steps
    stored, pair = torch.load(work / "gan.pt", weights_only=True), train.Pair()
    pair.load_state_dict(stored["pair"])
    return pair.average.eval(), stored["steps"]


def write_evidence(folder: Path, figures: dict, graph, model: Generator, latent: torch.Tensor, label: torch.Tensor) -> None:
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    images, _ = evaluate.drawn(graph, 12 * CLASSES, SEED)
    contact_sheet.of_grey_images(folder / "contact-sheet.png", images.reshape(12, CLASSES, 28, 28).swapaxes(0, 1), list(LABELS))
    with torch.no_grad():
        expected = model(latent[:2], label[:2]).numpy()
    (folder / "reference.json").write_text(json.dumps({
        "madeWith": f"torch {torch.__version__.split('+')[0]} fp32 on CPU", "tolerance": "1e-4 a pixel",
        "cases": [{"latent": [round(float(v), 6) for v in z], "label": LABELS[i], "image": [round(float(v), 6) for v in image.ravel()]}
                  for i, (z, image) in enumerate(zip(latent[:2], expected))]}) + "\n")


def write_manifest(out: Path, figures: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "one-shot-image", "modality": "image", "licence": "Apache-2.0",
            "source": f"models/recipes/{NAME}",
            "description": "A GAN of fully connected layers that draws grey 28x28 pictures of ten kinds of clothes, shoes and bags (trained on Fashion-MNIST, MIT)."}
    parameters = {"class": {"type": "string", "choices": list(LABELS), "default": None, "description": "what to draw; left out, the prompt's words decide"},
                  "truncation": {"type": "number", "minimum": 0.1, "maximum": 1.5, "default": 1.0, "description": "scale of the latent: less is more typical, more is more varied"},
                  "size": {"type": "integer", "minimum": 28, "maximum": 1024, "default": 280, "description": "side of the picture in pixels"}}
    section = {"graph": "generator.onnx", "latentSize": LATENT, "latentDistribution": "normal", "latentInput": "latent", "labelInput": "label",
               "imageOutput": "image", "outputRange": [-1, 1], "layout": "NCHW", "labels": list(LABELS), "labelDescriptions": list(DESCRIPTIONS)}
    measured = {"parameters": figures["parameters"], "trainingSteps": figures["trainingSteps"], "largestOnnxDifference": figures["largestOnnxDifference"],
                **{key: figures["gan"][key] for key in ("accuracy", "frechet", "recall", "coverage")}}
    return manifest.write(out, head, ["generator.onnx"], parameters, {"oneShotImage": section}, measured)


if __name__ == "__main__":
    main()
