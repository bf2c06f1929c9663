"""Exports torch modules to ONNX with a dynamic batch and holds the graph against torch."""
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import Tensor, nn

TOLERANCE = 1e-4


def write(module: nn.Module, path: Path, inputs: dict[str, Tensor], output: str) -> None:
    batch = torch.export.Dim("batch", min=1)
    shapes = tuple({0: batch} for _ in inputs)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)     # it reports that torchvision is not there
    warnings.filterwarnings("ignore", module="torch.onnx")
    program = torch.onnx.export(module, tuple(inputs.values()), dynamo=True, dynamic_shapes=shapes, opset_version=18,
                                input_names=list(inputs), output_names=[output], verbose=False)
    model = program.model_proto
    for node in model.graph.node:       # the exporter leaves traces of this machine's folders there
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.input, *model.graph.output, *model.graph.initializer):
        del value.metadata_props[:]
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(graph: ort.InferenceSession, *values: np.ndarray) -> np.ndarray:
    feed = {declared.name: value for declared, value in zip(graph.get_inputs(), values)}
    return graph.run(None, feed)[0]


def checked_difference(module: nn.Module, graph: ort.InferenceSession, *values: Tensor) -> float:
    """Largest difference of any output between ONNX Runtime and torch, the batch whole and one by one."""
    with torch.no_grad():
        expected = module(*values).numpy()
    arrays = [value.numpy() for value in values]
    alone = np.concatenate([run(graph, *(array[i : i + 1] for array in arrays)) for i in range(min(8, len(expected)))])
    largest = max(float(abs(run(graph, *arrays) - expected).max()), float(abs(alone - expected[: len(alone)]).max()))
    print(f"largest difference between ONNX Runtime and torch: {largest:.1e} (allowed {TOLERANCE:.0e})")
    if not largest <= TOLERANCE:
        raise SystemExit("the exported graph is not the trained model")
    return float(f"{largest:.1e}")
