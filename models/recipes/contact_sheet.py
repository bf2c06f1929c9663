"""Draws contact sheets: samples as they came, none picked. Used by every recipe."""
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont


def of_texts(path: Path, title: str, rows: list[tuple[str, str]]) -> None:
    """Two columns of text: what was asked, what was answered."""
    small, large, margin, line, columns = ImageFont.load_default(13), ImageFont.load_default(15), 16, 19, (430, 640)
    wrapped = [[_wrap(text, font, width) for text, font, width in zip(row, (small, large), columns)] for row in rows]
    heights = [line * max(len(cell) for cell in cells) + 9 for cells in wrapped]
    sheet = Image.new("RGB", (sum(columns) + 3 * margin, sum(heights) + 60), "white")
    pen, y = ImageDraw.Draw(sheet), 48
    pen.text((margin, 14), title, font=large, fill="black")
    for (asked, answered), height in zip(wrapped, heights):
        pen.multiline_text((margin, y + 1), "\n".join(asked), font=small, fill=(110, 110, 110), spacing=5)
        pen.multiline_text((2 * margin + columns[0], y), "\n".join(answered), font=large, fill=(20, 20, 60), spacing=3)
        y += height
    sheet.quantize(32).save(path, optimize=True)


def of_grey_images(path: Path, images: np.ndarray, row_labels: list[str], scale: int = 2) -> None:
    """`images` float [rows, columns, height, width] in 0..1, one label a row."""
    rows, columns, height, width = images.shape
    cell, left = (height * scale + 4, width * scale + 4), 96
    sheet = Image.new("L", (left + columns * cell[1], rows * cell[0]), 255)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(14)
    for row in range(rows):
        pen.text((6, row * cell[0] + cell[0] // 2 - 8), row_labels[row], font=font, fill=0)
        for column in range(columns):
            picture = Image.fromarray(np.rint(images[row, column] * 255).astype(np.uint8))
            sheet.paste(picture.resize((width * scale, height * scale), Image.NEAREST), (left + column * cell[1], row * cell[0]))
    sheet.save(path, optimize=True)


def of_captioned_images(path: Path, texts: list[str], images: np.ndarray) -> None:
    """Eight in a row; `images` float [n, 3, height, width] in -1..1, each with its text below."""
    columns, cell = 8, (152, 182)
    page = Image.new("RGB", (columns * cell[0], -(-len(texts) // columns) * cell[1]), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(11)
    for i, (text, image) in enumerate(zip(texts, images)):
        x, y = i % columns * cell[0], i // columns * cell[1]
        pixels = np.rint((image.transpose(1, 2, 0) + 1) * 127.5).clip(0, 255).astype(np.uint8)
        page.paste(Image.fromarray(pixels).resize((128, 128), Image.NEAREST), (x + 8, y + 4))
        pen.multiline_text((x + 4, y + 134), "\n".join(_wrap(text, font, cell[0] - 6)[:3]), font=font, fill="black", spacing=2)
    page.quantize(128).save(path, optimize=True)


def _wrap(text: str, font, width: int) -> list[str]:
    lines, current = [], ""
    for word in text.replace("\n", " ").split():
        candidate = f"{current} {word}".strip()
        if current and font.getlength(candidate) > width:
            lines.append(current)
            candidate = word
        current = candidate
    return lines + [current]
