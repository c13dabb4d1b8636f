"""``yuece sandbox``: the replica of the three portals, on loopback, until it is stopped."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.options import Corpus, Faults, Seed, Size


def run(
    port: Annotated[int, typer.Option(help="First of eight ports; 0 = free ones.")] = 8700,
    size: Size = "medium",
    seed: Seed = 2021,
    corpus: Corpus = "demo",
    faults: Faults = None,
    truth: Annotated[Path | None, typer.Option(help="Write the truth file here.")] = None,
    announce: Annotated[Path | None, typer.Option(help="Write the origins here as JSON.")] = None,
) -> None:
    """Serve a replica of the three portals on this machine, with planted faults and the truth about them."""
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--size", size, "--seed", str(seed)]
    command += ["--corpus", corpus]
    for option, value in (("--faults", faults), ("--truth", truth), ("--announce", announce)):
        command += [option, str(value)] if value is not None else []
    # A process of its own: the sandbox must not share a module, nor a bug, with what measures it.
    raise typer.Exit(subprocess.run(command, check=False).returncode)
