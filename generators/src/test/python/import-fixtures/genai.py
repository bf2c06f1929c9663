"""The tiny llama as onnxruntime-genai's own model builder exports it, and what onnxruntime-genai answers with it."""
import importlib.metadata
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import onnx
import onnxruntime_genai as genai
from onnx import helper

RESOURCES = pathlib.Path(__file__).parents[2] / "resources/dev/penstock/generators/models/imports"
KEPT = ("genai_config.json", "model.onnx", "model.onnx.data", "tokenizer.json", "tokenizer_config.json",
        "chat_template.jinja")


def target(name):
    folder = RESOURCES / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def export(precision):
    folder = target(f"tiny-genai-{precision}")
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, "-m", "onnxruntime_genai.models.builder", "-i", str(RESOURCES / "tiny-llama"),
                        "-o", out, "-p", precision, "-e", "cpu", "-c", out + "/cache"], check=True)
        for name in KEPT:
            made = pathlib.Path(out) / name
            if made.exists():
                shutil.copy(made, folder / name)
    keep_activations(folder / "model.onnx")
    answer(folder)


def keep_activations(file):
    """Activations stay floats (accuracy level 1), so that answers can be compared to the last digits."""
    model = onnx.load(file, load_external_data=False)
    for node in model.graph.node:
        for attribute in node.attribute:
            if attribute.name == "accuracy_level":
                attribute.i = 1
    file.write_bytes(model.SerializeToString())


def answer(folder):
    """Token ids of the tiny llama's prompts, logits after them, and sixteen greedy tokens."""
    cases = []
    model = genai.Model(str(folder))
    for case in json.loads((RESOURCES / "tiny-llama/reference.json").read_text())["cases"]:
        parameters = genai.GeneratorParams(model)
        parameters.set_search_options(do_sample=False, max_length=len(case["ids"]) + 16)
        generator = genai.Generator(model, parameters)
        generator.append_tokens(case["ids"])
        logits = generator.get_logits().reshape(-1, 300)[-1]
        greedy = []
        for _ in range(16):
            generator.generate_next_token()
            greedy.append(int(generator.get_next_tokens()[0]))
        cases.append({"text": case["text"], "ids": case["ids"], "logits": [float(f"{x:.7g}") for x in logits.tolist()],
                      "greedy": greedy})
    origin = {"onnxruntime-genai": importlib.metadata.version("onnxruntime-genai"), "made by": "import-fixtures/genai.py"}
    strings = json.loads((RESOURCES / "tiny-llama/reference.json").read_text())["strings"]
    (folder / "reference.json").write_text(json.dumps({"origin": origin, "cases": cases, "strings": strings}) + "\n")
    print(folder.name, {file.name: file.stat().st_size for file in sorted(folder.iterdir())})


def turned_outside(source, name):
    """The same model with positions as an input and rotary nodes before the attention, as other exporters write it, and
    with other names."""
    folder = target(name)
    for kept in KEPT:
        if (RESOURCES / source / kept).exists():
            shutil.copy(RESOURCES / source / kept, folder / kept)
    model = onnx.load(folder / "model.onnx", load_external_data=False)
    graph = model.graph
    graph.initializer.append(helper.make_tensor("split", onnx.TensorProto.INT64, [3], [64, 32, 32]))
    graph.input.append(helper.make_tensor_value_info("position_ids", onnx.TensorProto.INT64, ["batch_size", "sequence_length"]))
    nodes = []
    for node in graph.node:
        if node.op_type == "GroupQueryAttention":
            at = node.output[0]
            nodes.append(helper.make_node("Split", [node.input[0], "split"], [at + "/q", at + "/k", at + "/v"], axis=-1))
            for part, heads in (("q", 4), ("k", 2)):
                nodes.append(helper.make_node(
                    "RotaryEmbedding", [f"{at}/{part}", "position_ids", "cos_cache", "sin_cache"], [f"{at}/{part}/turned"],
                    domain="com.microsoft", num_heads=heads, rotary_embedding_dim=0, interleaved=0))
            node.input[0], node.input[1], node.input[2] = at + "/q/turned", at + "/k/turned", at + "/v"
            del node.input[7:]
            [one for one in node.attribute if one.name == "do_rotary"][0].i = 0
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    for value in list(graph.input) + list(graph.output):
        for dimension in value.type.tensor_type.shape.dim:
            if dimension.dim_param == "kv_cache_dim":
                dimension.dim_value = 16
    text = model.SerializeToString().replace(b"past_key_values.0.key", b"earlier_keys_number_0").replace(
        b"past_key_values.1.key", b"earlier_keys_number_1")
    (folder / "model.onnx").write_bytes(text)
    config = json.loads((folder / "genai_config.json").read_text())
    config["model"]["decoder"]["inputs"].update(
        past_key_names="earlier_keys_number_%d", position_ids="position_ids")
    (folder / "genai_config.json").write_text(json.dumps(config, indent=1) + "\n")
    answer(folder)


export("fp32")
export("int4")
turned_outside("tiny-genai-int4", "tiny-genai-positions")
