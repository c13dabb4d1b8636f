"""Draws the items that people check: by strata, and by a hash that nobody can steer and everybody can repeat.

A body's items have one order, by SHA-256 of period|unit|code|salt. The sample of every row is the first so many of each
stratum of its own frame in that order, so that the samples of all rows overlap as far as their frames do and one visit
settles several rows (methodology.md §3.5), while each row's sample by itself is a plain random one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from domain.sample import Aspect, FrameItem, SampledItem, SizeRule
from scoring.sampling.finite_population import sample_size

STRATUM_MIN = 2
WATCHED = 5
"""Items declared negative that are watched for under-reporting, per body."""
SECOND_SHARE = 4
"""Every fourth drawn item is looked at by a second observer, whatever the first one saw."""
SPARE_SHARE = 5
"""One item in five more than asked for stands in where an item cannot be settled."""


@dataclass(frozen=True, kw_only=True)
class DrawnSample:
    """The drawn items of many bodies, and per body and aspect how many there are and how many were asked for."""

    items: tuple[SampledItem, ...]
    populations: Mapping[str, Mapping[Aspect, int]]
    sizes: Mapping[str, Mapping[Aspect, int]]


def draw_sample(frame: Iterable[FrameItem], *, commitment: str, period: str, salt: str, size: SizeRule) -> DrawnSample:
    """Draw every body's sample from a frame; the order of the frame does not matter.

    Raises ``ValueError`` for a frame that holds a code of a body twice.
    """
    bodies: dict[str, list[FrameItem]] = defaultdict(list)
    for item in frame:
        bodies[item.unit].append(item)
    drawn: list[SampledItem] = []
    populations: dict[str, dict[Aspect, int]] = {}
    sizes: dict[str, dict[Aspect, int]] = {}
    for unit in sorted(bodies):
        orders = order_items(bodies[unit], period=period, salt=salt)
        ordered = sorted(bodies[unit], key=lambda item: orders[item.code])
        frames = {aspect: [item for item in ordered if aspect in item.declared] for aspect in Aspect}
        populations[unit] = {aspect: len(members) for aspect, members in frames.items() if members}
        sizes[unit] = {aspect: planned_size(count, size) for aspect, count in populations[unit].items()}
        drawn += draw_body(ordered, frames, sizes[unit], orders, commitment)
    return DrawnSample(items=tuple(drawn), populations=populations, sizes=sizes)


def order_items(items: Sequence[FrameItem], *, period: str, salt: str) -> dict[str, str]:
    """Return code → the hash by which a body's items are ordered."""
    orders = {item.code: order_of(period, item.unit, item.code, salt) for item in items}
    if len(orders) < len(items):
        raise ValueError(f"the frame of {items[0].unit} holds a code twice; each item may be drawn once")
    return orders


def order_of(period: str, unit: str, code: str, salt: str) -> str:
    """Return SHA-256 of period|unit|code|salt, hexadecimal."""
    return hashlib.sha256(f"{period}|{unit}|{code}|{salt}".encode()).hexdigest()


def planned_size(population: int, rule: SizeRule) -> int:
    """Return how many items of a population are asked for: the floor, or more where a width is wished; never more."""
    wished = sample_size(population, float(rule.half_width)) if rule.half_width is not None else 0
    return min(population, max(rule.floor, wished))


def draw_body(
    ordered: Sequence[FrameItem],
    frames: Mapping[Aspect, Sequence[FrameItem]],
    sizes: Mapping[Aspect, int],
    orders: Mapping[str, str],
    commitment: str,
) -> list[SampledItem]:
    """Draw one body's items in their order: the samples of all rows, spares, and those that are only watched."""
    checks: dict[str, list[Aspect]] = defaultdict(list)
    spare: dict[str, list[Aspect]] = defaultdict(list)
    for aspect, size in sizes.items():
        chosen, spares = draw_row(frames[aspect], size)
        for item in chosen:
            checks[item.code].append(aspect)
        for item in spares:
            spare[item.code].append(aspect)
    watched = {item.code: item.denied for item in [item for item in ordered if item.denied][:WATCHED]}
    main = [item.code for item in ordered if item.code in checks]
    second = set(main[: ceil(len(main) / SECOND_SHARE)])
    return [
        SampledItem(
            commitment=commitment,
            unit=item.unit,
            code=item.code,
            item_id=item.item_id,
            title=item.title,
            url=item.url,
            stratum=item.stratum,
            order=orders[item.code],
            checks=tuple(checks.get(item.code, ())),
            spare=tuple(spare.get(item.code, ())),
            watched=watched.get(item.code, ()),
            second=item.code in second,
        )
        for item in ordered
        if item.code in checks or item.code in spare or item.code in watched
    ]


def draw_row(ordered: Sequence[FrameItem], size: int) -> tuple[list[FrameItem], list[FrameItem]]:
    """Return a row's sample and its spares out of its frame, which comes in the body's order."""
    strata: dict[str, list[FrameItem]] = defaultdict(list)
    for item in ordered:
        strata[item.stratum].append(item)
    shares = allocate({name: len(members) for name, members in strata.items()}, size)
    chosen = {item.code for name, members in strata.items() for item in members[: shares[name]]}
    rest = [item for item in ordered if item.code not in chosen]
    return [item for item in ordered if item.code in chosen], rest[: ceil(size / SPARE_SHARE)]


def allocate(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Share a sample among strata in proportion to their sizes, at least ``STRATUM_MIN`` of each where it has so many.

    The floors come first, so that a sample too small for them is larger than asked for; every further item goes to the
    stratum that is furthest behind its share, ties to the larger stratum and then by name.
    """
    population = sum(sizes.values())
    if population <= total:
        return dict(sizes)
    shares = {name: min(size, STRATUM_MIN) for name, size in sizes.items()}
    due = {name: Fraction(size * total, population) for name, size in sizes.items()}
    for _ in range(total - sum(shares.values())):
        room = (name for name in sizes if shares[name] < sizes[name])
        behind = min(room, key=lambda name: (shares[name] - due[name], -sizes[name], name))
        shares[behind] += 1
    return shares
