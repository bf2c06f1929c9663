"""Makes `product-diffusion`: pictures of products from their descriptions, by diffusion guided by the words.

    python recipe.py                       the bundled model; the training can be stopped and goes on when started again
    python recipe.py --stop-now            what has been trained so far, exported and measured
    python recipe.py --steps 20000         trains longer, from the checkpoint
    python recipe.py --quick --out DIR     the whole recipe in small, in about 3 minutes
    python recipe.py --pictures FOLDER --out DIR      the same network on pictures of your own, beside their captions
"""
import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from onnxruntime import InferenceSession

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "product-pictures")]

import asked
import evaluate
import export
import flow
import folders
import manifest
import own
import reference
import train
from encoder import Encoder
from model import SIDE, Denoiser, Judge
from sampling import PARAMETERS, section

NAME, VERSION, SEED = "product-diffusion", "0.2.0", 1


@dataclass(frozen=True)
class Size:
    captions: int
    steps: int
    judge_steps: int
    judged: int


FULL = Size(captions=24_000, steps=5_000, judge_steps=900, judged=1_000)
QUICK = Size(captions=400, steps=20, judge_steps=60, judged=25)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--stop-now", action="store_true", help="no more training: export the checkpoint's average")
    parser.add_argument("--steps", type=int, help=f"training steps (default: {FULL.steps:,})")
    parser.add_argument("--judged", type=int, help="captions of each kind that are drawn and judged (default: 1,000)")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    parser.add_argument("--work", type=Path, help="folder of checkpoints and encoded captions (default: in the user's cache)")
    parser.add_argument("--encoder", type=Path, help="jar of MiniLM (default: from the local Maven repository)")
    own.options(parser)
    arguments = parser.parse_args()
    out, evidence, work = folders.made(arguments, parser, HERE, NAME, apart=own.are_given(arguments, parser))
    size = QUICK if arguments.quick else FULL
    size = replace(size, steps=arguments.steps or size.steps, judged=arguments.judged or size.judged)
    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    if arguments.pictures:
        own.run(lambda *parts: of_own(*parts, size, arguments.stop_now, work, out, evidence), NAME, SIDE, ("denoiser.pt",), arguments, work, out, evidence)
    else:
        run(size, arguments.stop_now, arguments.encoder, work, out, evidence)


def run(size: Size, stop_now: bool, jar: Path | None, work: Path, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    encoder = Encoder(jar)
    model, graph, made = trained(train.Shown(size.captions, SEED, encoder, work), size, stop_now, work, out, evidence)
    judge = train.judge(size.judge_steps, SEED, work)
    figures = {**made, "judgeOnDrawn": judge_scores(judge), **evaluate.everything(graph, judge, encoder, size.judged, SEED),
               "lastRunSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    asked.sheet(evidence / "contact-sheet.png", lambda texts, one: evaluate.pictures(graph, encoder, texts, one))
    digest = write_manifest(out, figures)
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def of_own(data: own.Part, held_out: own.Part, encoder: Encoder, size: Size, stop_now: bool, work: Path, out: Path, evidence: Path) -> own.Made:
    model, graph, made = trained(data, size, stop_now, work, out, evidence)
    error = lambda part, mine, words: flow.error(model, part.pictures(mine), part.words[words], part.present[words])
    figures = {**made, "velocityError": own.compared(error, data, held_out)}
    return own.Made("diffusion", "by diffusion", figures, lambda texts, one: evaluate.pictures(graph, encoder, texts, one), ("denoiser.onnx",),
                    PARAMETERS, {"diffusion": section(3, SIDE)})


def trained(data, size: Size, stop_now: bool, work: Path, out: Path, evidence: Path) -> tuple[Denoiser, InferenceSession, dict]:
    """(the model, its graph as it was exported and checked, figures of both)."""
    model, steps = train.denoiser(data, size.steps, SEED, work, stop_now)
    if steps < size.steps and not stop_now:
        raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on or with --stop-now to use it")
    model = export.rounded(model)
    example = reference.inputs(4, (3, SIDE, SIDE))
    export.write(model, out / "denoiser.onnx", {name: value[:2] for name, value in example.items()}, ["velocity"])
    graph = export.session(out / "denoiser.onnx")
    difference = export.checked_difference(model, graph, *example.values())
    (evidence / "reference.json").write_text(json.dumps(reference.cases(model, example, 64)) + "\n")
    return model, graph, {"parameters": sum(p.numel() for p in model.parameters()), "trainingSteps": steps, "largestOnnxDifference": difference}


def judge_scores(judge: Judge) -> dict:
    images, labels = train.drawn(3_000, random.Random(99))
    return asked.scores(evaluate.judged(judge, images.numpy()), labels.numpy())


def write_manifest(out: Path, figures: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "diffusion", "modality": "image", "licence": "Apache-2.0",
            "source": f"models/recipes/{NAME}",
            "description": "Draws flat pictures of 24 products in 13 colours on coloured backgrounds, plain, striped or dotted, as the words say."}
    measured = {"parameters": figures["parameters"], "largestOnnxDifference": figures["largestOnnxDifference"],
                **{f"{kind}ObjectColourBackground": figures[kind]["objectColourBackground"] for kind in ("seen", "heldOut", "paraphrases")},
                "seenAllFour": figures["seen"]["allFour"], "heldOutAllFour": figures["heldOut"]["allFour"]}
    return manifest.write(out, head, ["denoiser.onnx"], PARAMETERS, {"diffusion": section(3, SIDE)}, measured)


if __name__ == "__main__":
    main()
