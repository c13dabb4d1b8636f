"""Turns a command's sandbox options into the sandbox of its plan."""

from pathlib import Path
from typing import Annotated

import typer

from engine.night_plan import SandboxOptions

Announcement = Annotated[
    Path | None,
    typer.Option("--sandbox", help="Announcement file of a running sandbox (yuece sandbox --announce FILE)."),
]


def sandbox_options(
    size: str, seed: int, corpus: str = "demo", faults: Path | None = None, announcement: Path | None = None
) -> SandboxOptions:
    """Collect the options."""
    return SandboxOptions(size=size, seed=seed, corpus=corpus, faults=faults, announcement=announcement)
