"""Fashion-MNIST (Zalando SE, MIT licence): four gzipped IDX files, from a folder or from the Debian package."""
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

import debian

PACKAGE = ("dataset-fashion-mnist", "/usr/share/datasets/fashion-mnist", "give the folder of the four IDX files with --data")
FILES = {"train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"), "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")}
LABELS = ("t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot")
DESCRIPTIONS = ("a t-shirt, tee or top", "a pair of trousers, jeans, pants or chinos", "a pullover, sweater, jumper, hoodie or sweatshirt",
                "a dress or gown", "a coat, jacket or parka", "a sandal, flip-flop, slipper or clog",
                "a shirt or blouse", "a sneaker, trainer or running shoe", "a bag, handbag, tote, backpack or purse",
                "an ankle boot or hiking boot")


@dataclass(frozen=True)
class Pictures:
    images: Tensor      # float32 [n, 1, 28, 28] in 0..1
    labels: Tensor      # int64 [n]

    def __len__(self) -> int:
        return len(self.labels)


def load(folder: Path | None, cache: Path) -> tuple[Pictures, Pictures]:
    """(60,000 training pictures, 10,000 test pictures) from `folder`, the installed package, or the package fetched into `cache`."""
    if folder is None:
        folder = debian.of_package(*PACKAGE, cache)
    return tuple(_read(folder, *FILES[part]) for part in ("train", "test"))


def _read(folder: Path, images: str, labels: str) -> Pictures:
    pixels, classes = _idx(folder, images), _idx(folder, labels)
    if pixels.shape[1:] != (28, 28) or len(pixels) != len(classes):
        raise SystemExit(f"{folder} does not hold Fashion-MNIST: {images} is {pixels.shape}, {labels} {classes.shape}")
    return Pictures(torch.from_numpy(pixels[:, None].astype(np.float32) / 255), torch.from_numpy(classes.astype(np.int64)))


def _idx(folder: Path, name: str) -> np.ndarray:
    """IDX: two zero bytes, element type (8 = unsigned byte), number of dimensions, each dimension big-endian, the elements."""
    path = next((p for p in (folder / f"{name}.gz", folder / name) if p.is_file()), None)
    if path is None:
        raise SystemExit(f"{folder} lacks {name} or {name}.gz")
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    if content[:3] != b"\0\0\x08":
        raise SystemExit(f"{path} is not an IDX file of unsigned bytes")
    dimensions = np.frombuffer(content, ">u4", content[3], 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * content[3]).reshape(dimensions)
