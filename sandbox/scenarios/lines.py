"""Scenarios of the line: broken, slow, silent, encrypted badly, sent in circles."""

from sandbox.model import ProbeOutcome
from sandbox.scenarios.acts import Act, cut, delay, drip, hang, hang_after_headers, redirect, reset
from sandbox.scenarios.scenario import Scenario, Strike
from sandbox.scenarios.tls_ports import FLAWS

ENTRANCE = "online-entrance"
LOGIN = (
    "{tyrz}/tif/sso/static/?client_id=gdbsTYSB&redirect_uri={bsxt}/sso/callback&response_type=code&scope=all"
    "&service=initService"
)
LASTS = "every visit ends so while the rest of the portal works"


def line(name: str, place: str, act: Act, truth: ProbeOutcome, why: str = LASTS, *hits: int) -> Scenario:
    """Let something happen to the line at one place."""
    strike = Strike(place=place, act=act, hits=frozenset(hits))
    return Scenario(name=name, truth=truth, why=why, strikes=(strike,))


def bad_tls(flaw: str) -> Scenario:
    """Declare an entrance of a host that no browser trusts."""
    return Scenario(
        name=f"entrance-tls-{flaw.replace('_', '-')}",
        truth="fail",
        why="no citizen's browser opens the declared entrance",
        probe=ENTRANCE,
        need="form",
        change={"AUDIT_ITEM.TRANSACT_WEB_URL": f"{{tls_{flaw}}}/start"},
    )


LINES: tuple[Scenario, ...] = (
    line("guide-reset", "guide", reset, "fail"),
    line("guide-reset-once", "guide", reset, "pass", "the second visit finds the page", 1),
    line("guide-cut", "guide", cut, "fail"),
    line("guide-hangs", "guide", hang, "fail"),
    line("guide-hangs-after-headers", "guide", hang_after_headers, "fail"),
    line("guide-drips", "guide", drip, "fail"),
    line("guide-slow", "guide", delay(1.5), "pass", "slow, and within the limit"),
    line("data-reset", "detail", reset, "fail"),
    line("data-hangs", "detail", hang, "fail"),
    line("data-slow", "detail", delay(1.0), "pass", "slow, and within the limit"),
    line("calendar-reset", "calendar", reset, "fail"),
    line("calendar-slow", "calendar", delay(1.0), "pass", "slow, and within the limit"),
    line("guide-circles", "guide", redirect("{self}"), "fail"),
    line(
        "guide-to-login",
        "guide",
        redirect(LOGIN),
        "blocked",
        "the guide wants a login that we may not have",
    ),
    line("guide-to-home", "guide", redirect("/?region=441700"), "fail", "a retired guide that leads to the home page"),
    line("guide-to-gone", "guide", redirect("/error/404.html"), "fail", "a retired guide that leads to a notice"),
    line(
        "guide-to-nowhere",
        "guide",
        redirect("{closed}/guide"),
        "blocked",
        "it leads to a host that our policy does not let us visit",
    ),
    *(bad_tls(flaw) for flaw in FLAWS),
    Scenario(
        name="entrance-refused",
        truth="fail",
        why="the declared entrance's machine is switched off",
        probe=ENTRANCE,
        need="form",
        change={"AUDIT_ITEM.TRANSACT_WEB_URL": "{closed}/start"},
    ),
)
