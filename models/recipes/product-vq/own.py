"""The recipe on pictures of somebody's own. No judge knows them: what codes keep of pictures that were held out, and how likely
the prior finds their codes beside their own caption and beside another's, is what is measured.
"""
import hashlib
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import captioned
import contact_sheet
import evaluate
import graphs
import manifest
import train
from encoder import Captions, Encoder
from model import CODES, PLACES, SIDE, WORDS, Autoencoder, Prior

VERSION, SEED, SHOWN = "1.0.0", 1, 40


def run(pictures: Path, licence: str, size, stop_now: bool, jar: Path | None, work: Path, out: Path, evidence: Path) -> None:
    started = time.monotonic()
    torch.set_num_threads(1)
    encoder = Encoder(jar)
    data, held_out = captioned.read(pictures, SIDE).parts(SEED)
    print(f"{len(data)} captions to train on, {len(held_out)} held out", flush=True)
    autoencoder, model, steps = train.both(size.autoencoder_steps, size.prior_steps, stop_now, encoded(data, encoder, work), data, SEED, work)
    prior, painter, exported = graphs.exported(autoencoder, model, out, evidence)
    figures = {"captions": len(data), "heldOut": len(held_out), "autoencoderSteps": size.autoencoder_steps, "priorSteps": steps, **exported,
               **measured(autoencoder, model, held_out, encoder, work), "lastRunSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    contact_sheet.of_captioned_images(evidence / "contact-sheet.png", held_out.texts[:SHOWN], evaluate.pictures(prior, painter, encoder, held_out.texts[:SHOWN], 3))
    digest = write_manifest(out, licence, figures, int(np.prod(model.cache)))
    print(json.dumps(figures, indent=1))
    print(f"{out.name} {VERSION} is in {out}, model digest {digest}")


def encoded(data: captioned.Captioned, encoder: Encoder, work: Path) -> Captions:
    mark = hashlib.sha256("\n".join(data.texts).encode()).hexdigest()[:16]
    return Captions(data.texts, encoder, work / f"captions-{mark}.npz")


def measured(autoencoder: Autoencoder, model: Prior, held_out: captioned.Captioned, encoder: Encoder, work: Path) -> dict:
    captions, images = encoded(held_out, encoder, work), torch.from_numpy(held_out.scaled())
    with torch.no_grad():
        codes = autoencoder.codes(images)
        again = autoencoder.decode(codes)
        words, present = captions.words.float(), captions.present.float()
        own, others = (bits(model, codes, words.roll(shift, 0), present.roll(shift, 0)) for shift in (0, 1))
    return {"meanErrorHeldOut": round(float((again - images).abs().mean()) / 2, 4), "codesInUseHeldOut": len(torch.unique(codes)),
            "bitsACodeHeldOut": own, "bitsACodeBesideAnotherCaption": others}


def bits(model: Prior, codes: torch.Tensor, words: torch.Tensor, present: torch.Tensor) -> float:
    losses = [float(F.cross_entropy(model(c, w, p).reshape(-1, CODES), c.reshape(-1), reduction="sum"))
              for c, w, p in zip(codes.split(50), words.split(50), present.split(50))]
    return round(sum(losses) / codes.numel() / float(np.log(2)), 3)


def write_manifest(out: Path, licence: str, figures: dict, cache: int) -> str:
    name = "".join(c if c.isalnum() or c in "._-" else "-" for c in out.name.lower())
    head = {"name": name, "version": VERSION, "family": "vq-image", "modality": "image", "licence": licence, "source": "models/recipes/product-vq",
            "description": "Draws 32x32 pictures as the words say, code by code; trained on pictures of its user."}
    section = {"prior": "prior.onnx", "decoder": "decoder.onnx", "codes": CODES, "places": PLACES, "cacheSize": cache, "textTokens": WORDS, "outputRange": [-1, 1]}
    return manifest.write(out, head, ["prior.onnx", "decoder.onnx"], evaluate.PARAMETERS, {"vqImage": section}, figures)
