"""A 一件事 bundles items that have guides of their own: it enters no row and lowers no coverage."""

import pytest

from domain.crawl import GuideOutcome
from domain.facts import ItemFact
from scoring.examples import body_facts, measured_item
from scoring.indicator import indicators
from scoring.targets import load_targets

TARGETS = load_targets()
SILENT = frozenset({"bookable", "online", "visits", "immediate", "promise", "legal", "completeness", "accuracy"})
PACKAGE = ItemFact(
    item_id="package-1",
    code="package-1",
    outcome=GuideOutcome.MEASURED,
    package=True,
    unseen_facts=SILENT,
)


@pytest.mark.parametrize("indicator", ["online-available", "fewer-visits", "guide-completeness-accuracy"])
def test_a_package_changes_no_row(indicator: str) -> None:
    chosen = indicators.get(indicator)
    alone, beside = body_facts([measured_item(1)], []), body_facts([measured_item(1), PACKAGE], [])
    expected, found = chosen.compute(alone, TARGETS), chosen.compute(beside, TARGETS)
    assert found == expected
    assert PACKAGE.item_id not in (*found.inputs, *found.excluded)
