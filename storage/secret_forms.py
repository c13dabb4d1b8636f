"""Every way in which a known secret may have been written down, so that a scan does not miss it for its spelling."""

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

LENGTH_MIN = 4  # characters; a shorter secret would be found in every word


def forms_of(secret: str) -> frozenset[bytes]:
    """Return a secret in plain, in JSON, HTML, addresses, Base64, hexadecimal, UTF-16 and GB 18030, and its hashes."""
    return frozenset(
        form for form in (*_spelled(secret), *_encoded(secret), *_hashed(secret)) if len(form) >= LENGTH_MIN
    )


def all_forms(secrets: Iterable[str]) -> tuple[bytes, ...]:
    """Return the forms of several secrets, in a fixed order; those that are too short to tell are left out."""
    return tuple(sorted({form for secret in secrets if len(secret) >= LENGTH_MIN for form in forms_of(secret)}))


def _spelled(secret: str) -> Iterator[bytes]:
    percent = "".join(f"%{byte:02X}" for byte in secret.encode())
    texts = {
        *(secret, html.escape(secret), html.escape(secret, quote=False)),
        *(json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], json.dumps(json.dumps(secret))[3:-3]),
        *(quote(secret, safe=""), quote_plus(secret), quote(secret), quote(quote(secret, safe=""), safe="")),
        *(percent, percent.lower(), quote(secret, safe="").lower()),
        *("".join(f"&#{ord(one)};" for one in secret), "".join(f"&#x{ord(one):x};" for one in secret)),
        "".join(f"\\u{ord(one):04x}" for one in secret),
    }
    yield from (text.encode() for text in texts)
    yield from (secret.encode("utf-16-le"), secret.encode("utf-16-be"), secret.encode("gb18030"))


def _encoded(secret: str) -> Iterator[bytes]:
    plain = secret.encode()
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for before in range(3):
        yield from _base64_core(plain, before)


def _base64_core(plain: bytes, before: int) -> Iterator[bytes]:
    """Yield the part of Base64 that is the same whatever ``before`` bytes stand before the secret."""
    first = (8 * before + 5) // 6
    last = 8 * (before + len(plain)) // 6
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(b"\0" * before + plain)[first:last]


def _hashed(secret: str) -> Iterator[bytes]:
    """A bare hash of a password can be tried against every guess."""
    for name in ("md5", "sha1", "sha256"):
        yield hashlib.new(name, secret.encode(), usedforsecurity=False).hexdigest().encode()
