"""Makes a captioned folder of the Noto emoji (Apache-2.0), as the npm package `emoji-datasource-google` carries them.

    npm pack emoji-datasource-google@16.0.0 && tar xf emoji-datasource-google-16.0.0.tgz
    python emoji.py package out/emoji          # then e.g. product-vq/recipe.py --pictures out/emoji --out out/emoji-vq
"""
import argparse
import json
from pathlib import Path

from PIL import Image

SIDE, GAP = 32, 1       # each picture of the sheet has a border of one pixel


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked package")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    sheet, table = (arguments.package / part for part in ("img/google/sheets-clean/32.png", "emoji.json"))
    for file in (sheet, table):
        if not file.is_file():
            raise SystemExit(f"{file} is missing; the unpacked npm package emoji-datasource-google is needed")
    arguments.out.mkdir(parents=True, exist_ok=True)
    print(f"{write(Image.open(sheet).convert('RGBA'), json.loads(table.read_text()), arguments.out)} emoji are in {arguments.out}")


def write(sheet: Image.Image, table: list[dict], out: Path) -> int:
    lines, step = [], SIDE + 2 * GAP
    for row in table:
        if not row.get("has_img_google", True):
            continue
        x, y = row["sheet_x"] * step + GAP, row["sheet_y"] * step + GAP
        name = f"{row['short_name']}.png".replace("/", "-")
        sheet.crop((x, y, x + SIDE, y + SIDE)).save(out / name)
        lines += [f"{name}\t{words}" for words in captions(row)]
    (out / "captions.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len({line.split("\t")[0] for line in lines})


def captions(row: dict) -> list[str]:
    """Its name in Unicode, and its short name, where they differ."""
    return list(dict.fromkeys([(row["name"] or row["short_name"]).lower(), row["short_name"].replace("_", " ").replace("-", " ")]))


if __name__ == "__main__":
    main()
