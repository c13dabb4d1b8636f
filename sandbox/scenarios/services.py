"""Scenarios of the services themselves: search, calendar, entrance and form."""

from datetime import date, timedelta

import orjson

from sandbox.model import ProbeOutcome
from sandbox.scenarios import words
from sandbox.scenarios.acts import Edit, answer, delay, edit, hang, keep_part, put_in_head
from sandbox.scenarios.scenario import Need, Scenario, Strike

FOUND = "a fault that every citizen meets, seen on every visit"
SEARCH, APPLY, ENTRANCE, BOOK = "keyword-search", "online-application", "online-entrance", "booking-calendar"


def shift_days(days: int) -> Edit:
    """Let a calendar show other dates."""

    def change(body: bytes) -> bytes:
        told = orjson.loads(body)
        for day in told["days"]:
            day["date"] = (date.fromisoformat(day["date"]) + timedelta(days=days)).isoformat()
        return orjson.dumps(told)

    return change


def planted(name: str, truth: ProbeOutcome, why: str, fault: str, *, probe: str, need: Need) -> Scenario:
    """Use a misbehaviour of the sandbox's own catalogue."""
    return Scenario(name=name, truth=truth, why=why, probe=probe, need=need, misbehaviours=(fault,))


def calendar(name: str, truth: ProbeOutcome, why: str, strike: Strike) -> Scenario:
    """Let something be wrong with the calendar."""
    return Scenario(name=name, truth=truth, why=why, strikes=(strike,))


SERVICES: tuple[Scenario, ...] = (
    planted("search-missing", "fail", FOUND, "search_missing", probe=SEARCH, need="search"),
    planted("search-buried", "fail", FOUND, "search_buried", probe=SEARCH, need="search"),
    planted("search-busy", "fail", FOUND, "search_busy", probe=SEARCH, need="search"),
    planted("search-captcha", "blocked", "a captcha before the results", "search_captcha", probe=SEARCH, need="search"),
    Scenario(
        name="search-slow",
        truth="pass",
        why="slow, and within the limit",
        probe=SEARCH,
        need="search",
        strikes=(Strike(place="search_call", act=delay(0.8)),),
    ),
    Scenario(
        name="search-hangs",
        truth="fail",
        why="the search for this item never answers, for others it does",
        probe=SEARCH,
        need="search",
        strikes=(Strike(place="search_call", act=hang),),
    ),
    planted(
        "guide-absent",
        "fail",
        "listed, and the portal knows no such guide",
        "detail_errcode_0",
        probe=BOOK,
        need="booking",
    ),
    planted("data-cut", "fail", FOUND, "detail_truncated_json", probe=BOOK, need="booking"),
    planted("guide-firewall", "blocked", "a firewall before the guide", "page_waf", probe=BOOK, need="booking"),
    planted("calendar-busy", "fail", FOUND, "booking_busy", probe=BOOK, need="booking"),
    planted("calendar-500", "fail", FOUND, "booking_http_500", probe=BOOK, need="booking"),
    planted("calendar-never-comes", "fail", FOUND, "booking_never_loads", probe=BOOK, need="booking"),
    calendar("calendar-cut", "fail", FOUND, Strike(place="calendar", act=edit(keep_part(0.5)))),
    calendar(
        "calendar-empty",
        "fail",
        "该事项暂未开放网上预约, though the guide declares it",
        Strike(place="calendar", act=answer(200, '{"days": []}', media="application/json")),
    ),
    calendar(
        "calendar-full",
        "fail",
        "no slot is free for ten working days",
        Strike(place="calendar", act=edit(lambda body: body.replace(b'"free":true', b'"free":false'))),
    ),
    calendar(
        "calendar-of-last-month",
        "fail",
        "the calendar stands still: no slot that can be booked",
        Strike(place="calendar", act=edit(shift_days(-40))),
    ),
    calendar(
        "calendar-captcha",
        "blocked",
        "a captcha before the calendar",
        Strike(place="booking", act=answer(200, words.CAPTCHA)),
    ),
    calendar(
        "calendar-firewall",
        "blocked",
        "a firewall before the calendar's data",
        Strike(place="calendar", act=answer(403, words.WAF)),
    ),
    Scenario(
        name="calendar-other-fault-each-time",
        truth="inconclusive",
        why="every visit meets another kind of fault: none is confirmed",
        strikes=(
            Strike(place="booking", act=answer(500, words.ERROR), hits=frozenset({1, 3})),
            Strike(
                place="calendar",
                act=answer(200, '{"days": []}', media="application/json"),
                hits=frozenset({1, 2}),
            ),
        ),
    ),
    planted("entrance-not-open", "fail", FOUND, "apply_not_open", probe=ENTRANCE, need="form"),
    planted("entrance-500", "fail", FOUND, "apply_http_500", probe=ENTRANCE, need="form"),
    planted("form-dead-end", "fail", FOUND, "apply_dead_end", probe=APPLY, need="form"),
    planted("form-session-lost", "fail", FOUND, "apply_session_lost", probe=APPLY, need="form"),
    Scenario(
        name="entrance-captcha",
        truth="blocked",
        why="a captcha before the form",
        probe=ENTRANCE,
        need="form",
        strikes=(Strike(place="apply", act=answer(200, words.CAPTCHA)),),
    ),
    Scenario(
        name="entrance-other-words",
        truth="error",
        why="the button is there and reads otherwise: our program does not know it",
        probe=ENTRANCE,
        need="form",
        also=("pass",),
        strikes=(Strike(place="guide", act=edit(put_in_head(words.renamed("立即申办", old="在线办理")))),),
    ),
    Scenario(
        name="form-data-captcha",
        truth="blocked",
        why="a captcha in place of the form's pages",
        probe=APPLY,
        need="form",
        also=("inconclusive", "error"),
        strikes=(Strike(place="form_page", act=answer(200, words.CAPTCHA)),),
    ),
    Scenario(
        name="form-data-hang",
        truth="fail",
        why="the form's pages never come",
        probe=APPLY,
        need="form",
        strikes=(Strike(place="form_page", act=hang),),
    ),
)
