"""``yuece evidence``: hands the proof of an observation out, as a folder that checks itself or as a web archive."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from commands.store_access import open_existing
from engine.evidence_export import CHECKER_NAME, export_evidence
from engine.settings import load_settings
from exports.web_archive import write_wacz

ObservationId = Annotated[
    str, typer.Argument(help="RUN/PORTAL/PROBE/ITEM, as printed by exports, `yuece replay` and the workbench.")
]

app = typer.Typer(no_args_is_help=True, help="Hand the proof of an observation out.")


@app.command()
def export(
    observation: ObservationId,
    out: Annotated[Path, typer.Option("--out", help="An empty or new folder.")],
    originals: Annotated[
        bool, typer.Option("--originals", help="Also the tables that people handed in, which name people.")
    ] = False,
) -> None:
    """Write every member, the manifests and a checker; `sha256sum -c MANIFEST` and check.sh need nothing of ours."""
    settings = load_settings()
    with open_existing(settings) as store:
        files = export_evidence(
            store, store.observations.get(observation), out, settings.time_stamp_roots, originals=originals
        )
    Console().print(f"{len(files)} files in {out}; check them: sh {out / CHECKER_NAME}", soft_wrap=True, markup=False)


@app.command()
def wacz(
    observation: ObservationId,
    out: Annotated[Path, typer.Option("--out", help="The archive to be written.")],
) -> None:
    """Write the pages as a web archive (WACZ) for any archive player; guide-faces keeps their scripts too."""
    with open_existing() as store:
        written = write_wacz(store, store.observations.get(observation), out)
    Console().print(str(written), soft_wrap=True, markup=False)
