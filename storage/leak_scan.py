"""Reads every byte that we keep as a stranger would who looks for secrets: the gate before anything is handed on.

It shares nothing with what scrubs (``probes/proof/trace_scrubbing.py``), so that a mistake there is found here.
What is a leak and what is not is decided in docs/decisions/0012-leaks-and-published-numbers.md.
"""

import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

from domain.errors import YueceError
from domain.evidence import Evidence, EvidenceKind
from domain.leak import Leak, LeakKind, LeakReport
from storage.secret_forms import all_forms
from storage.store import Store

PUBLISHED = frozenset({EvidenceKind.DOCUMENT, EvidenceKind.LISTING, EvidenceKind.ATTACHMENT, EvidenceKind.PRINT})
"""What the portal shows to everybody, kept as it was; a number in it is the guide's own and evidence of a finding."""

EVERY_KIND = frozenset(LeakKind)
IN_PUBLISHED = frozenset({LeakKind.CREDENTIAL})
IN_EXPORTS = EVERY_KIND - {LeakKind.MOBILE_NUMBER}  # 咨询电话 is often a mobile number, and an export is about it
IN_HANDED_IN = IN_EXPORTS
"""A table of the client's own may name people and whom to call; of what is worse, an import takes none."""
DEPTH_MAX = 3
MEMBER_BYTES_MAX = 64 * 1024 * 1024
SHOWN = 3

ITEM_CODE = rb"[0-9A-Z]{2}[1-8]\d{5}[0-9A-Z]*(?![0-9A-Za-z])"  # also one that a finding cuts short or quotes as damaged
NUMBER = re.compile(rb"(?<![0-9A-Za-z._-])(?:\d{17}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z-])")
BIRTH = re.compile(rb"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
TOKENS = re.compile(
    rb"eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"
    rb"|(?i:\bbearer[ +][\w.~+/-]{16,})"
    rb"|(?i:[?&;\"'](?:access_token|refresh_token|id_token|token|ticket|jsessionid|sessionid|code)=)"
    rb"(?!" + ITEM_CODE + rb")[\w.~+/-]{8,}"
)
COOKIES = re.compile(
    rb"(?i:\"name\": ?\"(?:set-)?cookie\", ?\"value\": ?\")(?!\[scrubbed\])[^\"]+"
    rb"|(?i:\"(?:set-)?cookie\": ?\")(?!\[scrubbed\])[^\"]+"
    rb"|(?im:^(?:set-)?cookie: )(?!\[scrubbed\])[^\r\n]+"
)
TOKEN_WORDS = (b"eyj", b"bearer", b"token=", b"ticket=", b"sessionid=", b"code=")
COOKIE_WORD = b"cookie"
"""Whatever the two patterns find holds one of these; looking for a word takes a tenth of the time of a pattern."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"wOF2", b"wOFF", b"%PDF")


class LeakScan:
    """One scan with the secrets that are known; the same bytes are read once, however often they were kept."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = all_forms(secrets)
        self._known = re.compile(b"|".join(map(re.escape, forms))) if forms else None
        self._seen: set[tuple[int, int, frozenset[LeakKind]]] = set()
        self._leaks: list[Leak] = []
        self._scanned = self._opaque = self._bytes = 0

    def read(self, data: bytes, place: str, *, kinds: frozenset[LeakKind] = EVERY_KIND, depth: int = 0) -> None:
        """Look through one artefact, and through the members of an archive."""
        mark = (zlib.crc32(data), len(data), kinds)
        if mark in self._seen:
            return
        self._seen.add(mark)
        if depth < DEPTH_MAX and data.startswith(b"PK\x03\x04"):
            self._read_zip(data, place, kinds, depth)
        elif depth < DEPTH_MAX and data.startswith(b"\x1f\x8b"):
            self._read_gzip(data, place, kinds, depth)
        elif data.startswith(PICTURES):
            self._opaque += 1
        else:
            self._scanned += 1
            self._bytes += len(data)
            self._leaks += (Leak(kind=kind, place=place, masked=masked) for kind, masked in self._find(data, kinds))

    def report(self) -> LeakReport:
        """Return what was found so far, each leak once."""
        leaks = tuple(dict.fromkeys(self._leaks))
        return LeakReport(scanned=self._scanned, opaque=self._opaque, bytes_read=self._bytes, leaks=leaks)

    def _read_zip(self, data: bytes, place: str, kinds: frozenset[LeakKind], depth: int) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.infolist():
                    if member.file_size <= MEMBER_BYTES_MAX:
                        self.read(archive.read(member), f"{place}!{member.filename}", kinds=kinds, depth=depth + 1)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
            self._opaque += 1

    def _read_gzip(self, data: bytes, place: str, kinds: frozenset[LeakKind], depth: int) -> None:
        try:
            plain = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MEMBER_BYTES_MAX)
        except (OSError, EOFError, zlib.error):
            self._opaque += 1
            return
        self.read(plain, place, kinds=kinds, depth=depth + 1)

    def _find(self, data: bytes, kinds: frozenset[LeakKind]) -> Iterator[tuple[LeakKind, str]]:
        if self._known is not None and LeakKind.CREDENTIAL in kinds:
            yield from ((LeakKind.CREDENTIAL, "***") for _ in self._known.finditer(data))
        if kinds <= IN_PUBLISHED:
            return
        for view in views_of(data):
            for kind, found in find_patterns(view):
                if kind in kinds:
                    yield kind, mask(found)


