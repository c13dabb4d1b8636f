"""What a leak is: a secret or a person's number in something that we keep or hand on."""

from enum import StrEnum

from domain.frozen import Frozen


class LeakKind(StrEnum):
    """What leaked."""

    CREDENTIAL = "credential"  # name or password of a test account, in whatever encoding
    TOKEN = "token"  # a session's or login's token
    COOKIE = "cookie"
    IDENTITY_NUMBER = "identity_number"  # 18 characters that pass their check digit (GB 11643)
    MOBILE_NUMBER = "mobile_number"


class Leak(Frozen):
    """One secret found; ``masked`` never holds enough of it to use it."""

    kind: LeakKind
    place: str  # artefact, and the member of an archive in it
    masked: str


class LeakReport(Frozen):
    """What a scan found. ``opaque`` counts what holds no text that could be read: pictures and prints."""

    scanned: int
    opaque: int
    bytes_read: int
    leaks: tuple[Leak, ...]

    @property
    def clean(self) -> bool:
        return not self.leaks
