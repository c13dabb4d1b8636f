"""The one answer to "may this request leave?", shared by crawler and probes: neither can reach a stranger's host."""

import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

from portals.adapter import ReadOnlyRequest
from portals.site import Site

PRODUCT = "YueceBot"
"""The product token that a robots.txt may name (RFC 9309 §2.2.1)."""

USER_AGENT = PRODUCT + "/0.1 (+{contact})"
"""Honest: says what visits and whom to ask; never a browser's name. Fill in with ``user_agent``."""

LIVE_DELAY_S = 2.0
"""Seconds between two requests to one real host (portals.md §4: one in flight, 1–2 s apart)."""

SANDBOX_DELAY_S = 0.0
DEFAULT_PORTS = {"http": 80, "https": 443}
RESOLVED_FOR_S = 60.0
SILENT_RESOURCES = frozenset({"beacon", "ping", "websocket", "eventsource", "cspreport", "csp_report"})
"""Requests that a page sends without the citizen's doing; none is needed to read a page."""

READING = frozenset({"GET", "HEAD"})

Authority = tuple[str, int]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def user_agent(contact: str) -> str:
    """Return the User-Agent with a contact; raise ``ValueError`` without one: anonymous is not honest."""
    plain = contact.strip()
    if not plain or not plain.isascii() or not plain.isprintable():
        raise ValueError(f"the contact for the User-Agent must be a printable ASCII address, not {contact!r}")
    return USER_AGENT.format(contact=plain)


def authority_of(parts: SplitResult) -> Authority | None:
    """Return host and port; http and https of one host count as one door on their default ports."""
    try:
        port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".").lower()
    return (host, 443 if port == 80 else port) if host else None


def read_host(text: str) -> Authority | None:
    """Read an origin ("https://host:port") or a bare host name."""
    return authority_of(urlsplit(text if "://" in text else f"https://{text}"))


class AddressBook:
    """The addresses of names, looked up anew every minute and shared by all policies of a process."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, tuple[Address, ...]]] = {}

    def addresses(self, host: str) -> tuple[Address, ...]:
        """Return the host's addresses; none when it cannot be resolved, which the request itself will report."""
        now = time.monotonic()
        known = self._known.get(host)
        if known is None or known[0] < now:
            known = self._known[host] = (now + RESOLVED_FOR_S, tuple(self.ask(host)))
        return known[1]

    def ask(self, host: str) -> list[Address]:
        """Ask the machine's resolver."""
        return look_up(host)


BOOK = AddressBook()


class HostPolicy:
    """Host allow-list, schemes, methods and addresses for one or several sites.

    ``extra_hosts`` are origins or host names beside the sites' own. With ``read_only`` a method other than GET and HEAD
    is let out only to those addresses; without it methods are not judged here (a browser has its own gate for them).
    The address of a name is looked up anew every minute and refused when it is not public, unless the site is the
    sandbox: a name cannot be turned against this machine's own network between two pages.
    """

    def __init__(
        self,
        *sites: Site,
        extra_hosts: Iterable[str] = (),
        read_only: Iterable[ReadOnlyRequest] | None = None,
        book: AddressBook = BOOK,
    ) -> None:
        origins = [origin for site in sites for origin in site.hosts.values() if origin]
        self._allowed = frozenset(filter(None, map(read_host, [*origins, *extra_hosts])))
        self._sandbox = bool(sites) and all(site.sandbox for site in sites)
        self._writing = None if read_only is None else frozenset(writing_doors(sites, read_only))
        self._book = book

    def check(self, method: str, url: str, *, resource: str = "document") -> str | None:
        """Return the id of the rule that refuses the request, ``None`` when it may leave.

        Ids: ``scheme``, ``resource``, ``host``, ``method``, ``address``.
        """
        parts = urlsplit(url)
        authority = authority_of(parts)
        if parts.scheme not in DEFAULT_PORTS:
            return "scheme"
        if resource in SILENT_RESOURCES:
            return "resource"
        if authority is None or authority not in self._allowed or parts.username or parts.password:
            return "host"
        if self._writing is not None and method not in READING and (method, bare(parts)) not in self._writing:
            return "method"
        return None if self._sandbox or self._public(authority[0]) else "address"

    def pins(self) -> Mapping[str, tuple[str, ...]] | None:
        """Return the public addresses of every allowed host name, the only ones that may be connected to.

        ``None`` on the sandbox, whose hosts lie on this machine. A name that turns to another address between this
        answer and the connection (DNS rebinding) then leads nowhere.
        """
        if self._sandbox:
            return None
        names = sorted({host for host, _port in self._allowed})
        return {host: tuple(sorted(map(str, self._resolve(host)))) for host in names if self._public(host)}

    def address_of(self, host: str) -> str:
        """Return one checked address to connect to; raise ``OSError`` when there is none."""
        found = sorted(self._resolve(host), key=lambda address: (address.version, str(address)))
        fit = [address for address in found if self._sandbox or (address.is_global and not address.is_multicast)]
        if not fit:
            raise OSError(f"no address for {host!r}")
        return str(fit[0])

    def _public(self, host: str) -> bool:
        return all(address.is_global and not address.is_multicast for address in self._resolve(host))

    def _resolve(self, host: str) -> tuple[Address, ...]:
        return self._book.addresses(host)


def writing_doors(sites: Iterable[Site], read_only: Iterable[ReadOnlyRequest]) -> Iterator[tuple[str, str]]:
    """Yield method and address of every listed request on every site that has its host."""
    entries = tuple(read_only)
    for site in sites:
        yield from (
            (entry.method, site.hosts[entry.role] + entry.path) for entry in entries if entry.role in site.hosts
        )


def bare(parts: SplitResult) -> str:
    """Return an address without query and fragment."""
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def look_up(host: str) -> list[Address]:
    """Resolve a name, or read a literal address; IPv4 inside IPv6 is unwrapped."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    addresses = {ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found}
    return [getattr(address, "ipv4_mapped", None) or address for address in addresses]
