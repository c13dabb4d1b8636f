"""Item facts body by body: as they are stored, or read out of guides and audits once and stored then."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import crawler.checkpoints
import crawler.rules.placeholder
import domain.facts
import domain.time_limit
import engine.item_facts
import engine.material_facts
import engine.place_facts
import engine.standard_facts
from crawler.coverage import unseen_fields
from domain.crawl import GuideOutcome
from domain.facts import ItemFact
from domain.finding import Audit, RuleSet
from domain.guide import Guide
from domain.guide_fields import FieldName
from engine.item_facts import item_fact, unseen_item, with_readability
from engine.night_plan import MAIN_PORTAL
from storage.rows import batches
from storage.store import Store

BATCH = 500
SOURCES: tuple[ModuleType, ...] = (
    crawler.checkpoints,
    crawler.rules.placeholder,
    domain.facts,
    domain.time_limit,
    engine.item_facts,
    engine.material_facts,
    engine.place_facts,
    engine.standard_facts,
)
"""The code that turns a guide and its audit into facts; parsers and rules have versions of their own in the store."""


@cache
def facts_version() -> str:
    """Name the code that makes facts by its own text, so that a change of it cannot be forgotten."""
    digest = sha256()
    for module in SOURCES:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]


def stream_items(store: Store, run: str, units: Iterable[str]) -> Iterator[tuple[ItemFact, ...]]:
    """Yield the items of each body; memory holds one body.

    Facts that are not stored, or that other code made, are read from the documents and stored.
    """
    reader = FactReader(store, run)
    for unit in units:
        items = store.facts.of_unit(run, unit, facts_version())
        if items is None:
            items = tuple(reader.read(unit))
            store.facts.save(run, unit, facts_version(), items)
        yield items


class FactReader:
    """Reads the facts of a run out of guides, audits, readings and visits."""

    def __init__(self, store: Store, run: str) -> None:
        self._store, self._run = store, run
        self._unseen: frozenset[FieldName] | None = None
        self._rule_sets: dict[str, RuleSet] = {}

    def read(self, unit: str) -> Iterator[ItemFact]:
        """Yield a body's facts: measured guides by item id, then what was not measured."""
        guides = self._store.guides.of_run(self._run, portal=MAIN_PORTAL, unit=unit)
        for batch in batches(guides, BATCH):
            items = [guide.item_id for guide in batch]
            audits = self._store.audits.audits_of(self._run, MAIN_PORTAL, items)
            readings = self._store.readability.scores(self._run, MAIN_PORTAL, items)
            yield from (self._fact(guide, audits.get(guide.item_id), readings) for guide in batch)
        for visit in self._store.crawls.visits(self._run, portal=MAIN_PORTAL, unit=unit):
            if visit.outcome is not GuideOutcome.MEASURED:
                yield unseen_item(visit)

    def _fact(self, guide: Guide, audit: Audit | None, readings: Mapping[str, float | None]) -> ItemFact:
        rules = None if audit is None else self._rule_set(audit.rule_set)
        return with_readability(item_fact(guide.without(self._unseen_fields()), audit, rules), readings)

    def _rule_set(self, id: str) -> RuleSet:
        if id not in self._rule_sets:
            self._rule_sets[id] = self._store.audits.rule_set(id)
        return self._rule_sets[id]

    def _unseen_fields(self) -> frozenset[FieldName]:
        """Return the fields that no guide of the run carries: what a body's own guides cannot tell."""
        if self._unseen is None:
            self._unseen = unseen_fields(self._store.guides.of_run(self._run, portal=MAIN_PORTAL))
        return self._unseen
