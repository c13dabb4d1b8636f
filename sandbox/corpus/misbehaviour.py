"""Decides which guides the portal misbehaves about; what each name means is written in ``sandbox/misbehaviours.py``."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from sandbox.corpus.document import Draft
from sandbox.corpus.plan import GuidePlan
from sandbox.corpus.randomness import stream
from sandbox.model import Booking

ApplicationKind = Literal["not_open", "error", "dead_end"]
SHARE = 0.03  # about 3 % of the guides


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A misbehaviour: its name, the guides it can concern, and how their plan changes."""

    name: str
    fits: Callable[[GuidePlan], bool]
    change: Callable[[GuidePlan], GuidePlan]


def any_guide(plan: GuidePlan) -> bool:
    """Fit every guide."""
    return bool(plan.item_id)


def has_form(plan: GuidePlan) -> bool:
    """Fit guides with an ordinary online form."""
    return plan.application.kind == "form"


def has_free_booking(plan: GuidePlan) -> bool:
    """Fit guides whose calendar has free slots."""
    return plan.booking is not None and any(plan.booking.free_by_day)


def same(plan: GuidePlan) -> GuidePlan:
    """Leave the plan as it is."""
    return plan


def plain(name: str) -> Assignment:
    """Assign by name only."""
    return Assignment(name=name, fits=any_guide, change=same)


def spoil_booking(name: str, fault: str) -> Assignment:
    """Spoil the calendar."""

    def change(plan: GuidePlan) -> GuidePlan:
        calendar = plan.booking or Booking(free_by_day=(0,), slots_per_day=1)
        return replace(plan, booking=replace(calendar, fault=fault, login="none"))

    return Assignment(name=name, fits=has_free_booking, change=change)


def spoil_form(name: str, kind: ApplicationKind) -> Assignment:
    """Put another service behind 在线办理, with the pages of the form that it was."""

    def change(plan: GuidePlan) -> GuidePlan:
        return replace(plan, application=replace(plan.application, kind=kind))

    return Assignment(name=name, fits=has_form, change=change)


def lose_session(plan: GuidePlan) -> GuidePlan:
    """Let the form send the applicant back to the login at page 2."""
    return replace(plan, application=replace(plan.application, fault="session_lost"))


ASSIGNMENTS: tuple[Assignment, ...] = (
    spoil_booking("booking_busy", "busy_page"),
    spoil_booking("booking_http_500", "http_500"),
    spoil_booking("booking_never_loads", "never_loads"),
    spoil_form("apply_not_open", "not_open"),
    spoil_form("apply_http_500", "error"),
    spoil_form("apply_dead_end", "dead_end"),
    Assignment(name="apply_session_lost", fits=has_form, change=lose_session),
    plain("search_missing"),
    plain("search_buried"),
    plain("search_busy"),
    plain("search_captcha"),
    plain("detail_errcode_0"),
    plain("detail_html_500"),
    plain("detail_html_500_once"),
    plain("detail_429_once"),
    plain("detail_503_once"),
    plain("detail_truncated_json"),
    plain("detail_slow"),
    plain("detail_captcha"),
    plain("page_waf"),
    plain("page_layout_changed"),
    plain("listing_short"),
    plain("duplicate_listing"),
    Assignment(name="apply_slow_page", fits=has_form, change=same),
)


def assign_misbehaviours(drafts: list[Draft], seed: int) -> dict[str, str]:
    """Give about 3 % of the guides one misbehaviour each, on different bodies; return item id → name.

    Guides with a defect or a near miss are left alone, so that no planted thing becomes invisible. The plans of the
    chosen drafts are changed in place.
    """
    rng = stream(seed, "misbehaviours")
    free = [draft for draft in rng.sample(drafts, len(drafts)) if not draft.defects and not draft.touched]
    bodies: dict[str, int] = {}
    chosen: dict[str, str] = {}
    for _ in range(max(1, round(len(drafts) * SHARE / len(ASSIGNMENTS)))):
        for assignment in ASSIGNMENTS:
            hosts = (draft for draft in free if assignment.fits(draft.plan) and draft.plan.item_id not in chosen)
            host = min(hosts, key=lambda draft: bodies.get(draft.plan.body, 0), default=None)
            if host is None:
                continue
            host.plan = assignment.change(host.plan)
            chosen[host.plan.item_id] = assignment.name
            bodies[host.plan.body] = bodies.get(host.plan.body, 0) + 1
    return chosen
