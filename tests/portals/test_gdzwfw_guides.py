"""Detail documents of 广东政务服务网, built from the field tables of portals.md §1.5, read into guides."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.crawl import GuideOutcome
from domain.guide import Guide
from domain.guide_fields import FieldName as F
from domain.guide_fields import FieldState
from portals.documents import DocumentContext
from portals.gdzwfw.documents import GdzwfwDocuments

DOCUMENTS = GdzwfwDocuments()
CODE = "11440000006939756B2440101007000"


def parse(document: object, *, code: str = "", page: str = "https://www.gdzwfw.gov.cn/portal/v2/guide/x") -> Guide:
    context = DocumentContext(
        unit="dept-05",
        item_id="i1",
        code=code,
        url=page,
        document="0" * 64,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return DOCUMENTS.parse(json.dumps(document, ensure_ascii=False).encode(), context)


def item(**keys: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a document
    return {"AUDIT_ITEM": {"TASK_NAME": "临时价格干预", "TASK_CODE": CODE, **keys}}


def test_raw_stays_untouched_and_value_is_read() -> None:
    guide = parse(item(ACCEPT_CONDITION="<p>符合&amp;nbsp;条件</p>"))
    condition = guide.field(F.CONDITION)
    assert (condition.raw, condition.value, condition.state) == (
        "<p>符合&amp;nbsp;条件</p>",
        "符合 条件",
        FieldState.OK,
    )


@pytest.mark.parametrize("blank", [None, "", [], "<br>", "&nbsp;", "　", "受理条件：", "\u200b", {}])
def test_every_face_of_blank(blank: object) -> None:
    field = parse(item(ACCEPT_CONDITION=blank)).field(F.CONDITION)
    assert (field.value, field.state) == ("", FieldState.BLANK)
    assert field.raw is not None, "the key is there"


@pytest.mark.parametrize("word", ["无", "/", "详见附件", "待定", "-"])
def test_placeholders_are_left_to_the_rules(word: str) -> None:
    field = parse(item(ACCEPT_CONDITION=word)).field(F.CONDITION)
    assert (field.value, field.state) == (word, FieldState.OK)


def test_a_missing_key_is_blank_without_raw() -> None:
    field = parse(item()).field(F.CONDITION)
    assert (field.raw, field.value, field.state) == (None, "", FieldState.BLANK)


def test_limits_are_composed_and_keep_their_parts_as_raw() -> None:
    keys = {"PROMISE_DAY": "7", "PROMISE_TYPE_TEXT": "工作日", "CRBJSXSM": "自受理之日起", "ANTICIPATE_DAY": 30}
    guide = parse(item(**keys, ANTICIPATE_TYPE="Z"))
    assert guide.text(F.PROMISE_LIMIT) == "7个工作日"
    assert guide.text(F.LEGAL_LIMIT) == "30个自然日"
    assert "自受理之日起" in (guide.field(F.PROMISE_LIMIT).raw or "")


def test_a_limit_without_amount_is_blank_whatever_its_unit_and_note_say() -> None:
    field = parse(item(PROMISE_DAY="", PROMISE_TYPE_TEXT="工作日", CRBJSXSM="尽快")).field(F.PROMISE_LIMIT)
    assert (field.value, field.state) == ("", FieldState.BLANK)


def test_a_limit_in_words_stays_in_words() -> None:
    assert parse(item(ANTICIPATE_DAY="当场办结", ANTICIPATE_TYPE_TEXT="")).text(F.LEGAL_LIMIT) == "当场办结"


def test_place_and_hours_come_from_the_lobby_and_not_from_the_always_empty_address() -> None:
    lobby = [
        {"NAME": "A厅", "ADDRESS": "办理地点：东风二路60号", "TIME": "8:30-12:00", "TEL": "0662-1"},
        {"NAME": "B厅", "ADDRESS": "石湾北路88号", "TIME": "8:30-12:00", "TIME_DELAY_BUS": "2路"},
    ]
    guide = parse(item(TRANSACT_ADDR="错误地址") | {"AUDIT_CATALOG_LOBBY": lobby})
    assert guide.text(F.PLACE) == "东风二路60号；石湾北路88号"
    assert guide.text(F.HOURS) == "8:30-12:00"
    assert guide.windows is not None
    assert [window.transport for window in guide.windows] == ["", "2路"]


def test_tables_may_be_objects_and_the_item_a_list() -> None:
    document = {
        "AUDIT_ITEM": [
            {"TASK_NAME": "x", "TASK_CODE": CODE, "LAW": {"LAWNAME": "价格法", "SSRQ": "1998-05-01 00:00:00"}}
        ],
        "AUDIT_ITEM_EXTEND": [{"LIMIT_SCENE_NUM": "0", "IS_SCHEDULE": "1"}],
    }
    guide = parse(document)
    assert guide.text(F.VISITS) == "0"
    assert guide.text(F.BOOKABLE) == "是"
    assert guide.laws is not None
    assert [(law.name, law.effective) for law in guide.laws] == [("价格法", date(1998, 5, 1))]


def test_materials_keep_files_absolute_and_unshown_parts_unseen() -> None:
    rows = [
        {
            "MATERIAL_NAME": "申请表",
            "MATERIAL_TYPE": "2",
            "IS_NEED": "1",
            "FORM_GUID": [
                {"FILEPATH": "//static.gdzwfw.gov.cn/guide/files/c1", "ATTACHNAME": "表.doc", "ATTACHGUID": "c1"}
            ],
            "EXAMPLE_GUID": [],
            "PAGE_NUM": 1,
        },
        {"MATERIAL_NAME": "", "MATERIAL_TYPE": "1", "PAGE_NUM": None},
        {"ORDERNUM": "3"},
    ]
    guide = parse(item() | {"AUDIT_MATERIAL": rows})
    assert guide.materials is not None
    form, nameless = guide.materials
    assert (form.kind, form.necessity, form.originals) == ("申请表格文书", "必要", "1")
    assert form.forms is not None
    assert form.forms[0].url == "https://static.gdzwfw.gov.cn/guide/files/c1"
    assert form.samples == ()
    assert form.medium is None, "no row has ZZHDZB: not shown, which is never a fault"
    assert (nameless.name, nameless.kind, nameless.necessity, nameless.originals) == ("", "证件证书证明", "", "")
    assert guide.field(F.MATERIALS).state is FieldState.OK


def test_links_follow_the_pages_own_scheme_and_nothing_but_the_web() -> None:
    links = [
        {"FILEPATH": "//127.0.0.1:1/f/1"},
        {"FILEPATH": "/f/2"},
        {"FILEPATH": "file:///etc/passwd"},
        {"FILEPATH": ""},
    ]
    guide = parse(
        item() | {"AUDIT_MATERIAL": [{"MATERIAL_NAME": "x", "FORM_GUID": links}]}, page="http://127.0.0.1:2/g"
    )
    assert guide.materials is not None
    assert [link.url for link in guide.materials[0].forms or ()] == [
        "http://127.0.0.1:1/f/1",
        "http://127.0.0.1:2/f/2",
        "",
    ]


@pytest.mark.parametrize("absent", [None, [], "", {}])
def test_an_empty_table_is_blank_and_empty(absent: object) -> None:
    guide = parse(item(LAW=absent) | {"AUDIT_MATERIAL": absent, "AUDIT_QA": absent})
    assert (guide.laws, guide.materials, guide.questions) == ((), (), ())
    assert guide.field(F.LEGAL_BASIS).state is FieldState.BLANK


def test_the_subject_is_the_listed_code_else_a_proper_handling_code_else_the_task_code() -> None:
    assert parse(item(YW_CODE=CODE + "01"), code="listed").code == "listed"
    assert parse(item(YW_CODE=CODE + "01")).code == CODE + "01"
    assert parse(item(YW_CODE="无")).code == CODE


def test_the_portals_common_login_is_no_online_address() -> None:
    guide = parse(item(TRANSACT_WEB_URL="", LOGIN_URL="https://tyrz.gd.gov.cn/"))
    assert guide.field(F.ONLINE_URL).state is FieldState.BLANK


def test_a_package_is_read_by_its_own_schema_and_leaves_the_rest_unseen() -> None:
    package = {
        "special_item_type": "TC",
        "catalog_name": "开办餐饮店",
        "impl_org_name": "阳江市市场监督管理局",
        "promise_time": "5",
        "promise_time_unit_text": "工作日",
        "consult_phone": "0662-3411111",
        "window_list": [{"address": "东风二路60号"}],
        "submit_material_list": [
            {
                "document_name": "申请书",
                "origin_count": 1,
                "document_media_text": "纸质",
                "blank_att_list": [{"att_name": "a.doc", "neiwang_url": "http://19.1.2.3/a.doc"}],
            }
        ],
        "question_list": [{"question": "要多久？", "answer": "五天"}],
        "clause_list": [],
    }
    guide = parse(package)
    assert (guide.kind, guide.title, guide.text(F.PROMISE_LIMIT)) == ("package", "开办餐饮店", "5个工作日")
    assert guide.text(F.PLACE) == "东风二路60号"
    assert guide.materials is not None
    assert guide.materials[0].forms is not None
    assert guide.materials[0].forms[0].url == "http://19.1.2.3/a.doc", (
        "an intranet address that is shown is a defect to see"
    )
    assert guide.field(F.ITEM_TYPE).state is FieldState.NOT_MEASURED
    assert guide.field(F.COMPLAINT_PHONE).state is FieldState.BLANK
    assert guide.steps is None


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"<html>", b'{"AUDIT_ITEM": []}', b'{"errCode": "0"}'])
def test_what_is_not_measured_cannot_be_parsed(body: bytes) -> None:
    context = DocumentContext(unit=None, item_id="i", url="", document="", captured_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert DOCUMENTS.classify(200, body).outcome is not GuideOutcome.MEASURED
    with pytest.raises(ValueError, match="document"):
        DOCUMENTS.parse(body, context)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = [
    "AUDIT_ITEM_EXTEND",
    "AUDIT_MATERIAL",
    "AUDIT_CATALOG_LOBBY",
    "AUDIT_ITEM_FLOWSHEET",
    "AUDIT_QA",
    "AUDIT_CHARGE",
]
ITEM_KEYS = ["LAW", "TASK_NAME", "PROMISE_DAY", "PROMISE_TYPE_TEXT", "NEW_SCOPES", "YW_CODE", "ACCEPT_CONDITION"]


@settings(max_examples=150, deadline=None)
@given(
    tables=st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=4),
    fields=st.dictionaries(st.sampled_from(ITEM_KEYS), ANYTHING, min_size=1, max_size=5),
)
def test_whatever_is_called_measured_can_be_parsed(tables: dict[str, Any], fields: dict[str, Any]) -> None:
    body = json.dumps({"AUDIT_ITEM": fields, **tables}).encode()
    assert DOCUMENTS.classify(200, body).outcome is GuideOutcome.MEASURED
    guide = parse(json.loads(body))
    assert Guide.model_validate_json(guide.model_dump_json()) == guide
