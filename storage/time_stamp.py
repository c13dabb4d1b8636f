"""Checks a time stamp (RFC 3161): that an authority saw exactly these bytes, and whether its signature stands."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

from domain.errors import UsageError
from domain.frozen import Frozen


class TimeStamp(Frozen):
    """What a time stamp says; ``problem`` is a sentence, "" when nothing is wrong with it.

    ``trusted`` is ``None`` where no root certificate is configured: then only the bytes were compared.
    """

    at: datetime | None
    trusted: bool | None
    problem: str = ""


def load_roots(path: Path | None) -> tuple[Certificate, ...]:
    """Read the root certificates (PEM) of the authority; raise ``UsageError`` for a file that holds none."""
    if path is None:
        return ()
    try:
        return tuple(load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise UsageError(f"time_stamp_roots {str(path)!r} cannot be read as PEM certificates: {error}") from error


def check_time_stamp(answer: bytes, stamped: bytes, roots: Sequence[Certificate]) -> TimeStamp:
    """Hold an authority's answer against the stamped bytes; never raises for a damaged answer."""
    try:
        response = decode_timestamp_response(answer)
        at = response.tst_info.gen_time.astimezone(UTC)
    except Exception as error:  # the parser raises whatever its Rust side met
        return TimeStamp(at=None, trusted=None, problem=f"the time stamp cannot be read: {error}")
    if not roots:
        return TimeStamp(at=at, trusted=None, problem=compare_imprint(response, stamped))
    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(response, stamped)
    except VerificationError as error:
        return TimeStamp(at=at, trusted=False, problem=f"the time stamp does not verify: {error}")
    return TimeStamp(at=at, trusted=True)


def compare_imprint(response: TimeStampResponse, stamped: bytes) -> str:
    """Return what is wrong with the stamped hash, "" when it is that of the bytes; only SHA-256 is asked for."""
    same = response.tst_info.message_imprint.message == sha256(stamped).digest()
    return "" if same else "the time stamp is about other bytes"
