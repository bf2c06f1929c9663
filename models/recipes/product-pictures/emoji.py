"""Makes a captioned folder of the Noto emoji (drawings Apache-2.0, font SIL OFL 1.1), named as Unicode names them.

    python emoji.py out/emoji               then e.g. product-diffusion/recipe.py --pictures out/emoji --out out/emoji-diffusion

Font and names come from the Debian packages fonts-noto-color-emoji and unicode-data, which are fetched if they are not
installed; where there is no apt, from `--font` (a NotoColorEmoji.ttf with bitmaps) and `--names` (Unicode's emoji-test.txt).
"""
import argparse
import sys
import unicodedata
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import captioned
import contact_sheet
import debian

FONT = ("fonts-noto-color-emoji", "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", "give the font with --font")
NAMES = ("unicode-data", "/usr/share/unicode/emoji/emoji-test.txt", "give Unicode's emoji-test.txt with --names")
FAMILY = "Noto Color Emoji"
STRIKE = 109            # the size in pixels of the font's only set of bitmaps: 136x128 pixels an emoji
PLENTY = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", type=int, default=64, help="side of the pictures in pixels (default: 64)")
    parser.add_argument("--skin-tones", action="store_true", help="every tone of skin as well, nearly twice as many pictures")
    parser.add_argument("--font", type=Path)
    parser.add_argument("--names", type=Path)
    arguments = parser.parse_args()
    for file in filter(None, (arguments.font, arguments.names)):
        if not file.is_file():
            parser.error(f"{file} is no file")
    if not features.check("raqm"):
        raise SystemExit("this Pillow cannot put several characters together (raqm); its wheels can where libfribidi is installed")
    font = ImageFont.truetype(arguments.font or debian.of_package(*FONT), STRIKE)
    if font.getname()[0] != FAMILY:
        raise SystemExit(f"{font.path} is {font.getname()[0]}; {FAMILY} is needed")
    names = (arguments.names or debian.of_package(*NAMES)).read_text(encoding="utf-8")
    wanted = [(text, name) for text, name in named(names) if arguments.skin_tones or "skin tone" not in name]
    count = write(wanted, font, arguments.size, arguments.out)
    if count < PLENTY:
        raise SystemExit(f"{font.path} has {count} of {len(wanted)} emoji as bitmaps; a NotoColorEmoji.ttf of bitmaps is needed")
    sheet(arguments.out, arguments.size)
    print(f"{count} of {len(wanted)} emoji, {arguments.size}x{arguments.size}, are in {arguments.out}, with captions.tsv and contact-sheet.png")


def named(names: str) -> list[tuple[str, str]]:
    """(characters, name) of each line like `1F600 ; fully-qualified # 😀 E1.0 grinning face`."""
    found = []
    for line in names.splitlines():
        points, _, rest = line.partition(";")
        state, _, comment = rest.partition("#")
        if state.strip() == "fully-qualified":
            found.append(("".join(chr(int(point, 16)) for point in points.split()), comment.split(maxsplit=2)[2]))
    return found


def write(wanted: list[tuple[str, str]], font: ImageFont.FreeTypeFont, size: int, out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    lines, count = [], 0
    for text, name in wanted:
        picture = drawn(text, font)
        if picture is None:
            continue
        file, count = "-".join(f"{ord(c):x}" for c in text) + ".png", count + 1
        picture.resize((size, size), Image.LANCZOS).save(out / file)
        lines += [f"{file}\t{caption}" for caption in captions(text, name)]
    (out / "captions.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return count


def drawn(text: str, font: ImageFont.FreeTypeFont) -> Image.Image | None:
    """On nothing, in the middle of a square; None where the font has no picture, or several, for these characters."""
    left, top, right, bottom = font.getbbox(text)
    width, height = right - left, bottom - top
    if not height or width > 1.5 * height:
        return None
    picture = Image.new("RGBA", (max(width, height),) * 2)
    place = ((picture.width - width) // 2 - left, (picture.height - height) // 2 - top)
    ImageDraw.Draw(picture).text(place, text, font=font, embedded_color=True)
    return picture if picture.getbbox() else None


def captions(text: str, name: str) -> list[str]:
    """Its name, and that of its character where it is one and is called otherwise."""
    character = [c for c in text if c != "\ufe0f"]
    other = unicodedata.name(character[0], "").lower() if len(character) == 1 else ""
    return list(dict.fromkeys(filter(None, [name, other])))


def sheet(folder: Path, size: int) -> None:
    """64 of them, evenly chosen, as a recipe reads them."""
    read = captioned.read(folder, size)
    chosen = [i * len(read) // 64 for i in range(64)]
    contact_sheet.of_captioned_images(folder / "contact-sheet.png", [read.texts[i] for i in chosen], read.scaled()[chosen])


if __name__ == "__main__":
    main()
