"""The small recognisers: placeholders, limits against each other, addresses, catch-all materials, whom a duty binds."""

from decimal import Decimal

import pytest

from crawler.rules.applicability import is_bound
from crawler.rules.example_guide import example
from crawler.rules.handling import read_depth, read_visits
from crawler.rules.limits import check_immediate, check_promise
from crawler.rules.link_address import address_fault
from crawler.rules.materials import is_catch_all
from crawler.rules.placeholder import state_of
from domain.guide_fields import FieldName, FieldState
from domain.outcome import Outcome
from domain.time_limit import TimeLimit, parse_time_limit

PAGE = "https://www.gdzwfw.gov.cn/portal/v2/guide/x"


@pytest.mark.parametrize("text", ["", " ", "无", "无。", "/", "-", "——", "暂无", "办理地点：", "办理地点：无", "null"])
def test_blank(text: str) -> None:
    assert state_of(text) is FieldState.BLANK


@pytest.mark.parametrize(
    "text",
    [
        "详见附件",
        "另行通知",
        "按规定执行",
        "视情况而定",
        "待定",
        "详见流程图",
        "以本年度通知文件为准。",
        "同上",
        "详见咨询电话",
    ],
)
def test_placeholder(text: str) -> None:
    assert state_of(text) is FieldState.PLACEHOLDER


@pytest.mark.parametrize(
    "text",
    ["无条件受理", "0", "1", "20(工作日)", "无需提交材料", "广州市天河区天河路13号", "开具发票的当月且已收回原发票"],
)
def test_an_answer(text: str) -> None:
    assert state_of(text) is FieldState.OK


@pytest.mark.parametrize(
    ("promise", "legal", "outcome"),
    [
        ("20(工作日)", "20(工作日)", Outcome.PASS),
        ("21(工作日)", "20(工作日)", Outcome.FAIL),
        (
            "22(工作日)",
            "30(自然日)",
            Outcome.PASS,
        ),  # 22 working days never take fewer than 30 calendar days, but may take just 30
        ("23(工作日)", "30(自然日)", Outcome.FAIL),
        ("30(自然日)", "20(工作日)", Outcome.FAIL),  # 30 calendar days are 21.4 working days
        ("1(工作日)", "0(工作日)", Outcome.NOT_APPLICABLE),  # no legal limit entered
        ("无", "20(工作日)", Outcome.NOT_APPLICABLE),
    ],
)
def test_promise_against_law(promise: str, legal: str, outcome: Outcome) -> None:
    guide = example({FieldName.PROMISE_LIMIT: promise, FieldName.LEGAL_LIMIT: legal})()
    assert check_promise(guide).outcome is outcome


def test_working_days_of_thirty_calendar_days() -> None:
    limit = parse_time_limit("30(自然日)")
    assert isinstance(limit, TimeLimit)
    assert round(limit.working_days, 1) == Decimal("21.4")


@pytest.mark.parametrize(
    ("kind", "promise", "outcome"),
    [
        ("即办件", "1(工作日)", Outcome.PASS),
        ("即办件", "当场办结", Outcome.PASS),
        ("即办件", "2(工作日)", Outcome.FAIL),
        ("承诺件", "1(工作日)", Outcome.PASS),
        ("承诺件", "当场办结", Outcome.FAIL),
    ],
)
def test_immediate(kind: str, promise: str, outcome: Outcome) -> None:
    guide = example({FieldName.HANDLING_TYPE: kind, FieldName.PROMISE_LIMIT: promise})()
    assert check_immediate(guide).outcome is outcome


@pytest.mark.parametrize(
    "url", ["http://210.76.74.108/work", "https://www.gdzwfw.gov.cn/gaio/apply.html#/x", "http://58.62.172.116:40081/a"]
)
def test_addresses_that_open(url: str) -> None:
    assert address_fault(url, PAGE) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://10.44.17.8:8080/a",
        "http://192.168.1.9/",
        "http://172.16.0.1/",
        "http://127.0.0.1:80/a",
        "/apply",
        "www.x.cn",
        "http://",
        "https:///a",
        "http://oa.local/a",
    ],
)
def test_addresses_that_do_not(url: str) -> None:
    assert address_fault(url, PAGE)


def test_a_portal_on_loopback_may_link_to_loopback_but_not_into_an_office() -> None:
    page = "http://127.0.0.1:8700/portal/v2/guide/x"
    assert address_fault("http://127.0.0.1:8703/apprUnionApply", page) == ""
    assert address_fault("http://10.44.17.8:8080/apprUnionApply", page)


@pytest.mark.parametrize(
    "name",
    [
        "其他相关材料",
        "其他材料",
        "法律法规规定的其他材料",
        "法律、法规规定的其他相关材料",
        "相关证明材料",
        "根据法律法规需要提交的其他材料",
        "审批部门要求提交的其他材料",
        "其他有关资料",
        "5.其它材料。",
    ],
)
def test_catch_all(name: str) -> None:
    assert is_catch_all(name)


@pytest.mark.parametrize(
    "name",
    [  # names out of real guides (portals.md, sample of 2021)
        "三年以上其他法律职业经历证明",
        "利益相关者处理协议或解决方案",
        "其他身份证件",
        "变更其他登记事项的证明材料",
        "发改部门相关立项文件",
        "相关技术人员参与技术活动的说明材料",
        "居民身份证",
        "照片",
    ],
)
def test_a_document_that_is_named(name: str) -> None:
    assert not is_catch_all(name)


@pytest.mark.parametrize(
    ("text", "depth"), [("Ⅳ级", 4), ("IV级", 4), ("IV", 4), ("三级", 3), ("I级", 1), ("2", 2), ("", None), ("无", None)]
)
def test_depth(text: str, depth: int | None) -> None:
    assert read_depth(text) == depth


@pytest.mark.parametrize(("text", "visits"), [("0", 0), ("1次", 1), ("2 次", 2), ("", None), ("若干", None)])
def test_visits(text: str, visits: int | None) -> None:
    assert read_visits(text) == visits


@pytest.mark.parametrize(
    ("code", "name", "bound"),
    [
        ("01", "公共场所卫生许可", True),
        ("21", "政策咨询", False),
        ("02", "对违法行为的处罚", False),
        ("20", "企业投资项目备案", True),
        ("20", "对存在重大事故隐患的小水电站采取紧急措施", False),
        ("", "", None),
    ],
)
def test_whom_a_duty_binds(code: str, name: str, bound: bool | None) -> None:
    fields = {FieldName.ITEM_TYPE_CODE: code, FieldName.ITEM_TYPE: "", FieldName.NAME: name}
    assert is_bound(example(fields)()) is bound
