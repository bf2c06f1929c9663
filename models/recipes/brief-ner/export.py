"""Exports the classifier to ONNX with a dynamic batch and length, its weights stored as float16 and computed with as float32,
and holds the graph against torch."""
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnx.helper
import onnx.numpy_helper
import onnxruntime as ort
import torch
from torch import nn

TOLERANCE = 1e-4
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def write(module: nn.Module, path: Path) -> None:
    batch, length = torch.export.Dim("batch", min=1), torch.export.Dim("length", min=2, max=module.shape.positions)
    example = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in INPUTS)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)     # it reports that torchvision is not there
    warnings.filterwarnings("ignore", module="torch.onnx")
    program = torch.onnx.export(module, example, dynamo=True, dynamic_shapes=tuple({0: batch, 1: length} for _ in INPUTS), opset_version=18,
                                input_names=list(INPUTS), output_names=["logits"], verbose=False)
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
    """Stores what float16 holds exactly in half the bytes; ONNX Runtime makes float32 of it once, when it opens the graph."""
    casts = []
    for tensor in [each for each in graph.initializer if each.data_type == onnx.TensorProto.FLOAT]:
        values = onnx.numpy_helper.to_array(tensor)
        with np.errstate(over="ignore"):
            half = values.astype(np.float16)
        if values.size > 64 and (half.astype(np.float32) == values).all():
            casts.append(onnx.helper.make_node("Cast", [f"{tensor.name}.half"], [tensor.name], to=onnx.TensorProto.FLOAT))
            graph.initializer.remove(tensor)
            graph.initializer.append(onnx.numpy_helper.from_array(half, f"{casts[-1].output[0]}.half"))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


class Session:
    def __init__(self, path: Path):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 2
        self.session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def logits(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """int64 [batch, length] twice -> float32 [batch, length, labels]."""
        return self.session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]


def checked_difference(module: nn.Module, session: Session, batches: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """Largest difference of a logit at a token that is none of padding: batches whole, and their rows alone and unpadded."""
    largest = 0.0
    for ids, mask in batches:
        with torch.no_grad():
            expected = module(*map(torch.from_numpy, (ids, mask, np.zeros_like(ids)))).numpy()
        largest = max(largest, float(abs(session.logits(ids, mask) - expected)[mask == 1].max()))
        for row in range(len(ids)):
            length = int(mask[row].sum())
            alone = session.logits(ids[row : row + 1, :length], mask[row : row + 1, :length])
            largest = max(largest, float(abs(alone[0] - expected[row, :length]).max()))
    print(f"largest difference between ONNX Runtime and torch: {largest:.1e} (allowed {TOLERANCE:.0e})")
    if not largest <= TOLERANCE:
        raise SystemExit("the exported graph is not the trained model")
    return float(f"{largest:.1e}")
