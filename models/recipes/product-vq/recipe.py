"""Makes `product-vq`: pictures of products as 64 codes, drawn one after the other as the words say (VQ-VAE and a prior).

    python recipe.py                       the bundled model; the training can be stopped and goes on when started again
    python recipe.py --stop-now            what has been trained so far, exported and measured
    python recipe.py --steps 20000         trains the prior longer, from the checkpoint
    python recipe.py --quick --out DIR     the whole recipe in small, in under 3 minutes
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
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "product-pictures"), str(HERE.parent / "product-diffusion")]

import evaluate
import export
import manifest
import train
from captions import complete_caption
from collection import Collection, evenly
from encoder import Encoder
from judged import Judge
from model import CODES, PLACES, SIDE, WORD_SIZE, WORDS, Autoencoder, Decoder, Prior, Step
from pictures import attributes

NAME, VERSION, SEED = "product-vq", "1.0.0", 1


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
    arguments = parser.parse_args()
    if arguments.quick and not arguments.out:
        parser.error("--quick needs --out: it must not overwrite the bundled model")
    out = arguments.out or HERE.parents[1] / NAME
    evidence = out / "evidence" if arguments.out else HERE
    work = arguments.work or (out / "work" if arguments.quick else Path.home() / ".cache" / "penstock" / "recipes" / NAME)
    for folder in (out, evidence, work):
        folder.mkdir(parents=True, exist_ok=True)
    size = QUICK if arguments.quick else FULL
    size = replace(size, prior_steps=arguments.steps or size.prior_steps, judged=arguments.judged or size.judged)
    run(size, arguments.stop_now, arguments.encoder, work, out, evidence)


def run(size: Size, stop_now: bool, jar: Path | None, work: Path, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    torch.set_num_threads(1)
    encoder = Encoder(jar)
    captions = train.Captions(size.captions, SEED, encoder, work)
    data = Collection(captions.rows, SIDE, SEED, work)
    autoencoder, model, steps = trained(size, stop_now, captions, data, work)
    step, decoder = export.rounded(Step(model)), Decoder(export.rounded(autoencoder)).eval()
    example, codes = inputs(4, int(np.prod(model.cache))), torch.from_numpy(np.arange(4 * PLACES).reshape(4, PLACES) * 7 % CODES)
    export.write(step, out / "prior.onnx", {name: value[:2] for name, value in example.items()}, ["logits", "present"])
    export.write(decoder, out / "decoder.onnx", {"codes": codes[:2]}, ["image"])
    prior, painter = export.session(out / "prior.onnx"), export.session(out / "decoder.onnx")
    difference = max(checked(step, prior, example), export.checked_difference(decoder, painter, codes))
    write_reference(evidence, step, decoder, example, codes)

    judge = Judge(HERE.parents[1] / "judges" / "product")
    figures = {"parameters": sum(p.numel() for part in (step, decoder) for p in part.parameters()), "autoencoderSteps": size.autoencoder_steps, "priorSteps": steps,
               "largestOnnxDifference": difference, "again": again(autoencoder, judge, size.judged, work),
               **evaluate.everything(prior, painter, judge, encoder, size.judged, SEED), "lastRunSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    sheet(evidence / "contact-sheet.png", prior, painter, encoder)
    digest = write_manifest(out, figures, int(np.prod(model.cache)))
    print(json.dumps(figures, indent=1))
    print(f"{NAME} {VERSION} is in {out}, model digest {digest}")


def trained(size: Size, stop_now: bool, captions: train.Captions, data: Collection, work: Path) -> tuple[Autoencoder, Prior, int]:
    autoencoder, done = train.autoencoder(data, 0 if stop_now else size.autoencoder_steps, SEED, work / "autoencoder.pt")
    if done < size.autoencoder_steps:
        raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on")
    with torch.no_grad():
        codes = torch.cat([autoencoder.codes(torch.from_numpy(part).permute(0, 3, 1, 2).float() / 127.5 - 1) for part in np.array_split(data.images, max(1, len(data) // 500))])
    model, done = train.prior(codes, captions, 0 if stop_now else size.prior_steps, SEED, work / "prior.pt")
    if done < size.prior_steps and not stop_now:
        raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on or with --stop-now to use it")
    return autoencoder, model, done


def inputs(rows: int, cache: int) -> dict[str, torch.Tensor]:
    """Formulas, so that other implementations can make the same numbers."""
    present = (np.arange(WORDS)[None] < 5 + 3 * np.arange(rows)[:, None]).astype(np.float32)
    words = 0.3 * np.cos(0.23 * np.arange(rows * WORDS * WORD_SIZE)).reshape(rows, WORDS, WORD_SIZE) * present[..., None]
    past = np.cos(0.37 * np.arange(rows * cache)).reshape(rows, cache)
    return {"code": torch.arange(rows) * 60, "position": torch.arange(rows) * 20, "words": torch.from_numpy(words.astype(np.float32)),
            "mask": torch.from_numpy(present), "past": torch.from_numpy(past.astype(np.float32))}


def checked(step: Step, prior, example: dict[str, torch.Tensor]) -> float:
    """Largest difference of what is kept and of the logits, between ONNX Runtime and torch."""
    with torch.no_grad():
        expected = step(*example.values())
    found = prior.run(["logits", "present"], {name: value.numpy() for name, value in example.items()})
    largest = max(float(abs(a - b.numpy()).max()) for a, b in zip(found, expected))
    print(f"prior: largest difference between ONNX Runtime and torch: {largest:.1e} (allowed {export.TOLERANCE:.0e})")
    if not largest <= export.TOLERANCE:
        raise SystemExit("the exported graph is not the trained prior")
    return float(f"{largest:.1e}")


def write_reference(folder: Path, step: Step, decoder: Decoder, example: dict[str, torch.Tensor], codes: torch.Tensor) -> None:
    with torch.no_grad():
        logits, images = step(*example.values())[0].numpy(), decoder(codes[:2]).numpy()
    (folder / "reference.json").write_text(json.dumps({
        "madeWith": f"torch {torch.__version__.split('+')[0]} fp32 on CPU", "tolerance": "1e-4",
        "prior": "row r: code 60 r at position 20 r; 5 + 3 r words, vectors[i] = 0.3 cos(0.23 (9216 r + i)); past[i] = cos(0.37 (cacheSize r + i))",
        "logits": [[round(float(v), 6) for v in row] for row in logits],
        "decoder": "row r: codes[i] = 7 (64 r + i) mod 256; image: every 16th number",
        "images": [[round(float(v), 6) for v in image.ravel()[::16]] for image in images]}) + "\n")


def again(autoencoder: Autoencoder, judge: Judge, count: int, work: Path) -> dict:
    """What the judge sees of drawn pictures once they have been codes: the most that the prior can reach."""
    drawn = Collection(evenly(count, SEED + 50), SIDE, SEED + 50, work)
    with torch.no_grad():
        codes = autoencoder.codes(torch.from_numpy(drawn.scaled()))
        images = autoencoder.decode(codes).numpy()
    return {**evaluate.scores(judge(images)[0], drawn.numbers), "codesInUse": len(torch.unique(codes)), "meanError": round(float(np.abs(images - drawn.scaled()).mean()) / 2, 4)}


def sheet(file: Path, prior, decoder, encoder: Encoder) -> None:
    """Samples of seed 3 as they came, with what was asked."""
    chance, columns, rows, cell = random.Random(3), 8, 5, (152, 168)
    asked = [attributes(chance) for _ in range(columns * rows)]
    texts = [complete_caption(row, chance) for row in asked]
    images = evaluate.pictures(prior, decoder, encoder, texts, 3)
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


def write_manifest(out: Path, figures: dict, cache: int) -> str:
    head = {"name": NAME, "version": VERSION, "family": "vq-image", "modality": "image", "licence": "Apache-2.0", "source": f"models/recipes/{NAME}",
            "description": "Draws flat 32x32 pictures of 24 products in 13 colours on coloured backgrounds, code by code, as the words say."}
    parameters = {"temperature": {"type": "number", "minimum": 0, "maximum": 2, "default": evaluate.TEMPERATURE, "description": "how freely codes are drawn; 0 = always the likeliest"},
                  "guidance": {"type": "number", "minimum": 1, "maximum": 10, "default": evaluate.GUIDANCE, "description": "how strongly the words pull; 1 = no guidance"},
                  "size": {"type": "integer", "minimum": 16, "maximum": 1024, "default": 256, "description": "longer side of the picture in pixels, made larger from 32"}}
    section = {"prior": "prior.onnx", "decoder": "decoder.onnx", "codes": CODES, "places": PLACES, "cacheSize": cache, "textTokens": WORDS, "outputRange": [-1, 1]}
    measured = {"parameters": figures["parameters"], "priorSteps": figures["priorSteps"], "largestOnnxDifference": figures["largestOnnxDifference"],
                **{f"{kind}ObjectColourBackground": figures[kind]["objectColourBackground"] for kind in ("seen", "heldOut", "paraphrases")}}
    return manifest.write(out, head, ["prior.onnx", "decoder.onnx"], parameters, {"vqImage": section}, measured)


if __name__ == "__main__":
    main()
