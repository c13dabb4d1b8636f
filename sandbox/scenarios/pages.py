"""Scenarios of what a page shows: notices, obstacles that a citizen gets by, and pages that a program cannot read."""

from sandbox.model import ProbeOutcome
from sandbox.scenarios import words
from sandbox.scenarios.acts import Edit, answer, edit, keep_part, put_in_body, put_in_head, recode, replace_text
from sandbox.scenarios.scenario import Scenario, Strike

OURS = "a citizen sees the service; only our program does not, so nobody is at fault but us"
BY = "a citizen gets by, so nothing is wrong"
LASTS = "so on every visit, while the rest of the portal works"
TEN_MEGABYTES = "<!--" + "粤" * 3_400_000 + "-->"
OTHER_BUTTONS = words.reclassed(".matters-head-action-wrapper, .matters-affix", "zwx-act")
MACHINE = "our browser is lost over it, and what is lost with us is ours"


def shown(name: str, truth: ProbeOutcome, why: str, text: str, *hits: int) -> Scenario:
    """Let a notice with status 200 stand in place of the guide."""
    strike = Strike(place="guide", act=answer(200, text), hits=frozenset(hits))
    return Scenario(name=name, truth=truth, why=why, strikes=(strike,))


def edited(
    name: str,
    truth: ProbeOutcome,
    why: str,
    *edits: Edit,
    headers: dict[str, str] | None = None,
    also: tuple[ProbeOutcome, ...] = (),
) -> Scenario:
    """Let the guide's page come changed."""
    strike = Strike(place="guide", act=edit(*edits, headers=headers))
    return Scenario(name=name, truth=truth, why=why, strikes=(strike,), also=also)


NOTICES: tuple[Scenario, ...] = (
    shown("page-captcha", "blocked", "a captcha with status 200", words.CAPTCHA),
    shown("page-slider", "blocked", "a slider with status 200", words.SLIDER),
    shown("page-waf", "blocked", "a firewall's page with status 200", words.WAF),
    shown("page-challenge", "blocked", "a firewall tries our browser", words.CHALLENGE),
    shown("page-too-fast", "blocked", "we asked too often", words.TOO_FAST),
    shown("page-busy", "fail", LASTS, words.BUSY),
    shown("page-busy-once", "pass", "the second visit finds the page", words.BUSY, 1),
    shown("page-pause-announced", "inconclusive", "maintenance with its time, and the time has come", words.PAUSE_NOW),
    shown("page-pause-over", "fail", "the announced time was over years ago", words.PAUSE_OVER),
    shown("page-pause-undated", "fail", "maintenance without a time, on every occasion", words.PAUSE_ALWAYS),
    shown("page-pause-later", "fail", "maintenance is tomorrow, the service is down today", words.PAUSE_LATER),
    shown("page-gone", "fail", "the page says that it is no more", words.GONE),
    shown("page-empty", "fail", "nothing at all comes, with status 200", ""),
    shown("page-login", "blocked", "a login form in place of the guide", words.LOGIN),
    Scenario(
        name="page-other-type",
        truth="fail",
        why="the browser shows source text instead of a page",
        strikes=(Strike(place="guide", act=answer(200, words.page("办事指南", "…"), media="text/plain")),),
    ),
    Scenario(
        name="page-download",
        truth="fail",
        why="the browser offers a file instead of a page",
        strikes=(Strike(place="guide", act=answer(200, "PK", media="application/octet-stream")),),
    ),
    Scenario(
        name="page-no-content",
        truth="fail",
        why="status 204: the browser stays where it was",
        strikes=(Strike(place="guide", act=answer(204, "")),),
    ),
)
OBSTACLES: tuple[Scenario, ...] = (
    edited("popup", "pass", BY, put_in_body(words.POPUP), also=("error",)),
    edited("alert", "pass", BY, put_in_head(words.ALERT)),
    edited("confirm", "pass", BY, put_in_head(words.CONFIRM)),
    edited("before-leaving", "pass", BY, put_in_head(words.LEAVE)),
    edited("script-error", "pass", BY, put_in_head(words.HEAVY_ERROR)),
    edited("scrolls-by-itself", "pass", BY, put_in_head(words.SCROLLED), also=("error",)),
    edited("ten-megabytes", "pass", BY, put_in_body(TEN_MEGABYTES)),
    edited("gb18030", "pass", BY, recode("gb18030"), headers={"Content-Type": "text/html; charset=gb18030"}),
    edited("new-tab", "pass", BY, put_in_head(words.new_tab(".matters-head-action-wrapper a"))),
)
UNREADABLE: tuple[Scenario, ...] = (
    edited("wrong-charset", "fail", "every citizen sees garbled text", recode("gb18030")),
    edited(
        "latin-charset",
        "fail",
        "every citizen sees garbled text",
        headers={"Content-Type": "text/html; charset=iso-8859-1"},
    ),
    edited(
        "half-page",
        "inconclusive",
        "the page breaks off; a program cannot tell that from another layout",
        keep_part(0.55),
        also=("error", "fail"),
    ),
    edited("skeleton", "fail", "the page says 加载中 for ever", replace_text("/assets/guide.js", "/assets/portal.css")),
    edited("other-classes", "error", OURS, replace_text('data-changed="0"', 'data-changed="1"')),
    edited("other-title-class", "error", OURS, put_in_head(words.reclassed(".title-name", "zwx-title"))),
    edited(
        "other-button-class",
        "error",
        OURS,
        put_in_head(OTHER_BUTTONS),
    ),
    edited("other-button-words", "error", OURS, put_in_head(words.renamed("网上取号")), also=("pass",)),
    edited("content-in-frame", "error", OURS, put_in_head(words.FRAMED)),
    edited("endless-script", "error", MACHINE, put_in_head(words.ENDLESS), also=("inconclusive",)),
    edited("endless-script-later", "error", MACHINE, put_in_head(words.ENDLESS_LATER), also=("inconclusive",)),
    edited("out-of-memory", "error", MACHINE, put_in_head(words.GREEDY), also=("inconclusive",)),
    edited("closes-itself", "error", MACHINE, put_in_head(words.CLOSES), also=("inconclusive", "pass")),
)
PAGES = (*NOTICES, *OBSTACLES, *UNREADABLE)
