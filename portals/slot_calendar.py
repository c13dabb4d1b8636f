"""Reads a booking calendar as it is shown; a slot is counted and never touched."""

from datetime import date

from domain.failure import FailureReason
from portals.citizen import CitizenBrowser, Obstacle, SlotDay
from portals.following_links import follow, raise_for_broken
from portals.site import Site


def open_calendar(browser: CitizenBrowser, site: Site) -> tuple[SlotDay, ...]:
    """Press 预约 and return the days that the calendar shows; raise ``Obstacle`` when it shows a sentence instead."""
    selectors = site.selectors
    follow(browser, selectors["booking_entry"], selectors["calendar_day"], selectors["calendar_empty"])
    if browser.wait_for(selectors["calendar_day"], selectors["calendar_empty"]) == selectors["calendar_empty"]:
        sentence = browser.text(selectors["calendar_empty"])
        raise_for_broken(browser, sentence)
        raise Obstacle(FailureReason.NOT_OPEN, sentence)
    days = [row["day"] for row in browser.rows(selectors["calendar_day"], {"day": selectors["calendar_date"]})]
    return tuple(read_day(browser, site, day) for day in days)


def read_day(browser: CitizenBrowser, site: Site, day: str) -> SlotDay:
    """Count one day's slots; raise ``Obstacle`` when its date cannot be read."""
    try:
        shown = date.fromisoformat(day)
    except ValueError:
        raise Obstacle(FailureReason.LAYOUT_CHANGED, f"日历中的日期无法识别：{day}") from None
    return SlotDay(
        day=shown,
        free=browser.count(site.selectors["calendar_free_slot"].format(day=day)),
        slots=browser.count(site.selectors["calendar_slot"].format(day=day)),
    )
