"""``yuece stop``: the switch that ends every run of this home within seconds, and keeps new ones from beginning."""

from typing import Annotated

import typer
from rich.console import Console

from engine.leave import stop_file
from engine.settings import load_settings


def run(
    reason: Annotated[str, typer.Option("--reason", help="Why; it is written into the runs that are ended.")] = "",
    lift: Annotated[bool, typer.Option("--lift", help="Let runs begin again.")] = False,
) -> None:
    """Stop every visit to every portal; what has been seen is kept, and nights can be resumed."""
    switch = stop_file(load_settings())
    if lift:
        switch.unlink(missing_ok=True)
        Console().print("runs may begin again; `yuece nightly --resume last` finishes a night that was stopped")
        return
    switch.parent.mkdir(parents=True, exist_ok=True)
    switch.write_text(reason or "no reason given", encoding="utf-8")
    said = f"stopped: {str(switch)!r} stands until `yuece stop --lift`"
    Console().print(said, soft_wrap=True, markup=False)
