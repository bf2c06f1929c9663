"""Makes the judge `fashion`: a classifier of Fashion-MNIST, its features of real pictures, and a baseline.

    python recipe.py                       the bundled judge (about 15 minutes on one core)
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
    python recipe.py --data DIR            with the four IDX files of Fashion-MNIST from a folder (else: Debian package)
"""
import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "fashion-cvae")]

import fashion_mnist
import judge_folder
import train
from fashion_mnist import LABELS, Pictures

NAME, VERSION, SEED = "fashion", "1.0.0", 1
FLOOR, KEPT_TRAINING, KEPT_TEST, BASELINE, COMPONENTS, SMALL = 0.91, 6_000, 5_000, 2_000, 32, 14


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--out", type=Path, help="folder of the judge (default: the bundled one)")
    parser.add_argument("--data", type=Path, help="folder of the four IDX files, gzipped or not")
    arguments = parser.parse_args()
    if arguments.quick and not arguments.out:
        parser.error("--quick needs --out: it must not overwrite the bundled judge")
    out = arguments.out or HERE.parents[1] / "judges" / NAME
    out.mkdir(parents=True, exist_ok=True)
    run(arguments.quick, arguments.data, out)


def run(quick: bool, data: Path | None, out: Path) -> None:
    started = time.monotonic()
    torch.set_num_threads(1)
    training, test = fashion_mnist.load(data, Path.home() / ".cache" / "penstock" / "data")
    shown = Pictures(training.images[:6_000], training.labels[:6_000]) if quick else training
    model = train.classifier(shown, 1 if quick else 9, SEED)
    difference = judge_folder.write_graph(model, out / "judge.onnx", test.images[:64])
    graph = judge_folder.session(out / "judge.onnx")
    accuracy = float((judge_folder.seen(graph, test.images.numpy())[0].argmax(1) == test.labels.numpy()).mean())
    write_real(out / "real.npz", graph, training, test)
    measured = {"parameters": sum(p.numel() for p in model.parameters()), "largestOnnxDifference": difference,
                "accuracyOnTest": round(accuracy, 4), "testPictures": len(test)}
    digest = judge_folder.write(
        out, {"name": NAME, "version": VERSION, "licence": "Apache-2.0", "source": "models/recipes/fashion-classifier"},
        {"channels": 1, "side": 28, "features": 64, "objects": list(LABELS), "patterns": [], "colours": {}, "fixedParts": {}}, measured, ["judge.onnx", "real.npz"])
    print(json.dumps(measured, indent=1))
    print(f"judge {NAME} {VERSION} is in {out}, sha256 {digest}, {time.monotonic() - started:.0f} s")
    if not quick and accuracy < FLOOR:
        raise SystemExit(f"the classifier is right in {accuracy:.4f} of the test pictures, {FLOOR} are needed")


def write_real(path: Path, graph, training: Pictures, test: Pictures) -> None:
    """What an evaluation compares with, so that it needs no data set: features and small pictures of real ones, and the baseline's."""
    wanted = np.arange(BASELINE) % len(LABELS)
    pixels = lambda pictures: (pictures.images.numpy()[:, 0] * 255).round().astype(np.uint8)
    drawn = judge_folder.gaussian_pictures(pixels(training), training.labels.numpy(), wanted, COMPONENTS, SEED)
    logits, features = judge_folder.seen(graph, drawn[:, None].astype(np.float32) / 255)
    stored = {"baseline_features": features.astype(np.float16), "baseline_asked": wanted.astype(np.uint8)[:, None],
              "baseline_seen": logits.argmax(1).astype(np.uint8)[:, None], "baseline_pictures": drawn[:40]}
    for name, part, count in (("train", training, KEPT_TRAINING), ("test", test, KEPT_TEST)):
        logits, features = judge_folder.seen(graph, part.images[:count].numpy())
        shrunk = pixels(part)[:count].reshape(count, SMALL, 28 // SMALL, SMALL, 28 // SMALL).mean((2, 4)).round().astype(np.uint8)
        stored |= {f"{name}_features": features.astype(np.float16), f"{name}_labels": part.labels[:count].numpy().astype(np.uint8)[:, None],
                   f"{name}_seen": logits.argmax(1).astype(np.uint8)[:, None], f"{name}_small": shrunk}
    stored["test_pictures"] = pixels(test)[:40]
    np.savez_compressed(path, **stored)


if __name__ == "__main__":
    main()
