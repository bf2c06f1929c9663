"""Pictures of your own with captions, in the place of drawn ones: a folder with `captions.tsv` and the pictures that it names."""
import random
from itertools import chain
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

LEAST, HELD_OUT, MOST_HELD_OUT = 50, 0.1, 500


class Captioned:
    """`images` uint8 [count, size, size, 3], cut to a square at the middle, on white; `texts` a caption each."""

    def __init__(self, images: np.ndarray, texts: list[str]):
        self.images, self.texts = images, texts

    def __len__(self) -> int:
        return len(self.texts)

    def scaled(self) -> np.ndarray:
        """float32 [count, 3, size, size] in -1..1."""
        return self.images.transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1

    def parts(self, seed: int) -> tuple["Captioned", "Captioned"]:
        """(to train on, held out): one in ten is held out, at most 500; captions of one picture stay together."""
        kinds: dict[bytes, list[int]] = {}
        for i, image in enumerate(self.images):
            kinds.setdefault(image.tobytes(), []).append(i)
        groups = list(kinds.values())
        random.Random(seed).shuffle(groups)
        few = max(1, min(MOST_HELD_OUT, round(HELD_OUT * len(groups))))
        return self._of([*chain.from_iterable(groups[few:])]), self._of([*chain.from_iterable(groups[:few])])

    def _of(self, rows: list[int]) -> "Captioned":
        return Captioned(self.images[rows], [self.texts[i] for i in rows])


def read(folder: Path, size: int) -> Captioned:
    """Each line of `captions.tsv`: a picture's file name, a tab, a caption; a picture may have several lines."""
    file = folder / "captions.tsv"
    if not file.is_file():
        raise SystemExit(f"{file} is missing; each of its lines is a picture's file name, a tab and a caption")
    seen: dict[str, np.ndarray] = {}
    images, texts = [], []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        name, tab, caption = line.partition("\t")
        if not tab or not caption.strip():
            raise SystemExit(f"{file}, line {number}: a picture's file name, a tab and a caption are needed")
        if name not in seen:
            seen[name] = picture(folder / name, size, f"{file}, line {number}")
        images.append(seen[name])
        texts.append(caption.strip())
    if len(seen) < LEAST:
        raise SystemExit(f"{file} names {len(seen)} pictures; at least {LEAST} are needed")
    return Captioned(np.stack(images), texts)


def picture(file: Path, size: int, where: str) -> np.ndarray:
    try:
        with Image.open(file) as image:
            shown = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise SystemExit(f"{where}: {file} is no picture that can be read: {problem}")
    white = Image.new("RGBA", shown.size, "white")
    white.alpha_composite(shown)
    return np.asarray(ImageOps.fit(white.convert("RGB"), (size, size), Image.LANCZOS))
