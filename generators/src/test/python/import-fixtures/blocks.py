"""Random blocks of every GGUF encoding that is imported, and the values that the package gguf finds in them."""
import base64
import importlib.metadata
import json
import pathlib

import gguf
import numpy as np

RESOURCES = pathlib.Path(__file__).parents[2] / "resources/dev/penstock/generators/models/gguf"
BLOCKS = 3
# Byte offsets of the float16 scales in a block; all other bytes may be anything.
HALVES = {"F32": [], "F16": [], "BF16": [], "Q4_0": [0], "Q4_1": [0, 2], "Q8_0": [0], "Q4_K": [0, 2], "Q5_K": [0, 2],
          "Q6_K": [208]}


def random_blocks(name, random):
    kind = gguf.GGMLQuantizationType[name]
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    if elements == 1:
        values = random.normal(size=64).astype(np.float32)
        return kind, gguf.quantize(values.reshape(1, -1), kind).view(np.uint8).reshape(1, -1)
    blocks = random.integers(0, 256, size=(BLOCKS, size), dtype=np.uint8)
    for at in HALVES[name]:
        scales = random.normal(scale=0.01, size=BLOCKS).astype(np.float16)
        blocks[:, at:at + 2] = scales.view(np.uint8).reshape(BLOCKS, 2)
    return kind, blocks.reshape(1, -1)


def main():
    random = np.random.default_rng(20261122)
    cases = {}
    for name in HALVES:
        kind, data = random_blocks(name, random)
        values = gguf.dequantize(data, kind).astype("<f4").reshape(-1)
        cases[name] = {"bytes": base64.b64encode(data.tobytes()).decode(),
                       "float32": base64.b64encode(values.tobytes()).decode()}
    origin = {"gguf": importlib.metadata.version("gguf"), "made by": "import-fixtures/blocks.py", "seed": 20261122}
    (RESOURCES / "blocks.json").write_text(json.dumps({"origin": origin, "cases": cases}, indent=1) + "\n")


main()
