"""What a Piper voice says with onnxruntime in Python for noise from a seed; see README.md. Usage: reference.py VOICE OUT."""
import hashlib
import json
import math
import struct
import sys
import unicodedata

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

MASK = (1 << 64) - 1
CASES = [
    ("həlˈoʊ wˈɜːld.", 7, (0.667, 1.0, 0.8)),
    ("mˈiːt ðə tɹˈeɪl ʃˈuː ðæt lˈæfs æt ɹˈeɪn.", 42, (0.667, 1.25, 0.8)),
    ("twˈɛnti pɚsˈɛnt ˈɔf, ˈoʊnli tədˈeɪ!", -3, (0.3, 1.0, 0.0)),
]


def draw(seed, variant, candidate):
    packed = struct.pack(">qii", seed, variant, candidate)
    return struct.unpack(">q", hashlib.sha256(packed).digest()[:8])[0]


def normal(seed, size):
    state, out = seed & MASK, []

    def uniform():
        nonlocal state
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
        z ^= z >> 31
        return (z >> 11) * 2.0 ** -52 - 1

    while len(out) < size:
        while True:
            u, v = uniform(), uniform()
            s = u * u + v * v
            if 0 < s < 1:
                break
        scale = math.sqrt(-2 * math.log(s) / s)
        out += [u * scale, v * scale]
    return np.array(out[:size], np.float32)


def session(path):
    """The voice with the outputs of its draws as inputs, and what the second is shaped like as a further output."""
    model = onnx.load(path)
    draws = [node for node in model.graph.node if node.op_type == "RandomNormalLike"]
    for node in draws:
        model.graph.node.remove(node)
        model.graph.input.append(helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, [None] * 3))
    like = draws[1].input[0]
    model.graph.output.append(helper.make_tensor_value_info(like, TensorProto.FLOAT, [None] * 3))
    made = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return made, draws[0].output[0], draws[1].output[0], like


def main(voice, out):
    ids_of = json.load(open(voice + ".json", encoding="utf-8"))["phoneme_id_map"]
    run, durations, noise, like = session(voice)
    cases = []
    for ipa, seed, scales in CASES:
        ids = ids_of["^"] + [0]
        for symbol in unicodedata.normalize("NFD", ipa):
            ids += ids_of[symbol] + [0]
        ids += ids_of["$"]
        feeds = {
            "input": np.array([ids], np.int64), "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array(scales, np.float32),
            durations: normal(draw(seed, 0, 1), 2 * len(ids)).reshape(1, 2, -1), noise: np.zeros((1, 1, 1), np.float32),
        }
        _, channels, frames = run.run([like], feeds)[0].shape
        feeds[noise] = normal(draw(seed, 0, 2), channels * frames).reshape(1, frames, channels).transpose(0, 2, 1).copy()
        samples = run.run(["output"], feeds)[0].squeeze()
        cases.append({
            "ipa": ipa, "seed": seed, "scales": list(scales), "phoneme_ids": ids, "samples": len(samples),
            "rms": round(float(np.sqrt(np.mean(samples ** 2))), 6),
            "every_499th": [round(float(x), 5) for x in samples[::499]]})
    origin = {
        "voice": "Piper en_US-joe-medium, sha256 " + hashlib.sha256(open(voice, "rb").read()).hexdigest(),
        "made_with": f"onnxruntime {onnxruntime.__version__} in Python, reference.py", "tolerance": 1e-3, "cases": cases}
    json.dump(origin, open(out, "w", encoding="utf-8"), ensure_ascii=False, indent=1)


main(*sys.argv[1:])
