"""``yuece serve``: the evaluators' workbench, on loopback."""

import webbrowser
from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console

from commands.store_access import open_existing
from engine.judging.rule_titles import rule_titles
from engine.provenance import tool_commit
from engine.settings import load_settings
from web.serving import DEFAULT_PORT, serve


def run(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port of the workbench; 0 = any free one.")
    ] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="127.0.0.1; anything else needs --expose.")] = "127.0.0.1",
    expose: Annotated[bool, typer.Option("--expose", help="Let other machines read the evidence.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open a browser at the list of runs.")] = False,
) -> None:
    """Serve the list of runs, scores, findings, observations with their pictures, and the trace viewer."""
    settings = load_settings()
    open_existing(settings).close()
    serve(
        settings.home,
        host=host,
        port=port,
        expose=expose,
        rule_titles=rule_titles(),
        tool_commit=tool_commit(),
        announce=announcement("/", open_browser=open_browser),
    )


def announcement(path: str, *, open_browser: bool) -> Callable[[str], None]:
    """Say where the workbench is, and open a browser there when asked."""

    def announce(address: str) -> None:
        page = address.rstrip("/") + path
        Console().print(f"workbench: {page}  (Ctrl-C stops)", markup=False, soft_wrap=True)
        if open_browser:
            webbrowser.open(page)

    return announce
