"""What the bundled judge of product pictures says of them; used to evaluate and for nothing else."""
from pathlib import Path

import numpy as np
import onnxruntime as ort

from measured import colours
from pictures import OBJECTS


class Judge:
    """Objects and patterns by the classifier, which is shown 32x32 pixels four times each, colours by rule."""

    def __init__(self, folder: Path):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(str(folder / "judge.onnx"), options, providers=["CPUExecutionProvider"])

    def __call__(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(object, colour, background and pattern int [n, 4], features) of pictures float32 [n, 3, side, side] in -1..1."""
        pixels = np.rint((images.transpose(0, 2, 3, 1) + 1) * 127.5).astype(np.uint8)
        times = 64 // pixels.shape[1]
        large = pixels.repeat(times, 1).repeat(times, 2).transpose(0, 3, 1, 2)
        parts = [self.session.run(["logits", "features"], {"image": part.astype(np.float32) / 255}) for part in np.array_split(large, max(1, len(large) // 250))]
        logits, features = (np.concatenate(column) for column in zip(*parts))
        things = logits[:, : len(OBJECTS)].argmax(1)
        by_rule = np.array([colours(image, OBJECTS[thing]) for image, thing in zip(pixels, things)])
        return np.stack([things, by_rule[:, 0], by_rule[:, 1], logits[:, len(OBJECTS) :].argmax(1)], 1), features
