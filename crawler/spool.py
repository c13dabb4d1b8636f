"""The crawl process's diary: one JSON line per event, so that a kill loses at most the line being written."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from domain.address_visit import AddressVisit
from domain.crawl import GuideVisit, ListedGuide, Listing
from domain.errors import MachineError
from domain.evidence import Evidence
from domain.frozen import Frozen
from storage.packed_guide import PackedGuide


class ListingEvent(Frozen):
    """A body's listing was closed."""

    type: Literal["listing"] = "listing"
    value: Listing


class ListedEvent(Frozen):
    """A guide was met in a listing."""

    type: Literal["listed"] = "listed"
    value: ListedGuide


class VisitEvent(Frozen):
    """The visit to a guide ended."""

    type: Literal["visit"] = "visit"
    value: GuideVisit


class EvidenceEvent(Frozen):
    """Bytes were kept."""

    type: Literal["evidence"] = "evidence"
    value: Evidence


class GuideEvent(Frozen):
    """A measured document was read."""

    type: Literal["guide"] = "guide"
    value: PackedGuide


class AddressEvent(Frozen):
    """The look at a published address ended."""

    type: Literal["address"] = "address"
    value: AddressVisit


Event = ListingEvent | ListedEvent | VisitEvent | EvidenceEvent | GuideEvent | AddressEvent
EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])
BULKY = (b'{"type":"evidence"', b'{"type":"guide"')


@dataclass(frozen=True, kw_only=True)
class SpoolEvents:
    """Everything that a spool holds, in order of writing; later values of one key replace earlier ones in the store."""

    listings: list[Listing] = field(default_factory=list)
    listed: list[ListedGuide] = field(default_factory=list)
    visits: list[GuideVisit] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    guides: list[PackedGuide] = field(default_factory=list)
    addresses: list[AddressVisit] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Put an event beside those of its kind."""
        match event:
            case ListingEvent():
                self.listings.append(event.value)
            case ListedEvent():
                self.listed.append(event.value)
            case VisitEvent():
                self.visits.append(event.value)
            case EvidenceEvent():
                self.evidence.append(event.value)
            case GuideEvent():
                self.guides.append(event.value)
            case AddressEvent():
                self.addresses.append(event.value)


class SpoolWriter:
    """Appends events, each handed to the operating system before the next, so that they outlive this process."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")
        self._file.truncate(whole_bytes(path))

    def write(self, event: Event) -> None:
        """Append one event."""
        self._file.write(event.model_dump_json().encode() + b"\n")
        self._file.flush()

    def __enter__(self) -> "SpoolWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


def whole_bytes(path: Path) -> int:
    """Return the length of the part that ends with a line break: what comes after was torn by a kill."""
    return path.read_bytes().rfind(b"\n") + 1


def read_line(line: bytes, place: str) -> Event:
    """Read one whole line; raise ``MachineError`` naming its place when it is no event."""
    try:
        return EVENTS.validate_json(line)
    except ValidationError as error:
        raise MachineError(f"{place} is no crawl event") from error


def iterate_spool(path: Path, *, skipped: tuple[bytes, ...] = ()) -> Iterator[Event]:
    """Yield the events of complete lines; a missing file has none. A whole line that cannot be read raises.

    Lines that begin with one of ``skipped`` are left unread.
    """
    if not path.exists():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith(b"\n"):
                return
            if not line.startswith(skipped):
                yield read_line(line, f"line {number} of spool {path.name}")


def read_spool(path: Path, *, outline: bool = False) -> SpoolEvents:
    """Read a whole spool, sorted by kind of event.

    An ``outline`` leaves out evidence and guides, the bulk of a spool, which say nothing about completeness.
    """
    events = SpoolEvents()
    for event in iterate_spool(path, skipped=BULKY if outline else ()):
        events.add(event)
    return events
