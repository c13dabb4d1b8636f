"""Exported files read back with openpyxl, calamine and the csv module: what went in comes out, and nothing else."""

import csv
import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest
from filled_store import (
    FORMULA,
    RULE_TITLES,
    SCRIPT,
    SECOND_NIGHT,
    START,
    UNITS,
    make_finding,
    make_listed,
    make_observation,
)
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from domain.errors import MachineError, UsageError
from domain.outcome import Outcome
from domain.unit import find_unit
from exports.contract import SCHEMA_VERSION
from exports.dataset import datasets
from exports.export import export
from exports.harmless_text import unguard
from storage.store import Store

WHATS = tuple(dataset.id for dataset in datasets.all())


def export_one(store: Store, what: str, format: str, out: Path, language: str = "zh") -> Path:
    path, _ = export(
        store,
        what,
        run=SECOND_NIGHT,
        format=format,
        out=out,
        language=language,
        rule_titles=RULE_TITLES,
        workbench_url="http://127.0.0.1:8780/",
    )
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_xlsx(path: Path) -> list[dict[str, object]]:
    head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_findings_keep_every_value_in_both_formats(store: Store, tmp_path: Path) -> None:
    wanted = {finding.id: finding for finding in store.audits.findings(SECOND_NIGHT)}
    assert len(wanted) == 4 * 4 * 2
    for rows in (
        read_csv(export_one(store, "findings", "csv", tmp_path)),
        read_xlsx(export_one(store, "findings", "xlsx", tmp_path)),
    ):
        assert {row["问题编号"] for row in rows} == set(wanted)
        for row in rows:
            finding = wanted[str(row["问题编号"])]
            assert unguard(str(row["原文摘录"])) == FORMULA
            assert row["事项编码"] == finding.subject
            assert row["单位"] == find_unit(finding.unit or "").name
            assert row["规则说明"] == RULE_TITLES[finding.rule_id]
            assert row["判定"] == "不通过"
            assert row["字段状态"] == ("前后矛盾" if "within-legal" in finding.rule_id else "格式不符")
            assert float(str(row["检查处数"])) == 3
            assert row["办事指南"] == finding.url
            assert str(row["事项名称"]).startswith("建筑工程施工许可证核发（第")


def test_codes_stay_text_and_numbers_stay_numbers(store: Store, tmp_path: Path) -> None:
    sheet = load_workbook(export_one(store, "guides", "xlsx", tmp_path)).active
    assert sheet is not None
    heads = {cell.value: cell.column for cell in sheet[1]}
    by_head = {head: sheet.cell(row=2, column=column) for head, column in heads.items()}
    assert by_head["事项类型代码"].value == "01"
    assert by_head["到办事现场次数"].value == 1
    assert by_head["法定办结时限（折工作日）"].value == 15
    assert by_head["承诺办结时限（折工作日）"].value == 5  # 7 natural days × 5/7
    assert by_head["申请材料数"].value == 2
    assert by_head["咨询电话"].value == "-3366001"
    assert by_head["咨询电话"].data_type in ("s", "inlineStr")
    assert by_head["采集时间（北京时间）"].value == datetime(2026, 11, 23, 1, 30, 5)
    assert by_head["办理时间"].value == "周一至周五\n08:30-12:00\n14:30-17:30"
    assert SCRIPT in str(by_head["办理地点"].value)


@pytest.mark.parametrize("what", WHATS)
def test_xlsx_has_a_frozen_filtered_header_and_no_formula(store: Store, tmp_path: Path, what: str) -> None:
    book = load_workbook(export_one(store, what, "xlsx", tmp_path))
    (sheet,) = book.worksheets
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert all(
        sheet.column_dimensions[cell.column_letter].width >= 6 for cell in sheet[1] if hasattr(cell, "column_letter")
    )
    assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"] == []


def test_links_are_live_and_lead_where_they_say(store: Store, tmp_path: Path) -> None:
    sheet = load_workbook(export_one(store, "findings", "xlsx", tmp_path)).active
    assert sheet is not None
    linked = [cell for row in sheet for cell in row if cell.hyperlink]
    assert len(linked) == 2 * 32  # the guide itself, and the page of the workbench that shows it
    for cell in linked:
        target = cell.hyperlink.target + (f"#{cell.hyperlink.location}" if cell.hyperlink.location else "")
        assert target == cell.value
    replays = load_workbook(export_one(store, "observations", "xlsx", tmp_path)).active
    assert replays is not None
    first = next(cell.value for row in replays.iter_rows(min_row=2) for cell in row if cell.hyperlink)
    assert str(first).startswith(f"http://127.0.0.1:8780/runs/{SECOND_NIGHT}/observations/gdzwfw/online-application/")


def test_observations_carry_measures_as_json_and_failures_in_words(store: Store, tmp_path: Path) -> None:
    rows = read_csv(export_one(store, "observations", "csv", tmp_path))
    failed = [row for row in rows if row["结果"] == "不通过"]
    assert len(rows) == 8
    assert len(failed) == 4
    assert failed[0]["归因"] == "流程走不下去"
    assert json.loads(failed[0]["测量明细"]) == {
        "clicks": 4,
        "found": True,
        "rank": None,
        "first_paint_ms": 812.25,
        "keyword": FORMULA,
    }
    assert failed[0]["用时（秒）"] == "12.345"
    assert failed[0]["开始时间（北京时间）"] == "2026-11-23 01:30:05"


def test_a_score_that_could_not_be_given_is_empty_and_never_zero(store: Store, tmp_path: Path) -> None:
    rows = read_xlsx(export_one(store, "scores", "xlsx", tmp_path))
    assert {row["状态"] for row in rows} == {"已计分", "不适用", "数据不足"}
    for row in rows:
        scored = row["状态"] == "已计分"
        assert (row["得分"] == 1.7) if scored else (row["得分"] == "")
        assert (row["计入数"], row["未计入数"]) == (3, 1)
    assert read_csv(export_one(store, "scores", "csv", tmp_path))[0]["说明"] == "'=1+1 按办事指南逐字段核对"


