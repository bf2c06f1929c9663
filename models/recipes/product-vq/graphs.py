"""Exports autoencoder and prior as the two graphs that Penstock runs, and holds them against torch."""
import json
from pathlib import Path

import numpy as np
import torch

import export
from model import CODES, PLACES, WORD_SIZE, WORDS, Autoencoder, Decoder, Prior, Step


def exported(autoencoder: Autoencoder, model: Prior, out: Path, evidence: Path) -> tuple:
    """(session of the prior, session of the decoder, figures)."""
    step, decoder = export.rounded(Step(model)), Decoder(export.rounded(autoencoder)).eval()
    example, codes = inputs(4, int(np.prod(model.cache))), torch.from_numpy(np.arange(4 * PLACES).reshape(4, PLACES) * 7 % CODES)
    export.write(step, out / "prior.onnx", {name: value[:2] for name, value in example.items()}, ["logits", "present"])
    export.write(decoder, out / "decoder.onnx", {"codes": codes[:2]}, ["image"])
    prior, painter = export.session(out / "prior.onnx"), export.session(out / "decoder.onnx")
    difference = max(checked(step, prior, example), export.checked_difference(decoder, painter, codes))
    write_reference(evidence, step, decoder, example, codes)
    return prior, painter, {"parameters": sum(p.numel() for part in (step, decoder) for p in part.parameters()), "largestOnnxDifference": difference}


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
