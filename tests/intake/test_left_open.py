"""An import that was killed after its rows were kept is closed by the next one: nothing stays outside the chain."""

import csv
from pathlib import Path

import pytest

from domain.period import Period
from domain.run import RunKind
from domain.unit import find_unit
from intake import original
from intake.figure_intake import FigureHandIn, take_figures
from scoring.catalogue import figure_rows
from storage.store import Store
from storage.verification import verify

ROW = {"指标": "D26", "数据编号": "yzy_active", "来源或证明材料": "统计"}


def hand_in(folder: Path, value: int) -> FigureHandIn:
    table = folder / f"{value}.csv"
    row = {"单位": find_unit("市教育局").name, **ROW, "数值": str(value)}
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    return FigureHandIn(table=table, period=Period.parse("2026H2"), by="王五", source="统计", tool_commit="abc")


def test_the_next_import_closes_one_that_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_store: Store, _run: object) -> None:
        raise KeyboardInterrupt

    with Store.open(tmp_path / "var") as store:
        with monkeypatch.context() as patched:
            patched.setattr(original, "close_evidence", killed)
            with pytest.raises(KeyboardInterrupt):
                take_figures(store, figure_rows(), hand_in(tmp_path, 20))
        [left] = store.runs.all()
        assert left.manifest is None
        take_figures(store, figure_rows(), hand_in(tmp_path, 21))
        closed = [one for one in store.runs.all() if one.kind is RunKind.MANUAL]
        assert len(closed) == 2
        assert all(one.manifest is not None for one in closed)
        assert verify(store).sound
