"""Counts which parts of a guide a whole crawl saw, so that a poor source is not taken for empty guides."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from domain.field_coverage import FieldCoverage, material_part
from domain.guide import Guide
from domain.guide_fields import FieldName, MaterialPart

GUIDES_MIN = 20
FILLED, BLANK, UNSEEN = "filled", "blank", "unseen"
Parts = Mapping[str, str]  # name of a part → filled, blank or unseen


def unseen_fields(guides: Iterable[Guide]) -> frozenset[FieldName]:
    """Return the fields whose key no guide of the crawl has.

    Below ``GUIDES_MIN`` guides nothing is declared unseen: a small body may well leave one field out everywhere.
    A key that is there and empty (``""``, ``null``, ``[]``) counts as seen: it is the portal that says nothing.
    """
    count = CoverageCount()
    for guide in guides:
        count.add(guide)
    return count.unseen()


@dataclass(kw_only=True)
class Tally:
    """One part over the guides added so far."""

    states: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)  # state → item id
    held_before: int = 0
    lost: int = 0
    lost_example: str = ""
    lost_units: set[str] = field(default_factory=set)
    gained: int = 0


class CoverageCount:
    """Counts guides one after the other; memory grows with the parts of a guide, not with the guides."""

    def __init__(self) -> None:
        self.guides = 0
        self.compared_units: set[str] = set()
        self._tallies: dict[str, Tally] = {}

    def add(self, guide: Guide, before: Guide | None = None) -> None:
        """Take in a guide, and what an earlier run saw in its place."""
        self.guides += 1
        self.count(guide.item_id, guide.unit or "", read_parts(guide), before and read_parts(before))

    def count(self, item_id: str, unit: str, now: Parts, before: Parts | None) -> None:
        """Take in the state of every part, and the state it had before."""
        if before is not None:
            self.compared_units.add(unit)
        for name, state in now.items():
            tally = self._tallies.setdefault(name, Tally())
            tally.states[state] += 1
            tally.examples.setdefault(state, item_id)
            if before is not None and name in before:
                compare(tally, item_id, unit, now=state == FILLED, before=before[name] == FILLED)

    def unseen(self) -> frozenset[FieldName]:
        """Return the fields that no guide carries; none below ``GUIDES_MIN`` guides."""
        if self.guides < GUIDES_MIN:
            return frozenset()
        names = {name.value: name for name in FieldName}
        counted = ((names.get(name), tally) for name, tally in self._tallies.items())
        return frozenset(name for name, tally in counted if name and tally.states[UNSEEN] == self.guides)

    def coverage(self, run: str, portal: str, compared_with: str = "") -> Iterator[FieldCoverage]:
        """Yield the figures of every part."""
        for name, tally in self._tallies.items():
            yield FieldCoverage(
                run=run,
                portal=portal,
                field=name,
                guides=tally.states.total(),
                filled=tally.states[FILLED],
                blank=tally.states[BLANK],
                unseen=tally.states[UNSEEN],
                filled_example=tally.examples.get(FILLED, ""),
                blank_example=tally.lost_example or tally.examples.get(BLANK) or tally.examples.get(UNSEEN, ""),
                compared_with=compared_with,
                held_before=tally.held_before,
                lost=tally.lost,
                lost_bodies=len(tally.lost_units),
                gained=tally.gained,
            )


def compare(tally: Tally, item_id: str, unit: str, *, now: bool, before: bool) -> None:
    """Count what became of one part of one guide since the earlier run."""
    tally.held_before += before
    if before and not now:
        tally.lost += 1
        tally.lost_units.add(unit)
        tally.lost_example = tally.lost_example or item_id
    tally.gained += now and not before


def read_parts(guide: Guide) -> dict[str, str]:
    """Return the state of every field, and of every part of the materials where the guide lists some."""
    fields = guide.fields
    parts = {name.value: state_of(shown=fields[name].raw is not None, text=fields[name].value) for name in fields}
    parts |= {name: UNSEEN for name in every_field() if name not in parts}
    if guide.materials:
        for part in MaterialPart:
            values = [getattr(material, part.value) for material in guide.materials]
            parts[material_part(part)] = state_of(shown=any(v is not None for v in values), text=any(values))
    return parts


def state_of(*, shown: bool, text: object) -> str:
    """Tell a part with text from a blank one, and that from one whose key is not there."""
    if text:
        return FILLED
    return BLANK if shown else UNSEEN


@cache
def every_field() -> tuple[str, ...]:
    """Return the names of all fields."""
    return tuple(name.value for name in FieldName)
