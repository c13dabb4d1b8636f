"""Texts as portals paste them, and what a citizen reads."""

import pytest

from portals.limits import compose_limit, tidy_limit
from portals.names import name_key
from portals.text import plain_text, strip_label


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("", ""),
        ("<br>", ""),
        ("&nbsp;", ""),
        ("&amp;amp;nbsp;", ""),
        ("\u200b\ufeff ", ""),
        ("无", "无"),
        ("/", "/"),
        ("详见附件", "详见附件"),
        ("<p>申请人：</p><p>年满18周岁</p>", "申请人：\n年满18周岁"),
        ("第一条<br/>第二条", "第一条\n第二条"),
        ("A&amp;amp;B", "A&B"),
        ("&lt;b&gt;粗体&lt;/b&gt;", "粗体"),
        ("关于印发<广东省管理办法>的通知", "关于印发<广东省管理办法>的通知"),
        ("面积<50平方米且a<b", "面积<50平方米且a<b"),
        ("一　二\u00a0 三\t四", "一 二 三 四"),
        ("（0662）3681111", "（0662）3681111"),
        ("<span style='color:red'>红</span>色<!-- 注 -->", "红色"),
    ],
)
def test_plain_text(raw: str, text: str) -> None:
    assert plain_text(raw) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("办理地点：", ""),
        ("办理地点: 东风路1号", "东风路1号"),
        ("办理地点 ：东风路", "东风路"),
        ("办理地点详见附件", "办理地点详见附件"),
        ("办理地点", "办理地点"),
    ],
)
def test_own_label_is_no_value(text: str, rest: str) -> None:
    assert strip_label(text, ("办理地点",)) == rest


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        ("7", "工作日", "7个工作日"),
        ("7", "G", "7个工作日"),
        ("30", "Z", "30个自然日"),
        ("2", "年", "2年"),
        ("7", "", "7"),
        ("", "工作日", ""),
        ("当场办结", "工作日", "当场办结"),
        ("无", "", "无"),
        ("0", "工作日", "0个工作日"),
    ],
)
def test_limits_are_written_in_one_way(amount: str, unit: str, text: str) -> None:
    assert compose_limit(amount, unit) == text


@pytest.mark.parametrize(
    ("printed", "text"),
    [("70(工作日)", "70个工作日"), ("5（自然日）", "5个自然日"), ("3个工作日", "3个工作日"), ("2个月内", "2个月内")],
)
def test_printed_limits(printed: str, text: str) -> None:
    assert tidy_limit(printed) == text


def test_names_meet_without_the_citys_prefix_and_never_across_levels() -> None:
    assert name_key("中共阳江市委办公室") == name_key("阳江市委办公室")
    assert name_key("广东省阳江市教育局") == name_key("阳江市 教育局") == "教育局"
    assert name_key("阳江市江城区") == name_key("江城区")
    assert name_key("广东省气象局") != name_key("阳江市气象局")
    assert name_key("阳江市公安局江城分局") != name_key("阳江市公安局")
