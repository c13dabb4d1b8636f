"""Reads out of a scrubbed trace what is asked for separately: the HTTP archive and what pages told their console.

Playwright's trace recorder keeps both anyway, so that neither costs the journey anything and nothing has to be scrubbed
twice. Bodies stay in the trace: an entry's ``content._file`` names the resource in it.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

Entry = dict[str, Any]
PAGE_ERROR = "pageError"


@dataclass(frozen=True, kw_only=True)
class WireRecord:
    """What one visit sent and received, and what its pages said; ``browser`` is name and version."""

    entries: tuple[Entry, ...]
    console: tuple[Entry, ...]

    def har(self, browser: str) -> bytes:
        """Write an HTTP archive, HAR 1.2."""
        name, _, number = browser.rpartition(" ")
        log = {
            "version": "1.2",
            "creator": {"name": "yuece", "version": version("yuece")},
            "browser": {"name": name or browser, "version": number},
            "pages": [],
            "entries": self.entries,
        }
        return json.dumps({"log": log}, ensure_ascii=False, indent=1).encode()

    def console_lines(self) -> bytes:
        """Write the console, one JSON object a line, oldest first."""
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.console).encode()


def read_wire(trace: bytes) -> WireRecord:
    """Read a trace zip; raise ``zipfile.BadZipFile`` when it is not whole."""
    with zipfile.ZipFile(io.BytesIO(trace)) as archive:
        names = archive.namelist()
        network = [archive.read(name) for name in names if name.endswith(".network")]
        events = [archive.read(name) for name in names if name.endswith(".trace")]
    return WireRecord(entries=tuple(_entries(network)), console=tuple(_console(events)))


def _lines(members: Iterable[bytes]) -> Iterator[Entry]:
    for member in members:
        for line in member.decode("utf-8", "replace").split("\n"):
            if line:
                yield json.loads(line)


def _entries(members: Iterable[bytes]) -> Iterator[Entry]:
    for line in _lines(members):
        if line.get("type") == "resource-snapshot":
            yield plain_entry(line["snapshot"])


def plain_entry(snapshot: Entry) -> Entry:
    """Return an entry as the HAR format names it: without the recorder's own notes, with the body's place."""
    entry = {name: value for name, value in snapshot.items() if name in KEPT_NOTES or not name.startswith("_")}
    for part in (entry["response"].get("content"), entry["request"].get("postData")):
        place = part.pop("_sha1", None) or part.pop("_file", None) if part else None
        if part and place:
            part["_file"] = str(place).removeprefix("resources/")
    return entry | {"cache": entry.get("cache", {})}


KEPT_NOTES = frozenset({"_securityDetails", "_serverPort", "_resourceType", "_wasAborted"})
"""Additions of the recorder that a reader of an archive can use; the format allows names that begin with ``_``."""


def _console(members: Iterable[bytes]) -> Iterator[Entry]:
    for line in _lines(members):
        if line.get("type") == "console":
            where = line.get("location", {})
            yield {
                "level": line.get("messageType", ""),
                "text": line.get("text", ""),
                "url": where.get("url", ""),
                "line": where.get("lineNumber"),
                "at_ms": line.get("time"),
            }
        elif line.get("type") == "event" and line.get("method") == PAGE_ERROR:
            told = line.get("params", {})
            where = told.get("location", {})
            error = told.get("error", {}).get("error", {})
            yield {
                "level": "uncaught",
                "text": f"{error.get('name', '')}: {error.get('message', '')}",
                "url": where.get("url", ""),
                "line": where.get("line"),
                "at_ms": line.get("time"),
            }
