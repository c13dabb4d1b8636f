"""The misbehaviours in force: those of the corpus plus those set by a faults file or at run time."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from sandbox.misbehaviours import Misbehaviour, read_names
from sandbox.model import Corpus, Item

FaultPlan = dict[str, frozenset[Misbehaviour]]


def read_fault_plan(document: object, corpus: Corpus) -> FaultPlan:
    """Check ``{task code, ITEM_ID, body key or "*": [misbehaviour, …]}``.

    Raises ValueError with one sentence for another shape, an unknown key or an unknown misbehaviour.
    """
    if not isinstance(document, Mapping):
        raise ValueError("faults must be a table of task codes, body keys or '*', each with a list of misbehaviours")
    codes = {key for item in corpus.items for key in (item.task_code, item.item_id)}
    known = {"*"} | codes | {body.key for body in corpus.bodies}
    plan: FaultPlan = {}
    for key, names in document.items():
        if key not in known:
            raise ValueError(f"faults name {key!r}, which is no task code, ITEM_ID, body key or '*' of this corpus")
        if not isinstance(names, list):
            raise ValueError(f"faults of {key!r} must be a list of misbehaviours")
        plan[key] = read_names(names, about=key)
    return plan


def load_fault_document(path: Path) -> object:
    """Read a TOML (by its suffix) or JSON file; ValueError or OSError when that fails."""
    text = path.read_text(encoding="utf-8")
    return tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)


class Faults:
    """Answers "does this item misbehave in that way", counting the ``*_once`` ones per item and client."""

    def __init__(self, plan: FaultPlan | None = None) -> None:
        self._plan: FaultPlan = plan or {}
        self._spent: set[tuple[str, Misbehaviour, str]] = set()

    def replace(self, plan: FaultPlan) -> None:
        """Put another plan in force and give every client its ``*_once`` again."""
        self._plan = plan
        self._spent.clear()

    def of_item(self, item: Item) -> frozenset[Misbehaviour]:
        """Give all misbehaviours about one item."""
        own = frozenset(Misbehaviour(name) for name in item.misbehaviours)
        return own | self._of(item.task_code) | self._of(item.item_id) | self._of(item.body) | self._of("*")

    def has(self, item: Item, name: Misbehaviour) -> bool:
        """Say whether the item misbehaves so."""
        return name in self.of_item(item)

    def strikes_once(self, item: Item, name: Misbehaviour, client: str) -> bool:
        """Say whether a ``*_once`` misbehaviour is due for this client, and spend it."""
        if not self.has(item, name) or (item.item_id, name, client) in self._spent:
            return False
        self._spent.add((item.item_id, name, client))
        return True

    def to_json(self) -> dict[str, list[str]]:
        """Give the plan in force (without what the corpus itself plants)."""
        return {key: sorted(names) for key, names in self._plan.items()}

    def _of(self, key: str) -> frozenset[Misbehaviour]:
        return self._plan.get(key, frozenset())
