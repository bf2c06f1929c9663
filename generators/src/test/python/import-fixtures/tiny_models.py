"""Tiny random checkpoints of each architecture that is imported, in two formats, and what Transformers makes of them."""
import importlib.metadata
import json
import pathlib
import shutil

import gguf
import numpy as np
import torch
import transformers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

RESOURCES = pathlib.Path(__file__).parents[2] / "resources/dev/penstock/generators/models/imports"
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
VOCABULARY = 300
TEXTS = ["the boot keeps your feet dry on the mountain", "a bottle of steel for the whole day",
         "write one short slogan for the new lamp", "costs 12 or 1999, and that's it", "don't wait, they'll sell out"]
STRINGS = ["the boot", "The bottle\n\n of  steel", "costs 1999 €", "don't THEY'LL", " naïve 🌶", "a\tb \n", "<|im_start|>user",
           "e\u0301t\u00e9 12345"]
QWEN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
        r"|\s+(?!\S)|\s+")
TEMPLATE = ("{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
            "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
SIZES = dict(hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
             vocab_size=VOCABULARY, max_position_embeddings=256, rms_norm_eps=1e-5, initializer_range=0.35,
             bos_token_id=1, eos_token_id=2, head_dim=16)
LLAMA3 = dict(rope_type="llama3", rope_theta=50000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=64)


def tokenizer(splitter):
    made = Tokenizer(models.BPE(ignore_merges=splitter == "llama-bpe"))
    if splitter == "smollm":
        made.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    else:
        pattern = QWEN if splitter == "qwen2" else QWEN.replace(r"\p{N}|", r"\p{N}{1,3}|", 1)
        if splitter == "qwen2":
            made.normalizer = normalizers.NFC()
        made.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, special_tokens=SPECIAL, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    made.train_from_iterator(TEXTS * 3, trainer)
    made.add_special_tokens([AddedToken(text, special=True) for text in SPECIAL])
    assert made.get_vocab_size() == VOCABULARY
    return made


def randomise(model):
    """Norms and biases start as ones and zeros; a test could not see them."""
    for name, parameter in model.named_parameters():
        if "norm" in name:
            parameter.data.uniform_(0.5, 1.5)
        elif name.endswith("bias"):
            parameter.data.normal_(0, 0.5)


def reference(model, made):
    cases = []
    for text in TEXTS[:3]:
        ids = made.encode(text).ids
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0, -1]
            greedy = model.generate(torch.tensor([ids]), max_new_tokens=16, do_sample=False, eos_token_id=None,
                                    pad_token_id=0)[0, len(ids):]
        cases.append({"text": text, "ids": ids, "logits": [float(f"{x:.7g}") for x in logits.tolist()],
                      "greedy": greedy.tolist()})
    strings = [{"text": text, "ids": made.encode(text).ids} for text in STRINGS]
    versions = {name: importlib.metadata.version(name) for name in ("torch", "transformers", "tokenizers", "gguf")}
    origin = {**versions, "made by": "import-fixtures/tiny_models.py", "with": "float32 on the CPU"}
    return {"origin": origin, "cases": cases, "strings": strings}


GGUF_NAMES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm"}


def gguf_name(name):
    plain = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight",
             "lm_head.weight": "output.weight"}
    if name in plain:
        return plain[name]
    _, _, layer, rest = name.split(".", 3)
    part, kind = rest.rsplit(".", 1)
    return f"blk.{layer}.{GGUF_NAMES[part]}.{kind}"


def permuted(name, tensor, config):
    """Rows of query and key as llama.cpp's llama wants them."""
    for part, heads in (("q_proj", config.num_attention_heads), ("k_proj", config.num_key_value_heads)):
        if part in name and config.model_type == "llama":
            half = config.head_dim // 2
            return tensor.reshape(heads, 2, half, *tensor.shape[1:]).swapaxes(1, 2).reshape(tensor.shape)
    return tensor


