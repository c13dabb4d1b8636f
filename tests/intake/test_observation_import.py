"""Tables of manual observations: what is typed comes out, what does not fit is named by its cell, whole or nothing."""

import csv
import hashlib
import io
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filled_store import fill_night, make_listed, make_run
from filled_tables import DAY, GOOD, Row, contents, fill, letter, photograph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image

from domain.errors import UsageError
from domain.observation import Channel
from domain.outcome import Outcome
from domain.run import Run, RunKind
from domain.unit import all_units, find_unit
from intake.filled_table import MisfitsError
from intake.hand_in import record
from intake.manual_intake import read_observations
from intake.pictures import BYTES_MAX
from intake.template import templates
from intake.workbook_template import write_template
from storage.store import Store
from storage.verification import verify


def hand_in(store: Store, about: Run, table: Path, pictures: Path | None = None) -> Run:
    made, _ = record(store, read_observations(store, about, table, by="张评估", pictures=pictures))
    return made


def test_the_template_opens_with_lists_and_an_example() -> None:
    book = load_workbook(io.BytesIO(write_template(templates.get("observations"))))
    sheet, guide, lists = book.worksheets
    headings = [cell.value for cell in sheet[1]]
    assert headings[:5] == ["序号", "单位*", "观察渠道*", "观察内容*", "事项编码*"]
    assert sheet["A2"].value == "示例"
    validated = {
        str(rule.sqref).split(":")[0][:-1]: str(rule.formula1) for rule in sheet.data_validations.dataValidation
    }
    assert {letter("单位"), letter("观察渠道"), letter("观察内容"), letter("结果"), letter("比对栏目")} == set(
        validated
    )
    column = lists[letter("单位")]
    assert [cell.value for cell in column[1:49]] == [unit.name for unit in all_units()]
    assert validated[letter("单位")].endswith(f"${letter('单位')}$49")
    assert sheet.column_dimensions["E"].number_format == "@"  # a code of 31 digits is no number
    assert len(list(guide.rows)) == len(headings)


def test_libreoffice_reads_the_template(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "t.xlsx").write_bytes(write_template(templates.get("observations")))
    profile = f"-env:UserInstallation=file://{tempfile.mkdtemp()}"
    command = [office, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "t.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=90)
    head, example = list(csv.reader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))[:2]
    assert head[1] == "单位*"
    assert example[0] == "示例"
    assert "11441700007026195X3440105001000" in example


def test_what_is_typed_is_what_is_kept(store: Store, about: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photograph())
    rows: list[Row] = [
        GOOD,
        {**GOOD, "观察渠道": "粤商通应用", "结果": "不通过", "现场所见": "搜索不到", "图片文件": "a.jpg"},
    ]
    table = fill(tmp_path / "观察.xlsx", rows)
    run = hand_in(store, about, table, tmp_path)
    assert run.kind is RunKind.MANUAL
    assert (run.period, run.target) == (about.period, about.target)
    assert run.settings["by"] == "张评估"
    assert run.settings["file_sha256"] == hashlib.sha256(table.read_bytes()).hexdigest()
    passed, failed = sorted(store.observations.of_run(run.id), key=lambda one: one.outcome, reverse=True)
    assert {passed.channel, failed.channel} == {Channel.MANUAL}
    assert passed.recorded_by == "张评估"
    assert (passed.portal, passed.probe_id, passed.unit) == ("yss", "mobile-entrance", find_unit("市教育局").id)
    assert (failed.portal, failed.outcome) == ("yst", Outcome.FAIL)
    assert passed.started_at == datetime.fromisoformat(f"{DAY}T01:30:00+00:00")  # 09:30 in Beijing
    assert (passed.rows[0].expected, passed.rows[0].seen) == ("可在粤省事办理", "搜索事项名称后第一条即可打开")
    assert failed.steps[0].screenshot
    assert passed.measures == {"mobile_tried": 1, "mobile_open": 1}
    assert failed.measures == {"mobile_tried": 1, "mobile_open": 0}
    report = verify(store, run.id)
    assert report.sound
    assert report.manifests == 2  # one for each observation, over its pictures and the table itself
    assert list(store.manual.of_period(about.period, about.target)) == list(store.observations.of_run(run.id))


