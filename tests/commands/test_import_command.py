"""``yuece import`` from the door: the empty table, a filled one, and one that does not fit."""

import io
import sys
from pathlib import Path

from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parents[1] / "exports"))
sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))

from filled_store import fill_night, make_run
from filled_tables import GOOD, contents, fill, letter

from domain.observation import Channel
from domain.run import RunKind
from storage.store import Store
from tests.commands.conftest import call_here, call_process


def test_the_empty_table_comes_out_of_the_door(tmp_path: Path) -> None:
    done = call_here(tmp_path, "import", "--template", "observations", "--lang", "en")
    assert done.returncode == 0, done.stderr
    sheet = load_workbook(io.BytesIO(done.stdout.encode("utf-8", "surrogateescape"))).worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["No.", "Unit*", "Where*"]
    assert list(tmp_path.iterdir()) == []


def test_a_table_goes_in_whole_or_not_at_all(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Store.open(home) as store:
        fill_night(store, make_run())
        before = contents(store)
    bad = fill(tmp_path / "bad.xlsx", [GOOD, {**GOOD, "结果": "还行"}])
    refused = call_process(home, "import", "observations", str(bad), "--by", "张评估")
    assert refused.returncode == 2
    said = refused.stderr
    assert f"第 4 行“结果”（{letter('结果')}4）" in said
    assert "Traceback" not in said
    assert "nothing was imported" in said
    with Store.open(home) as store:
        assert contents(store) == before
    good = fill(tmp_path / "good.xlsx", [GOOD])
    taken = call_here(home, "import", "observations", str(good), "--by", "张评估")
    assert taken.returncode == 0, taken.stderr
    with Store.open(home) as store:
        (run,) = (one for one in store.runs.all() if one.kind is RunKind.MANUAL)
        assert run.id in taken.stdout
        (seen,) = store.observations.of_run(run.id)
        assert (seen.channel, seen.recorded_by) == (Channel.MANUAL, "张评估")
