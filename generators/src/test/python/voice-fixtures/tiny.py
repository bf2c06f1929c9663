"""Writes two voices in Piper's form that are formulas; see README.md. Usage: tiny.py OUT."""
import json
import sys

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

HOP, CHANNELS, RATE = 64, 3, 8000
SYMBOLS = "_^$ !',-.:;?abcdefhijklmnoprstuvwzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒʔˈˌːθᵻ\u0329"


def constant(name, values, kind=np.int64):
    return numpy_helper.from_array(np.array(values, kind), name)


def voice(speakers):
    n = helper.make_node
    nodes = [
        n("Shape", ["input"], ["shape"]),
        n("Gather", ["shape", "one"], ["phonemes"]),
        n("Concat", ["one", "two", "phonemes"], ["durations_shape"], axis=0),
        n("ConstantOfShape", ["durations_shape"], ["durations_like"]),
        n("RandomNormalLike", ["durations_like"], ["durations_noise"], dtype=1),
        n("Gather", ["scales", "two"], ["noise_w"]),
        n("Mul", ["durations_noise", "noise_w"], ["durations_scaled"]),
        n("ReduceMean", ["durations_scaled"], ["durations_mean"], axes=[1], keepdims=0),
        n("Exp", ["durations_mean"], ["durations_raw"]),
        n("Gather", ["scales", "one"], ["length"]),
        n("Mul", ["length", "frames_a_phoneme"], ["mean_length"]),
        n("Mul", ["durations_raw", "mean_length"], ["durations_long"]),
        n("Ceil", ["durations_long"], ["durations"]),
        n("ReduceSum", ["durations"], ["total"], keepdims=0),
        n("Cast", ["total"], ["total_int"], to=7),
        n("Reshape", ["total_int", "one"], ["frames"]),
        n("Concat", ["one", "channels", "frames"], ["like_shape"], axis=0),
        n("ConstantOfShape", ["like_shape"], ["like"]),
        n("RandomNormalLike", ["like"], ["noise"], dtype=1),
        n("Gather", ["scales", "zero"], ["noise_scale"]),
        n("Mul", ["noise", "noise_scale"], ["noise_scaled"]),
        n("ReduceMean", ["noise_scaled"], ["noise_mean"], axes=[1], keepdims=1),
        n("Transpose", ["noise_mean"], ["noise_frames"], perm=[0, 2, 1]),
        n("Concat", ["one", "frames", "hop"], ["samples_shape"], axis=0),
        n("Expand", ["noise_frames", "samples_shape"], ["noise_samples"]),
        n("Cast", ["input"], ["input_float"], to=1),
        n("ReduceMean", ["input_float"], ["pitch_raw"], keepdims=0),
        n("Mul", ["pitch_raw", "pitch_step"], ["pitch"]),
        n("Mul", ["frames", "hop"], ["samples"]),
        n("Squeeze", ["samples"], ["samples_scalar"]),
        n("Squeeze", ["zero"], ["zero_scalar"]),
        n("Squeeze", ["one"], ["one_scalar"]),
        n("Range", ["zero_scalar", "samples_scalar", "one_scalar"], ["time_int"]),
        n("Cast", ["time_int"], ["time"], to=1),
        n("Mul", ["time", "pitch"], ["phase"]),
        n("Sin", ["phase"], ["tone"]),
        n("Reshape", ["tone", "samples_shape"], ["tone_frames"]),
        n("Add", ["tone_frames", "noise_samples"], ["mixed"]),
        n("Mul", ["mixed", "volume"], ["quiet"]),
        n("Concat", ["one", "one", "one", "samples"], ["output_shape"], axis=0),
        n("Reshape", ["quiet", "output_shape"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, ["batch_size", "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["batch_size"]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, ["batch_size"]))
        pitch = next(i for i, node in enumerate(nodes) if node.output[0] == "pitch")
        nodes[pitch:pitch + 1] = [
            n("Cast", ["sid"], ["sid_float"], to=1),
            n("Add", ["pitch_raw", "sid_float"], ["pitch_sid"]),
            n("Mul", ["pitch_sid", "pitch_step"], ["pitch"]),
        ]
    constants = [
        constant("zero", [0]), constant("one", [1]), constant("two", [2]), constant("channels", [CHANNELS]),
        constant("hop", [HOP]), constant("frames_a_phoneme", 1.5, np.float32), constant("pitch_step", 0.01, np.float32),
        constant("volume", 0.1, np.float32),
    ]
    graph = helper.make_graph(
        nodes, "tiny-voice", inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch_size", "time", 1, "n"])], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)])
    model.ir_version = 8
    checker.check_model(model)
    return model


def config(speakers):
    return {
        "audio": {"sample_rate": RATE}, "espeak": {"voice": "en-us"}, "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_id_map": {symbol: [i] for i, symbol in enumerate(SYMBOLS)},
        "num_speakers": speakers, "speaker_id_map": {"alto": 0, "tenor": 1} if speakers > 1 else {},
    }


for name, count in (("tiny-voice", 1), ("tiny-choir", 2)):
    save(voice(count), f"{sys.argv[1]}/{name}.onnx")
    with open(f"{sys.argv[1]}/{name}.onnx.json", "w", encoding="utf-8") as file:
        json.dump(config(count), file, ensure_ascii=False)
