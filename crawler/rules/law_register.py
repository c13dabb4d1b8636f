"""The register of laws that are no longer in force, which the owner can extend without touching the program."""

import csv
import hashlib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from domain.errors import UsageError
from domain.frozen import Frozen

VARIABLE = "YUECE_LAW_REGISTER"
OWN_FILE = Path(__file__).with_name("law_register.toml")
STATE = "中华人民共和国"
EDITION = re.compile(r"[（(【\[〔][^）)】\]〕]*(?:修|改|版|年|号|施行|公布|令)[^）)】\]〕]*[）)】\]〕]$")
QUOTES = "《》〈〉<>“”\"' 　\t\n"


class SupersededLaw(Frozen):
    """A law that was repealed on a day; ``replaced_by`` is ``""`` where nothing took its place."""

    name: str = Field(min_length=2)
    number: str = ""
    repealed: date
    replaced_by: str = ""
    source: str = Field(min_length=1)


@lru_cache(maxsize=65_536)
def law_key(name: str) -> str:
    """Bring a name to the form that is compared: no book marks, no edition behind it, no 中华人民共和国."""
    plain = name.translate(dict.fromkeys(map(ord, QUOTES)))
    return EDITION.sub("", plain).removeprefix(STATE)


def superseded_by_day(name: str, day: date) -> SupersededLaw | None:
    """Return the entry of a law that had been repealed by a day; ``None`` for any other name."""
    entry = register().get(law_key(name))
    return entry if entry is not None and entry.repealed <= day else None


def choose_register(path: Path) -> None:
    """Let the owner's list count in this process and in all that it starts; raise ``UsageError`` for a bad one."""
    read_register(path)
    os.environ[VARIABLE] = str(path.resolve())
    register.cache_clear()
    fingerprint.cache_clear()


@cache
def register() -> Mapping[str, SupersededLaw]:
    """Return every entry by its key: our own, then the owner's, which win.

    Raises ``UsageError`` with one sentence when the owner's file cannot be read or an entry in it is wrong.
    """
    extra = os.environ.get(VARIABLE, "")
    files = (OWN_FILE, Path(extra)) if extra else (OWN_FILE,)
    return {law_key(entry.name): entry for file in files for entry in read_register(file)}


@cache
def fingerprint() -> str:
    """Return a short hash of the register's content, since judgements rest on it."""
    text = "\n".join(entry.model_dump_json() for _, entry in sorted(register().items()))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_register(path: Path) -> tuple[SupersededLaw, ...]:
    """Read a TOML file of ``[[law]]`` tables or a CSV file whose header names the same columns."""
    try:
        rows = tuple(read_rows(path))
    except OSError as error:
        raise UsageError(f"law register {path} cannot be read: {error.strerror or error}") from error
    except (ValueError, csv.Error) as error:
        raise UsageError(f"law register {path.name} is neither TOML nor CSV as expected: {error}") from error
    return tuple(read_entry(path, number, row) for number, row in enumerate(rows, 1))


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries as tables."""
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
        return
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("law", [])
    if not isinstance(rows, list):
        raise ValueError("it needs [[law]] tables")
    yield from rows


def read_entry(path: Path, number: int, row: dict[str, Any]) -> SupersededLaw:
    """Check one entry."""
    try:
        return SupersededLaw.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the entry"
        columns = ", ".join(SupersededLaw.model_fields)
        raise UsageError(
            f"law register {path.name}, entry {number}, {place}: {first['msg']}; allowed: {columns}"
        ) from error
