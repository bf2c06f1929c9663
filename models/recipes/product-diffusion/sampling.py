"""From noise to what the captions say, with an exported denoiser. Used by two recipes."""
import numpy as np
import onnxruntime as ort

import export
from blocks import WORDS
from encoder import Encoder

STEPS, GUIDANCE, AT_ONCE = 12, 3.0, 25
PARAMETERS = {"steps": {"type": "integer", "minimum": 1, "maximum": 100, "default": STEPS, "description": "steps from noise to the picture"},
              "guidance": {"type": "number", "minimum": 1, "maximum": 10, "default": GUIDANCE, "description": "how strongly the words pull; 1 = no guidance"},
              "size": {"type": "integer", "minimum": 16, "maximum": 1024, "default": 256, "description": "longer side of the picture in pixels, made larger from 64"}}


def section(channels: int, side: int) -> dict:
    """What the manifest says of a denoiser."""
    return {"graph": "denoiser.onnx", "sampleInput": "sample", "timestepInput": "timestep", "textInput": "encoder_hidden_states",
            "maskInput": "encoder_attention_mask", "output": "velocity", "textTokens": WORDS, "channels": channels, "height": side, "width": side,
            "outputRange": [-1, 1], "prediction": "flow", "lastTimestep": 1, "schedulers": ["flow-matching"]}


def samples(graph: ort.InferenceSession, encoder: Encoder, captions: list[str], shape: tuple[int, int, int], seed: int, steps: int = STEPS,
            guidance: float = GUIDANCE) -> np.ndarray:
    """float32 [captions, *shape], by Euler's method for flow matching with guidance."""
    none, made = encoder(""), []
    for start in range(0, len(captions), AT_ONCE):
        texts = captions[start : start + AT_ONCE]
        words, present = (np.concatenate([wanted, np.repeat(nothing[None], len(texts), 0)]) for wanted, nothing in
                          zip(encoder.all(texts), none))
        x = np.random.default_rng((seed, start)).standard_normal((len(texts), *shape), np.float32)
        for step in range(steps):
            t = np.full(2 * len(texts), 1 - step / steps, np.float32)
            wanted, unwanted = np.split(export.run(graph, np.concatenate([x, x]), t, words, present), 2)
            x -= (unwanted + guidance * (wanted - unwanted)) / steps
        made.append(x)
    return np.concatenate(made)
