"""Draws product pictures with captions and exact attributes, as many as wanted.

    python recipe.py --count 1000 --size 64 --seed 1 --out DIR     pictures.npz, captions.jsonl, contact-sheet.png
    python recipe.py --sheet FILE                                  the contact sheet alone: every object, 13 colours
"""
import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from captions import caption
from pen import PATTERNS
from pictures import COLOURS, OBJECTS, Attributes, attributes, picture


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--size", type=int, default=64, choices=(32, 64, 128))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true", help="only the pairs of object and colour that no model is trained on")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sheet", type=Path)
    arguments = parser.parse_args()
    if not arguments.out and not arguments.sheet:
        parser.error("--out or --sheet is needed")
    if arguments.sheet:
        sheet(arguments.sheet)
    if arguments.out:
        write(arguments.out, arguments.count, arguments.size, arguments.seed, arguments.held_out)


def write(out: Path, count: int, size: int, seed: int, held_out: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    chance, started = random.Random(seed), time.perf_counter()
    rows = [attributes(chance, lambda a: a.held_out() == held_out) for _ in range(count)]
    images = np.stack([picture(row, chance, size) for row in rows])
    seconds = time.perf_counter() - started
    np.savez_compressed(out / "pictures.npz", images=images, attributes=np.array([row.numbers() for row in rows], np.uint8))
    with (out / "captions.jsonl").open("w") as file:
        for row in rows:
            file.write(json.dumps({"caption": caption(row, chance), **row.__dict__}) + "\n")
    sheet(out / "contact-sheet.png")
    print(f"{count} pictures of {size}x{size} in {seconds:.2f} s, {count / seconds:.0f} a second, in {out}")


def sheet(file: Path) -> None:
    """Every object down, every colour across, backgrounds and patterns in turn."""
    chance, cell, left = random.Random(7), 68, 84
    page = Image.new("RGB", (left + len(COLOURS) * cell, len(OBJECTS) * cell), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(14)
    for y, thing in enumerate(OBJECTS):
        pen.text((6, y * cell + 24), thing, font=font, fill="black")
        for x, colour in enumerate(COLOURS):
            background = COLOURS[(x + 3 + 2 * y) % 13] if (3 + 2 * y) % 13 else COLOURS[(x + 1) % 13]
            drawn = picture(Attributes(thing, colour, background, PATTERNS[(x + y) % 3]), chance)
            page.paste(Image.fromarray(drawn), (left + x * cell, y * cell))
    page.quantize(128).save(file, optimize=True)


if __name__ == "__main__":
    main()
