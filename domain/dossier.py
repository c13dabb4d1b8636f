"""One guide with everything else that is known about it: what the rules judge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from domain.address_visit import AddressOutcome, AddressVisit
from domain.file_report import FileReport
from domain.frozen import Frozen
from domain.guide import Guide
from domain.guide_face import FaceReading
from domain.peers import Peers

BASIS_LENGTH = 12


class AddressRecord(Frozen):
    """What is known about one published address: looks on different occasions, newest first, and the file behind it."""

    url: str
    visits: tuple[AddressVisit, ...]
    report: FileReport | None = None

    @property
    def latest(self) -> AddressVisit:
        """Return the newest look."""
        return self.visits[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dossier:
    """A guide and its surroundings; a part that nobody looked at is ``None``, one with nothing in it is empty."""

    guide: Guide
    addresses: Mapping[str, AddressRecord] | None = None  # by URL
    peers: Peers | None = None
    faces: tuple[FaceReading, ...] | None = None

    def basis(self, *more: str) -> str:
        """Return a short hash of what beside the document goes into a judgement; ``more`` adds a crawl's own facts."""
        parts = [*more]
        for url, record in sorted((self.addresses or {}).items()):
            seen = ",".join(_looks_that_count(record))
            file = f"{record.report.sha256}/{record.report.inspector}" if record.report else ""
            parts.append(f"{url}|{seen}|{record.latest.file_name}|{file}")
        parts += [part.model_dump_json() for part in (self.peers, *(self.faces or ())) if part is not None]
        looked = (self.addresses is not None, self.peers is not None, self.faces is not None)
        return sha256("\n".join([repr(looked), *parts]).encode("utf-8", "replace")).hexdigest()[:BASIS_LENGTH]


def _looks_that_count(record: AddressRecord) -> Iterator[str]:
    """Yield the newest looks up to the first that did not find the address dead: older ones tell a rule nothing."""
    for visit in record.visits:
        dead = visit.outcome is AddressOutcome.DEAD
        yield f"{visit.outcome.value}:{visit.failure}:{visit.status}" if dead else visit.outcome.value
        if not dead:
            return
