"""Makes `product-diffusion`: pictures of products from their descriptions, by diffusion guided by the words.

    python recipe.py                       the bundled model; the training can be stopped and goes on when started again
    python recipe.py --stop-now            what has been trained so far, exported and measured
    python recipe.py --quick --out DIR     the whole recipe in small, in about 3 minutes
"""
import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "product-pictures")]

import evaluate
import export
import manifest
import train
from captions import complete_caption
from encoder import Encoder
from model import SIDE, WORD_SIZE, WORDS, Denoiser, Judge
from pictures import attributes

NAME, VERSION, SEED = "product-diffusion", "0.1.0", 1


@dataclass(frozen=True)
class Size:
    captions: int
    steps: int
    judge_steps: int
    judged: int


FULL = Size(captions=24_000, steps=2_000, judge_steps=900, judged=1_000)
QUICK = Size(captions=400, steps=20, judge_steps=60, judged=25)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--stop-now", action="store_true", help="no more training: export the checkpoint's average")
    parser.add_argument("--judged", type=int, help="captions of each kind that are drawn and judged (default: 1,000)")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    parser.add_argument("--work", type=Path, help="folder of checkpoints and encoded captions (default: in the user's cache)")
    parser.add_argument("--encoder", type=Path, help="jar of MiniLM (default: from the local Maven repository)")
    arguments = parser.parse_args()
    if arguments.quick and not arguments.out:
        parser.error("--quick needs --out: it must not overwrite the bundled model")
    out = arguments.out or HERE.parents[1] / NAME
    evidence = out / "evidence" if arguments.out else HERE
    work = arguments.work or (out / "work" if arguments.quick else Path.home() / ".cache" / "penstock" / "recipes" / NAME)
    for folder in (out, evidence, work):
        folder.mkdir(parents=True, exist_ok=True)
    size = QUICK if arguments.quick else FULL
    run(replace(size, judged=arguments.judged or size.judged), arguments.stop_now, arguments.encoder, work, out, evidence)


