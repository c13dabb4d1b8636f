"""``yuece serve``: the evaluators' workbench, on loopback."""

from typing import Annotated

import typer

from commands.store_access import open_existing
from domain.errors import RefusedError
from engine.rule_titles import rule_titles
from engine.settings import load_settings
from web.serving import DEFAULT_PORT, LOOPBACK, serve


def run(
    port: Annotated[int, typer.Option(help="Port of the workbench.")] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="127.0.0.1; anything else needs --allow-remote.")] = LOOPBACK,
    allow_remote: Annotated[bool, typer.Option("--allow-remote", help="Serve beyond this machine.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open a browser at the list of runs.")] = False,
) -> None:
    """Serve the list of runs, scores, findings, observations with their pictures, and the trace viewer."""
    if host != LOOPBACK and not allow_remote:
        raise RefusedError(f"the workbench has no accounts yet and stays on {LOOPBACK}; --allow-remote overrules that")
    settings = load_settings()
    open_existing(settings).close()
    serve(settings.home, host=host, port=port, rule_titles=rule_titles(), open_at="/" if open_browser else None)
