"""Makes `product-vq`: pictures of products as 64 codes, drawn one after the other as the words say (VQ-VAE and a prior).

    python recipe.py                       the bundled model; the training can be stopped and goes on when started again
    python recipe.py --stop-now            what has been trained so far, exported and measured
    python recipe.py --steps 20000         trains the prior longer, from the checkpoint
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
    python recipe.py --pictures FOLDER --out DIR      the same on pictures of your own, beside their captions
"""
import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "product-pictures"), str(HERE.parent / "product-diffusion")]

import asked
import evaluate
import folders
import graphs
import manifest
import own
import train
from collection import Collection, evenly
from encoder import Encoder
from judged import Judge
from model import CODES, PLACES, SIDE, WORDS, Autoencoder, Prior

NAME, VERSION, SEED = "product-vq", "1.0.0", 1
FILES, CHECKPOINTS = ("prior.onnx", "decoder.onnx"), ("autoencoder.pt", "prior.pt")


@dataclass(frozen=True)
class Size:
    captions: int
    autoencoder_steps: int
    prior_steps: int
    judged: int


FULL = Size(captions=24_000, autoencoder_steps=1_500, prior_steps=4_000, judged=1_000)
QUICK = Size(captions=400, autoencoder_steps=60, prior_steps=40, judged=25)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--stop-now", action="store_true", help="no more training: export the checkpoints")
    parser.add_argument("--steps", type=int, help="training steps of the prior (default: 4,000)")
    parser.add_argument("--judged", type=int, help="captions of each kind that are drawn and judged (default: 1,000)")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    parser.add_argument("--work", type=Path, help="folder of checkpoints, pictures and encoded captions (default: in the user's cache)")
    parser.add_argument("--encoder", type=Path, help="jar of MiniLM (default: from the local Maven repository)")
    own.options(parser)
    arguments = parser.parse_args()
    out, evidence, work = folders.made(arguments, parser, HERE, NAME, apart=own.are_given(arguments, parser))
    size = QUICK if arguments.quick else FULL
    size = replace(size, prior_steps=arguments.steps or size.prior_steps, judged=arguments.judged or size.judged)
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    if arguments.pictures:
        own.run(lambda *parts: of_own(*parts, size, arguments.stop_now, work, out, evidence), NAME, SIDE, CHECKPOINTS, arguments, work, out, evidence)
    else:
        run(size, arguments.stop_now, arguments.encoder, work, out, evidence)


def run(size: Size, stop_now: bool, jar: Path | None, work: Path, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    encoder = Encoder(jar)
    rows, captions = train.drawn_captions(size.captions, SEED, encoder, work)
    data = Collection(rows, SIDE, SEED, work)
    autoencoder, model, steps = train.both(size.autoencoder_steps, size.prior_steps, stop_now, captions, data, SEED, work)
    prior, painter, exported = graphs.exported(autoencoder, model, out, evidence)

    judge = Judge(HERE.parents[1] / "judges" / "product")
    figures = {"autoencoderSteps": size.autoencoder_steps, "priorSteps": steps, **exported, "again": again(autoencoder, judge, size.judged, work),
               **evaluate.everything(prior, painter, judge, encoder, size.judged, SEED), "lastRunSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    asked.sheet(evidence / "contact-sheet.png", lambda texts, one: evaluate.pictures(prior, painter, encoder, texts, one))
    digest = write_manifest(out, figures, section(model))
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def of_own(data: own.Part, held_out: own.Part, encoder: Encoder, size: Size, stop_now: bool, work: Path, out: Path, evidence: Path) -> own.Made:
    autoencoder, model, steps = train.both(size.autoencoder_steps, size.prior_steps, stop_now, data, data, SEED, work)
    prior, painter, exported = graphs.exported(autoencoder, model, out, evidence)
    with torch.no_grad():
        codes = {part: autoencoder.codes(part.pictures(slice(len(held_out)))) for part in (data, held_out)}
        images = autoencoder.decode(codes[held_out])
    bits = lambda part, mine, texts: evaluate.bits(model, codes[part][mine], part.words[texts], part.present[texts])
    figures = {"autoencoderSteps": size.autoencoder_steps, "priorSteps": steps, **exported, "codesInUseHeldOut": len(torch.unique(codes[held_out])),
               "meanErrorHeldOut": round(float((images - held_out.pictures()).abs().mean()) / 2, 4), "bitsACode": own.compared(bits, data, held_out)}
    return own.Made("vq-image", "code by code", figures, lambda texts, one: evaluate.pictures(prior, painter, encoder, texts, one), FILES,
                    evaluate.PARAMETERS, {"vqImage": section(model)})


def again(autoencoder: Autoencoder, judge: Judge, count: int, work: Path) -> dict:
    """What the judge sees of drawn pictures once they have been codes: the most that the prior can reach."""
    drawn = Collection(evenly(count, SEED + 50), SIDE, SEED + 50, work)
    with torch.no_grad():
        codes = autoencoder.codes(torch.from_numpy(drawn.scaled()))
        images = autoencoder.decode(codes).numpy()
    return {**asked.scores(judge(images)[0], drawn.numbers), "codesInUse": len(torch.unique(codes)), "meanError": round(float(np.abs(images - drawn.scaled()).mean()) / 2, 4)}


def write_manifest(out: Path, figures: dict, section: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "vq-image", "modality": "image", "licence": "Apache-2.0", "source": f"models/recipes/{NAME}",
            "description": "Draws flat 32x32 pictures of 24 products in 13 colours on coloured backgrounds, code by code, as the words say."}
    measured = {"parameters": figures["parameters"], "priorSteps": figures["priorSteps"], "largestOnnxDifference": figures["largestOnnxDifference"],
                **{f"{kind}ObjectColourBackground": figures[kind]["objectColourBackground"] for kind in ("seen", "heldOut", "paraphrases")}}
    return manifest.write(out, head, list(FILES), evaluate.PARAMETERS, {"vqImage": section}, measured)


def section(model: Prior) -> dict:
    return {"prior": "prior.onnx", "decoder": "decoder.onnx", "codes": CODES, "places": PLACES, "cacheSize": int(np.prod(model.cache)), "textTokens": WORDS,
            "outputRange": [-1, 1]}


if __name__ == "__main__":
    main()
