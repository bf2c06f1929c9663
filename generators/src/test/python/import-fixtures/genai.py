"""The tiny llama as onnxruntime-genai's own model builder exports it."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

RESOURCES = pathlib.Path(__file__).parents[2] / "resources/dev/penstock/generators/models/imports"
KEPT = ("genai_config.json", "model.onnx", "model.onnx.data", "tokenizer.json", "tokenizer_config.json",
        "chat_template.jinja")


def export(precision):
    target = RESOURCES / f"tiny-genai-{precision}"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, "-m", "onnxruntime_genai.models.builder", "-i", str(RESOURCES / "tiny-llama"),
                        "-o", out, "-p", precision, "-e", "cpu", "-c", out + "/cache"], check=True)
        for name in KEPT:
            made = pathlib.Path(out) / name
            if made.exists():
                shutil.copy(made, target / name)
    print(precision, {file.name: file.stat().st_size for file in sorted(target.iterdir())})


export("fp32")
export("int4")