def views_of(data: bytes) -> Iterator[bytes]:
    """Yield the bytes as they are, and as an address or a page would be read."""
    yield data
    if b"%" in data:
        yield unquote_to_bytes(data)
    if b"&#" in data:
        yield html.unescape(data.decode("utf-8", "replace")).encode()


def find_patterns(data: bytes) -> Iterator[tuple[LeakKind, bytes]]:
    """Yield what looks like a person's number, a token or a cookie."""
    for match in NUMBER.finditer(data):
        if len(match[0]) == 11:
            yield LeakKind.MOBILE_NUMBER, match[0]
        elif is_identity_number(match[0]):
            yield LeakKind.IDENTITY_NUMBER, match[0]
    lowered = data.lower()
    if any(word in lowered for word in TOKEN_WORDS):
        yield from ((LeakKind.TOKEN, match[0]) for match in TOKENS.finditer(data))
    if COOKIE_WORD in lowered:
        yield from ((LeakKind.COOKIE, match[0]) for match in COOKIES.finditer(data))


def is_identity_number(number: bytes) -> bool:
    """Say whether 18 characters hold a region, a day of birth and the right check character (GB 11643-1999 §4)."""
    if BIRTH.fullmatch(number) is None:
        return False
    total = sum((digit - 48) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return b"10X98765432"[total % 11 : total % 11 + 1] == number[17:].upper()


def mask(found: bytes) -> str:
    """Show the beginning only."""
    return found[:SHOWN].decode("latin-1") + "*" * min(len(found) - SHOWN, 12)


def scan_evidence(store: Store, run: str | None = None, *, secrets: Iterable[str] = ()) -> LeakReport:
    """Scan the evidence of one run, or of all; what is missing or damaged is ``verify``'s matter.

    Raises ``UsageError`` for an unknown run.
    """
    if run is not None:
        store.runs.get(run)
    scan = LeakScan(secrets)
    for record in store.artefacts.of_run(run):
        if store.evidence.path(record.sha256) is not None:
            scan_artefact(scan, store, record)
    return scan.report()


def scan_artefact(scan: LeakScan, store: Store, record: Evidence) -> None:
    """Scan one artefact by what it is; one whose bytes cannot be read counts as nothing."""
    kinds = EVERY_KIND
    if record.kind in PUBLISHED:
        kinds = IN_PUBLISHED
    elif record.kind is EvidenceKind.HANDED_IN:
        kinds = IN_HANDED_IN
    try:
        data = store.evidence.get(record.sha256)
    except (OSError, YueceError):
        return
    scan.read(data, f"{record.kind.value} {record.sha256}", kinds=kinds)