def write_gguf(file, model, made, splitter, kind):
    config, arch = model.config, model.config.model_type
    writer = gguf.GGUFWriter(file, arch)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_rope_dimension_count(config.head_dim)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(splitter)
    by_id = sorted(made.get_vocab(), key=made.get_vocab().get)
    writer.add_token_list(by_id)
    writer.add_token_types([3 if token in SPECIAL else 1 for token in by_id])
    merges = json.loads(made.to_str())["model"]["merges"]
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)
    if config.rope_parameters["rope_type"] == "llama3":
        writer.add_tensor("rope_freqs.weight", llama3_factors(config))
    tied = {"lm_head.weight"} if config.tie_word_embeddings else set()
    for name, tensor in model.state_dict().items():
        if name not in tied:
            values = permuted(name, tensor.float().numpy(), config)
            add(writer, gguf_name(name), values, kind if values.ndim == 2 else "F32")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add(writer, name, values, kind):
    if kind == "BF16":
        data = gguf.quantize(np.ascontiguousarray(values), gguf.GGMLQuantizationType.BF16)
        writer.add_tensor(name, data, raw_dtype=gguf.GGMLQuantizationType.BF16)
    else:
        writer.add_tensor(name, np.ascontiguousarray(values).astype(np.float16 if kind == "F16" else np.float32))


def llama3_factors(config):
    """As llama.cpp's converter writes them: what each frequency is divided by."""
    rope = config.rope_parameters
    frequencies = rope["rope_theta"] ** -(np.arange(0, config.head_dim, 2) / config.head_dim)
    low = rope["original_max_position_embeddings"] / rope["low_freq_factor"]
    high = rope["original_max_position_embeddings"] / rope["high_freq_factor"]
    factors = []
    for wavelength in 2 * np.pi / frequencies:
        if wavelength < high:
            factors.append(1)
        elif wavelength > low:
            factors.append(rope["factor"])
        else:
            smooth = (rope["original_max_position_embeddings"] / wavelength - rope["low_freq_factor"]) / (
                rope["high_freq_factor"] - rope["low_freq_factor"])
            factors.append(1 / ((1 - smooth) / rope["factor"] + smooth))
    return np.array(factors, dtype=np.float32)


def make(name, model_class, config, splitter, kind, dtype, shard="5GB"):
    folder = RESOURCES / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.manual_seed(20261122)
    model = model_class(config).float().eval()
    randomise(model)
    for parameter in model.parameters():
        parameter.data = parameter.data.to(dtype).float()
    made = tokenizer(splitter)
    (folder / "reference.json").write_text(json.dumps(reference(model, made)) + "\n")
    write_gguf(folder / "model.gguf", model, made, splitter, kind)
    model.to(dtype).save_pretrained(folder, max_shard_size=shard)
    made.save(str(folder / "tokenizer.json"))
    described = {"bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "add_bos_token": False,
                 "tokenizer_class": "PreTrainedTokenizerFast"}
    if name == "tiny-qwen2":
        (folder / "chat_template.jinja").write_text(TEMPLATE)
    else:
        described["chat_template"] = TEMPLATE
    (folder / "tokenizer_config.json").write_text(json.dumps(described, indent=1) + "\n")
    print(name, {file.name: file.stat().st_size for file in sorted(folder.iterdir())})


def main():
    plain = dict(rope_type="default", rope_theta=10000.0)
    make("tiny-llama", transformers.LlamaForCausalLM,
         transformers.LlamaConfig(**SIZES, rope_parameters=plain, tie_word_embeddings=True), "smollm", "F16",
         torch.float16)
    make("tiny-llama-scaled", transformers.LlamaForCausalLM,
         transformers.LlamaConfig(**SIZES, rope_parameters=LLAMA3, tie_word_embeddings=True), "llama-bpe", "F16",
         torch.float16)
    make("tiny-qwen2", transformers.Qwen2ForCausalLM,
         transformers.Qwen2Config(**SIZES, rope_parameters=dict(plain, rope_theta=1e6), tie_word_embeddings=True),
         "qwen2", "BF16", torch.bfloat16)
    make("tiny-qwen3", transformers.Qwen3ForCausalLM,
         transformers.Qwen3Config(**SIZES, rope_parameters=dict(plain, rope_theta=1e6), tie_word_embeddings=False),
         "qwen2", "F32", torch.float32, shard="100KB")


main()
