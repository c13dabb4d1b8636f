"""Draws like services for the simulated application, so that efforts are compared with their like (methodology.md §5).

Departments publish different items, so theirs are matched by archetype: applying anew, changing, renewing or ending, a
record or a public service. Counties publish the same items, so theirs are matched by 基本编码. The method asks for the
item with most cases of each kind; case numbers are not public, so a published hash decides.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import zip_longest

from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.item_type import is_application, is_public_service

COUNTY_PREFIX = "county-"
COMMON_CODES = 8


class Archetype(StrEnum):
    """What a citizen wants of a service; the order is the order in which a department's are drawn."""

    NEW = "new"
    CHANGE = "change"
    RENEWAL = "renewal"
    RECORD = "record"


RENEWAL = re.compile(r"延续|续期|换[证发领]|换届|补[证办发领换]|遗失|注销|终止|停业|歇业|撤销|解散|退出")
CHANGE = re.compile(r"变更|变动|更正|更改|转移|转让|转入|转出|迁移|修改|增项|增加")
RECORD = re.compile(r"备案|报备|报告|公示|查询|咨询|报名|登记表|证明")


def archetype_of(guide: Guide) -> Archetype | None:
    """Name a guide's archetype by its name and kind; ``None`` for what nobody applies for."""
    applied, public = is_application(guide.item_type_code), is_public_service(guide.item_type_code)
    if not applied and not public:
        return None
    if RENEWAL.search(guide.title):
        return Archetype.RENEWAL
    if CHANGE.search(guide.title):
        return Archetype.CHANGE
    return Archetype.RECORD if public or RECORD.search(guide.title) else Archetype.NEW


def is_county(unit: str) -> bool:
    """Say whether a body is a county."""
    return unit.startswith(COUNTY_PREFIX)


def common_codes(counties: Iterable[set[str]], order: Callable[[str], str]) -> tuple[str, ...]:
    """Return the up to eight 基本编码 that most counties offer online; equal ones in the order of the hash.

    ``counties`` has the codes of each county's online items.
    """
    shared = Counter(code for codes in counties for code in codes if code)
    return tuple(sorted(shared, key=lambda code: (-shared[code], order(code)))[:COMMON_CODES])


def draw_like_services(unit: str, ordered: Sequence[Guide], *, codes: tuple[str, ...]) -> tuple[tuple[Guide, str], ...]:
    """Return a body's online items in the order in which a plan takes them, each with the group it is compared in.

    ``ordered`` are the items in the order of the draw; ``codes`` are the counties' common 基本编码. What belongs to no
    group comes last, under "".
    """
    grouped = group_by_code(ordered, codes) if is_county(unit) else group_by_archetype(ordered)
    drawn = [
        (guide, group) for turn in zip_longest(*grouped.values()) for guide, group in zip(turn, grouped, strict=True)
    ]
    matched = [(guide, group) for guide, group in drawn if guide is not None]
    known = {guide.item_id for guide, _ in matched}
    return (*matched, *((guide, "") for guide in ordered if guide.item_id not in known))


def group_by_code(guides: Iterable[Guide], codes: tuple[str, ...]) -> dict[str, list[Guide]]:
    """Group guides by the common codes; a code that the body does not offer is an empty group."""
    found: dict[str, list[Guide]] = {f"basic:{code}": [] for code in codes}
    for guide in guides:
        group = f"basic:{basic_code(guide)}"
        if group in found:
            found[group].append(guide)
    return found


def group_by_archetype(guides: Iterable[Guide]) -> dict[str, list[Guide]]:
    """Group guides by archetype."""
    found: dict[str, list[Guide]] = {f"archetype:{archetype}": [] for archetype in Archetype}
    for guide in guides:
        archetype = archetype_of(guide)
        if archetype is not None:
            found[f"archetype:{archetype}"].append(guide)
    return found


def basic_code(guide: Guide) -> str:
    """Return a guide's 基本编码, "" when it has none."""
    return guide.text(FieldName.BASIC_CODE)
