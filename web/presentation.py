"""How figures, moments and addresses are spelled on a page, apart from what they are."""

from datetime import datetime
from urllib.parse import urlsplit

from domain.observation import Measure
from domain.outcome import Outcome
from exports.language import Language, china_time
from exports.vocabulary import yes_or_no

GLYPHS: dict[str, str] = {
    Outcome.PASS: "✓",
    Outcome.FAIL: "✗",
    Outcome.NOT_APPLICABLE: "–",
    Outcome.BLOCKED: "⊘",
    Outcome.INCONCLUSIVE: "?",
    Outcome.ERROR: "!",
}
"""A sign beside each outcome's word, so that colour is never alone."""


def spell_moment(moment: datetime | None) -> str:
    """``2026-11-23 09:30:00`` in Beijing time."""
    return china_time(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else "—"


def spell_number(number: float | int | None) -> str:
    """At most two decimals, none where they are zeros; a dash for nothing."""
    if number is None:
        return "—"
    return f"{number:,.2f}".rstrip("0").rstrip(".") if isinstance(number, float) else f"{number:,}"


def spell_measure(value: Measure, language: Language) -> str:
    """A probe's raw figure as it is, unrounded; truth values in words, nothing as a dash."""
    if isinstance(value, bool):
        return yes_or_no(value, language)
    return "—" if value is None else str(value)


def spell_share(share: float | None) -> str:
    """A share in 0..1 as per cent with one decimal; rounded down at the top, so that 99.96 % never reads as all."""
    if share is None:
        return "—"
    percent = share * 100
    shown = min(round(percent, 1), 99.9) if percent < 100 else percent
    return f"{shown:.1f}%".replace(".0%", "%")


def spell_duration(seconds: float, language: Language) -> str:
    """``1:02:03`` for hours, ``2:03`` for minutes, ``3.4 s`` below."""
    if seconds < 60:
        return f"{seconds:.1f} {'秒' if language is Language.ZH else 's'}"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def web_address(url: str | None) -> str:
    """Return a crawled address where it may become a link, ``""`` where it may not (``javascript:`` and the like)."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return url or "" if parts.scheme in ("http", "https") and parts.netloc else ""
