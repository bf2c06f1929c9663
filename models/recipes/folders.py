"""Where a recipe writes. Used by recipes whose training can be stopped."""
from argparse import ArgumentParser, Namespace
from pathlib import Path


def made(arguments: Namespace, parser: ArgumentParser, here: Path, name: str, apart: bool = False) -> tuple[Path, Path, Path]:
    """(folder of the model, of figures and contact sheet, of checkpoints and caches); `arguments` has quick, out and work.

    `apart`: what is made is not the bundled model, as with --quick."""
    apart = arguments.quick or apart
    if apart and not arguments.out:
        parser.error("--quick, and data of your own, need --out: they must not overwrite the bundled model")
    out = arguments.out or here.parents[1] / name
    evidence = out / "evidence" if arguments.out else here
    work = arguments.work or (out / "work" if apart else Path.home() / ".cache" / "penstock" / "recipes" / name)
    for folder in (out, evidence, work):
        folder.mkdir(parents=True, exist_ok=True)
    return out, evidence, work
