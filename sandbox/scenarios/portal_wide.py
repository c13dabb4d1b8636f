"""Scenarios that befall the whole portal, our line or our clock: nobody can be blamed for the one item looked at."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from sandbox.model import ProbeOutcome
from sandbox.scenarios import words
from sandbox.scenarios.acts import Act, Hit, answer, collect, hang, reset, send_answer
from sandbox.scenarios.scenario import Scenario, Strike
from sandbox.scenarios.services import shift_days

NOBODY = "the whole portal is so: no body is to blame for one item"
SKEW_DAYS = 30


async def tell_other_time(hit: Hit) -> None:
    """Answer as usual, with a clock and a calendar that are a month ahead of ours."""
    status, headers, body = await collect(hit)
    headers["date"] = format_datetime(datetime.now(UTC) + timedelta(days=SKEW_DAYS), usegmt=True)
    if hit.scope["path"] == "/rmpc/api/calendar":
        body = shift_days(SKEW_DAYS)(body)
    headers.pop("content-length", None)
    await send_answer(hit, status, body, headers)


def everywhere(name: str, truth: ProbeOutcome, act: Act, why: str = NOBODY, place: str = "www") -> Scenario:
    """Let the same happen to every page of the portal."""
    strike = Strike(place=place, act=act)
    # A robots.txt that answers 5xx forbids every visit (RFC 9309 §2.3.1.4), which is blocked and just as fair.
    return Scenario(name=name, truth=truth, why=why, strikes=(strike,), everywhere=True, also=("blocked",))


PORTAL_WIDE: tuple[Scenario, ...] = (
    everywhere("portal-500", "inconclusive", answer(500, words.ERROR)),
    everywhere("portal-busy", "inconclusive", answer(200, words.BUSY)),
    everywhere("portal-reset", "inconclusive", reset, "nothing answers: our own line may be down"),
    everywhere("portal-hangs", "inconclusive", hang, "nothing answers: our own line may be down"),
    everywhere("portal-firewall", "blocked", answer(403, words.WAF), "we are kept out everywhere"),
    everywhere("portal-clock", "inconclusive", tell_other_time, "clocks differ by a month: whose is wrong?"),
    everywhere("guides-500", "inconclusive", answer(500, words.ERROR), place="guide"),
    Scenario(
        name="calendar-500-in-announced-pause",
        truth="inconclusive",
        why="the owner announced a pause for today",
        strikes=(Strike(place="booking", act=answer(500, words.ERROR)),),
        announced=True,
    ),
)