def test_guides_that_were_not_read_are_listed_with_their_reason(tmp_path: Path) -> None:
    from filled_store import fill_night, make_run

    with Store.open(tmp_path / "home") as store:
        fill_night(store, make_run(), unseen=1)
        rows = read_csv(export_one(store, "guides", "csv", tmp_path))
    missed = [row for row in rows if row["采集结果"] == "未能采集"]
    assert len(rows) == 16
    assert len(missed) == len(UNITS)
    assert {row["未采集原因"] for row in missed} == {"出现验证码"}
    assert {row["申请材料数"] for row in missed} == {""}


def test_headers_switch_to_english(store: Store, tmp_path: Path) -> None:
    head = next(csv.reader(export_one(store, "totals", "csv", tmp_path, language="en").open(encoding="utf-8-sig")))
    assert head[:5] == ["Unit", "Unit id", "Period", "Table", "Rank"]


def test_the_manifest_speaks_of_the_files_that_are_there(store: Store, tmp_path: Path) -> None:
    paths = [export_one(store, what, format, tmp_path / "out") for what in WHATS for format in ("csv", "xlsx")]
    export_one(store, "totals", "csv", tmp_path / "out")  # a repeat replaces its entry
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["schema_version"] == SCHEMA_VERSION
    assert manifest["provenance"][SECOND_NIGHT]["settings_hash"] == "5e771465"
    assert manifest["provenance"][SECOND_NIGHT]["tool_commit"] == "0123abc"
    entries = {entry["name"]: entry for entry in manifest["files"]}
    assert set(entries) == {path.name for path in paths}
    assert len(manifest["files"]) == 2 * len(WHATS)
    for path in paths:
        assert entries[path.name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert entries[path.name]["bytes"] == path.stat().st_size
        assert entries[path.name]["run"] == SECOND_NIGHT
        assert datetime.fromisoformat(entries[path.name]["created_at"]) > START
    assert entries[f"{SECOND_NIGHT}-findings.csv"]["rows"] == 32
    beside = {"manifest.json", "schema", "SHA256SUMS"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*entries, *beside}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"what": "findigs"}, "findings"),
        ({"format": "ods"}, "csv, jsonl, parquet, xlsx"),
        ({"language": "fr"}, "en, zh"),
        ({"run": "nope"}, SECOND_NIGHT),
    ],
)
def test_an_unknown_name_is_answered_with_the_known_ones(
    store: Store, tmp_path: Path, change: dict[str, str], named: str
) -> None:
    asked = {"what": "findings", "format": "csv", "language": "zh", "run": SECOND_NIGHT, **change}
    what = asked.pop("what")
    with pytest.raises(UsageError, match=named):
        export(store, what, out=tmp_path / "out", **asked)  # type: ignore[arg-type]  # force is never among the names
    assert not (tmp_path / "out").exists()


def test_a_foreign_manifest_is_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "somebody else"}')
    with pytest.raises(UsageError, match="choose another directory"):
        export_one(store, "totals", "csv", tmp_path)
    assert (tmp_path / "manifest.json").read_text() == '{"name": "somebody else"}'
    assert not list(tmp_path.glob("*.csv"))


def test_a_target_that_is_a_file_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError, match="it is a file"):
        export_one(store, "totals", "csv", tmp_path / "out")


def test_a_directory_that_cannot_be_made_is_one_sentence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError, match="cannot write"):
        export_one(store, "totals", "csv", tmp_path / "file" / "below")


def test_findings_without_a_body_are_not_lost(store: Store, tmp_path: Path) -> None:
    stray = make_finding(make_listed("dept-01", 900), unit=None)
    store.audits.save([], [stray])
    rows = read_csv(export_one(store, "findings", "csv", tmp_path))
    assert [row["单位"] for row in rows if row["问题编号"] == stray.id] == [""]
    assert len(rows) == 33


def test_hostile_text_comes_back_whole(store: Store, tmp_path: Path) -> None:
    hostile = {
        "rich": "<r><t>x</t></r>",
        "escape": "_x0041_ stays",
        "control": "a\x00b\x0bc\x1fd",
        "emoji": "🏛" * 20_000,
        "space": "  padded  ",
        "apostrophe": "'=1+1",
        "cr": "\r\rline",
        "wide": "＝cmd|' /C calc'!A0",
        "xml": "]]></t></is></c>",
    }
    for number, text in enumerate(hostile.values()):
        store.observations.save(make_observation(make_listed("dept-01", 100 + number), Outcome.ERROR, reason=text))
    expected = {
        **hostile,
        "control": "abcd",
        "cr": "\n\nline",
    }
    in_csv = [unguard(row["原因"]) for row in read_csv(export_one(store, "observations", "csv", tmp_path))]
    sheet = load_workbook(export_one(store, "observations", "xlsx", tmp_path)).active
    assert sheet is not None
    column = next(cell.column for cell in sheet[1] if cell.value == "原因")
    # openpyxl leaves the file format's own escapes (_x005F_) standing; Excel resolves them, as its function does.
    in_xlsx = [unescape(str(sheet.cell(row=row, column=column).value)) for row in range(2, sheet.max_row + 1)]
    for name, text in expected.items():
        assert text in in_csv, name
        if name != "emoji":
            assert text in in_xlsx, name
    (long,) = [text for text in in_xlsx if text.startswith("🏛")]
    assert long.endswith("…〔截断 cut〕")
    assert 32_765 <= len(long.encode("utf-16-le")) // 2 <= 32_767
