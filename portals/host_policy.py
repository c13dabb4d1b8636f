"""The one answer to "may this request leave?", shared by crawler and probes: neither can reach a stranger's host."""

import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, urlsplit

from portals.adapter import ReadOnlyRequest
from portals.site import Site

USER_AGENT = "YueceBot/0.1 (+{contact})"
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


class HostPolicy:
    """Host allow-list, schemes, methods and addresses for one or several sites.

    ``extra_hosts`` are origins or host names beside the sites' own. With ``read_only`` a method other than GET and HEAD
    is let out only to those addresses; without it methods are not judged here (a browser has its own gate for them).
    The address of a name is looked up anew every minute and refused when it is not public, unless the site is the
    sandbox: a name cannot be turned against this machine's own network between two pages.
    """

    def __init__(
        self, *sites: Site, extra_hosts: Iterable[str] = (), read_only: Iterable[ReadOnlyRequest] | None = None
    ) -> None:
        origins = [origin for site in sites for origin in site.hosts.values() if origin]
        self._allowed = frozenset(filter(None, map(read_host, [*origins, *extra_hosts])))
        self._sandbox = bool(sites) and all(site.sandbox for site in sites)
        self._writing = None if read_only is None else frozenset(writing_doors(sites, read_only))
        self._resolved: dict[str, tuple[float, tuple[Address, ...]]] = {}

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

    def _public(self, host: str) -> bool:
        return all(address.is_global and not address.is_multicast for address in self._resolve(host))

    def _resolve(self, host: str) -> tuple[Address, ...]:
        """Return the host's addresses; none when it cannot be resolved, which the request itself will report."""
        now = time.monotonic()
        known = self._resolved.get(host)
        if known is None or known[0] < now:
            known = (now + RESOLVED_FOR_S, tuple(look_up(host)))
            self._resolved[host] = known
        return known[1]


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
