"""Where a portal's hosts are served and how its pages are built: from configuration, or the sandbox's stand-ins."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from domain.errors import UsageError
from domain.frozen import Frozen

Overlay = Mapping[str, Any]
"""Tables of a site file of the owner's own, laid over the shipped one; plain data, so that it travels with a job."""

TABLES = ("hosts", "further_hosts", "paths", "selectors", "options", "controls", "verification")
FREE_TABLES = (
    "further_hosts",
    "hosts",
    "options",
    "paths",
    "verification",
)  # here an overlay may name what the shipped file does not
WORD_SUFFIX = "_word"


class Site(Frozen):
    """A portal as it can be visited tonight.

    ``hosts`` maps a role (``www``, ``static``, ``tyrz`` …) to an origin without a trailing slash; ``paths`` maps the
    name of a page or endpoint to its path template. Both come from the portal's ``site.toml``, never from code
    (portals.md §0.2). A selector may have been given as a list of alternatives, one per generation of the portal;
    ``selectors`` holds them joined, ``alternatives`` apart.
    """

    hosts: Mapping[str, str]
    paths: Mapping[str, str]
    selectors: Mapping[str, str] = {}
    alternatives: Mapping[str, tuple[str, ...]] = {}
    options: Mapping[str, Any] = {}
    lead_in: frozenset[str] = frozenset()  # selectors whose words (预约, 立即申报) are an entrance and no act
    verified: str = ""  # who saw on which day that this fits the live portal; "" = nobody has
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


def load_site(file: Path, *, origins: Mapping[str, str] | None = None, overlay: Overlay | None = None) -> Site:
    """Read a portal's ``site.toml``; ``origins`` (role → origin) puts the sandbox in the place of the real hosts.

    ``overlay`` (see ``read_overlay``) replaces single entries of the shipped file.
    """
    tables = lay_over(tomllib.loads(file.read_text(encoding="utf-8")), overlay or {})
    hosts: dict[str, str] = tables["hosts"]
    if origins is not None:
        hosts = {role: origins[role] for role in hosts if role in origins}
    selectors: dict[str, str | list[str]] = tables.get("selectors", {})
    joined = {name: join_alternatives(name, given) for name, given in selectors.items()}
    lead_in = frozenset(joined[name] for name in tables.get("controls", {}).get("lead_in", ()) if name in joined)
    return Site(
        hosts=hosts,
        paths=tables["paths"],
        selectors=joined,
        alternatives={name: (given,) if isinstance(given, str) else tuple(given) for name, given in selectors.items()},
        options=tables.get("options", {}),
        lead_in=lead_in,
        verified=tables.get("verification", {}).get("verified", ""),
        sandbox=origins is not None,
    )


def read_overlay(file: Path, shipped: Path) -> Overlay:
    """Read a site file of the owner's own; raise ``UsageError`` for one that cannot be laid over the shipped one."""
    try:
        overlay = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"site file {str(file)!r} cannot be read: {error}") from error
    known = tomllib.loads(shipped.read_text(encoding="utf-8"))
    for table, entries in overlay.items():
        if table not in TABLES or not isinstance(entries, dict):
            raise UsageError(f"unknown table {table!r} in {str(file)!r}; allowed: {', '.join(TABLES)}")
        strange = sorted(set(entries) - set(known.get(table, {}))) if table not in FREE_TABLES else []
        if strange:
            allowed = ", ".join(sorted(known.get(table, {})))
            raise UsageError(f"unknown entry {strange[0]!r} of [{table}] in {str(file)!r}; allowed: {allowed}")
    load_site(shipped, overlay=overlay)
    return overlay


def lay_over(shipped: Mapping[str, Any], overlay: Overlay) -> dict[str, Any]:
    """Return the shipped tables with the overlay's entries in their place."""
    return {
        table: {**shipped.get(table, {}), **overlay.get(table, {})} for table in dict.fromkeys([*shipped, *overlay])
    }


def join_alternatives(name: str, given: object) -> str:
    """Join alternatives into one selector that still composes: ``:is(.new, .old)``, marks ``^`` and ``@`` kept outside.

    Raises ``UsageError`` for alternatives of a word, and for such as differ in what is read from the match.
    """
    if isinstance(given, str):
        return given
    if not isinstance(given, list) or not given or not all(isinstance(one, str) for one in given):
        raise UsageError(f"selector {name!r} is {given!r}; allowed: a text or a list of texts")
    if name.endswith(WORD_SUFFIX):
        raise UsageError(f"selector {name!r} is a word, of which there is one; give {given[0]!r} alone")
    split = [(one.startswith("^"), one.removeprefix("^").partition("@")) for one in given]
    if len({(enclosing, attribute) for enclosing, (_css, _at, attribute) in split}) > 1:
        raise UsageError(f"alternatives of selector {name!r} read different things: {', '.join(given)}")
    enclosing, (_css, at, attribute) = split[0]
    css = ", ".join(parts[0] for _enclosing, parts in split)
    return f"{'^' if enclosing else ''}{f':is({css})' if len(given) > 1 else css}{at}{attribute}"
