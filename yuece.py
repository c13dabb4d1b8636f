"""The command line: one verb per command file, one sentence and one exit code for everything that goes wrong."""

import sys

import typer
from rich.console import Console

from commands import (
    audit,
    crawl,
    doctor,
    evidence,
    export,
    grade,
    imports,
    listing,
    nightly,
    probe,
    release,
    replay,
    sandbox,
    schedule,
    score,
    serve,
    stop,
    verify,
)
from domain.errors import ExitCode, MachineError, YueceError

app = typer.Typer(
    name="yuece",
    help="Yuece 粤测: measures government service portals from the citizen's side and keeps the proof.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (
    nightly,
    sandbox,
    crawl,
    probe,
    audit,
    score,
    grade,
    export,
    replay,
    release,
    serve,
    schedule,
    stop,
    verify,
    doctor,
):
    app.command(name=command.__name__.rpartition(".")[2])(command.run)
app.command(name="list")(listing.run)
app.command(name="import")(imports.run)
app.add_typer(evidence.app, name="evidence")


def main() -> None:
    """Run the command line and leave with the documented exit code (architecture.md §8)."""
    try:
        app(standalone_mode=True)
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
