"""Which addresses guides publish, and what for: each one once, however many guides name it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import urldefrag, urlsplit

from crawler.rules.flag import flag_of
from domain.address_visit import AddressUse
from domain.guide import AttachmentLink, Guide
from domain.guide_fields import FieldName

Published = tuple[str, AddressUse]
ENTRANCES: dict[AddressUse, tuple[FieldName, FieldName]] = {
    AddressUse.ONLINE: (FieldName.ONLINE, FieldName.ONLINE_URL),
    AddressUse.BOOKING: (FieldName.BOOKABLE, FieldName.BOOKING_URL),
}
"""Use → (flag that declares the service, field that says where it is)."""


@lru_cache(maxsize=65_536)
def read_address(text: str) -> str | None:
    """Return the address that a field or a link holds, without its fragment; ``None`` for words, or half an address."""
    stripped = text.strip()
    try:
        parts = urlsplit(stripped)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return urldefrag(stripped).url if whole and len(stripped.split()) == 1 else None


def entrance_of(guide: Guide, use: AddressUse) -> str | None:
    """Return where a guide sends citizens for online handling or booking; ``None`` where it denies the service."""
    flag, field = ENTRANCES[use]
    return None if flag_of(guide, flag) is False else read_address(guide.text(field))


def files_of(guide: Guide) -> Iterator[tuple[AttachmentLink, AddressUse]]:
    """Yield every file that a guide offers."""
    for material in guide.materials or ():
        yield from ((link, AddressUse.FORM) for link in material.forms or ())
        yield from ((link, AddressUse.SAMPLE) for link in material.samples or ())
    for result in guide.results or ():
        yield from ((link, AddressUse.RESULT_SAMPLE) for link in result.samples or ())


def addresses_of(guide: Guide) -> Iterator[Published]:
    """Yield a guide's addresses with their uses; one that is offered twice comes twice."""
    for link, use in files_of(guide):
        if (url := read_address(link.url)) is not None:
            yield url, use
    for use in ENTRANCES:
        if (url := entrance_of(guide, use)) is not None:
            yield url, use


def collect_addresses(guides: Iterable[Guide]) -> dict[str, tuple[AddressUse, ...]]:
    """Gather the addresses of many guides; 1,000,000 of them take about 250 MB, since equal tuples are shared."""
    found: dict[str, tuple[AddressUse, ...]] = {}
    for guide in guides:
        for url, use in addresses_of(guide):
            known = found.get(url, ())
            if use not in known:
                found[url] = shared((*known, use))
    return found


@lru_cache
def shared(uses: tuple[AddressUse, ...]) -> tuple[AddressUse, ...]:
    """Return the one tuple of these uses."""
    return uses


def by_host(urls: Iterable[str]) -> dict[str, list[str]]:
    """Group addresses by the machine that serves them, whatever the port."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).hostname or "", []).append(url)
    return hosts


def share_out(hosts: Mapping[str, list[str]], shares: int) -> list[list[str]]:
    """Deal whole hosts out into a few lists of like length, each in turns of hosts, so that no host is asked twice in
    a row while others wait, and none by two visitors."""
    piles: list[list[list[str]]] = [[] for _ in range(shares)]
    for _, urls in sorted(hosts.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        min(piles, key=lambda pile: sum(map(len, pile))).append(urls)
    return [in_turns(pile) for pile in piles if pile]


def in_turns(lists: Iterable[list[str]]) -> list[str]:
    """Take the first of every list, then the second of every list, and so on."""
    return [url for turn in zip_longest(*lists) for url in turn if url is not None]
