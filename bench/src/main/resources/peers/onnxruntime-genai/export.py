"""Has onnxruntime-genai's own model builder make its int4 model of a GGUF file: export.py FROM.gguf TO.

The builder reads checkpoints, so the file's weights are first written as one in float32. It then rounds them to 4 bits its
own way: weights that were rounded to 4 bits already are rounded a second time.
"""
import pathlib
import subprocess
import sys
import tempfile

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

gguf, target = map(pathlib.Path, sys.argv[1:])
with tempfile.TemporaryDirectory() as scratch:
    read = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    config = read.config
    # Transformers saves nothing that it read from quantised weights; they are floats by now.
    if hasattr(config, "quantization_config"):
        del config.quantization_config
    plain = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    plain.load_state_dict(read.state_dict())
    plain.save_pretrained(scratch)
    AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name).save_pretrained(scratch)
    subprocess.run(
        [sys.executable, "-m", "onnxruntime_genai.models.builder", "-i", scratch, "-o", str(target), "-p", "int4",
         "-e", "cpu", "-c", scratch + "/cache", "--extra_options", "hf_token=false"], check=True)
