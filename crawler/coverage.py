"""Counts which parts of a guide a whole crawl saw, so that a poor source is not taken for empty guides."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

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


class CoverageCount:
    """Counts guides one after the other; memory grows with the parts of a guide, not with the guides."""

    def __init__(self) -> None:
        self.guides = 0
        self.compared_units: set[str] = set()
        self._states: Counter[tuple[str, str]] = Counter()  # (part, state) → guides
        self._before: Counter[tuple[str, str]] = Counter()  # the same, as the earlier run saw these guides
        self._examples: dict[tuple[str, str], str] = {}
        self._gained: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._lost_examples: dict[str, str] = {}
        self._lost_units: dict[str, set[str]] = defaultdict(set)

    def add(self, guide: Guide, before: Guide | None = None) -> None:
        """Take in a guide, and what an earlier run saw in its place."""
        self.guides += 1
        now = read_parts(guide)
        then = now if before is guide else None if before is None else read_parts(before)
        self.count(guide.item_id, guide.unit or "", now, then)

    def count(self, item_id: str, unit: str, now: Parts, before: Parts | None) -> None:
        """Take in the state of every part, and the state it had before."""
        self._states.update(now.items())
        for pair in now.items() - self._examples.keys():
            self._examples[pair] = item_id
        if before is not None:
            self.compared_units.add(unit)
            self._before.update(before.items())
        if before is not None and before is not now:
            self._compare(item_id, unit, now, before)

    def _compare(self, item_id: str, unit: str, now: Parts, before: Parts) -> None:
        """Count what became of the parts of one guide; a part that is gone altogether is lost as well."""
        for name in now.keys() | before.keys():
            has, had = now.get(name) == FILLED, before.get(name) == FILLED
            if had and not has:
                self._lost[name] += 1
                self._lost_units[name].add(unit)
                self._lost_examples.setdefault(name, item_id)
            elif has and not had:
                self._gained[name] += 1

    def unseen(self) -> frozenset[FieldName]:
        """Return the fields that no guide carries; none below ``GUIDES_MIN`` guides."""
        if self.guides < GUIDES_MIN:
            return frozenset()
        return frozenset(name for name in FieldName if self._states[name, UNSEEN] == self.guides)

    def coverage(self, run: str, portal: str, compared_with: str = "") -> Iterator[FieldCoverage]:
        """Yield the figures of every part."""
        for name in sorted({name for name, _ in (*self._states, *self._before)}):
            states = {state: self._states[name, state] for state in (FILLED, BLANK, UNSEEN)}
            shown = self._examples.get((name, BLANK)) or self._examples.get((name, UNSEEN), "")
            yield FieldCoverage(
                run=run,
                portal=portal,
                field=str(name),
                guides=sum(states.values()),
                **states,
                filled_example=self._examples.get((name, FILLED), ""),
                blank_example=self._lost_examples.get(name) or shown,
                compared_with=compared_with,
                held_before=self._before[name, FILLED],
                lost=self._lost[name],
                lost_bodies=len(self._lost_units[name]) if name in self._lost_units else 0,
                gained=self._gained[name],
            )


def read_parts(guide: Guide) -> Parts:
    """Return the state of every field, and of every part of the materials where the guide lists some."""
    parts: dict[str, str] = dict(NOTHING)
    for name, field in guide.fields.items():
        if field.value:
            parts[name] = FILLED
        elif field.raw is not None:
            parts[name] = BLANK
    for part, key in MATERIAL_PARTS if guide.materials else ():
        values = [getattr(material, part) for material in guide.materials or ()]
        parts[key] = FILLED if any(values) else UNSEEN if values.count(None) == len(values) else BLANK
    return parts


NOTHING: Parts = dict.fromkeys(map(str, FieldName), UNSEEN)
MATERIAL_PARTS = tuple((part.value, material_part(part)) for part in MaterialPart)
