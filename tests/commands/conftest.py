"""The command line as tests call it: in a process of its own, or in the test's process, which has paid its imports."""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from distributed import LocalCluster

import yuece

Left = subprocess.CompletedProcess[str]
PROCESS_LIMIT_S = 280
WIDE = {"COLUMNS": "300"}  # so that no sentence is broken into lines


def call_process(home: Path, *words: str, **environment: str) -> Left:
    """Run ``yuece`` as its owner does: in a process of its own, in ``home``."""
    return subprocess.run(
        [sys.executable, "-m", "yuece", *words],
        env={**os.environ, **WIDE, "YUECE_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=PROCESS_LIMIT_S,
        check=False,
        cwd=home,
    )


def call_here(home: Path, *words: str, **environment: str) -> Left:
    """Run ``yuece`` in this process, in ``home``; what it would leave behind here is put back.

    An exception that the command line does not turn into a sentence comes out of this call. Bytes that are no text
    are there as surrogates (``stdout.encode("utf-8", "surrogateescape")``).
    """
    said, complained = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(to, encoding="utf-8", write_through=True) for to in (said, complained))
    with borrowed_process(home, words, environment), redirect_stdout(out), redirect_stderr(err):
        try:
            yuece.main()
            code = 0
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
    return Left(words, code, *(written.getvalue().decode("utf-8", "surrogateescape") for written in (said, complained)))


@contextmanager
def borrowed_process(home: Path, words: tuple[str, ...], environment: dict[str, str]) -> Iterator[None]:
    """Lend this process to a command: its words, its environment, its folder."""
    variables, level = dict(os.environ), logging.getLogger("distributed").level
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(home)
            patch.setattr(sys, "argv", ["yuece", *words])
            os.environ.update({**WIDE, "YUECE_HOME": str(home), **environment})
            yield
    finally:
        os.environ.clear()
        os.environ.update(variables)
        logging.getLogger("distributed").setLevel(level)


@contextmanager
def lasting_cluster() -> Iterator[str]:
    """Yield the address of a scheduler for YUECE_SCHEDULER, so that several runs share one worker.

    The worker is a thread of this process: what is judged, read or crawled is the same, and nothing is imported twice.
    """
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=50,
    ) as cluster:
        yield cluster.scheduler_address
