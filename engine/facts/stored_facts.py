"""Item facts body by body: as they are stored, or read out of guides and audits once and stored then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import crawler.checkpoints
import crawler.rules.placeholder
import domain.facts
import domain.time_limit
import engine.facts.item_facts
import engine.facts.material_facts
import engine.facts.place_facts
import engine.facts.standard_facts
from crawler.coverage import unseen_fields
from domain.crawl import GuideOutcome
from domain.errors import MachineError
from domain.facts import ItemFact
from domain.finding import Audit, RuleSet
from domain.guide import Guide
from domain.guide_fields import FieldName
from engine.facts.item_facts import item_fact, unseen_item, with_readability
from engine.night_plan import MAIN_PORTAL
from storage.rows import batches
from storage.store import Store

BATCH = 500
ATTEMPTS = 5
"""Times that a body is read while another process changes the run, before that is an error."""
SOURCES: tuple[ModuleType, ...] = (
    crawler.checkpoints,
    crawler.rules.placeholder,
    domain.facts,
    domain.time_limit,
    engine.facts.item_facts,
    engine.facts.material_facts,
    engine.facts.place_facts,
    engine.facts.standard_facts,
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

    Facts that are not stored, or that other code made, are read from the documents and stored. Raises ``MachineError``
    when another process changes the run again and again while it is read.
    """
    wanted = tuple(units)
    source = FactSource(store, run, wanted)
    yield from (source.items(unit) for unit in wanted)


class FactSource:
    """Gives out stored facts, and reads those that are missing under claims that any change of the run makes void."""

    def __init__(self, store: Store, run: str, units: Sequence[str]) -> None:
        self._store, self._run, self._units = store, run, units
        self._claims: dict[str, str] = {}
        self._reader = FactReader(store, run)

    def items(self, unit: str) -> tuple[ItemFact, ...]:
        """Return a body's items as they were at one moment."""
        for _ in range(ATTEMPTS):
            items = self._store.facts.of_unit(self._run, unit, facts_version())
            if items is None:
                items = self._read(unit)
            if items is not None:
                return items
        raise MachineError(f"the run {self._run} is being changed by another process; wait for it and score again")

    def _read(self, unit: str) -> tuple[ItemFact, ...] | None:
        """Read a body's items and store them; ``None`` when the run changed meanwhile, or another was quicker."""
        if unit not in self._claims:
            # All at once and before anything is read: what a body's facts rest on is partly told by the others.
            self._claims = dict(self._store.facts.claim(self._run, self._units, facts_version()))
            self._reader = FactReader(self._store, self._run)
            if unit not in self._claims:
                return None
        items = tuple(self._reader.read(unit))
        if self._store.facts.keep(self._claims.pop(unit), self._run, unit, facts_version(), items):
            return items
        self._claims.clear()
        return None


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
