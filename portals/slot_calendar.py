"""Reads a booking calendar as it is shown; a slot is counted and never touched."""

from datetime import date

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from portals.citizen import CitizenBrowser, LoginAsked, Obstacle, SlotDay
from portals.entrance_kinds import PASSWORD
from portals.following_links import enter, raise_for_broken
from portals.site import Site

FREE = "1"


def open_calendar(browser: CitizenBrowser, site: Site) -> tuple[SlotDay, ...]:
    """Press 预约 and return the days that the calendar shows.

    Raises ``LoginAsked`` when a login stands before it, ``Obstacle`` when a sentence stands in its place.
    """
    selectors = site.selectors
    enter(browser, site, "booking_word", selectors["calendar_day"], selectors["calendar_empty"])
    return read_calendar(browser, site)


def read_calendar(browser: CitizenBrowser, site: Site) -> tuple[SlotDay, ...]:
    """Read the calendar of the open page; raises as ``open_calendar`` does."""
    selectors = site.selectors
    found = browser.wait_for(selectors["calendar_day"], selectors["calendar_empty"], selectors["login_name"], PASSWORD)
    if found in (selectors["login_name"], PASSWORD):
        raise LoginAsked(EntranceKind.LOGIN_OTHER if found == PASSWORD else EntranceKind.LOGIN_UNIFIED)
    if found == selectors["calendar_empty"]:
        sentence = browser.text(selectors["calendar_empty"])
        raise_for_broken(browser, sentence)
        raise Obstacle(FailureReason.NOT_OPEN, sentence)
    days = [row["day"] for row in browser.rows(selectors["calendar_day"], {"day": selectors["calendar_date"]})]
    parts = {"day": selectors["calendar_slot_date"], "free": selectors["calendar_slot_free"]}
    slots = browser.rows(selectors["calendar_slot"], parts)
    return tuple(read_day(day, slots) for day in days)


def read_day(day: str, slots: list[dict[str, str]]) -> SlotDay:
    """Count one day's slots; raise ``Obstacle`` when its date cannot be read."""
    try:
        shown = date.fromisoformat(day)
    except ValueError:
        raise Obstacle(FailureReason.LAYOUT_CHANGED, f"日历中的日期无法识别：{day}") from None
    of_day = [slot for slot in slots if slot["day"] == day]
    return SlotDay(day=shown, free=sum(slot["free"] == FREE for slot in of_day), slots=len(of_day))
