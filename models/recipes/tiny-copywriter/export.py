"""Writes the ONNX graph: the fused operators of ONNX Runtime, a key-value cache as input and output, logits of the last position."""
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from model import LanguageModel


class GraphWriter:
    def __init__(self):
        self.nodes, self.weights, self.inputs, self.outputs = [], [], [], []

    def weight(self, name: str, values: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes) -> str:
        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def linear(self, x: str, layer, name: str, output: str) -> str:
        """torch keeps [out, in]; MatMul wants [in, out]."""
        return self.node("MatMul", [x, self.weight(name, layer.weight.detach().numpy().T)], [output])

    def model(self, name: str) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, self.weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="penstock")


def write(model: LanguageModel, path: Path) -> None:
    graph, shape = GraphWriter(), model.shape
    _declare(graph, shape)
    graph.weight("cos", model.cos.numpy())
    graph.weight("sin", model.sin.numpy())
    graph.weight("embedding", model.embedding.weight.detach().numpy())
    residual = graph.node("Gather", ["embedding", "input_ids"], ["h0"])
    first = graph.weight("norm0", model.blocks[0].attention_norm.weight.detach().numpy())
    normed = graph.node("SimplifiedLayerNormalization", [residual, first], ["n0"], axis=-1, epsilon=shape.epsilon, stash_type=1)
    for layer in range(shape.layers):
        residual, normed = _block(graph, model, layer, residual, normed)
    _head(graph, normed)
    onnx.save(graph.model("tiny-copywriter"), path)


def _declare(graph: GraphWriter, shape) -> None:
    tensor, f32 = helper.make_tensor_value_info, TensorProto.FLOAT
    graph.inputs += [tensor("input_ids", TensorProto.INT64, ["batch", "sequence"]), tensor("seqlens_k", TensorProto.INT32, ["batch"]),
                     tensor("total_sequence_length", TensorProto.INT32, [])]
    graph.outputs.append(tensor("logits", f32, ["batch", 1, shape.vocabulary]))
    for layer in range(shape.layers):
        for kind in ("key", "value"):
            cache = ["batch", shape.key_value_heads]
            graph.inputs.append(tensor(f"past_key_values.{layer}.{kind}", f32, [*cache, "past", shape.head_size]))
            graph.outputs.append(tensor(f"present.{layer}.{kind}", f32, [*cache, "total", shape.head_size]))


def _block(graph: GraphWriter, model: LanguageModel, layer: int, residual: str, normed: str) -> tuple[str, str]:
    shape, block, name = model.shape, model.blocks[layer], f"blocks.{layer}"
    attention, past, present = block.attention, f"past_key_values.{layer}", f"present.{layer}"
    query = graph.linear(normed, attention.query, f"{name}.query", f"q{layer}")
    key = graph.linear(normed, attention.key, f"{name}.key", f"k{layer}")
    value = graph.linear(normed, attention.value, f"{name}.value", f"v{layer}")
    mixed = graph.node(
        "GroupQueryAttention",
        [query, key, value, f"{past}.key", f"{past}.value", "seqlens_k", "total_sequence_length", "cos", "sin"],
        [f"a{layer}", f"{present}.key", f"{present}.value"], "com.microsoft",
        num_heads=shape.heads, kv_num_heads=shape.key_value_heads, do_rotary=1, rotary_interleaved=0, scale=shape.head_size ** -0.5)
    output = graph.linear(mixed, attention.output, f"{name}.output", f"o{layer}")
    middle, residual = _add_and_norm(graph, residual, output, block.feed_forward_norm, f"{name}.feed_forward_norm", f"m{layer}", f"r{layer}", shape)
    gate = graph.linear(middle, block.gate, f"{name}.gate", f"g{layer}")
    up = graph.linear(middle, block.up, f"{name}.up", f"u{layer}")
    sigmoid = graph.node("Sigmoid", [gate], [f"sg{layer}"])
    silu = graph.node("Mul", [gate, sigmoid], [f"si{layer}"])
    down = graph.linear(graph.node("Mul", [silu, up], [f"gu{layer}"]), block.down, f"{name}.down", f"d{layer}")
    last = layer + 1 == shape.layers
    norm = model.norm if last else model.blocks[layer + 1].attention_norm
    normed, residual = _add_and_norm(graph, residual, down, norm, f"norm{layer + 1}", f"n{layer + 1}", "" if last else f"h{layer + 1}", shape)
    return residual, normed


def _add_and_norm(graph: GraphWriter, residual: str, x: str, norm, weight: str, output: str, total: str, shape) -> tuple[str, str]:
    """Returns the names of norm(residual + x) and of residual + x."""
    outputs = [output, "", "", total] if total else [output]
    scale = graph.weight(weight, norm.weight.detach().numpy())
    graph.node("SkipSimplifiedLayerNormalization", [residual, x, scale], outputs, "com.microsoft", epsilon=shape.epsilon)
    return output, total


def _head(graph: GraphWriter, normed: str) -> None:
    for name, value in (("last", -1), ("end", np.iinfo(np.int64).max), ("axis", 1)):
        graph.weight(name, np.array([value], np.int64))
    last = graph.node("Slice", [normed, "last", "end", "axis"], ["last_position"])
    transposed = graph.node("Transpose", ["embedding"], ["head"], perm=[1, 0])
    graph.node("MatMul", [last, transposed], ["logits"])
