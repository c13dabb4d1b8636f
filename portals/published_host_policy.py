"""Which of the addresses that guides publish may be visited: any public host, and never a machine inside a network."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from portals.host_policy import DEFAULT_PORTS, READING, Authority, HostPolicy, authority_of, read_host
from portals.site import Site

RESERVED_SUFFIXES = (".invalid", ".test", ".example")
"""Names that belong to nobody (RFC 2606, RFC 6761): asking for them reaches no one."""


class PublishedHostPolicy(HostPolicy):
    """The site's own hosts and, with ``outside``, every host with a public address.

    On the sandbox only its own ``origins`` and names that belong to nobody are let out: a corpus of captured records
    names real hosts, and a rehearsal must not visit them.
    """

    def __init__(self, site: Site, *, origins: Iterable[str] = (), outside: bool = True) -> None:
        super().__init__(site)
        self._site = site
        self._outside = outside
        self._origins = frozenset(filter(None, map(read_host, origins)))

    def check(self, method: str, url: str, *, resource: str = "document") -> str | None:
        """Return the id of the rule that refuses the request, ``None`` when it may leave.

        Ids: ``scheme``, ``host``, ``method``, ``sandbox``, ``outside``, ``address``. May wait for a name to resolve.
        """
        try:
            parts = urlsplit(url)
        except ValueError:
            return "host"
        authority = authority_of(parts)
        if parts.scheme not in DEFAULT_PORTS or method not in READING:
            return "method" if parts.scheme in DEFAULT_PORTS else "scheme"
        if authority is None or parts.username or parts.password:
            return "host"
        return self._check_host(authority)

    def _check_host(self, authority: Authority) -> str | None:
        if self._site.sandbox:
            return None if authority in self._origins or authority[0].endswith(RESERVED_SUFFIXES) else "sandbox"
        if not self._outside and authority not in self._allowed:
            return "outside"
        return None if self._public(authority[0]) else "address"

    def resolves(self, host: str) -> bool:
        """Say whether a name has an address; may wait."""
        return bool(self._resolve(host))
