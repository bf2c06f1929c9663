"""Writes two tiny random diffusers folders as ONNX, and whole trajectories of diffusers itself with them.

    pip install diffusers==0.42.1 transformers==5.23.0 torch==2.15.0 onnx==1.23.2 onnxscript==0.7.2 pillow==13.0.0
    python make_fixtures.py ../../resources/dev/penstock/generators/models/diffusers

tiny-latent: text encoder, U-Net with cross-attention whose timestep is one number for the batch, decoder and encoder of an
autoencoder; the encoder gives means and log variances, as Optimum's exports do. tiny-latent-drawn: the same encoder as older
exports have it, which draws a latent of them itself.
tiny-pixels: U-Net without words, a timestep a row. Weights are random and seeded; the layout is that of Optimum's exports.
"""
import json
import pathlib
import shutil
import sys

import diffusers
import torch
from diffusers import (AutoencoderKL, DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, HeunDiscreteScheduler,
                       StableDiffusionImg2ImgPipeline, UNet2DConditionModel, UNet2DModel)
from diffusers.pipelines.stable_diffusion import pipeline_stable_diffusion_img2img as img2img
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

ROOT = pathlib.Path(sys.argv[1])
TOKENS = 12
BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
COMMON = {"num_train_timesteps": 1000, "timestep_spacing": "leading", "steps_offset": 1}
SCHEDULERS = {
    "ddim": DDIMScheduler(clip_sample=False, set_alpha_to_one=False, **BETAS, **COMMON),
    "euler": EulerDiscreteScheduler(**BETAS, **COMMON),
    "heun": HeunDiscreteScheduler(**BETAS, **COMMON),
    "dpm-solver++": DPMSolverMultistepScheduler(algorithm_type="dpmsolver++", solver_order=2, solver_type="midpoint", **BETAS, **COMMON)}


class Unet(torch.nn.Module):
    def __init__(self, unet):
        super().__init__()
        self.unet = unet

    def forward(self, sample, timestep, encoder_hidden_states):
        return self.unet(sample, timestep, encoder_hidden_states, return_dict=False)[0]


class Plain(torch.nn.Module):
    def __init__(self, unet):
        super().__init__()
        self.unet = unet

    def forward(self, sample, timestep):
        return self.unet(sample, timestep, return_dict=False)[0]


class Decoder(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, latent_sample):
        return self.vae.decode(latent_sample, return_dict=False)[0]


class Encoder(torch.nn.Module):
    def __init__(self, vae, drawn: bool):
        super().__init__()
        self.vae = vae
        self.drawn = drawn

    def forward(self, sample):
        latents = self.vae.encode(x=sample)["latent_dist"]
        return latents.sample() if self.drawn else latents.parameters


class Text(torch.nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids):
        return self.encoder(input_ids=input_ids, return_dict=False)[0]


def export(model, inputs: dict, output: str, dynamic: dict, file: pathlib.Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    named = {"input_names": list(inputs), "output_names": [output]}
    try:
        torch.onnx.export(model.eval(), tuple(inputs.values()), str(file), dynamic_axes=dynamic, opset_version=17, dynamo=False, **named)
    except Exception as untraceable:  # the exporter of torch.export then, with the shapes as they are
        print(f"{file}: {type(untraceable).__name__}: {untraceable}"[:300], file=sys.stderr)
        torch.onnx.export(model.eval(), tuple(inputs.values()), str(file), dynamo=True, external_data=False, **named)


def tokenizer(folder: pathlib.Path) -> CLIPTokenizer:
    """Letters, and a few words made of them, as CLIP's vocabulary is built."""
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    vocab = {t: i for i, t in enumerate(letters + [c + "</w>" for c in letters])}
    merges = []
    for word in ("red", "mug", "blue", "lamp"):
        parts = list(word[:-1]) + [word[-1] + "</w>"]
        while len(parts) > 1:
            merge = f"{parts[0]} {parts[1]}"
            if merge not in merges:
                merges.append(merge)
            parts = [parts[0] + parts[1]] + parts[2:]
            vocab.setdefault(parts[0], len(vocab))
    for control in ("<|startoftext|>", "<|endoftext|>"):
        vocab[control] = len(vocab)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocab))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "CLIPTokenizer", "model_max_length": TOKENS, "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>",
        "pad_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}))
    return CLIPTokenizer(vocab=vocab, merges=[tuple(m.split(" ")) for m in merges], model_max_length=TOKENS)


