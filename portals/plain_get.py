"""One GET without a browser, over a connection to exactly the address that the host policy has looked at."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import SplitResult, urljoin, urlsplit

from domain.frozen import Frozen
from portals.host_policy import HostPolicy

REDIRECTS = frozenset({301, 302, 303, 307, 308})
HOPS_MAX = 5
TIMEOUT_S = 8.0
BYTES_MAX = 512 * 1024  # RFC 9309 §2.5 asks for at least 500 KiB of a robots.txt


class PlainAnswer(Frozen):
    """What a host answered in the end; ``body`` is cut at ``BYTES_MAX``."""

    url: str  # after redirects
    address: str
    status: int
    headers: Mapping[str, str]  # lower-case names
    body: bytes


class RefusedGetError(Exception):
    """Our own host policy kept the request back; the text is the rule's id."""


class PinnedConnection(http.client.HTTPConnection):
    """A connection to one address, under the name that the certificate and the server know."""

    def __init__(self, parts: SplitResult, address: str, timeout_s: float) -> None:
        secure = parts.scheme == "https"
        super().__init__(parts.hostname or "", parts.port or (443 if secure else 80), timeout=timeout_s)
        self._address = address
        self._secure = secure

    def connect(self) -> None:
        """Connect to the address that was chosen, not to the name."""
        door = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(door, server_hostname=self.host) if self._secure else door


def get_plainly(url: str, hosts: HostPolicy, *, agent: str, timeout_s: float = TIMEOUT_S) -> PlainAnswer:
    """Ask for one address and follow at most five redirects, each of them judged.

    Raises ``RefusedGetError`` for a hop that the policy refuses, ``OSError`` or ``http.client.HTTPException`` when the
    host cannot be reached or does not speak HTTP.
    """
    for _ in range(HOPS_MAX + 1):
        rule = hosts.check("GET", url)
        if rule is not None:
            raise RefusedGetError(rule)
        answer = _ask_once(url, hosts, agent, timeout_s)
        place = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not place:
            return answer
        url = urljoin(url, place)
    raise http.client.HTTPException(f"more than {HOPS_MAX} redirects")


def _ask_once(url: str, hosts: HostPolicy, agent: str, timeout_s: float) -> PlainAnswer:
    parts = urlsplit(url)
    address = hosts.address_of(parts.hostname or "")
    connection = PinnedConnection(parts, address, timeout_s)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": agent, "Accept-Encoding": "identity"})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = response.read(BYTES_MAX)
        return PlainAnswer(url=url, address=address, status=response.status, headers=headers, body=body)
    finally:
        connection.close()
