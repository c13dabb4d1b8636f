"""How a report spells figures and moments, and how it says one thing in either language."""

from collections.abc import Callable
from datetime import datetime

from exports.harmless_text import clean
from exports.language import Language, china_time
from exports.personal_numbers import hide_identity_numbers

Say = Callable[[str, str], str]
NOTHING = "—"


def speak(language: Language) -> Say:
    """Return what picks the Chinese or the English words."""
    return (lambda zh, _: zh) if language is Language.ZH else (lambda _, en: en)


def spell_points(value: float | None) -> str:
    """Two decimals, as points are published."""
    return NOTHING if value is None else f"{value:.2f}"


def spell_share(share: float | None) -> str:
    """Per cent with at most one decimal; what is not quite all never reads as 100 %."""
    if share is None:
        return NOTHING
    percent = share * 100
    return f"{min(percent, 99.9) if percent < 100 else percent:.1f}%".replace(".0%", "%")


def spell_count(value: float | None) -> str:
    """A count without decimals, any other figure with at most two."""
    return NOTHING if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def spell_change(change: float, decimals: int) -> str:
    """A difference with its sign; none at all has no sign."""
    rounded = round(change, decimals)
    return f"{rounded:+.{decimals}f}" if rounded else f"{0:.{decimals}f}"


def spell_range(bounds: tuple[float, float] | None, spell: Callable[[float | None], str]) -> str:
    """``low–high``; "" where nothing was left to chance."""
    return "" if bounds is None else f"{spell(bounds[0])}–{spell(bounds[1])}"


def spell_moment(moment: datetime | None) -> str:
    """``2026-11-23 09:30`` in Beijing time."""
    return NOTHING if moment is None else china_time(moment).strftime("%Y-%m-%d %H:%M")


def shorten(text: str, limit: int) -> str:
    """Make crawled text fit to leave and cut it at ``limit`` characters."""
    plain = " ".join(hide_identity_numbers(clean(text)).split())
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"
