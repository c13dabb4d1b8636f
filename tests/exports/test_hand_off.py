"""The hand-off from the door: everything at once, checksums that a stock tool accepts, refusals with exit codes."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from filled_store import FIRST_NIGHT, SECOND_NIGHT, fill_night, make_finding, make_listed, make_run
from handed_store import fill_two_nights
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from domain.errors import ExitCode, PublishRefusedError, RefusedError
from domain.run import RunState
from exports.dataset import datasets
from exports.export import FORMATS, export
from storage.store import Store
from yuece import make_app

NAMES = tuple(dataset.id for dataset in datasets.all())
RECKONED = tuple(dataset.id for dataset in datasets.all() if dataset.reckoned)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hand-off") / "home"
    with Store.open(folder) as store:
        fill_two_nights(store)
    return folder


def ask(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(make_app(["export"]), ["export", *arguments], env={"YUECE_HOME": str(home)})


def test_everything_at_once_with_checksums_that_a_stock_tool_accepts(home: Path, tmp_path: Path) -> None:
    done = ask(home, "all", "--format", "jsonl", "--out", str(tmp_path), "--workbench", "http://10.0.0.5:8780")
    assert done.exit_code == 0, done.output
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    listed = {line.split("  ", 1)[1] for line in (tmp_path / "SHA256SUMS").read_text().splitlines()}
    assert listed == files - {"SHA256SUMS"}
    assert {f"{SECOND_NIGHT}-{name}.jsonl" for name in NAMES} <= files
    assert {"manifest.json", "schema/findings.schema.json", "schema/dictionary.zh-CN.xlsx"} <= files
    sha256sum = shutil.which("sha256sum")
    if sha256sum is None:
        pytest.skip("sha256sum is not installed")
    subprocess.run([sha256sum, "--strict", "--check", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)
    damaged = tmp_path / f"{SECOND_NIGHT}-totals.jsonl"
    damaged.write_text("{}")
    again = subprocess.run([sha256sum, "--check", "SHA256SUMS"], cwd=tmp_path, check=False, capture_output=True)
    assert again.returncode == 1


def test_rows_lead_to_their_evidence(home: Path, tmp_path: Path) -> None:
    assert (
        ask(home, "all", "--format", "jsonl", "--out", str(tmp_path), "--workbench", "http://10.0.0.5:8780/").exit_code
        == 0
    )
    lines = (tmp_path / f"{SECOND_NIGHT}-guides.jsonl").read_text(encoding="utf-8").splitlines()
    row = json.loads(lines[0])
    assert row["page"] == f"http://10.0.0.5:8780/runs/{SECOND_NIGHT}/guides/gdzwfw/{row['item_id']}"
    kept = home / row["document_path"]
    assert kept.is_file()
    assert row["document"] in kept.name


def test_the_command_writes_what_describes_the_files(tmp_path: Path) -> None:
    nowhere = tmp_path / "no-store"
    assert ask(nowhere, "schema", "--out", str(tmp_path)).exit_code == 0
    assert ask(nowhere, "dictionary", "--out", str(tmp_path)).exit_code == 0
    names = {path.name for path in (tmp_path / "schema").iterdir()}
    assert names == {f"{name}.schema.json" for name in NAMES} | {"dictionary.zh-CN.md", "dictionary.zh-CN.xlsx"}
    assert not nowhere.exists()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["all", "findings"])
def test_the_gate_stands_before_every_format(tmp_path: Path, name: str, format: str, shrunken: Path) -> None:
    fell = "rows of findings fell from 32 to 4"
    with Store.open(shrunken) as store, pytest.raises(PublishRefusedError, match=fell) as met:
        export(store, name, run=SECOND_NIGHT, format=format, out=tmp_path / "out")
    assert met.value.exit_code is ExitCode.PARTIAL
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def shrunken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night that saw every guide and lost most of its faults on the way."""
    folder = tmp_path_factory.mktemp("shrunken") / "home"
    with Store.open(folder) as store:
        fill_night(store, make_run(FIRST_NIGHT, days=-1))
        fill_night(store, make_run())
        audits = tuple(store.audits.of_run(SECOND_NIGHT))
        store.audits.save(audits, [make_finding(make_listed(unit, 0)) for unit in ("dept-01", "dept-09", "dept-23")])
        store.audits.save([], [make_finding(make_listed("county-1", 0))])
    return folder


def test_the_gate_at_the_door_says_4_and_force_opens_it(shrunken: Path, tmp_path: Path) -> None:
    refused = ask(shrunken, "findings", "--out", str(tmp_path / "out"))
    assert isinstance(refused.exception, PublishRefusedError)
    assert refused.exception.exit_code == 4
    assert ask(shrunken, "findings", "--out", str(tmp_path / "out"), "--force").exit_code == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["files"][0]["forced"] is True


@pytest.mark.parametrize("name", RECKONED)
def test_force_never_publishes_what_follows_from_scores_of_a_run_in_doubt(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / "home") as store:
        fill_night(store, make_run(state=RunState.QUARANTINED), units=(), items=0)
        with pytest.raises(PublishRefusedError, match="in quarantine"):
            export(store, name, run=SECOND_NIGHT, format="csv", out=tmp_path / "out", force=True)


@pytest.mark.parametrize("format", FORMATS)
def test_a_secret_leaves_in_no_format(tmp_path: Path, format: str) -> None:
    with Store.open(tmp_path / "home") as store:
        fill_night(store, make_run(), units=("dept-01",), items=1)
        secret = "Geheim" + "字" * 40
        store.audits.save([], [make_finding(make_listed("dept-01", 900), excerpt=f"密码 {secret}")])
        with pytest.raises(RefusedError, match="credential") as met:
            export(store, "findings", run=SECOND_NIGHT, format=format, out=tmp_path / "out", secrets=(secret,))
        assert secret not in str(met.value)
        assert not list((tmp_path / "out").glob("*findings*"))


def test_the_dictionary_opens_as_a_workbook_in_chinese(home: Path, tmp_path: Path) -> None:
    ask(home, "dictionary", "--out", str(tmp_path))
    book = load_workbook(tmp_path / "schema" / "dictionary.zh-CN.xlsx")
    assert book.sheetnames == ["数据集", "字段", "代码", "关系", "公式各项", "测量明细", "写法"]
