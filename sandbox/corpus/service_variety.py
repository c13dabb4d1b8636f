"""Varies calendars and entrances from guide to guide by the guide's own id, so that no other draw moves."""

from dataclasses import replace

from sandbox.corpus.randomness import number
from sandbox.model import Application, Booking

OTHER_KINDS = {
    "external": ("external", "login_other", "external_login"),
    "login_only": ("login_only", "login_only", "download_only"),
}
"""Kind that was drawn → the kinds that take its place in turn."""


def vary_application(application: Application, item_id: str) -> Application:
    """Put a rarer kind of entrance in the place of some."""
    kinds = OTHER_KINDS.get(application.kind)
    if kinds is None:
        return application
    kind = kinds[number(len(kinds), "entrance", item_id)]
    return replace(application, kind=kind)  # type: ignore[arg-type]  # OTHER_KINDS holds names of the literal only


def vary_booking(booking: Booking | None, item_id: str) -> Booking | None:
    """Let some calendars leave a day out, ignore the holidays, be silent about cancelling or ask for a login."""
    if booking is None:
        return None
    turn = number(20, "booking login", item_id)
    return replace(
        booking,
        keeps_holidays=number(5, "booking holidays", item_id) > 0,
        missing=choose_missing(booking, item_id),
        cancel_told=number(3, "booking cancel", item_id) > 0,
        login="own" if turn == 0 else "unified" if turn in (1, 2) else "none",
    )


def choose_missing(booking: Booking, item_id: str) -> tuple[int, ...]:
    """Choose the days that one calendar in six leaves out; never the last one with a free slot."""
    if number(6, "booking missing", item_id):
        return ()
    first = number(len(booking.free_by_day), "booking gap", item_id)
    missing = tuple(sorted({first, (first + 3) % len(booking.free_by_day)}))
    left = any(free for at, free in enumerate(booking.free_by_day) if at not in missing)
    return missing if left or not any(booking.free_by_day) else ()