def test_several_lines_about_one_item_make_one_observation(store: Store, about: Run, tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(photograph(form="PNG"))
    base: Row = {**GOOD, "观察渠道": "办事窗口", "观察内容": "线上线下一致性", "来源": "市民服务中心 12 号窗口"}
    rows: list[Row] = [
        {
            **base,
            "比对栏目": "申请材料",
            "指南所写": "申请表",
            "现场所见": "另要户口簿",
            "结果": "不通过",
            "图片文件": "b.png",
        },
        {**base, "比对栏目": "受理条件", "指南所写": "年满十八周岁", "现场所见": "相同", "结果": "通过"},
        {**base, "比对栏目": "承诺办结时限", "指南所写": "5个工作日", "现场所见": "工作人员不清楚", "结果": "无法判定"},
    ]
    run = hand_in(store, about, fill(tmp_path / "t.xlsx", rows), tmp_path)
    (seen,) = store.observations.of_run(run.id)
    assert (seen.portal, seen.probe_id, seen.outcome) == ("counter", "offline-consistency", Outcome.FAIL)
    assert {row.kind: row.grade for row in seen.rows} == {"materials": 0.0, "condition": 1.0, "promise_limit": None}
    assert seen.measures == {
        "fields_compared": 2,
        "fields_differing": 1,
        "materials_compared": 1,
        "materials_differing": 1,
        "conditions_compared": 1,
        "conditions_differing": 0,
    }


BAD: list[tuple[str, object, str]] = [
    ("单位", "市教育局局", "is not in the list"),
    ("单位", None, "must be filled in"),
    ("观察渠道", "微信群", "is not in the list"),
    ("观察渠道", "办事窗口", "does not fit the topic"),
    ("观察内容", "办件质量", "is not in the list"),
    ("事项编码", "4401", "is no item code"),
    ("事项编码", 1.1441700007026195e30, "is no item code"),
    ("现场所见", "   ", "must be filled in"),
    ("现场所见", "长" * 2001, "is longer than 2000"),
    ("结果", "还行", "is not in the list"),
    ("观察日期", "明天", "is no date"),
    ("观察日期", "2026-02-30", "is no date"),
    ("观察日期", "2999-01-01", "lies in the future"),
    ("观察日期", "2001-01-01", "more than a year ago"),
    ("观察时间", "25:00", "is no time of day"),
    ("来源", None, "must be filled in"),
    ("图片文件", "../../etc/passwd", "without a folder"),
    ("图片文件", "nicht.png", "is not in"),
    ("图片文件", "text.png", "is no picture"),
    ("图片文件", "huge.png", "is larger than"),
]
LETTERS = {heading: letter(heading) for heading in {heading for heading, _, _ in BAD}}


def test_bad_cells_are_named_by_row_and_column(store: Store, about: Run, tmp_path: Path) -> None:
    """Good rows stand between the bad ones: each fault is that of its own row, and the good ones go in no more."""
    (tmp_path / "text.png").write_bytes(b"no picture at all")
    (tmp_path / "huge.png").write_bytes(b"\x89PNG" + bytes(BYTES_MAX))
    before = contents(store)
    rows = [row for heading, value, _ in BAD for row in (GOOD, {**GOOD, heading: value})]
    table = fill(tmp_path / "t.xlsx", [*rows, GOOD])
    with pytest.raises(MisfitsError, match="nothing was imported") as caught:
        hand_in(store, about, table, tmp_path)
    assert [fault.row for fault in caught.value.faults] == list(range(4, 4 + 2 * len(BAD), 2))
    for fault, (heading, _, said) in zip(caught.value.faults, BAD, strict=True):
        assert fault.letter == LETTERS[heading]
        assert f"row {fault.row}, column {fault.heading_en} ({fault.letter}{fault.row})" in fault.say(chinese=False)
        assert f"第 {fault.row} 行“{heading}”（{fault.letter}{fault.row}）" in fault.say(chinese=True)
        assert said in fault.en
    assert contents(store) == before


def test_a_fault_needs_a_picture_except_by_telephone(store: Store, about: Run, tmp_path: Path) -> None:
    failed: Row = {**GOOD, "结果": "不通过"}
    with pytest.raises(MisfitsError, match="must name a picture"):
        hand_in(store, about, fill(tmp_path / "t.xlsx", [failed]))
    call: Row = {**failed, "观察渠道": "电话", "观察内容": "咨询电话接听", "来源": "拨打 0662-3366001"}
    hand_in(store, about, fill(tmp_path / "u.xlsx", [call]))


def test_an_items_body_is_checked_against_the_crawl(tmp_path: Path) -> None:
    listed = make_listed("dept-09", 0).model_copy(update={"code": str(GOOD["事项编码"])})
    with Store.open(tmp_path / "home") as store:
        run = make_run()
        fill_night(store, run)
        store.crawls.save_listed(run.id, [listed])
        with pytest.raises(MisfitsError, match="does not fit the code") as caught:
            hand_in(store, run, fill(tmp_path / "t.xlsx", [GOOD]))
        assert caught.value.faults[0].letter == letter("单位")
        right = {**GOOD, "单位": next(unit.name for unit in all_units() if unit.id == "dept-09")}
        made = hand_in(store, run, fill(tmp_path / "u.xlsx", [right]))
        assert [one.item_id for one in store.observations.of_run(made.id)] == [listed.item_id]


def test_headings_may_come_in_any_order_and_strange_ones_are_named(store: Store, about: Run, tmp_path: Path) -> None:
    table = fill(tmp_path / "t.xlsx", [GOOD])
    book = load_workbook(table)
    sheet = book.worksheets[0]
    sheet.move_range("B1:B3", cols=20)
    book.save(table)
    hand_in(store, about, table)
    sheet["Z1"] = "心情"
    book.save(table)
    with pytest.raises(MisfitsError, match="is no column of the template"):
        hand_in(store, about, table)
    sheet["Z1"] = None
    sheet["E1"] = None
    book.save(table)
    with pytest.raises(MisfitsError, match="is missing"):
        hand_in(store, about, table)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"unit,code\n1,2\n"])
