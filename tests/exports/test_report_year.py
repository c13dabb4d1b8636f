"""The year in a report, held against 0.4 and 0.6 of the halves as sqlite3 reads them out of the store."""

import sqlite3
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from reported_store import BODIES, FIRST, SECOND, fill_two_periods

from domain.unit import find_unit
from engine.results.year_step import place_missing_year
from exports.language import Language
from exports.report.blocks import Block, Chart, Grid, Paragraph
from exports.report.run_facts import Setting
from exports.report.year import body_year_blocks, gather_year, year_blocks
from scoring.total_rules import TotalRules
from storage.store import Store

CENT = Decimal("0.01")
NAMES = {find_unit(unit).name: unit for unit in BODIES}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two scored halves that nobody has put together yet."""
    with Store.open(tmp_path_factory.mktemp("year")) as opened:
        fill_two_periods(opened)
        yield opened


def chapter(store: Store, run: str, language: Language = Language.ZH) -> list[Block]:
    return list(year_blocks(gather_year(store, store.runs.get(run)), Setting(language=language)))


def lines(blocks: list[Block]) -> dict[str, list[list[str]]]:
    return {one.name: [[cell.text for cell in row] for row in one.rows] for one in blocks if isinstance(one, Grid)}


def said(blocks: list[Block]) -> str:
    return " ".join(one.text for one in blocks if isinstance(one, Paragraph))


def halves_of(store: Store) -> dict[tuple[str, str], Decimal]:
    with sqlite3.connect(store.home / "yuece.db") as database:
        found = database.execute("select run, unit, published from unit_total where published is not null").fetchall()
    database.close()
    return {(run, unit): Decimal(str(published)).quantize(CENT) for run, unit, published in found}


def test_both_halves_give_places_as_soon_as_a_report_is_asked_for(store: Store) -> None:
    assert "尚未计算" in str(chapter(store, SECOND))
    place_missing_year(store, store.runs.get(FIRST), TotalRules())
    seen = [gather_year(store, store.runs.get(run)) for run in (FIRST, SECOND)]
    assert seen[0] == seen[1], "a reader of either half sees the same year"
    blocks, published = chapter(store, SECOND), halves_of(store)
    told = lines(blocks)
    for ranking in told.values():
        placed = [cells for cells in ranking if cells[0] != "—"]
        for cells in placed:
            first, second = (published[run, NAMES[cells[1]]] for run in (FIRST, SECOND))
            assert [Decimal(text) for text in cells[2:4]] == [first, second]
            exact = Decimal("0.4") * first + Decimal("0.6") * second
            assert Decimal(cells[4]) == exact.quantize(CENT, ROUND_HALF_UP)
        years = [Decimal(cells[4]) for cells in placed]
        assert years == sorted(years, reverse=True)
        assert [int(cells[0]) for cells in placed] == [1 + sum(other > one for other in years) for one in years]
    assert {cells[1] for ranking in told.values() for cells in ranking} == set(NAMES)
    both = [unit for unit in BODIES if {(FIRST, unit), (SECOND, unit)} <= set(published)]
    assert sum(cells[0] != "—" for ranking in told.values() for cells in ranking) == len(both) > 1
    assert {one.name for one in blocks if isinstance(one, Chart)} <= set(told)
    assert "上半年得分 × 0.4 + 下半年得分 × 0.6" in said(blocks)


def test_what_makes_no_year_says_why(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(store.home / "yuece.db") as source, sqlite3.connect(tmp_path / "yuece.db") as copy:
        source.backup(copy)
        copy.execute("delete from standing where run = ?", (SECOND,))
        copy.execute("update unit_total set kind = 'full' where run = ? and unit = 'dept-05'", (FIRST,))
        copy.execute("update unit_total set published = null where run = ? and unit = 'dept-09'", (SECOND,))
        copy.execute("delete from unit_total where run = ? and unit like 'county%'", (SECOND,))
    with Store.open(tmp_path) as changed:
        place_missing_year(changed, changed.runs.get(SECOND), TotalRules())
        grids = [one for one in chapter(changed, SECOND) if isinstance(one, Grid)]
        notes = {row[1].text: row[1].note for grid in grids for row in grid.rows if row[0].text == "—"}
        assert notes[find_unit("dept-05").name] == "两个半年一个是总分、一个是用户视角部分得分，不可合并。"
        assert {notes[find_unit(one).name] for one in ("dept-09", "county-1")} == {"缺少下半年得分，不出年度得分。"}
        changed.scores.save(SECOND, [], [])
        place_missing_year(changed, changed.runs.get(FIRST), TotalRules())
        assert said(chapter(changed, FIRST)) == "缺少下半年得分，不出年度得分。"
        assert said(chapter(changed, FIRST, Language.EN)) == "The second half has no score: no year."
        assert not gather_year(changed, changed.runs.get(FIRST)).differences
        year = gather_year(changed, changed.runs.get(FIRST))
        assert said(list(body_year_blocks(year, find_unit("dept-01"), Setting()))) == "缺少下半年得分，不出年度得分。"
        assert said(chapter(changed, SECOND)).endswith("本次运行不是，故不列年度名次。")
        assert not lines(chapter(changed, FIRST))
