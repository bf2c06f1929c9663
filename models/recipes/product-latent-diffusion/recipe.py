"""Makes `product-latent-diffusion`: pictures of products from their descriptions, by diffusion in the latents of an autoencoder.

    python recipe.py                       the bundled model; the training can be stopped and goes on when started again
    python recipe.py --stop-now            what has been trained so far, exported and measured
    python recipe.py --steps 20000         trains the denoiser longer, from the checkpoint
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
    python recipe.py --pictures FOLDER --out DIR      the same networks on pictures of your own, beside their captions
"""
import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "product-pictures"), str(HERE.parent / "product-diffusion")]

import asked
import evaluate
import export
import flow
import folders
import manifest
import own
import reference
import train
from autoencoder import CHANNELS, GRID, SIDE, Autoencoder, Decoder, Encoder
from encoder import Encoder as Words
from judged import Judge
from model import Denoiser
from sampling import PARAMETERS, section

NAME, VERSION, SEED = "product-latent-diffusion", "0.3.0", 1
FILES, CHECKPOINTS = ("denoiser.onnx", "decoder.onnx", "encoder.onnx"), ("autoencoder.pt", "denoiser.pt")


@dataclass(frozen=True)
class Size:
    captions: int
    autoencoder_steps: int
    decoder_steps: int
    denoiser_steps: int
    judged: int


FULL = Size(captions=30_000, autoencoder_steps=1_100, decoder_steps=1_000, denoiser_steps=22_000, judged=1_000)
QUICK = Size(captions=300, autoencoder_steps=40, decoder_steps=20, denoiser_steps=40, judged=25)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small run that proves the recipe; needs --out")
    parser.add_argument("--stop-now", action="store_true", help="no more training: export the checkpoints")
    parser.add_argument("--steps", type=int, help=f"training steps of the denoiser (default: {FULL.denoiser_steps:,})")
    parser.add_argument("--judged", type=int, help="captions of each kind that are drawn and judged (default: 1,000)")
    parser.add_argument("--out", type=Path, help="folder of the model (default: the bundled one)")
    parser.add_argument("--work", type=Path, help="folder of checkpoints, latents and encoded captions (default: in the user's cache)")
    parser.add_argument("--encoder", type=Path, help="jar of MiniLM (default: from the local Maven repository)")
    own.options(parser)
    arguments = parser.parse_args()
    out, evidence, work = folders.made(arguments, parser, HERE, NAME, apart=own.are_given(arguments, parser))
    size = QUICK if arguments.quick else FULL
    size = replace(size, denoiser_steps=arguments.steps or size.denoiser_steps, judged=arguments.judged or size.judged)
    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    if arguments.pictures:
        own.run(lambda *parts: of_own(*parts, size, arguments.stop_now, work, out, evidence), NAME, SIDE, CHECKPOINTS, arguments, work, out, evidence)
    else:
        run(size, arguments.stop_now, Words(arguments.encoder), work, out, evidence)


