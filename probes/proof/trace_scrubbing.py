"""Rewrites a Playwright trace without what a citizen typed in confidence, since Playwright keeps all of it in clear.

What goes: typed secrets and the account, cookies and authorisation headers, one-time codes and tokens in addresses,
identity numbers and mobile numbers. What stays opens in the unchanged trace viewer. (Playwright declined to do this
itself: microsoft/playwright#19992, #28934.)
"""

import hashlib
import html
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import quote, quote_plus

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | None"

SCRUBBED = "[scrubbed]"
SECRET_HEADERS = frozenset(
    {"cookie", "set-cookie", "authorization", "proxy-authorization", "x-csrf-token", "x-auth-token"}
)
COOKIE_LISTS = frozenset({"cookies"})
NAMES_OF_SECRETS = re.compile("|".join(map(re.escape, sorted(SECRET_HEADERS | COOKIE_LISTS))), re.IGNORECASE)
MEMBERS_AS_LINES = (".trace", ".network", ".stacks")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".woff", ".woff2", ".ttf", ".otf", ".pdf")

ITEM_CODE = r"[0-9A-Z]{18}\d[0-9A-Z]{12}(?:\d{2})?(?![0-9A-Za-z])"
TOKEN_IN_ADDRESS = re.compile(
    rf"(?i:([?&;\"']|%3F|%26|^)(code|token|access_token|refresh_token|id_token|ticket|session|sessionid|jsessionid|sid|auth)"
    rf"(=|%3D))(?!{ITEM_CODE})([^&#\s\"'<>;\\%]{{6,}})"
)
PERSONAL_NUMBER = re.compile(r"(?:(?<=%\d\d)|(?<!\d))(?:\d{17}[\dXx]|\d{11})(?![0-9A-Za-z-])")
IDENTITY_NUMBER = re.compile(r"\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
MOBILE_NUMBER = re.compile(r"1[3-9]\d{9}")
JOINED = re.compile(r"[0-9A-Za-z.-]$")
ENCODED_MARK = re.compile(r"%[0-9A-Fa-f]{2}$")


class Scrubber:
    """Takes secrets out of texts; one is made per probe, because what is secret is known only afterwards."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets if is_long_enough(secret) for form in written_forms(secret)}
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self.removed: Counter[str] = Counter()  # what was taken out so far, by kind, for the manifest

    def text(self, text: str) -> str:
        """Return a text without secrets; harmless texts come back unchanged."""
        if self._known is not None:
            text, known = self._known.subn(SCRUBBED, text)
            self._count("typed or session secret", known)
        text, tokens = TOKEN_IN_ADDRESS.subn(rf"\1\2\3{SCRUBBED}", text)
        self._count("token in an address", tokens)
        return PERSONAL_NUMBER.sub(self._cover, text)

    def value(self, value: Json) -> Json:
        """Return a JSON value without secrets, cookies and secret headers."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(entry) for entry in value]
        if not isinstance(value, dict):
            return value
        if str(value.get("name", "")).lower() in SECRET_HEADERS and "value" in value:
            self._count("header", 1)
            return value | {"value": SCRUBBED}
        self._count(
            "cookie", sum(len(entry) for key, entry in value.items() if key in COOKIE_LISTS and isinstance(entry, list))
        )
        return {self.text(key): [] if key in COOKIE_LISTS else self._entry(key, entry) for key, entry in value.items()}

    def line(self, line: str) -> str:
        """Return one JSON line without secrets; a line that is no JSON is treated as text."""
        if self._is_harmless(line):
            return line
        try:
            value = json.loads(line)
        except ValueError:
            return self.text(line)
        return json.dumps(self.value(value), ensure_ascii=False, separators=(",", ":"))

    def member(self, name: str, data: bytes) -> bytes:
        """Return one member of a trace without secrets."""
        if name.endswith(PICTURES):
            return data
        if name.endswith(MEMBERS_AS_LINES):
            lines = data.decode("utf-8").split("\n")
            return "\n".join(self.line(line) if line else line for line in lines).encode()
        # Latin-1 keeps every byte of a page in whatever encoding; secrets beyond ASCII are looked for as UTF-8 bytes.
        return self.text(data.decode("latin-1")).encode("latin-1")

    def _is_harmless(self, line: str) -> bool:
        """Say whether a JSON line surely holds nothing to take out, as it stands; most lines of a trace do not.

        What is sought in the values is sought in the whole line, where it can only be found more often: escapes before
        a number are the exception, and a line with those is read.
        """
        known = self._known is not None and self._known.search(line) is not None
        return not (
            known
            or "\\u" in line
            or NAMES_OF_SECRETS.search(line)
            or PERSONAL_NUMBER.search(line)
            or TOKEN_IN_ADDRESS.search(line)
        )

    def _entry(self, key: str, entry: Json) -> Json:
        if key.lower() in SECRET_HEADERS and isinstance(entry, str):
            self._count("header", 1)
            return SCRUBBED
        return self.value(entry)

    def _cover(self, match: re.Match[str]) -> str:
        covered = cover_number(match)
        self._count("identity or mobile number", int(covered is SCRUBBED))
        return covered

    def _count(self, kind: str, times: int) -> None:
        if times:
            self.removed[kind] += times


def cover_number(match: re.Match[str]) -> str:
    """Cover an identity or mobile number that stands alone, also behind an encoded character of an address."""
    before = match.string[max(0, match.start() - 3) : match.start()]
    # ASCII only: Chinese characters are letters too, and 身份证号 stands right before the number.
    stands_alone = not JOINED.search(before) or ENCODED_MARK.search(before)
    personal = (IDENTITY_NUMBER if len(match[0]) == 18 else MOBILE_NUMBER).fullmatch(match[0])
    return SCRUBBED if stands_alone and personal else match[0]


def is_long_enough(secret: str) -> bool:
    """Say whether a secret can be replaced without tearing ordinary words apart; a Chinese name has two characters."""
    return len(secret) >= (3 if secret.isascii() else 2)


def written_forms(secret: str) -> set[str]:
    """Return how a secret may be written in a trace: plain, in JSON, in HTML, in addresses and as raw bytes."""
    plain = {secret, html.escape(secret), json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    encoded = {quote(secret, safe=""), quote_plus(secret), quote(secret), quote(secret, safe="").lower()}
    raw = {secret.encode().decode("latin-1")}
    twice = {json.dumps(form)[1:-1] for form in plain}
    return plain | encoded | raw | twice


def scrub_trace(trace: bytes, scrubber: Scrubber) -> bytes:
    """Rewrite a trace zip; resources whose bytes change are renamed after their new SHA-1, as the viewer expects.

    Raises ``zipfile.BadZipFile`` when the trace is not whole.
    """
    with zipfile.ZipFile(io.BytesIO(trace)) as archive:
        members = {name: scrubber.member(name, archive.read(name)) for name in archive.namelist()}
        renamed = {old: new for old, data in members.items() if (new := new_name(old, data, archive.read(old))) != old}
    stems = {old.rpartition("/")[2]: new.rpartition("/")[2] for old, new in renamed.items()}
    return pack({renamed.get(name, name): _rename_inside(name, data, stems) for name, data in members.items()})


def new_name(name: str, data: bytes, before: bytes) -> str:
    """Return a resource's name after scrubbing: a hash of a body with a password in it would give the password away."""
    folder, slash, file = name.rpartition("/")
    if folder != "resources" or data == before:
        return name
    _stem, dot, suffix = file.partition(".")
    return f"{folder}{slash}{hashlib.sha1(data, usedforsecurity=False).hexdigest()}{dot}{suffix}"


def pack(members: dict[str, bytes]) -> bytes:
    """Zip members in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _rename_inside(name: str, data: bytes, stems: dict[str, str]) -> bytes:
    if not stems or not name.endswith(MEMBERS_AS_LINES):
        return data
    names = re.compile("|".join(map(re.escape, sorted(stems, key=len, reverse=True))))
    return names.sub(lambda match: stems[match[0]], data.decode("utf-8")).encode()
