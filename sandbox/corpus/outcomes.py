"""What a single visit should find at each service of a guide: outcome and reason, from plan, defects and misbehaviour.

A fault of the portal that is seen is ``fail``; an outage seen once is ``inconclusive``; captcha, firewall and login
wall are ``blocked`` (architecture.md §1.2).
"""

from dataclasses import dataclass

from sandbox.corpus.document import Draft
from sandbox.model import Booking, Json, ProbeOutcome

LASTING_FAULTS = frozenset(
    {"busy", "http_5xx", "http_4xx", "timeout", "refused", "redirect_loop", "empty_answer", "session_lost"}
)
"""Outages: seen once they may be anybody's, seen on three occasions while the rest works they are the portal's."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An outcome with its reason."""

    outcome: ProbeOutcome
    reason: str

    def to_json(self) -> Json:
        """Write it as truth documents carry it; ``lasting`` is what it is when every visit finds the same."""
        told: Json = {"outcome": self.outcome, "reason": self.reason}
        lasts = self.outcome == "inconclusive" and self.reason in LASTING_FAULTS
        return told | ({"lasting": "fail"} if lasts else {})


FOUND = Finding(outcome="pass", reason="found")
NOT_OFFERED = Finding(outcome="not_applicable", reason="not_declared")

SEARCH: dict[str, Finding] = {
    "search_missing": Finding(outcome="fail", reason="not_found_in_search"),
    "search_buried": Finding(outcome="fail", reason="not_found_in_search"),
    "search_busy": Finding(outcome="inconclusive", reason="busy"),
    "search_captcha": Finding(outcome="blocked", reason="captcha"),
}
MOBILE_SEARCH: dict[str, Finding] = {
    "mobile_gone": NOT_OFFERED,
    "mobile_unsearchable": Finding(outcome="fail", reason="not_found_in_search"),
}
PAGE: dict[str, Finding] = {
    "detail_html_500": Finding(outcome="inconclusive", reason="http_5xx"),
    "detail_errcode_0": Finding(outcome="fail", reason="absent"),
    "detail_truncated_json": Finding(outcome="inconclusive", reason="empty_answer"),
    "detail_captcha": Finding(outcome="blocked", reason="captcha"),
    "page_waf": Finding(outcome="blocked", reason="waf"),
    "page_layout_changed": Finding(outcome="error", reason="layout_changed"),
}
"""What a journey that begins on the guide page ends in when the page itself cannot be used."""
APPLICATION: dict[str, Finding] = {
    "form": Finding(outcome="pass", reason="confirm_page_reached"),
    "external": Finding(outcome="blocked", reason="login_required"),
    "login_only": Finding(outcome="blocked", reason="login_required"),
    "login_other": Finding(outcome="blocked", reason="login_required"),
    "external_login": Finding(outcome="blocked", reason="login_required"),
    "download_only": Finding(outcome="fail", reason="incomplete"),
    "app_only": Finding(outcome="blocked", reason="app_only"),
    "not_open": Finding(outcome="fail", reason="not_open"),
    "dead_end": Finding(outcome="fail", reason="dead_end"),
    "error": Finding(outcome="inconclusive", reason="http_5xx"),
    "none": NOT_OFFERED,
}
ENTRANCE: dict[str, Finding] = {
    **APPLICATION,
    "form": Finding(outcome="pass", reason="login_reached"),
    "dead_end": Finding(outcome="pass", reason="login_reached"),
    "login_only": Finding(outcome="pass", reason="login_reached"),
    "login_other": Finding(outcome="pass", reason="own_login_reached"),
    "external_login": Finding(outcome="pass", reason="login_reached"),
    "external": Finding(outcome="pass", reason="department_system_reached"),
}
"""What pressing 在线办理 alone shows, without logging in."""
BOOKING: dict[str, Finding] = {
    "busy_page": Finding(outcome="inconclusive", reason="busy"),
    "http_500": Finding(outcome="inconclusive", reason="http_5xx"),
    "never_loads": Finding(outcome="inconclusive", reason="timeout"),
}


