"""The hand-worked examples of docs/scoring.md, computed again from their own tables."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.handed_list import ListEntry, ListKind
from domain.observation import Measure
from domain.outcome import Outcome
from domain.score import Score, ScoreState, UnitTotal
from domain.time_limit import LimitUnit, TimeLimit
from domain.unit import find_unit
from scoring.catalogue import indicator_table
from scoring.indicator import Targets
from scoring.ranking import published
from scoring.row_result import HANDED_IN
from scoring.score_units import score_units

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "scoring.md"
TARGETS = Targets(
    time_saving=Decimal("0.9"),
    promise_days=Decimal(10),
    immediate_share=Decimal("0.5"),
    power_list_cut=Decimal("0.5"),
)
UNITS = {"department": "dept-05", "county": "county-3"}


def doc_table(name: str) -> list[dict[str, str]]:
    lines = DOCUMENT.read_text(encoding="utf-8").split(f"<!-- example: {name} -->\n", 1)[1].splitlines()
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return [dict(zip(rows[0], cells, strict=True)) for cells in rows[2:]]


def yes_no(cell: str) -> bool | None:
    return {"yes": True, "no": False, "–": None}[cell]


def limit(cell: str) -> TimeLimit | None:
    if cell == "–":
        return None
    days, unit = cell.split()
    return TimeLimit(days=Decimal(days), unit={"w": LimitUnit.WORKING, "c": LimitUnit.CALENDAR}[unit])


def number(cell: str) -> int | None:
    return None if cell == "–" else int(cell)


def pair(cell: str) -> tuple[str, str] | None:
    if cell == "–":
        return None
    part, whole = cell.split("/")
    return part, whole


def read_item(row: dict[str, str], more: dict[str, str]) -> ItemFact:
    content: dict[str, Any] = {
        "task_code": more["task"].strip("–"),
        "basic_code": more["code"].strip("–"),
        "handling_item": yes_no(more["split"]),
        "in_hall": yes_no(more["hall"]),
        "hall_window": yes_no(more["hall window"]),
        "comprehensive_window": yes_no(more["comprehensive"]),
        "nearby": yes_no(more["nearby"]),
        "across_regions": yes_no(more["regions"]),
        "exempt_materials": pair(more["exempt"]),
        "standard": pair(more["alike"]),
        "phone_address": yes_no(more["phone"]),
        "item_id": row["item"],
        "code": row["item"],
        "outcome": GuideOutcome(row["outcome"]),
        "item_type_code": row["type"].strip("–"),
        "promise": limit(row["promise"]),
        "legal": limit(row["legal"]),
        "visits": number(row["visits"]),
        "immediate": yes_no(row["instant"]),
        "online": yes_no(row["online"]),
        "online_depth": number(row["depth"]),
        "bookable": yes_no(row["bookable"]),
        "paper_only_material": yes_no(row["paper only"]),
        "completeness": pair(row["completeness"]),
        "accuracy": pair(row["accuracy"]),
    }
    return ItemFact.model_validate(content)


def read_figures(cell: str) -> dict[str, Measure]:
    figures: dict[str, Measure] = {}
    for word in cell.split():
        name, value = word.split("=")
        figures[name] = int(value) if value.isdigit() else yes_no(value)
    return figures


def read_probe(row: dict[str, str]) -> ProbeFact:
    return ProbeFact(
        observation=f"{row['probe']}/{row['item']}",
        probe_id=row["probe"],
        portal="gdzwfw",
        item_id=row["item"],
        code=row["item"],
        outcome=Outcome(row["outcome"]),
        measures=read_figures(row["figures"]),
    )


def score_example(name: str) -> tuple[dict[int, Score], UnitTotal]:
    more = {row["item"]: row for row in doc_table(f"{name} windows and codes")}
    items = tuple(read_item(row, more[row["item"]]) for row in doc_table(f"{name} guides"))
    probes = tuple(read_probe(row) for row in doc_table(f"{name} probes"))
    planned = {probe.probe_id: sum(p.probe_id == probe.probe_id for p in probes) for probe in probes}
    facts = UnitFacts(
        unit=find_unit(UNITS[name]),
        offered=True,
        listing_whole=True,
        listed=len(items),
        items=items,
        probes=probes,
        planned_probes=planned,
        lists={
            ListKind(row["list"]): tuple(ListEntry(key=key) for key in row["entries"].split())
            for row in doc_table(f"{name} lists")
        },
        imported={int(row["row"]): {row["figure"]: Decimal(row["value"])} for row in doc_table(f"{name} figures")},
    )
    scores, totals = score_units([facts], run="r", period="2021H1", targets=TARGETS)
    rows = {row.no: row for row in indicator_table(find_unit(UNITS[name]).table).rows}
    by_users = {score.row: score for score in scores if rows[score.row].row_class not in HANDED_IN}
    return by_users, totals[0]


@pytest.mark.parametrize("name", ["department", "county"])
def test_scores_equal_the_hand_calculation(name: str) -> None:
    scores, _ = score_example(name)
    expected = doc_table(f"{name} scores")
    assert [int(row["row"]) for row in expected] == list(scores)
    for row in expected:
        score = scores[int(row["row"])]
        if row["s"] == "insufficient":
            assert (score.state, score.value, score.points) == (ScoreState.INSUFFICIENT, None, None)
            continue
        assert score.value == pytest.approx(float(Fraction(row["s"])), abs=1e-12)
        assert score.measured_share == pytest.approx(float(Fraction(row["measured share"])), abs=1e-12)


@pytest.mark.parametrize(("name", "title"), [("department", "Department"), ("county", "County")])
def test_total_equals_the_hand_calculation(name: str, title: str) -> None:
    _, total = score_example(name)
    assert total.value is not None
    assert f"{title} total: **{published(Decimal(total.value))}**" in DOCUMENT.read_text(encoding="utf-8")
    assert total.rank == 1


def test_total_is_the_weighted_mean_of_the_document() -> None:
    heavier = {9: 4, 13: 3, 19: 3, 21: 3, 36: 4, 37: 4, 38: 4}  # of annex 2; the other rows of the example weigh 2
    rows = [row for row in doc_table("department scores") if row["s"] != "insufficient"]
    entered = {int(row["row"]): heavier.get(int(row["row"]), 2) * Fraction(row["measured share"]) for row in rows}
    earned = sum(entered[int(row["row"])] * Fraction(row["s"]) for row in rows)
    _, total = score_example("department")
    assert total.value == pytest.approx(float(earned / sum(entered.values()) * 100), abs=1e-9)
    assert total.weight_scored == pytest.approx(float(sum(entered.values())))
    assert total.weight_applicable == 51