def run(size: Size, stop_now: bool, jar: Path | None, work: Path, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    torch.set_num_threads(2)
    encoder = Encoder(jar)
    model, steps = trained(size, stop_now, encoder, work)
    model = export.rounded(model)
    example = inputs(4)
    export.write(model, out / "denoiser.onnx", {name: value[:2] for name, value in example.items()}, ["velocity"])
    graph = export.session(out / "denoiser.onnx")
    difference = export.checked_difference(model, graph, *example.values())
    write_reference(evidence, model, example)

    judge = train.judge(size.judge_steps, SEED, work)
    figures = {"parameters": sum(p.numel() for p in model.parameters()), "trainingSteps": steps, "largestOnnxDifference": difference,
               "judgeOnDrawn": judge_scores(judge), **evaluate.everything(graph, judge, encoder, size.judged, SEED),
               "lastRunSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    sheet(evidence / "contact-sheet.png", graph, encoder)
    digest = write_manifest(out, figures)
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def trained(size: Size, stop_now: bool, encoder: Encoder, work: Path) -> tuple[Denoiser, int]:
    if not stop_now:
        model = train.denoiser(train.Captions(size.captions, SEED, encoder, work), size.steps, SEED, work)
        if model is None:
            raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on or with --stop-now to use it")
        return model, size.steps
    stored, model = torch.load(work / "denoiser.pt", weights_only=True), Denoiser()
    model.load_state_dict(stored["average"])
    return model.eval(), stored["steps"]


def inputs(rows: int) -> dict[str, torch.Tensor]:
    """Formulas, so that other implementations can make the same numbers."""
    sample = np.cos(0.37 * np.arange(rows * 3 * SIDE * SIDE)).reshape(rows, 3, SIDE, SIDE)
    present = (np.arange(WORDS)[None] < 5 + 3 * np.arange(rows)[:, None]).astype(np.float32)
    words = 0.3 * np.cos(0.23 * np.arange(rows * WORDS * WORD_SIZE)).reshape(rows, WORDS, WORD_SIZE) * present[..., None]
    return {"sample": torch.from_numpy(sample.astype(np.float32)), "timestep": torch.linspace(1, 0.1, rows),
            "encoder_hidden_states": torch.from_numpy(words.astype(np.float32)), "encoder_attention_mask": torch.from_numpy(present)}


def write_reference(folder: Path, model: Denoiser, example: dict[str, torch.Tensor]) -> None:
    with torch.no_grad():
        velocity = model(*example.values()).numpy()
    (folder / "reference.json").write_text(json.dumps({
        "madeWith": f"torch {torch.__version__.split('+')[0]} fp32 on CPU", "tolerance": "1e-4",
        "input": "row r: sample[i] = cos(0.37 (12288 r + i)); 5 + 3 r words, vectors[i] = 0.3 cos(0.23 (9216 r + i)); velocity: every 64th number",
        "cases": [{"timestep": round(float(t), 6), "velocity": [round(float(v), 6) for v in row.ravel()[::64]]}
                  for t, row in zip(example["timestep"], velocity)]}) + "\n")


def judge_scores(judge: Judge) -> dict:
    images, labels = train.drawn(3_000, random.Random(99))
    with torch.no_grad():
        found = torch.stack([logits.argmax(1) for logits in judge(images)], 1)
    return evaluate.scores((found == labels).numpy())


def sheet(file: Path, graph, encoder: Encoder) -> None:
    """Samples of seed 3 as they came, with what was asked."""
    chance, columns, rows, cell = random.Random(3), 8, 5, (152, 168)
    asked = [attributes(chance) for _ in range(columns * rows)]
    texts = [complete_caption(row, chance) for row in asked]
    images = evaluate.pictures(graph, encoder, texts, 3)
    page = Image.new("RGB", (columns * cell[0], rows * cell[1]), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(11)
    for i, (text, row, image) in enumerate(zip(texts, asked, images)):
        x, y = i % columns * cell[0], i // columns * cell[1]
        pixels = np.rint((image.transpose(1, 2, 0) + 1) * 127.5).astype(np.uint8)
        page.paste(Image.fromarray(pixels).resize((128, 128), Image.NEAREST), (x + 8, y + 4))
        words, lines = text.split() + (["*"] if row.held_out() else []), [""]
        for word in words:
            lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if font.getlength(f"{lines[-1]} {word}") < cell[0] - 6 else [*lines, word]
        pen.multiline_text((x + 4, y + 134), "\n".join(lines), font=font, fill="black", spacing=2)
    page.quantize(128).save(file, optimize=True)


def write_manifest(out: Path, figures: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "diffusion", "modality": "image", "licence": "Apache-2.0",
            "source": f"models/recipes/{NAME}",
            "description": "Draws flat pictures of 24 products in 13 colours on coloured backgrounds, plain, striped or dotted, as the words say."}
    parameters = {"steps": {"type": "integer", "minimum": 1, "maximum": 100, "default": evaluate.STEPS, "description": "steps from noise to the picture"},
                  "guidance": {"type": "number", "minimum": 1, "maximum": 10, "default": evaluate.GUIDANCE,
                               "description": "how strongly the words pull; 1 = no guidance"},
                  "size": {"type": "integer", "minimum": 16, "maximum": 1024, "default": 256,
                           "description": "longer side of the picture in pixels, made larger from 64"}}
    section = {"graph": "denoiser.onnx", "sampleInput": "sample", "timestepInput": "timestep", "textInput": "encoder_hidden_states",
               "maskInput": "encoder_attention_mask", "output": "velocity", "textTokens": WORDS, "channels": 3, "height": SIDE, "width": SIDE,
               "outputRange": [-1, 1], "prediction": "flow", "lastTimestep": 1, "schedulers": ["flow-matching"]}
    measured = {"parameters": figures["parameters"], "largestOnnxDifference": figures["largestOnnxDifference"],
                **{f"{kind}ObjectColourBackground": figures[kind]["objectColourBackground"] for kind in ("seen", "heldOut", "paraphrases")},
                "seenAllFour": figures["seen"]["allFour"], "heldOutAllFour": figures["heldOut"]["allFour"]}
    return manifest.write(out, head, ["denoiser.onnx"], parameters, {"diffusion": section}, measured)


if __name__ == "__main__":
    main()
