"""Reads what other channels handed in, so that a formula's own line says which figure or list it rests on."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from domain.facts import UnitFacts
from domain.handed_list import ListKind, list_reference


def figure(facts: UnitFacts, rows: Mapping[str, int], name: str) -> Fraction | None:
    """Return an imported figure of a row; ``None`` where nobody handed it in."""
    value = facts.imported.get(rows[facts.unit.table], {}).get(name)
    return None if value is None else Fraction(value)


def codes(facts: UnitFacts, kind: ListKind) -> frozenset[str] | None:
    """Return the codes of a list; ``None`` where nobody handed one in for the body."""
    entries = facts.lists.get(kind)
    return None if entries is None else frozenset(entry.key for entry in entries)


def list_references(facts: UnitFacts, kinds: Iterable[ListKind]) -> tuple[str, ...]:
    """Name the lists of a row that the body has, each in the version that counts, as inputs of its score."""
    return tuple(list_reference(kind, facts.list_versions.get(kind, 1)) for kind in kinds if kind in facts.lists)