def judge_search(draft: Draft, misbehaviour: str | None) -> Json:
    """Say what a search by name finds on each platform; the search faults are those of the main portal only."""
    searched = SEARCH.get(misbehaviour or "", FOUND)
    elsewhere = MOBILE_SEARCH.get(misbehaviour or "", FOUND)
    return {
        "gdzwfw": searched.to_json(),
        "yss": (elsewhere if draft.plan.on_yss else NOT_OFFERED).to_json(),
        "yst": (elsewhere if draft.plan.on_yst else NOT_OFFERED).to_json(),
    }


UNREACHABLE: dict[str, Finding] = {
    "online-address-intranet": Finding(outcome="blocked", reason="refused_by_policy"),
    "online-address-not-found": Finding(outcome="inconclusive", reason="http_4xx"),
    "online-address-server-error": Finding(outcome="inconclusive", reason="http_5xx"),
    "online-address-switched-off": Finding(outcome="inconclusive", reason="refused"),
    "online-address-unknown-host": Finding(outcome="inconclusive", reason="dns"),
    "online-address-redirect-loop": Finding(outcome="inconclusive", reason="redirect_loop"),
    "online-address-gone-page": Finding(outcome="fail", reason="dead_end"),
    "online-address-site-root": Finding(outcome="inconclusive", reason="http_4xx"),  # that host has no home page
    "online-address-relative": Finding(outcome="fail", reason="dead_end"),
    "online-without-address": Finding(outcome="fail", reason="dead_end"),
    "booking-address-not-found": Finding(outcome="inconclusive", reason="http_4xx"),
    "booking-address-switched-off": Finding(outcome="inconclusive", reason="refused"),
    "booking-address-intranet": Finding(outcome="blocked", reason="refused_by_policy"),
    "booking-without-address": Finding(outcome="fail", reason="dead_end"),
}
"""What a single visit sees behind an address that a defect spoilt, by the kind of defect."""


def find_unreachable(draft: Draft, prefix: str) -> Finding | None:
    """Say what a planted defect of the address shows; ``None`` when there is none."""
    kinds = (planted.kind for planted in draft.defects if planted.kind.startswith(prefix))
    return next((UNREACHABLE[kind] for kind in kinds if kind in UNREACHABLE), None)


def judge_entrance(draft: Draft, misbehaviour: str | None) -> Finding:
    """Say what pressing 在线办理 shows."""
    before = judge_before_entrance(draft, misbehaviour)
    return before or ENTRANCE[draft.plan.application.kind]


def judge_before_entrance(draft: Draft, misbehaviour: str | None) -> Finding | None:
    """Say what stops the visitor before anything behind 在线办理 is seen; ``None`` when nothing does."""
    if not draft.facts.online:
        return NOT_OFFERED
    if misbehaviour in PAGE:
        return PAGE[misbehaviour]
    return find_unreachable(draft, "online-")


def judge_application(draft: Draft, misbehaviour: str | None) -> Finding:
    """Say how far a dry run of the application gets."""
    before = judge_before_entrance(draft, misbehaviour)
    if before:
        return before
    if draft.plan.application.fault == "session_lost":
        return Finding(outcome="inconclusive", reason="session_lost")
    return APPLICATION[draft.plan.application.kind]


def judge_booking(draft: Draft, misbehaviour: str | None) -> Finding:
    """Say what the calendar shows."""
    booking = draft.plan.booking
    if booking is None:
        return NOT_OFFERED
    if misbehaviour in PAGE:
        return PAGE[misbehaviour]
    unreachable = find_unreachable(draft, "booking-")
    if unreachable:
        return unreachable
    if booking.login == "own":
        return Finding(outcome="blocked", reason="login_required")
    return judge_calendar(booking)


def judge_calendar(booking: Booking) -> Finding:
    """Say what a visitor who has come to the calendar sees."""
    if booking.fault:
        return BOOKING[booking.fault]
    if not any(booking.shown_free):
        return Finding(outcome="fail", reason="no_free_slot")
    return Finding(outcome="pass", reason="free_slots_shown")


def judge_probes(draft: Draft, misbehaviour: str | None) -> Json:
    """Write the ``probes`` part of a guide's truth."""
    return {
        "search": judge_search(draft, misbehaviour),
        "application": {"gdzwfw": judge_application(draft, misbehaviour).to_json()},
        "entrance": {"gdzwfw": judge_entrance(draft, misbehaviour).to_json()},
        "booking": {"gdzwfw": judge_booking(draft, misbehaviour).to_json()},
    }
