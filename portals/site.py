"""Where a portal's hosts are served: the real ones from configuration, or the sandbox's stand-ins."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from domain.errors import UsageError
from domain.frozen import Frozen


class Site(Frozen):
    """A portal as it can be visited tonight.

    ``hosts`` maps a role (``www``, ``static``, ``tyrz`` …) to an origin without a trailing slash; ``paths`` maps the
    name of a page or endpoint to its path template. Both come from the portal's ``site.toml``, never from code
    (portals.md §0.2).
    """

    hosts: Mapping[str, str]
    paths: Mapping[str, str]
    selectors: Mapping[str, str] = {}
    options: Mapping[str, Any] = {}
    sandbox: bool = False

    def origin(self, role: str) -> str:
        """Return the origin of a host role; raise ``UsageError`` when the site has none."""
        if role not in self.hosts:
            raise UsageError(f"unknown host role {role!r}; allowed: {', '.join(sorted(self.hosts))}")
        return self.hosts[role]

    def url(self, role: str, path: str, **values: object) -> str:
        """Build an address from a host role and a named path template."""
        return self.origin(role) + self.paths[path].format(**values)

    def role_of(self, url: str) -> str | None:
        """Name the role whose origin serves this address; ``None`` for any other host."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        return next((role for role, known in self.hosts.items() if known == origin), None)


def load_site(file: Path, *, origins: Mapping[str, str] | None = None) -> Site:
    """Read a portal's ``site.toml``; ``origins`` (role → origin) puts the sandbox in the place of the real hosts."""
    text = tomllib.loads(file.read_text(encoding="utf-8"))
    hosts: dict[str, str] = text["hosts"]
    if origins is not None:
        hosts = {role: origins[role] for role in hosts if role in origins}
    return Site(
        hosts=hosts,
        paths=text["paths"],
        selectors=text.get("selectors", {}),
        options=text.get("options", {}),
        sandbox=origins is not None,
    )
