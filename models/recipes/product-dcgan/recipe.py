"""Makes `product-dcgan`: a deep convolutional GAN that draws products in colour, 32x32, object and colour as asked.

    python recipe.py                       the bundled model; the training can be stopped and goes on when started again
    python recipe.py --stop-now            what has been trained so far, exported and measured
    python recipe.py --steps 20000         trains longer, from the checkpoint
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
"""
import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "product-pictures"), str(HERE.parent / "product-diffusion")]

import evaluate
import export
import folders
import manifest
import train
from collection import Collection, evenly
from model import LATENT, SIDE, Generator
from pictures import COLOURS, OBJECTS, held_out

NAME, VERSION, SEED = "product-dcgan", "1.0.0", 1


@dataclass(frozen=True)
class Size:
    pictures: int
    guide_steps: int
    steps: int
    samples: int


FULL = Size(pictures=24_000, guide_steps=400, steps=3_000, samples=2_000)
QUICK = Size(pictures=1_000, guide_steps=60, steps=100, samples=250)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--stop-now", action="store_true", help="no more training: export the checkpoint's average")
    parser.add_argument("--steps", type=int, help="training steps (default: 3,000)")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    parser.add_argument("--work", type=Path, help="folder of checkpoints and pictures (default: in the user's cache)")
    arguments = parser.parse_args()
    out, evidence, work = folders.made(arguments, parser, HERE, NAME)
    size = QUICK if arguments.quick else FULL
    run(replace(size, steps=arguments.steps or size.steps), arguments.stop_now, work, out, evidence)