def run(size: Size, stop_now: bool, words: Words, work: Path, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    coder, model, steps = trained(train.Drawn(size.captions, SEED, words, work), size, stop_now, work)
    graphs, exported = written(coder, model, out, evidence)

    judge = Judge(HERE.parents[1] / "judges" / "product")
    denoiser, decoder, encoder = graphs
    figures = {**steps, **exported, **evaluate.again(encoder, decoder, judge, size.judged, SEED),
               **evaluate.everything(denoiser, decoder, judge, words, size.judged, SEED), "lastRunSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    asked.sheet(evidence / "contact-sheet.png", lambda texts, one: evaluate.pictures(denoiser, decoder, words, texts, one))
    digest = write_manifest(out, figures)
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def of_own(data: own.Part, held_out: own.Part, words: Words, size: Size, stop_now: bool, work: Path, out: Path, evidence: Path) -> own.Made:
    coder, model, steps = trained(data, size, stop_now, work)
    (denoiser, decoder, encoder), exported = written(coder, model, out, evidence)
    latents = {part: torch.from_numpy(evaluate.encoded(encoder, part.pictures(slice(len(held_out))).numpy())) for part in (data, held_out)}
    error = lambda part, mine, texts: flow.error(model, latents[part][mine], part.words[texts], part.present[texts])
    figures = {**steps, **exported, "meanErrorHeldOut": evaluate.mean_error(evaluate.decoded(decoder, latents[held_out].numpy()), held_out.pictures().numpy()),
               "velocityError": own.compared(error, data, held_out)}
    return own.Made("diffusion", "by diffusion in latents", figures, lambda texts, one: evaluate.pictures(denoiser, decoder, words, texts, one), FILES,
                    PARAMETERS, {"diffusion": sections()})


def trained(data, size: Size, stop_now: bool, work: Path) -> tuple[Autoencoder, Denoiser, dict]:
    """(autoencoder, denoiser, how many steps they had)."""
    coder, coder_steps = train.autoencoder(data, size.autoencoder_steps, SEED, work, stop_now)
    trained_enough(coder_steps, size.autoencoder_steps, stop_now, work)
    coder, decoder_steps = train.decoder(data, coder, size.decoder_steps, SEED, work, stop_now)
    trained_enough(decoder_steps, size.decoder_steps, stop_now, work)
    model, steps = train.denoiser(train.latents(data, coder, work), data, size.denoiser_steps, SEED, work, stop_now)
    trained_enough(steps, size.denoiser_steps, stop_now, work)
    return coder, model.to(memory_format=torch.contiguous_format), {"autoencoderSteps": coder_steps, "decoderSteps": decoder_steps, "denoiserSteps": steps}


def trained_enough(steps: int, wanted: int, stop_now: bool, work: Path) -> None:
    if steps < wanted and not stop_now:
        raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on or, once all three parts have one, with --stop-now to use it")


def written(coder: Autoencoder, model: Denoiser, out: Path, evidence: Path) -> tuple[list, dict]:
    """(sessions of the three graphs, figures of the export)."""
    model, coder = export.rounded(model), export.rounded(coder)
    example, picture = reference.inputs(4, (CHANNELS, GRID, GRID)), reference.waves(4, (3, SIDE, SIDE))
    parts = ((model, example, "velocity"), (Decoder(coder).eval(), {"latent": example["sample"]}, "image"), (Encoder(coder).eval(), {"image": picture}, "latent"))
    graphs, differences = [], []
    for file, (module, inputs, output) in zip(FILES, parts):
        export.write(module, out / file, {name: value[:2] for name, value in inputs.items()}, [output])
        graphs.append(export.session(out / file))
        differences.append(export.checked_difference(module, graphs[-1], *inputs.values()))
    with torch.no_grad():
        image, latent = Decoder(coder)(example["sample"][:2]).numpy(), Encoder(coder)(picture[:2]).numpy()
    (evidence / "reference.json").write_text(json.dumps({**reference.cases(model, example, 8),
        "decoder": "row r: latent[i] = sample[i] of row r; image: every 64th number", "images": [reference.numbers(row, 64) for row in image],
        "encoder": "row r: image[i] = cos(0.37 (12288 r + i)); latent: every 8th number", "latents": [reference.numbers(row, 8) for row in latent]}) + "\n")
    return graphs, {"parameters": sum(p.numel() for p in model.parameters()), "autoencoderParameters": sum(p.numel() for p in coder.parameters()),
                    "largestOnnxDifference": max(differences)}


def write_manifest(out: Path, figures: dict) -> str:
    head = {"name": NAME, "version": VERSION, "family": "diffusion", "modality": "image", "licence": "Apache-2.0", "source": f"models/recipes/{NAME}",
            "description": "Draws flat pictures of 24 products in 13 colours on coloured backgrounds, plain, striped or dotted, by diffusion in latents."}
    measured = {"parameters": figures["parameters"], "largestOnnxDifference": figures["largestOnnxDifference"],
                **{f"{kind}ObjectColourBackground": figures[kind]["objectColourBackground"] for kind in ("seen", "heldOut", "paraphrases")},
                "seenAllFour": figures["seen"]["allFour"], "heldOutAllFour": figures["heldOut"]["allFour"]}
    return manifest.write(out, head, list(FILES), PARAMETERS, {"diffusion": sections()}, measured)


def sections() -> dict:
    return {**section(CHANNELS, GRID),
            "decoder": {"graph": "decoder.onnx", "input": "latent", "output": "image", "scaling": 1, "shift": 0, "height": SIDE, "width": SIDE},
            "encoder": {"graph": "encoder.onnx", "input": "image", "output": "latent"}}


if __name__ == "__main__":
    main()
