"""Makes the judge `product`: a classifier of the product pictures, its features of real ones, captions to be drawn, and a baseline.

    python recipe.py                       the bundled judge (about 25 minutes on one core)
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
"""
import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "product-diffusion"), str(HERE), str(HERE.parent), str(HERE.parent / "product-pictures")]

import classifier
import export
import judge_folder
import measured
import train
from captions import complete_caption, paraphrase
from palette import COLOURS
from pen import PATTERNS
from pictures import OBJECTS, attributes
from things import FIXED_PARTS

NAME, VERSION, SEED = "product", "1.2.0", 1
FLOOR, BASELINE, COMPONENTS, SMALL = 0.99, 2_000, 32, 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--out", type=Path, help="folder of the judge (default: the bundled one)")
    parser.add_argument("--work", type=Path, help="folder of the trained judge (default: where product-diffusion keeps it)")
    arguments = parser.parse_args()
    if arguments.quick and not arguments.out:
        parser.error("--quick needs --out: it must not overwrite the bundled judge")
    out = arguments.out or HERE.parents[1] / "judges" / NAME
    work = arguments.work or (out / "work" if arguments.quick else Path.home() / ".cache" / "penstock" / "recipes" / "product-diffusion")
    for folder in (out, work):
        folder.mkdir(parents=True, exist_ok=True)
    run(arguments.quick, work, out)


def run(quick: bool, work: Path, out: Path) -> None:
    """The network and its training are those of `product-diffusion`'s own judge; what it was trained to is used if it is there."""
    started = time.monotonic()
    torch.set_num_threads(1)
    count = 400 if quick else 4_000
    sets = {name: classifier.drawn(count, SEED + 100 + i) for i, name in enumerate(("train", "test"))}
    example = classifier.floats(sets["train"][0])
    judge = classifier.shown_small(train.judge(60 if quick else 900, SEED, work), 40 if quick else 800, SEED + 10, work)
    model = export.rounded(classifier.with_components(export.rounded(judge), example))
    difference = judge_folder.write_graph(model, out / "judge.onnx", example[:64], export._halve)
    graph = judge_folder.session(out / "judge.onnx")
    figures = {"parameters": sum(p.numel() for p in (*model.parameters(), *model.buffers())), "largestOnnxDifference": difference,
               "testPictures": count, **accuracies(graph, *sets["test"])}
    write_real(out / "real.npz", graph, sets)
    write_captions(out / "captions.tsv", 1_000)
    digest = judge_folder.write(
        out, {"name": NAME, "version": VERSION, "licence": "Apache-2.0", "source": "models/recipes/product-classifier"},
        {"channels": 3, "side": classifier.SIDE, "features": classifier.FEATURES, "objects": list(OBJECTS), "patterns": list(PATTERNS),
         "colours": {name: list(rgb) for name, rgb in COLOURS.items()}, "fixedParts": FIXED_PARTS}, figures, ["judge.onnx", "real.npz", "captions.tsv"])
    print(json.dumps(figures, indent=1))
    print(f"judge {NAME} {VERSION} is in {out}, sha256 {digest}, {time.monotonic() - started:.0f} s")
    low = {name: value for name, value in figures.items() if name.endswith(("64", "32")) and value < FLOOR}
    if not quick and low:
        raise SystemExit(f"{low}: {FLOOR} are needed")


def halved(images: np.ndarray) -> np.ndarray:
    """32x32, as `pictures.py` draws it up to rounding."""
    return np.floor(images.reshape(len(images), 32, 2, 32, 2, 3).mean((2, 4)) + 0.5).astype(np.uint8)


def accuracies(graph, images: np.ndarray, labels: np.ndarray) -> dict:
    figures = {}
    for side, given in ((64, images), (32, halved(images))):
        told, _ = seen(graph, given)
        figures |= {f"{part}{side}": round(float((told[:, i] == labels[:, i]).mean()), 4)
                    for i, part in enumerate(("object", "colour", "background", "pattern"))}
    return figures


def seen(graph, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(object, colour, background and pattern [n, 4], -1 for none, features float16 [n, 64])."""
    logits, features = judge_folder.seen(graph, classifier.floats(classifier.enlarged(images)).numpy())
    things, patterns = logits[:, : len(OBJECTS)].argmax(1), logits[:, len(OBJECTS) :].argmax(1)
    by_rule = np.array([measured.colours(image, OBJECTS[thing]) for image, thing in zip(images, things)])
    return np.stack([things, by_rule[:, 0], by_rule[:, 1], patterns], 1), features.astype(np.float16)


def write_real(path: Path, graph, sets: dict) -> None:
    """What an evaluation compares with: features at both sizes, small pictures, and the baseline's."""
    stored, wanted = {}, np.arange(BASELINE) % len(OBJECTS)
    gaussian = judge_folder.gaussian_pictures(sets["train"][0], sets["train"][1][:, 0], wanted, COMPONENTS, SEED)
    for side in (64, 32):
        mark = "" if side == 64 else "_32"
        told, features = seen(graph, gaussian if side == 64 else halved(gaussian))
        stored |= {f"baseline_features{mark}": features, f"baseline_seen{mark}": told.astype(np.int8)}
        for name, (images, _) in sets.items():
            told, features = seen(graph, images if side == 64 else halved(images))
            stored |= {f"{name}_features{mark}": features, f"{name}_seen{mark}": told.astype(np.int8)}
    stored |= {"baseline_asked": wanted.astype(np.uint8)[:, None], "baseline_pictures": gaussian[:24], "test_pictures": sets["test"][0][:24]}
    for name, (images, labels) in sets.items():
        small = images[:2_000].reshape(-1, SMALL, 64 // SMALL, SMALL, 64 // SMALL, 3).mean((2, 4)).round().astype(np.uint8)
        stored |= {f"{name}_labels": labels, f"{name}_small": small}
    np.savez_compressed(path, **stored)


def write_captions(path: Path, count: int) -> None:
    """Captions with what must be on their pictures: kind, caption, object, colour, background, pattern."""
    kinds = {"seen": (complete_caption, lambda a: not a.held_out()), "held-out": (complete_caption, lambda a: a.held_out()),
             "paraphrase": (paraphrase, lambda a: not a.held_out())}
    lines = []
    for number, (kind, (words, wanted)) in enumerate(kinds.items()):
        chance = random.Random(SEED + number)
        rows = [attributes(chance, wanted) for _ in range(count)]
        lines += ["\t".join((kind, words(row, chance), row.object, row.colour, row.background, row.pattern)) for row in rows]
    path.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
