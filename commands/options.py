"""The options that several commands share, so that one word means one thing everywhere."""

from pathlib import Path
from typing import Annotated

import typer

JsonOutput = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else there.")]
Units = Annotated[
    list[str] | None, typer.Option("--units", "--unit", help="Evaluated bodies by id or name; default: all 48.")
]
RunId = Annotated[str | None, typer.Option("--run", help="A run's id; default: the latest finished nightly run.")]
Language = Annotated[str, typer.Option("--lang", help="zh or en.")]
Size = Annotated[str, typer.Option("--size", help="Sandbox corpus: small, medium or a number of guides.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the sandbox corpus.")]
Corpus = Annotated[str, typer.Option("--corpus", help="Sandbox corpus: demo, or a file of captured records.")]
Faults = Annotated[Path | None, typer.Option("--faults", help="File of misbehaviours that the sandbox adds.")]
Full = Annotated[bool, typer.Option("--full", help="Fetch every document, also those that seem unchanged.")]
Addresses = Annotated[
    bool, typer.Option("--addresses/--no-addresses", help="Look at the links and files that guides publish.")
]
