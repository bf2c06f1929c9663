"""Exports a judge (a classifier that evaluates and is used for nothing else) and writes its folder. Used by the recipes of classifiers."""
import json
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import Tensor, nn

import manifest

TOLERANCE, OUTPUTS = 1e-4, ("logits", "features")


def write_graph(module: nn.Module, path: Path, example: Tensor, stored=lambda graph: None) -> float:
    """image float32 [b, channels, side, side] in 0..1 -> logits and features. Returns the largest difference from torch.

    `stored` may change how the graph's weights are stored.
    """
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)     # it reports that torchvision is not there
    warnings.filterwarnings("ignore", module="torch.onnx")
    program = torch.onnx.export(module, (example[:2],), dynamo=True, dynamic_shapes=({0: torch.export.Dim("batch", min=1)},), opset_version=18,
                                input_names=["image"], output_names=list(OUTPUTS), verbose=False)
    model = program.model_proto
    for node in model.graph.node:       # the exporter leaves traces of this machine's folders there
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.input, *model.graph.output, *model.graph.initializer):
        del value.metadata_props[:]
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    stored(model.graph)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
    return checked_difference(module, session(path), example)


def session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def seen(graph: ort.InferenceSession, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(logits, features) of float32 pictures in 0..1."""
    parts = [graph.run(list(OUTPUTS), {"image": images[i : i + 250]}) for i in range(0, len(images), 250)]
    return tuple(np.concatenate(column) for column in zip(*parts))


def checked_difference(module: nn.Module, graph: ort.InferenceSession, images: Tensor) -> float:
    with torch.no_grad():
        expected = [output.numpy() for output in module(images)]
    largest = max(float(abs(found - wanted).max()) for found, wanted in zip(seen(graph, images.numpy()), expected))
    print(f"largest difference between ONNX Runtime and torch: {largest:.1e} (allowed {TOLERANCE:.0e})")
    if not largest <= TOLERANCE:
        raise SystemExit("the exported graph is not the trained classifier")
    return float(f"{largest:.1e}")


def gaussian_pictures(images: np.ndarray, classes: np.ndarray, wanted: np.ndarray, components: int, seed: int) -> np.ndarray:
    """The baseline: pictures drawn from a Gaussian on the principal components of each class's pixels, uint8 like `images`."""
    random, made = np.random.default_rng(seed), np.empty((len(wanted), *images.shape[1:]), np.uint8)
    for number in np.unique(wanted):
        pixels = images[classes == number].reshape(np.count_nonzero(classes == number), -1).astype(np.float32)
        mean, places = pixels.mean(0), np.flatnonzero(wanted == number)
        _, lengths, directions = np.linalg.svd(pixels - mean, full_matrices=False)
        drawn = random.standard_normal((len(places), min(components, len(lengths))), np.float32) * lengths[:components] / np.sqrt(len(pixels) - 1)
        made[places] = (mean + drawn @ directions[:components]).round().clip(0, 255).astype(np.uint8).reshape(-1, *images.shape[1:])
    return made


def write(folder: Path, head: dict, graph: dict, measured: dict, files: list[str]) -> str:
    """`judge.json` with the digests of its files. Returns the digest of the graph."""
    digests = {name: manifest.sha256(folder / name) for name in sorted(files)}
    (folder / "judge.json").write_text(json.dumps({**head, "files": digests, **graph, "measured": measured}, indent=1) + "\n")
    return digests["judge.onnx"]
