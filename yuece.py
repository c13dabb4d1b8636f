"""The command line: one verb per command file, one sentence and one exit code for everything that goes wrong."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from rich.console import Console

from domain.errors import ExitCode, MachineError, YueceError

COMMANDS = (
    *("nightly", "sandbox", "crawl", "probe", "audit", "score", "grade", "export", "replay", "release", "serve"),
    *("schedule", "stop", "verify", "doctor", "list", "import", "evidence", "sample", "report"),
)
FILES = {"list": "listing", "import": "imports"}
"""Commands whose file cannot have their name."""


def make_app(names: Sequence[str] = COMMANDS) -> typer.Typer:
    """Assemble the command line from ``commands/<name>.py``: its ``app`` if it has several verbs, else its ``run``."""
    app = typer.Typer(name="yuece", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
    app.callback()(describe)
    for name in names:
        file: Any = import_module(f"commands.{FILES.get(name, name)}")
        if hasattr(file, "app"):
            app.add_typer(file.app, name=name)
        else:
            app.command(name=name)(file.run)
    return app


def describe() -> None:
    """Yuece 粤测: measures government service portals from the citizen's side and keeps the proof."""


def main() -> None:
    """Run the command line and leave with the documented exit code (architecture.md §8)."""
    named = tuple(sys.argv[1:2])  # loading every command's file would cost seconds at each start
    try:
        make_app(named if set(named) & set(COMMANDS) else COMMANDS)(standalone_mode=True)
    except YueceError as error:
        _leave(error)
    except OSError as error:
        _leave(MachineError(f"this machine refused: {error}"))
    except KeyboardInterrupt:
        Console(stderr=True).print("stopped; `yuece nightly --resume last` finishes a night", markup=False)
        sys.exit(ExitCode.OUR_ERROR)


def _leave(error: YueceError) -> None:
    Console(stderr=True).print(f"yuece: {error}", markup=False, soft_wrap=True)
    sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
