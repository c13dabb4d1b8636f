"""Brings the guides of one item together: its 业务办理项 share the 实施编码, and a row may count items, not guides."""

from collections.abc import Iterable

from domain.facts import ItemFact

SITUATIONS_MIN = 2


def group_by_item(guides: Iterable[ItemFact]) -> tuple[tuple[ItemFact, ...], ...]:
    """Group guides by 实施编码; one without a code stands alone."""
    groups: dict[str, list[ItemFact]] = {}
    for guide in guides:
        groups.setdefault(guide.task_code or guide.item_id, []).append(guide)
    return tuple(tuple(group) for group in groups.values())


def tells_situations(group: tuple[ItemFact, ...]) -> bool:
    """Say whether a guide of the item tells two or more situations apart."""
    return any((guide.situations or 0) >= SITUATIONS_MIN for guide in group)


def has_own_guides(group: tuple[ItemFact, ...]) -> bool:
    """Say whether the item is published by 业务办理项, each with a guide of its own."""
    return any(bool(guide.handling_item) for guide in group)


def has_several(group: tuple[ItemFact, ...]) -> bool:
    """Say whether the item surely has situations: two of its 业务办理项 were read, or a guide tells two apart."""
    return sum(bool(guide.handling_item) for guide in group) >= SITUATIONS_MIN or tells_situations(group)


def is_split(group: tuple[ItemFact, ...]) -> bool:
    """Say whether the item is split into 业务办理项 or into situations."""
    return has_own_guides(group) or tells_situations(group)
