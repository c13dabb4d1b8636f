"""What is true about one booking calendar on the sandbox's own day, for whoever checks a reading of it."""

from datetime import date

from sandbox.model import Booking, Json
from sandbox.workdays import is_workday, list_next_workdays

HORIZON = 10  # working days


def list_shown(booking: Booking, today: date) -> dict[date, int]:
    """List the days that the calendar shows, with their free slots."""
    dates = list_next_workdays(today, HORIZON, keeps_holidays=booking.keeps_holidays)
    free = (*booking.free_by_day, *(0,) * HORIZON)
    return {day: free[at] for at, day in enumerate(dates) if at not in booking.missing}


def write_calendar(booking: Booking, today: date) -> Json:
    """Write what the next ten working days show; the first free day counts working days, whatever is shown."""
    shown, window = list_shown(booking, today), list_next_workdays(today, HORIZON)
    within = {day: free for day, free in shown.items() if day <= window[-1]}
    bookable = sorted(day for day, free in within.items() if free)
    return {
        "today": today.isoformat(),
        "working_days": [day.isoformat() for day in window],
        "free": {day.isoformat(): free for day, free in within.items()},
        "days_missing": [day.isoformat() for day in window if day not in within],
        "closed_days_offered": [day.isoformat() for day in bookable if not is_workday(day)],
        "first_free_days": sum(day <= bookable[0] for day in window) if bookable else None,
        "slots_per_day": booking.slots_per_day,
        "cancel_told": booking.cancel_told,
        "login": booking.login,
    }