def test_no_workbook_is_one_sentence(store: Store, about: Run, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "t.xlsx").write_bytes(data)
    with pytest.raises(UsageError, match="XLSX"):
        hand_in(store, about, tmp_path / "t.xlsx")


def test_an_empty_table_and_a_second_import_are_refused(store: Store, about: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no row to import"):
        hand_in(store, about, fill(tmp_path / "empty.xlsx", []))
    table = fill(tmp_path / "t.xlsx", [GOOD])
    hand_in(store, about, table)
    before = contents(store)
    with pytest.raises(UsageError, match="was imported before"):
        hand_in(store, about, table)
    assert contents(store) == before


def test_a_picture_is_kept_upright_and_without_what_the_camera_wrote(store: Store, about: Run, tmp_path: Path) -> None:
    original = photograph()
    assert b"SecretPhone" in original
    (tmp_path / "a.jpg").write_bytes(original)
    run = hand_in(store, about, fill(tmp_path / "t.xlsx", [{**GOOD, "图片文件": "a.jpg"}]), tmp_path)
    (seen,) = store.observations.of_run(run.id)
    kept = store.evidence.get(seen.steps[0].screenshot or "")
    picture = Image.open(io.BytesIO(kept))
    assert picture.size == (32, 64)  # turned as its orientation says
    assert not picture.getexif()
    assert b"SecretPhone" not in kept
    assert b"hidden comment" not in kept
    handed_in = seen.inputs["pictures_handed_in"]
    assert handed_in == {"a.jpg": hashlib.sha256(original).hexdigest()}


SPOILT = [{"单位": "无此单位"}, {"事项编码": "1"}, {"观察日期": "昨天"}, {"结果": ""}, {"图片文件": "gone.png"}]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.one_of(st.just({}), st.sampled_from(SPOILT)), min_size=1, max_size=8))
def test_either_every_row_is_kept_or_nothing(store: Store, about: Run, rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        day = datetime.now(UTC) - timedelta(days=2)
        lines = [
            {**GOOD, "事项编码": f"11441700007026195X34401050010{number:02}", "备注": str(day.timestamp()), **row}
            for number, row in enumerate(rows)
        ]
        table = fill(Path(folder) / "t.xlsx", lines)
        before = contents(store)
        if any(rows):
            with pytest.raises(MisfitsError) as caught:
                hand_in(store, about, table, Path(folder))
            assert {fault.row for fault in caught.value.faults} == {at for at, row in enumerate(rows, start=3) if row}
            assert contents(store) == before
        else:
            hand_in(store, about, table)
            runs, observations, evidence = before
            sealed = 2 * len(rows) + 2  # each record and its manifest, and those of the run
            assert contents(store) == (runs + 1, observations + len(rows), evidence + 1 + sealed)