def index(folder: pathlib.Path, name: str, parts: dict) -> None:
    (folder / "model_index.json").write_text(json.dumps({"_class_name": name, "_diffusers_version": diffusers.__version__, **parts}, indent=1))


def rounded(tensor: torch.Tensor) -> list:
    return [round(float(v), 6) for v in tensor.flatten()]


def shrink(model) -> None:
    """Random weights give large outputs; a trajectory has to stay where float32 is exact."""
    for name, p in model.named_parameters():
        if name.startswith("conv_out"):
            p.data *= 0.2


def from_a_picture(parts: dict, text: str, noise: torch.Tensor) -> dict:
    """What diffusers' own image-to-image pipeline makes of a picture, beginning at the mean of its latent and with this noise."""
    vae = parts["vae"]
    side = vae.config.sample_size
    bytes_ = [(37 * i + 11 * (i // 3 % side) ** 2) % 256 for i in range(3 * side * side)]
    picture = Image.frombytes("RGB", (side, side), bytes(bytes_))
    means = []

    def mean(encoded, generator=None, sample_mode="sample"):
        means.append(encoded.latent_dist.mode())
        return means[-1]

    img2img.retrieve_latents = mean
    img2img.randn_tensor = lambda shape, **_: noise.reshape(shape)
    cases = []
    for name, scheduler in SCHEDULERS.items():
        pipeline = StableDiffusionImg2ImgPipeline(scheduler=scheduler, safety_checker=None, feature_extractor=None, requires_safety_checker=False, **parts)
        pipeline.set_progress_bar_config(disable=True)
        x = pipeline(prompt=text, image=picture, strength=0.7, num_inference_steps=6, guidance_scale=4.0, output_type="latent").images
        made = vae.decode(x / vae.config.scaling_factor, return_dict=False)[0]
        cases.append({"scheduler": name, "steps": 6, "strength": 0.7, "guidance": 4.0, "latent": rounded(x), "picture": rounded(made)})
    return {"bytes": bytes_, "mean": rounded(means[0]), "cases": cases}


def latent() -> dict:
    folder = ROOT / "tiny-latent"
    torch.manual_seed(1)
    made = tokenizer(folder / "tokenizer")
    encoder = CLIPTextModel(CLIPTextConfig(vocab_size=len(made), hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
                                           max_position_embeddings=TOKENS, bos_token_id=len(made) - 2, eos_token_id=len(made) - 1)).eval()
    unet = UNet2DConditionModel(sample_size=8, in_channels=4, out_channels=4, layers_per_block=1, block_out_channels=(8, 16), norm_num_groups=4,
                                down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
                                cross_attention_dim=16, attention_head_dim=4).eval()
    vae = AutoencoderKL(in_channels=3, out_channels=3, latent_channels=4, block_out_channels=(8, 8), layers_per_block=1, norm_num_groups=4,
                        down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2, sample_size=16,
                        scaling_factor=0.18215).eval()
    shrink(unet)
    states = torch.zeros(2, TOKENS, 16)
    export(Unet(unet), {"sample": torch.zeros(2, 4, 8, 8), "timestep": torch.tensor(1), "encoder_hidden_states": states}, "out_sample",
           {"sample": {0: "batch"}, "encoder_hidden_states": {0: "batch"}, "out_sample": {0: "batch"}}, folder / "unet" / "model.onnx")
    export(Decoder(vae), {"latent_sample": torch.zeros(1, 4, 8, 8)}, "sample", {"latent_sample": {0: "batch"}, "sample": {0: "batch"}},
           folder / "vae_decoder" / "model.onnx")
    export(Text(encoder), {"input_ids": torch.zeros(1, TOKENS, dtype=torch.int64)}, "last_hidden_state",
           {"input_ids": {0: "batch"}, "last_hidden_state": {0: "batch"}}, folder / "text_encoder" / "model.onnx")
    (folder / "unet" / "config.json").write_text(json.dumps(dict(unet.config), indent=1))
    (folder / "vae_decoder" / "config.json").write_text(json.dumps(dict(vae.config), indent=1))
    (folder / "text_encoder" / "config.json").write_text(json.dumps({"hidden_size": 16, "max_position_embeddings": TOKENS}))
    SCHEDULERS["ddim"].save_pretrained(folder / "scheduler")
    index(folder, "StableDiffusionPipeline", {
        "scheduler": ["diffusers", "DDIMScheduler"], "text_encoder": ["transformers", "CLIPTextModel"], "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"], "feature_extractor": [None, None], "safety_checker": [None, None]})

    def words(text: str) -> tuple[list, torch.Tensor]:
        ids = made(text, padding="max_length", max_length=TOKENS, truncation=True, return_tensors="pt").input_ids
        return ids[0].tolist(), encoder(input_ids=ids, return_dict=False)[0]

    noise = torch.randn(1, 4, 8, 8)
    wanted, nothing = words("a Red mug,  blue")[1], words("")[1]
    cases = []
    for name, scheduler in SCHEDULERS.items():
        scheduler.set_timesteps(6)
        x = noise * scheduler.init_noise_sigma
        trajectory = []
        for t in scheduler.timesteps:
            seen = scheduler.scale_model_input(torch.cat([x, x]), t)
            unwanted_p, wanted_p = unet(seen, t, torch.cat([nothing, wanted]), return_dict=False)[0].chunk(2)
            x = scheduler.step(unwanted_p + 4.0 * (wanted_p - unwanted_p), t, x, return_dict=False)[0]
            trajectory.append(rounded(x)[:8])
        picture = vae.decode(x / vae.config.scaling_factor, return_dict=False)[0]
        cases.append({"scheduler": name, "steps": 6, "guidance": 4.0, "trajectory": trajectory, "latent": rounded(x), "picture": rounded(picture)})
    for drawn, target, output in ((False, folder, "latent_parameters"), (True, ROOT / "tiny-latent-drawn", "latent_sample")):
        export(Encoder(vae, drawn), {"sample": torch.zeros(1, 3, 16, 16)}, output,
               {"sample": {0: "batch_size", 2: "height", 3: "width"}, output: {0: "batch_size", 2: "height_latent", 3: "width_latent"}},
               target / "vae_encoder" / "model.onnx")
    shutil.copy(folder / "vae_decoder" / "config.json", folder / "vae_encoder" / "config.json")
    texts = ["a Red mug,  blue", "", "lamp " * 20]
    return {"noise": rounded(noise), "tokens": {text: words(text)[0] for text in texts}, "states": rounded(wanted)[:32], "cases": cases,
            "fromPicture": from_a_picture({"vae": vae, "text_encoder": encoder, "tokenizer": made, "unet": unet}, texts[0], noise)}


def pixels() -> dict:
    folder = ROOT / "tiny-pixels"
    torch.manual_seed(2)
    unet = UNet2DModel(sample_size=16, in_channels=3, out_channels=3, layers_per_block=1, block_out_channels=(8, 16), norm_num_groups=4,
                       down_block_types=("DownBlock2D", "AttnDownBlock2D"), up_block_types=("AttnUpBlock2D", "UpBlock2D"), attention_head_dim=4).eval()
    shrink(unet)
    export(Plain(unet), {"sample": torch.zeros(2, 3, 16, 16), "timestep": torch.tensor([1, 2])}, "out_sample",
           {"sample": {0: "batch"}, "timestep": {0: "batch"}, "out_sample": {0: "batch"}}, folder / "unet" / "model.onnx")
    (folder / "unet" / "config.json").write_text(json.dumps(dict(unet.config), indent=1))
    scheduler = DDPMScheduler(clip_sample=False, variance_type="fixed_small", beta_start=0.0001, beta_end=0.02, beta_schedule="linear", **COMMON)
    scheduler.save_pretrained(folder / "scheduler")
    index(folder, "DDPMPipeline", {"scheduler": ["diffusers", "DDPMScheduler"], "unet": ["diffusers", "UNet2DModel"]})
    noise, x = torch.randn(1, 3, 16, 16), None
    ddim = DDIMScheduler(clip_sample=False, set_alpha_to_one=False, beta_start=0.0001, beta_end=0.02, beta_schedule="linear", **COMMON)
    ddim.set_timesteps(8)
    x = noise
    for t in ddim.timesteps:
        x = ddim.step(unet(x, t, return_dict=False)[0], t, x, return_dict=False)[0]
    return {"noise": rounded(noise), "cases": [{"scheduler": "ddim", "steps": 8, "guidance": 1.0, "picture": rounded(x)}]}


with torch.no_grad():
    for part in ("tiny-latent", "tiny-latent-drawn", "tiny-pixels"):
        shutil.rmtree(ROOT / part, ignore_errors=True)
    ROOT.mkdir(parents=True, exist_ok=True)
    reference = {"madeWith": f"diffusers {diffusers.__version__}, torch {torch.__version__.split('+')[0]}", "tiny-latent": latent(), "tiny-pixels": pixels()}
    (ROOT / "diffusers-reference.json").write_text(json.dumps(reference))
