"""Writes `model.yaml`, and the digests it carries. Used by every recipe."""
import hashlib
import json
from pathlib import Path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def model_digest(folder: Path, files: list[str]) -> str:
    """sha256 over `<sha256> <file name>` lines sorted by name, `model.yaml` last: what a content record names."""
    lines = "".join(f"{sha256(folder / name)} {name}\n" for name in [*sorted(files), "model.yaml"])
    return hashlib.sha256(lines.encode()).hexdigest()


def write(folder: Path, head: dict, files: list[str], parameters: dict, family_section: dict, measured: dict) -> str:
    """`family_section` is {section name: its keys}. Returns the model digest."""
    lines = [f"{key}: {_scalar(value)}" for key, value in head.items()]
    lines += ["files:"] + [f"  {name}: {sha256(folder / name)}" for name in sorted(files)]
    lines += ["parameters:"] + [f"  {name}: {_flow(rules)}" for name, rules in parameters.items()]
    for section, keys in (*family_section.items(), ("measured", measured)):
        lines += [f"{section}:"] + [f"  {key}: {_flow(value)}" for key, value in keys.items()]
    (folder / "model.yaml").write_text("\n".join(lines) + "\n")
    return model_digest(folder, files)


def _flow(value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value) -> str:
    """JSON's quoting is YAML's too; plain words stay bare."""
    if isinstance(value, str) and value and all(c.isalnum() or c in "-_./" for c in value) and value[0].isalpha() \
            and value.lower() not in ("null", "true", "false", "yes", "no", "on", "off"):
        return value
    return json.dumps(value, ensure_ascii=False)
