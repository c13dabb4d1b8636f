"""Scenarios of a status: what only robots get is no fault, what lasts for everybody is one."""

from sandbox.model import ProbeOutcome
from sandbox.scenarios.acts import answer, edit
from sandbox.scenarios.scenario import Scenario, Strike
from sandbox.scenarios.words import CAPTCHA, ERROR, GONE, WAF

ROBOT = "a status with which firewalls turn robots away; a citizen may get the page"
LASTS = "the page answers so on every visit while the rest of the portal works"


def status(code: int, truth: ProbeOutcome, why: str, text: str = ERROR) -> Scenario:
    """Let the guide page always answer one status."""
    strike = Strike(place="guide", act=answer(code, text))
    return Scenario(name=f"guide-{code}", truth=truth, why=why, strikes=(strike,))


def channel(name: str, truth: ProbeOutcome, why: str, code: int, text: str, *hits: int) -> Scenario:
    """Let the data behind the guide page answer one status."""
    strike = Strike(place="detail", act=answer(code, text), hits=frozenset(hits))
    return Scenario(name=name, truth=truth, why=why, strikes=(strike,))


STATUSES: tuple[Scenario, ...] = (
    status(400, "fail", LASTS),
    status(401, "blocked", "a login wall stands before the page"),
    status(403, "blocked", ROBOT, WAF),
    status(404, "fail", LASTS, GONE),
    status(405, "blocked", ROBOT, WAF),
    status(410, "fail", LASTS, GONE),
    status(412, "blocked", ROBOT),
    status(429, "blocked", "we asked too often"),
    status(451, "blocked", "withheld from us by law, perhaps by where we are"),
    status(500, "fail", LASTS),
    status(502, "fail", LASTS),
    status(503, "fail", LASTS),
    status(504, "fail", LASTS),
    status(521, "blocked", ROBOT),
    Scenario(
        name="guide-503-once",
        truth="pass",
        why="the second visit finds the page: a blip is no fault",
        strikes=(Strike(place="guide", act=answer(503, ERROR), hits=frozenset({1})),),
    ),
    Scenario(
        name="guide-500-twice",
        truth="pass",
        why="two visits failed, the third finds the page",
        strikes=(Strike(place="guide", act=answer(500, ERROR), hits=frozenset({1, 2})),),
    ),
    channel("data-500", "fail", LASTS, 500, ERROR),
    channel("data-500-first", "pass", "the page asks again and gets its data", 500, ERROR, 1),
    channel("data-401", "blocked", "the data want a login", 401, "{}"),
    channel("data-403", "blocked", ROBOT, 403, WAF),
    channel("data-429", "blocked", "we asked too often", 429, ERROR),
    channel("data-captcha", "blocked", "a captcha in place of the data", 200, CAPTCHA),
    channel("data-empty", "fail", "the data are empty on every visit", 200, ""),
    channel("data-no-json", "fail", "the data are no JSON on every visit", 200, "OK"),
    Scenario(
        name="data-other-type",
        truth="pass",
        why="the type is declared wrongly, the page shows the guide all the same",
        strikes=(Strike(place="detail", act=edit(headers={"Content-Type": "text/html"})),),
    ),
)
