"""A first look at real portals: robots.txt and one page of each host, and nothing beyond."""

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass

from domain.errors import ExitCode, UsageError
from domain.failure import FailureReason, reason_for_exception, reason_for_status, reason_on_page
from engine.doctor.check_line import CheckLine, failed, failed_because, passed, unknown
from engine.settings import Settings
from portals.adapter import PortalAdapter
from portals.host_policy import HostPolicy, user_agent
from portals.page_words import read_page_words
from portals.plain_get import PlainAnswer, RefusedGetError, get_plainly
from portals.robots import RobotsShelf
from portals.site import Site

UNVERIFIED = "unverified against the live site: nobody has said in [verification] that it fits (docs/going-live.md)"
MARKUP = ("text/html", "application/xhtml")


@dataclass(frozen=True, kw_only=True)
class Look:
    """How hosts are asked: by what name, and how long after one another."""

    agent: str
    delay_s: float
    robots: RobotsShelf


def look_for(settings: Settings) -> Look:
    """Make the look of a live run; raise ``UsageError`` when nobody answers for it."""
    try:
        agent = user_agent(settings.contact)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return Look(agent=agent, delay_s=settings.live_pace.delay_s, robots=RobotsShelf(agent=agent))


def look_at_portal(adapter: PortalAdapter, site: Site, look: Look) -> Iterator[CheckLine]:
    """Yield what can be said of a portal: whether somebody vouches for its file, and how each host answers."""
    yield passed("site file", f"fits, says {site.verified}") if site.verified else unknown("site file", UNVERIFIED)
    hosts = HostPolicy(site)
    for role, origin in site.hosts.items():
        if not origin:
            yield unknown(role, "no public host is known: whatever is asked there is not offered (portals.md §1.7)")
            continue
        yield look_at_host(site, role, hosts, look)
        time.sleep(look.delay_s)


def look_at_host(site: Site, role: str, hosts: HostPolicy, look: Look) -> CheckLine:
    """Ask one host for its robots.txt and, if that lets us in, for one page."""
    origin = site.hosts[role]
    page = origin + page_path(site, role)
    refused = hosts.check("GET", page)
    if refused is not None:
        return failed(role, f"{origin} is refused by the host policy ({refused})", ExitCode.REFUSED)
    if not look.robots.allows(page, hosts):
        return failed(role, f"robots.txt of {origin} keeps us out", ExitCode.REFUSED)
    time.sleep(look.delay_s)
    try:
        answer = get_plainly(page, hosts, agent=look.agent)
    except RefusedGetError as refusal:
        return failed(role, f"{page} leads to a host that is refused ({refusal})", ExitCode.REFUSED)
    except (OSError, http.client.HTTPException) as error:
        reason = reason_for_exception(str(error))
        named = reason if reason is not FailureReason.OUR_BUG else FailureReason.REFUSED
        return failed_because(role, named, f"{origin} is unreachable from here ({error})")
    return word_answer(role, answer)


def word_answer(role: str, answer: PlainAnswer) -> CheckLine:
    """Say what an answer means; whether selectors fit is for ``--portal ID --target live`` to say."""
    words = read_page_words(answer.body.decode("utf-8", "replace"))
    reason = reason_for_status(answer.status) or reason_on_page(words.text)
    if reason is not None:
        return failed_because(role, reason, f"{answer.url} answers {answer.status}: {words.text[:80]}")
    kind = answer.headers.get("content-type", "").partition(";")[0]
    title = f", titled {words.title!r}" if words.title else ""
    said = f"answers {answer.status} {kind or 'without a type'} from {answer.address}{title}"
    return passed(role, said if kind in MARKUP else f"{said}; no page, which may be right for this host")


def page_path(site: Site, role: str) -> str:
    """Return the one page that is looked at: the home page on the portal's main host, else the root."""
    main = next(iter(site.hosts), "")
    home = site.paths.get("home", "/") if role == main else "/"
    region = site.options.get("region", "")
    return home.format(region=region if isinstance(region, str) else next(iter(region), ""))
