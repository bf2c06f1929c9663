"""Writes `models/imports/tiny-{bert,roberta}-ner`: tiny random models that label tokens, exported as Optimum does (names and
dynamic axes), and `reference.json`: what the pipeline of Transformers finds with them.
"""
import importlib.metadata
import json
from pathlib import Path

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

OUT = Path(__file__).resolve().parents[2] / "resources/dev/penstock/generators/models/imports"
LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "MISC"]
TEXTS = [
    "Dear Ms. Miller, your order of the red kettle left Bremen on 3 May.",
    "  Call Jonas Weber in Lyon: +33 1 99 00 12 34!  ",
    "🙂🙂 Zoë wants 12 lamps, naïve café, “quoted” — and ends.",
    "one",
    "",
    "The quick brown fox jumps over the lazy dog while Anna and Ben and Carla write letters to the city of Oslo every day of the year.",
]
SIZES = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, num_labels=len(LABELS),
             id2label=dict(enumerate(LABELS)), label2id={label: i for i, label in enumerate(LABELS)}, attn_implementation="eager")


def wordpiece() -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(TEXTS, trainers.WordPieceTrainer(vocab_size=180, special_tokens=specials, show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return tokenizer


def byte_level() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(TEXTS, trainers.BpeTrainer(
        vocab_size=320, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    return tokenizer


def make(name: str, model, config, tokenizer: Tokenizer, inputs: list[str], specials: dict) -> None:
    torch.manual_seed(7)
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    config.vocab_size, config.architectures = tokenizer.get_vocab_size(), [model.__name__]
    network = model(config).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() == 2:
                parameter.normal_(std=0.25)
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_input_names=inputs, **specials)
    network.config.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    export(network, folder / "model.onnx", inputs)
    pipeline = transformers.pipeline("token-classification", model=network, tokenizer=fast, aggregation_strategy="simple")
    cases = []
    for text in TEXTS:
        found = pipeline(text) if text else []
        cases.append({"text": text, "ids": fast(text)["input_ids"], "entities": [
            {"type": e["entity_group"], "start": e["start"], "end": e["end"], "score": round(float(e["score"]), 6)} for e in found]})
    versions = {package: importlib.metadata.version(package) for package in ("torch", "transformers", "tokenizers")}
    (folder / "reference.json").write_text(json.dumps({"origin": versions, "cases": cases}, ensure_ascii=False, indent=1) + "\n")


def export(network, path: Path, inputs: list[str]) -> None:
    class Plain(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.network = network

        def forward(self, *values):
            return self.network(**dict(zip(inputs, values))).logits

    axes = {0: torch.export.Dim("batch_size", min=1), 1: torch.export.Dim("sequence_length", min=2, max=64 if len(inputs) == 3 else 128)}
    example = tuple(torch.ones(2, 8, dtype=torch.int64) for _ in inputs)
    program = torch.onnx.export(Plain().eval(), example, dynamo=True, dynamic_shapes=((axes,) * len(inputs),), opset_version=18,
                                input_names=inputs, output_names=["logits"], verbose=False)
    model = program.model_proto
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    path.write_bytes(model.SerializeToString())


if __name__ == "__main__":
    make("tiny-bert-ner", transformers.BertForTokenClassification, transformers.BertConfig(max_position_embeddings=64, **SIZES), wordpiece(),
         ["input_ids", "token_type_ids", "attention_mask"], dict(unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]"))
    make("tiny-roberta-ner", transformers.RobertaForTokenClassification,
         transformers.RobertaConfig(max_position_embeddings=130, pad_token_id=1, bos_token_id=0, eos_token_id=2, type_vocab_size=1, **SIZES), byte_level(),
         ["input_ids", "attention_mask"], dict(unk_token="<unk>", pad_token="<pad>", cls_token="<s>", sep_token="</s>", bos_token="<s>", eos_token="</s>", mask_token="<mask>"))