def run(size: Size, stop_now: bool, work: Path, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    torch.set_num_threads(1)
    data = Collection(evenly(size.pictures, SEED), SIDE, SEED, work)
    model, steps = trained(size, stop_now, data, work)
    model = export.rounded(model)
    label = train.one_hot(torch.from_numpy(data.numbers[:20]))
    example = {"latent": torch.rand(20, LATENT, generator=torch.Generator().manual_seed(SEED)) * 2 - 1, "object": label[0], "colour": label[1]}
    export.write(model, out / "generator.onnx", {name: value[:2] for name, value in example.items()}, ["image"])
    graph = export.session(out / "generator.onnx")
    difference = export.checked_difference(model, graph, *example.values())

    judge = evaluate.Judge(HERE.parents[1] / "judges" / "product")
    figures = {"parameters": sum(p.numel() for p in model.parameters()), "trainingSteps": steps, "largestOnnxDifference": difference,
               **evaluate.everything(graph, judge, data, size.samples, SEED, work), "lastRunSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    sheet(evidence / "contact-sheet.png", graph)
    write_reference(evidence, model, example, data)
    digest = write_manifest(out, figures)
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def trained(size: Size, stop_now: bool, data: Collection, work: Path) -> tuple[Generator, int]:
    if not stop_now:
        eye = train.guide(data, size.guide_steps, SEED, work / f"guide-{size.guide_steps}.pt")
        model, steps = train.gan(data, eye, size.steps, SEED, work / "gan.pt")
        if steps < size.steps:
            raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on or with --stop-now to use it")
        return model, steps
    stored, nets = torch.load(work / "gan.pt", weights_only=True), train.Networks()
    nets.load_state_dict(stored["nets"])
    return nets.average.eval(), stored["steps"]


def sheet(file: Path, graph) -> None:
    """Every object in every colour, one latent each, of one seed; * marks pairs that were never trained."""
    numbers = np.array([(i, j) for i in range(len(OBJECTS)) for j in range(len(COLOURS))])
    images, cell, left, top = evaluate.drawn(graph, numbers, SEED), 68, 84, 22
    page = Image.new("RGB", (left + len(COLOURS) * cell, top + len(OBJECTS) * cell), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(13)
    for j, name in enumerate(COLOURS):
        pen.text((left + j * cell + 4, 3), name, font=font, fill="black")
    for (i, j), image in zip(numbers, images):
        x, y = left + j * cell, top + i * cell
        pixels = np.rint((image.transpose(1, 2, 0) + 1) * 127.5).astype(np.uint8)
        page.paste(Image.fromarray(pixels).resize((64, 64), Image.NEAREST), (x, y))
        if held_out(OBJECTS[i], COLOURS[j]):
            pen.text((x + 55, y), "*", font=font, fill="black")
        if j == 0:
            pen.text((4, y + 24), OBJECTS[i], font=font, fill="black")
    page.quantize(128).save(file, optimize=True)


def write_reference(folder: Path, model: Generator, example: dict[str, torch.Tensor], data: Collection) -> None:
    with torch.no_grad():
        images = model(*(value[:2] for value in example.values())).numpy()
    (folder / "reference.json").write_text(json.dumps({
        "madeWith": f"torch {torch.__version__.split('+')[0]} fp32 on CPU", "tolerance": "1e-4",
        "cases": [{"latent": [round(float(v), 6) for v in example["latent"][i]], "object": data.rows[i].object, "colour": data.rows[i].colour,
                   "image": [round(float(v), 6) for v in images[i].ravel()]} for i in range(2)]}) + "\n")


def write_manifest(out: Path, figures: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "one-shot-image", "modality": "image", "licence": "Apache-2.0",
            "source": f"models/recipes/{NAME}", "description": "A DCGAN that draws flat 32x32 pictures of 24 products in 13 colours."}
    parameters = {"object": {"type": "string", "choices": list(OBJECTS), "default": None, "description": "what to draw; left out, the prompt's words decide"},
                  "colour": {"type": "string", "choices": list(COLOURS), "default": None, "description": "its colour; left out, the prompt's words decide, or the seed"},
                  "truncation": {"type": "number", "minimum": 0.1, "maximum": 1.0, "default": 1.0, "description": "scale of the latent: less is more typical, more is more varied"},
                  "size": {"type": "integer", "minimum": 32, "maximum": 1024, "default": 320, "description": "side of the picture in pixels"}}
    section = {"graph": "generator.onnx", "latentSize": LATENT, "latentDistribution": "uniform", "latentInput": "latent",
               "conditions": {"object": {"input": "object", "labels": list(OBJECTS), "labelDescriptions": [DESCRIPTIONS[name] for name in OBJECTS]},
                              "colour": {"input": "colour", "labels": list(COLOURS), "labelDescriptions": [f"the colour {name}" for name in COLOURS]}},
               "imageOutput": "image", "outputRange": [-1, 1], "layout": "NCHW"}
    measured = {"parameters": figures["parameters"], "trainingSteps": figures["trainingSteps"], "largestOnnxDifference": figures["largestOnnxDifference"],
                "object": figures["seen"]["object"], "colour": figures["seen"]["colour"], "recall": figures["seen"]["recall"], "frechet": figures["seen"]["frechet"]}
    return manifest.write(out, head, ["generator.onnx"], parameters, {"oneShotImage": section}, measured)


DESCRIPTIONS = {
    "mug": "a mug, cup or coffee mug", "bottle": "a bottle or water bottle", "shirt": "a shirt, t-shirt or tee", "sneaker": "a sneaker, shoe, trainer or running shoe",
    "backpack": "a backpack or rucksack", "lamp": "a lamp or table lamp", "book": "a book or notebook", "hat": "a hat or sun hat", "umbrella": "an umbrella or parasol",
    "apple": "an apple", "car": "a car or toy car", "phone": "a phone, smartphone or mobile phone", "chair": "a chair", "sofa": "a sofa or couch", "teapot": "a teapot",
    "vase": "a vase or vase of flowers", "handbag": "a handbag or purse", "sock": "a sock", "dress": "a dress or summer dress", "candle": "a candle",
    "cupcake": "a cupcake or muffin", "guitar": "a guitar", "camera": "a camera or photo camera", "clock": "a clock, alarm or alarm clock"}


if __name__ == "__main__":
    main()
