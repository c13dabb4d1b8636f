"""Results, ranges, intermediaries, special procedures and remedies, in the shapes that portals.md §1.5 records."""

from datetime import UTC, datetime
from typing import Any

import orjson

from domain.guide import Guide, Intermediary, RangeScope, Remedy, SpecialProcedure
from domain.guide_fields import FieldName, FieldState
from portals.documents import DocumentContext
from portals.gdzwfw.documents import GdzwfwDocuments

CODE = "11440000006939756B2440101007000"


def read(item: dict[str, Any], extend: dict[str, Any] | None = None, **tables: object) -> Guide:
    document = {
        "AUDIT_ITEM": {"TASK_CODE": CODE, "TASK_NAME": "某项审批"} | item,
        "AUDIT_ITEM_EXTEND": extend or {},
        **tables,
    }
    context = DocumentContext(
        unit="dept-05",
        item_id="1",
        code=CODE,
        listed_title="某项审批（新办）",
        url=f"https://www.gdzwfw.gov.cn/portal/v2/guide/{CODE}",
        document="0" * 64,
        captured_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    return GdzwfwDocuments().parse(orjson.dumps(document), context)


def test_a_blank_row_is_no_special_procedure() -> None:
    guide = read({}, AUDIT_SPECIAL_TIME=[{"SPECIALNAME": "", "TYPE": "", "SX": "", "SXDW": ""}])
    assert guide.special_procedures == ()
    assert guide.text(FieldName.SPECIAL_PROCEDURE) == ""


def test_special_procedures_with_and_without_limit() -> None:
    rows = [
        {"SPECIALNAME": "专家评审", "SX": "20", "SXDW": "G"},
        {"SPECIALNAME": "现场勘验", "SX": ""},
        {"SPECIALNAME": "听证"},
    ]
    assert read({}, AUDIT_SPECIAL_TIME=rows).special_procedures == (
        SpecialProcedure(name="专家评审", limit="20个工作日"),
        SpecialProcedure(name="现场勘验", limit=""),
        SpecialProcedure(name="听证", limit=None),
    )


def test_intermediaries() -> None:
    guide = read({}, ZHONGJIE_SERVICE=[{"INTERMEDIARYSERVICES": "环境检测", "INTERMEDIARYSERVICESCODE": "44001"}])
    assert guide.intermediaries == (Intermediary(name="环境检测", catalogue_code="44001", price=None),)
    assert read({}, ZHONGJIE_SERVICE=None).intermediaries == ()


def test_results_with_their_samples() -> None:
    sample = {
        "FILEPATH": "//static.gdzwfw.gov.cn/guide/files/c1a75a904cec495ca21446c5e970ace5",
        "ATTACHNAME": "样本.jpg",
    }
    rows = [
        {"NAME": "许可证", "SUBJECT_RESULT_TYPE": "10", "RESULT_SAMPLE": [sample]},
        {"NAME": "批复", "SUBJECT_RESULT_TYPE": "20", "RESULT_SAMPLE": []},
        {"NAME": "回执"},
    ]
    first, second, third = read({}, AUDIT_ITEM_RESULT=rows).results or ()
    assert (first.document, second.document, third.document) == ("证照", "批文", "")
    assert first.samples is not None
    assert first.samples[0].url == f"https:{sample['FILEPATH']}"
    assert second.samples == ()
    assert third.samples is None


def test_ranges_are_unseen_without_their_key() -> None:
    scopes = [
        {"SCOPERANGE_TEXT": "跨省", "DIVISIONS": [{"DIVISION_NAME": "广西"}, {"DIVISION_NAME": ""}]},
        {"SCOPERANGE_TEXT": "省内"},
    ]
    assert read({}).ranges is None
    assert read({"SCOPES": scopes, "NEW_SCOPES": []}).ranges == (
        RangeScope(range="跨省", divisions=("广西",)),
        RangeScope(range="省内", divisions=None),
    )


def test_remedies() -> None:
    guide = read({}, {"XZFYBM": "阳江市人民政府", "XZFYDH": "0662-3366126", "XZFYDZ": ""})
    assert guide.reconsideration == Remedy(department="阳江市人民政府", address="", phone="0662-3366126")
    assert guide.litigation is None
    assert guide.text(FieldName.RECONSIDERATION) == "阳江市人民政府，0662-3366126"
    assert guide.field(FieldName.LITIGATION).raw is None


def test_a_flow_chart_is_a_flow() -> None:
    chart = [{"FILEPATH": "//static.gdzwfw.gov.cn/obs/1.png", "ATTACHNAME": "流程图.png"}]
    guide = read({"WSBLLC": "", "WSBLLCT": chart, "CKBLLC": "", "CKBLLCT": []})
    assert guide.field(FieldName.ONLINE_FLOW).state is FieldState.OK
    assert guide.field(FieldName.WINDOW_FLOW).state is FieldState.BLANK


def test_list_title_notes_and_dates() -> None:
    guide = read({"PUBLISHDATE": "2026-05-07 09:00:00", "CRBJSXSM": "自受理之日起5个工作日", "IS_ABSENCE_ACCEPT": "1"})
    assert guide.listed_title == "某项审批（新办）"
    assert guide.text(FieldName.PUBLISH_DATE) == "2026-05-07 09:00:00"
    assert guide.text(FieldName.PROMISE_LIMIT_NOTE) == "自受理之日起5个工作日"
    assert guide.text(FieldName.LATER_MATERIALS) == "是"
