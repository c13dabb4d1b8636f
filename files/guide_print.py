"""Reads a guide's print (PDF) and draws its pages, in a process of its own because a stranger made the file."""

import json
import subprocess
import sys

from domain.frozen import Frozen
from files.limits import DEFAULT

LINES, PICTURE = "lines", "picture"
Box = tuple[float, float, float, float]  # left, bottom, right, top in points


class PrintedLine(Frozen):
    """One line of text; ``box`` is ``None`` where it is not known exactly."""

    page: int  # from 0
    text: str
    box: Box | None = None


class UnreadablePrintError(Exception):
    """The file is no PDF that can be opened, asks for a password, or costs more than the limits."""


def read_print(data: bytes) -> tuple[PrintedLine, ...]:
    """Return the print's lines of text in order; raise ``UnreadablePrintError``."""
    return tuple(PrintedLine.model_validate(line) for line in json.loads(ask({"ask": LINES}, data)))


def draw_print(data: bytes, page: int, boxes: tuple[Box, ...], covers: tuple[Box, ...] = ()) -> bytes:
    """Return a page as WebP with some places outlined and others covered; raise ``UnreadablePrintError``."""
    return ask({"ask": PICTURE, "page": page, "boxes": boxes, "covers": covers}, data)


def ask(question: dict[str, object], data: bytes) -> bytes:
    """Put one question to a fresh process."""
    command = [sys.executable, "-I", "-B", "-m", "files.print_process", json.dumps(question)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=DEFAULT.wall_s, check=False)
    except subprocess.TimeoutExpired as fault:
        raise UnreadablePrintError(f"takes more than {DEFAULT.wall_s} s to open") from fault
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadablePrintError(said[-1][:200] if said else f"the program that opens it ends with {done.returncode}")
    return done.stdout
