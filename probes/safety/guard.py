"""The submit firewall as a pure decision, so that what a probe may send is settled by data and proved by tests."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from domain.frozen import Frozen
from portals.adapter import ReadOnlyRequest
from portals.host_policy import HostPolicy
from portals.manners import HostMeter
from portals.robots import RobotsShelf
from portals.site import Site


class GuardRule(StrEnum):
    """Why a request was not let out, beside the ids of ``HostPolicy.check``; the ids appear in ``Refusal.rule``."""

    METHOD = "method"
    BODY = "body"
    CHANGING_LINK = "changing-link"
    SIGN_IN_CLOSED = "sign-in-closed"
    WEBSOCKET = "websocket"
    DOWNLOAD = "download"
    ROBOTS = "robots"  # the host's robots.txt keeps robots out of there
    CONTROL = "control-words"  # pressing it would file, pay, book, cancel, rate: see control_words.py


class RequestFacts(Frozen):
    """What the guard knows about a request before it leaves the machine."""

    method: str
    url: str
    resource: str = "document"  # document, xhr, ping, image …, lower case
    media_type: str = ""  # Content-Type without parameters
    body_bytes: int | None = 0  # None: there is a body whose size the browser does not tell


@dataclass(frozen=True, kw_only=True)
class GuardPolicy:
    """What one portal allows: its site, its hosts, and the few requests beside GET and HEAD that only read."""

    site: Site
    hosts: HostPolicy
    read_only: tuple[ReadOnlyRequest, ...] = ()
    sign_in: tuple[ReadOnlyRequest, ...] = ()
    known_pages: tuple[re.Pattern[str], ...] = ()
    robots: RobotsShelf | None = None  # None: nobody asked the host's robots.txt
    meter: HostMeter | None = None  # pauses, budgets and the stop switch of the run


READING_METHODS = frozenset({"GET", "HEAD"})
LOCAL_SCHEMES = frozenset({"data", "blob", "about"})
CHANGING_VERB = re.compile(
    "accept|add|agree|apply|appoint|approve|book|cancel|commit|complain|confirm|create|del|delete|destroy|draft|evaluate|"
    "insert|modify|order|pay|purchase|rate|remove|reserve|revoke|save|score|send|sign|submit|subscribe|unsubscribe|"
    "update|upload|vote|withdraw|write"
)
STILL_SUFFIX = re.compile("html?|css|m?js|map|png|jpe?g|gif|webp|svg|ico|woff2?|[to]tf|eot|pdf")
ACTION_PARAMETERS = frozenset({"action", "act", "do", "op", "operation", "method", "cmd", "command"})
WORD_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")


def decide(facts: RequestFacts, policy: GuardPolicy, *, signing_in: bool = False) -> str | None:
    """Return the id of the rule that refuses the request, or ``None`` when it may go out.

    ``signing_in`` is true only while the portal's ``sign_in`` runs with a test account.
    """
    scheme = urlsplit(facts.url).scheme.lower()
    if scheme in LOCAL_SCHEMES:
        return None
    if scheme in ("ws", "wss"):
        return GuardRule.WEBSOCKET
    refused = policy.hosts.check(facts.method, facts.url, resource=facts.resource)
    if refused is None:
        refused = _decide_purpose(facts, policy, signing_in=signing_in)
    if refused is None and policy.robots is not None and not policy.robots.allows(facts.url, policy.hosts):
        return GuardRule.ROBOTS
    return refused


def changes_state(url: str, known_pages: tuple[re.Pattern[str], ...] = ()) -> bool:
    """Say whether a link looks like an act rather than a page: an endpoint or an action parameter named by a verb.

    Pages that the portal's ``site.toml`` names, and files such as ``apply.html`` or ``submit.js``, are no acts.
    """
    parts = urlsplit(url)
    bare = f"{parts.scheme}://{parts.netloc}{parts.path}"
    if any(CHANGING_VERB.fullmatch(value) for name, value in _lower_pairs(parts.query) if name in ACTION_PARAMETERS):
        return True
    if any(page.fullmatch(bare) for page in known_pages):
        return False
    path = unquote(parts.path)
    if STILL_SUFFIX.fullmatch(path.rpartition(".")[2].lower()):
        return False
    return any(_is_act(segment) for segment in path.split("/"))


def known_pages(site: Site) -> tuple[re.Pattern[str], ...]:
    """Return patterns for the addresses that ``site.toml`` names, under each of the portal's hosts, without a query."""
    templates = {urlsplit(path).path for path in site.paths.values() if path.startswith("/")}
    return tuple(
        re.compile(re.escape(origin) + _template_form(template))
        for origin in sorted({origin for origin in site.hosts.values() if origin})
        for template in sorted(templates - {"/"})
    )


def guard_policy(
    site: Site,
    hosts: HostPolicy,
    *,
    read_only: tuple[ReadOnlyRequest, ...] = (),
    sign_in: tuple[ReadOnlyRequest, ...] = (),
    robots: RobotsShelf | None = None,
    meter: HostMeter | None = None,
) -> GuardPolicy:
    """Put one portal's policy together."""
    pages = known_pages(site)
    return GuardPolicy(
        site=site,
        hosts=hosts,
        read_only=read_only,
        sign_in=sign_in,
        known_pages=pages,
        robots=robots,
        meter=meter,
    )


def _decide_purpose(facts: RequestFacts, policy: GuardPolicy, *, signing_in: bool) -> str | None:
    if facts.method.upper() in READING_METHODS:
        return GuardRule.CHANGING_LINK if changes_state(facts.url, policy.known_pages) else None
    return _decide_writing(facts, policy, signing_in=signing_in)


def _decide_writing(facts: RequestFacts, policy: GuardPolicy, *, signing_in: bool) -> str | None:
    allowed = [entry for entry in policy.read_only if _same_address(facts, entry, policy.site)]
    sign_in = [entry for entry in policy.sign_in if _same_address(facts, entry, policy.site)]
    if sign_in and not signing_in:
        return GuardRule.SIGN_IN_CLOSED
    candidates = allowed + sign_in
    if not candidates:
        return GuardRule.METHOD
    return None if any(_fits_body(facts, entry) for entry in candidates) else GuardRule.BODY


def _same_address(facts: RequestFacts, entry: ReadOnlyRequest, site: Site) -> bool:
    return (
        facts.method.upper() == entry.method.upper()
        and site.role_of(facts.url) == entry.role
        and urlsplit(facts.url).path == entry.path
    )


def _fits_body(facts: RequestFacts, entry: ReadOnlyRequest) -> bool:
    fits_size = facts.body_bytes is not None and facts.body_bytes <= entry.body_bytes_max
    return fits_size and facts.media_type.lower() == entry.media_type.lower()


def _is_act(segment: str) -> bool:
    """Say whether a path segment holds a verb of change as a word: ``cancelBooking``, ``submit.do``."""
    return any(CHANGING_VERB.fullmatch(word.lower()) for word in WORD_BORDER.split(segment))


def _lower_pairs(query: str) -> list[tuple[str, str]]:
    return [(name.lower(), value.lower()) for name, value in parse_qsl(query)]


def _template_form(template: str) -> str:
    return "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", template))
