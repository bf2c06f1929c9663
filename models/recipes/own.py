"""The picture recipes on pictures of somebody's own, beside their captions: `--pictures FOLDER --out DIR`.

No judge knows such pictures, so nothing says whether what a caption asks for is on the picture that is made. Measured is how
well a network does on pictures that were held out: beside their own caption, beside another's, and against pictures that it
was trained on. Used by product-vq, product-diffusion and product-latent-diffusion.
"""
import hashlib
import json
import re
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

import numpy as np
import torch
from torch import Tensor

import asked
import captioned
import contact_sheet
import manifest
import metrics
from encoder import Captions, Encoder

VERSION, SEED, SHOWN, AT_ONCE = "1.0.0", 1, 40, 100


class Part(Captions):
    """Pictures with a caption each, encoded; a picture with several captions is there several times. `images` uint8 [n, side, side, 3]."""

    def __init__(self, data: captioned.Captioned, encoder: Encoder, work: Path):
        self.images, self.texts, self.mark = data.images, data.texts, _mark(data)
        super().__init__(data.texts, encoder, work / f"captions-{self.mark}.npz")

    def pictures(self, chosen=slice(None)) -> Tensor:
        """float32 [chosen, 3, side, side] in -1..1."""
        return torch.from_numpy(self.images[chosen]).permute(0, 3, 1, 2).float() / 127.5 - 1

    def some(self, count: int) -> Tensor:
        return self.pictures(torch.randint(len(self), (count,)))

    def sample(self) -> Tensor:
        return self.pictures(slice(500))

    def batch(self, count: int) -> tuple[Tensor, Tensor, Tensor]:
        """(pictures, their words' vectors, which words there are); one caption in ten is empty."""
        chosen = torch.randint(len(self), (count,))
        return self.pictures(chosen), *self.shown(chosen)

    def each(self) -> Iterator[Tensor]:
        """All of them, in the captions' order."""
        for start in range(0, len(self), AT_ONCE):
            yield self.pictures(slice(start, start + AT_ONCE))


@dataclass(frozen=True)
class Made:
    """What a recipe made of the pictures: `section` is {its name in the manifest: its keys}, `how` half a sentence."""
    family: str
    how: str
    figures: dict
    paint: asked.Paint
    files: tuple[str, ...]
    parameters: dict
    section: dict


def options(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("pictures of your own")
    group.add_argument("--pictures", type=Path, help="folder with captions.tsv (file name, tab, caption) and the pictures that it names; needs --out")
    group.add_argument("--licence", help="SPDX identifier of the pictures' licence, for the manifest (default: NOASSERTION)")
    group.add_argument("--start", type=Path, help="folder of another training's checkpoints, whose weights this one begins with (default: from nothing)")


def are_given(arguments: Namespace, parser: ArgumentParser) -> bool:
    if not arguments.pictures and (arguments.licence or arguments.start):
        parser.error("--licence and --start belong to --pictures")
    return arguments.pictures is not None


def run(make: Callable[[Part, Part, Encoder], Made], recipe: str, side: int, checkpoints: tuple[str, ...], arguments: Namespace,
        work: Path, out: Path, evidence: Path) -> None:
    """Trains and measures by `make`, which is given the pictures to train on, those held out and the encoder; writes the model's folder."""
    started, encoder = time.monotonic(), Encoder(arguments.encoder)
    data, held_out = (Part(part, encoder, work) for part in captioned.read(arguments.pictures, side).parts(SEED))
    print(f"{len(data)} captions to train on, {len(held_out)} held out", flush=True)
    _only(data.mark, arguments.pictures, work)
    if arguments.start:
        begin_with(arguments.start, checkpoints, work)
    made = make(data, held_out, encoder)
    images = made.paint(held_out.texts[:SHOWN], 3)
    contact_sheet.of_captioned_images(evidence / "contact-sheet.png", held_out.texts[:SHOWN], images)
    few = min(len(data), len(held_out))
    figures = {"captions": len(data), "heldOut": len(held_out), **made.figures,
               "nearestTrainRatio": metrics.nearest_ratio(images, data.pictures(slice(few)).numpy(), held_out.pictures(slice(few)).numpy()),
               "lastRunSeconds": round(time.monotonic() - started)}
    (evidence / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    name = re.sub("[^a-z0-9._-]+", "-", out.resolve().name.lower()).strip("._-")[:64] or recipe
    head = {"name": name, "version": VERSION, "family": made.family, "modality": "image", "licence": arguments.licence or "NOASSERTION",
            "source": f"models/recipes/{recipe}", "description": f"Draws {side}x{side} pictures as the words say, {made.how}; trained on pictures of its user."}
    digest = manifest.write(out, head, list(made.files), made.parameters, made.section, figures)
    print(json.dumps(figures, indent=1))
    print(f"{name} {VERSION} is in {out}, model digest {digest}")


def compared(error: Callable[[Part, Tensor, Tensor], float], data: Part, held_out: Part) -> dict:
    """`error` of pictures (given by number) beside captions (given by number): their own, and that of another. Words help by the
    difference; where it is far larger on pictures that were trained on than on as many held out, those were learnt by heart."""
    found = {}
    for name, part in (("trained", data), ("heldOut", held_out)):
        rows = torch.arange(min(len(data), len(held_out)))
        found[name], found[f"{name}OtherCaption"] = (round(error(part, rows, rows.roll(shift)), 4) for shift in (0, len(rows) // 2))
    return found


def begin_with(start: Path, checkpoints: tuple[str, ...], work: Path) -> None:
    """Puts the weights of another training, at step 0, where this one looks for its own; what it has itself stays."""
    for name in checkpoints:
        if not (start / name).is_file():
            raise SystemExit(f"{start / name} is missing; --start needs a folder of checkpoints of this recipe ({', '.join(checkpoints)})")
        if not (work / name).exists():
            stored = torch.load(start / name, weights_only=True)
            torch.save({"model": stored["model"], "average": stored["model"], "optimiser": {**stored["optimiser"], "state": {}}, "steps": 0}, work / name)


def _only(mark: str, pictures: Path, work: Path) -> None:
    """Checkpoints are of one set of pictures."""
    file = work / "pictures.txt"
    if file.exists() and file.read_text() != mark:
        raise SystemExit(f"{work} has checkpoints of other pictures or captions than those in {pictures}; give another --out, or delete them")
    file.write_text(mark)


def _mark(data: captioned.Captioned) -> str:
    digest = hashlib.sha256("\n".join(data.texts).encode())
    digest.update(np.ascontiguousarray(data.images).data)
    return digest.hexdigest()[:16]
