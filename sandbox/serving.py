"""Runs a sandbox in a process of its own for as long as a test or a demonstration needs it."""

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from sandbox.corpus_file import dump_corpus, make_placeholder_origins
from sandbox.model import Corpus, Origins

ROOT = Path(__file__).parents[1]
START_LIMIT_S = 90.0
STOP_LIMIT_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Sandbox:
    """A running sandbox: where its hosts are and who may log in."""

    origins: Origins
    control_url: str
    process: "subprocess.Popen[bytes]"
    test_account: dict[str, str]


@contextlib.contextmanager
def running_sandbox(corpus_or_args: Corpus | Sequence[str] = ()) -> Iterator[Sandbox]:
    """Run a sandbox on free ports and stop it in the end.

    `corpus_or_args` is a corpus built for `make_placeholder_origins()`, or arguments of ``python -m sandbox``.
    Raises RuntimeError with the sandbox's own sentence when it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="yuece-sandbox-") as name:
        folder = Path(name)
        process = start_process(folder, list_arguments(corpus_or_args, folder))
        try:
            yield wait_for_start(process, folder)
        finally:
            stop_process(process)


def list_arguments(corpus_or_args: Corpus | Sequence[str], folder: Path) -> list[str]:
    """Turn a corpus into the arguments that serve it."""
    if isinstance(corpus_or_args, Corpus):
        dump_corpus(corpus_or_args, folder / "corpus.json", origins=make_placeholder_origins())
        return ["--corpus", str(folder / "corpus.json")]
    return list(corpus_or_args)


def start_process(folder: Path, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start the process; its complaints go to a file so that no pipe can fill up."""
    port = [] if "--port" in arguments else ["--port", "0"]
    command = [sys.executable, "-m", "sandbox", *arguments, *port, "--announce", str(folder / "start.json")]
    with (folder / "stderr.txt").open("wb") as complaints:
        return subprocess.Popen(
            [*command, "--exit-with-parent"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=complaints
        )


def wait_for_start(process: "subprocess.Popen[bytes]", folder: Path) -> Sandbox:
    """Wait until the sandbox says that it is ready."""
    limit = time.monotonic() + START_LIMIT_S
    while not (folder / "start.json").exists():
        if process.poll() is not None or time.monotonic() > limit:
            complaint = (folder / "stderr.txt").read_text(encoding="utf-8", errors="replace").strip()
            raise RuntimeError(complaint or "the sandbox did not start in time")
        time.sleep(0.03)
    started = orjson.loads((folder / "start.json").read_bytes())
    origins = Origins(**started["origins"])
    return Sandbox(origins=origins, control_url=origins.control, process=process, test_account=started["test_account"])


def stop_process(process: "subprocess.Popen[bytes]") -> None:
    """End the process, gently first."""
    process.terminate()
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
