"""Who may be drawn: what each item declares (F⁺) and denies (F⁻) per row, its stratum, and the file that says so."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import ceil

from domain.crawl import GuideOutcome
from domain.errors import UsageError
from domain.facts import ItemFact
from domain.item_type import is_application
from domain.sample import Aspect, FrameItem, Volume
from scoring.census import application_or_public
from scoring.indicators.fully_online import is_fully_online

TOP_SHARE = Fraction(1, 5)
FRAME_COLUMNS = ("unit", "code", "stratum", "declared", "denied", "item_id")
BETWEEN_ASPECTS = "+"


def promises_less(item: ItemFact) -> bool | None:
    """Say whether the promised limit lies below the legal one; ``None`` without both."""
    if item.promise is None or item.legal is None:
        return None
    return item.promise.working_days < item.legal.working_days


def asks_no_visit(item: ItemFact) -> bool | None:
    """Say whether nobody has to come in person."""
    return None if item.visits is None else item.visits == 0


Declares = Callable[[ItemFact], bool | None]
DECLARES: Mapping[Aspect, Declares] = {
    Aspect.GUIDE_TRUTH: lambda item: True if is_application(item.item_type_code) else None,
    Aspect.BOOKING: lambda item: item.bookable,
    Aspect.ONE_WINDOW: lambda item: item.comprehensive_window if is_application(item.item_type_code) else None,
    Aspect.FULLY_ONLINE: lambda item: is_fully_online(item) if application_or_public(item.item_type_code) else None,
    Aspect.COMPREHENSIVE: lambda item: item.comprehensive_window,
    Aspect.NEARBY: lambda item: item.nearby,
    Aspect.LESS_TIME: promises_less,
    Aspect.FEWER_VISITS: asks_no_visit,
    Aspect.INSTANT: lambda item: item.immediate,
}
"""Aspect → whether an item declares it; ``None``: it says nothing, or does not belong to the row."""


def in_frame(item: ItemFact) -> bool:
    """Say whether an item may be drawn: its guide was measured, and it is no bundle of other items."""
    return item.outcome is GuideOutcome.MEASURED and not item.package


def frame_item(unit: str, item: ItemFact, *, title: str, url: str, volume: Volume = Volume.UNKNOWN) -> FrameItem:
    """Turn the facts of one item into its line of the frame."""
    told = {aspect: declares(item) for aspect, declares in DECLARES.items()}
    return FrameItem(
        unit=unit,
        code=item.code,
        item_id=item.item_id,
        title=title,
        url=url,
        item_type_code=item.item_type_code,
        volume=volume,
        declared=tuple(aspect for aspect in Aspect if told[aspect]),
        denied=tuple(aspect for aspect in Aspect if told[aspect] is False),
    )


def sort_volumes(cases: Mapping[str, int]) -> dict[str, Volume]:
    """Sort a body's items into the top fifth by cases and the rest; ties at the border belong to the top.

    An item without cases is never of the top.
    """
    if not cases:
        return {}
    border = sorted(cases.values(), reverse=True)[ceil(len(cases) * TOP_SHARE) - 1]
    return {code: Volume.TOP if count >= max(border, 1) else Volume.REST for code, count in cases.items()}


def sort_frame(items: Iterable[FrameItem]) -> tuple[FrameItem, ...]:
    """Order a frame by body and code; of two guides under one code the one with the lesser id stays."""
    kept: dict[tuple[str, str], FrameItem] = {}
    for item in sorted(items, key=lambda item: (item.unit, item.code, item.item_id)):
        kept.setdefault((item.unit, item.code), item)
    return tuple(kept.values())


def write_frame(items: Iterable[FrameItem]) -> bytes:
    """Write the frame file: CSV in UTF-8 with LF, one line per item, without what may be reworded (titles, links)."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(FRAME_COLUMNS)
    for item in items:
        aspects = (BETWEEN_ASPECTS.join(item.declared), BETWEEN_ASPECTS.join(item.denied))
        writer.writerow((item.unit, item.code, item.stratum, *aspects, item.item_id))
    return target.getvalue().encode()


def hash_frame(items: Iterable[FrameItem]) -> str:
    """Return the SHA-256 of the frame file."""
    return hashlib.sha256(write_frame(items)).hexdigest()


def read_frame(data: bytes, *, name: str) -> tuple[FrameItem, ...]:
    """Read a frame file back; raise ``UsageError`` naming the line that is no line of a frame."""
    try:
        header, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
        if tuple(header) != FRAME_COLUMNS:
            raise ValueError(f"its columns are {', '.join(header)}")
        return tuple(read_line(number, row) for number, row in enumerate(rows, start=2))
    except (ValueError, csv.Error) as error:
        raise UsageError(
            f"{name} is no frame file: {error}; allowed: the file that `yuece sample commit` wrote"
        ) from error


def read_line(number: int, row: list[str]) -> FrameItem:
    """Read one line of a frame; raise ``ValueError`` naming it."""
    try:
        unit, code, stratum, declared, denied, item_id = row
        item_type, _, volume = stratum.rpartition("/")
        return FrameItem(
            unit=unit,
            code=code,
            item_id=item_id,
            title="",
            item_type_code="" if item_type == "--" else item_type,
            volume=Volume(volume),
            declared=read_aspects(declared),
            denied=read_aspects(denied),
        )
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from error


def read_aspects(text: str) -> tuple[Aspect, ...]:
    """Read aspects joined by a plus sign; "" are none."""
    return tuple(Aspect(part) for part in text.split(BETWEEN_ASPECTS) if part)
