"""Files of Debian packages: the installed ones, or those of the package fetched and unpacked. Used by recipes."""
import subprocess
import tempfile
from pathlib import Path

CACHE = Path.home() / ".cache" / "penstock" / "data"


def of_package(package: str, path: str, otherwise: str, cache: Path = CACHE) -> Path:
    """`path` as the installed package has it, or below `cache`, where it is whole or not at all. `otherwise`: what to do where
    there is no apt."""
    installed, target = Path(path), cache / path.lstrip("/")
    if installed.exists() or target.exists():
        return installed if installed.exists() else target
    print(f"fetching the Debian package {package}", flush=True)
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".fetching-") as work:
        try:
            subprocess.run(["apt-get", "-q", "download", package], cwd=work, check=True)
            subprocess.run(["dpkg", "-x", str(next(Path(work).glob("*.deb"))), f"{work}/unpacked"], check=True)
        except (OSError, StopIteration, subprocess.CalledProcessError) as failure:
            raise SystemExit(f"the Debian package {package} could not be fetched ({failure}); {otherwise}") from failure
        unpacked = Path(work, "unpacked", path.lstrip("/"))
        if not unpacked.exists():
            raise SystemExit(f"the Debian package {package} has no {path}; {otherwise}")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            unpacked.rename(target)
        except OSError:
            if not target.exists():  # else another recipe was quicker
                raise
    return target
