"""Exports the denoiser to ONNX with a dynamic batch and weights stored in 16 bits, and holds the graph against torch."""
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

TOLERANCE = 1e-4


def rounded(model: nn.Module) -> nn.Module:
    """The model with its weights rounded to float16, as they are stored; it computes in float32."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())
    return model.eval()


def write(module: nn.Module, path: Path, inputs: dict[str, Tensor], outputs: list[str]) -> None:
    batch = torch.export.Dim("batch", min=1)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)     # it reports that torchvision is not there
    warnings.filterwarnings("ignore", module="torch.onnx")
    program = torch.onnx.export(module, tuple(inputs.values()), dynamo=True, dynamic_shapes=tuple({0: batch} for _ in inputs),
                                opset_version=18, input_names=list(inputs), output_names=outputs, verbose=False)
    model = program.model_proto
    for node in model.graph.node:       # the exporter leaves traces of this machine's folders there
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.input, *model.graph.output, *model.graph.initializer):
        del value.metadata_props[:]
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    _halve(model.graph)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def _halve(graph: onnx.GraphProto) -> None:
    """Stores what is exact in float16 so, and casts it when the graph is loaded: half the bytes, the same numbers."""
    casts = []
    for initializer in graph.initializer:
        values = numpy_helper.to_array(initializer)
        half = values.astype(np.float16) if initializer.data_type == TensorProto.FLOAT and values.size > 64 else values
        if half is values or not np.array_equal(half.astype(np.float32), values):
            continue
        name = initializer.name
        initializer.CopyFrom(numpy_helper.from_array(half, name + ".half"))
        casts.append(helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT, name=name + ".cast"))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(graph: ort.InferenceSession, *values: np.ndarray) -> np.ndarray:
    feed = {declared.name: value for declared, value in zip(graph.get_inputs(), values)}
    return graph.run(None, feed)[0]


def checked_difference(module: nn.Module, graph: ort.InferenceSession, *values: Tensor) -> float:
    """Largest difference of any output between ONNX Runtime and torch, the batch whole and one by one."""
    with torch.no_grad():
        expected = module(*values).numpy()
    arrays = [value.numpy() for value in values]
    alone = np.concatenate([run(graph, *(array[i : i + 1] for array in arrays)) for i in range(len(expected))])
    largest = max(float(abs(run(graph, *arrays) - expected).max()), float(abs(alone - expected).max()))
    print(f"largest difference between ONNX Runtime and torch: {largest:.1e} (allowed {TOLERANCE:.0e})")
    if not largest <= TOLERANCE:
        raise SystemExit("the exported graph is not the trained model")
    return float(f"{largest:.1e}")
