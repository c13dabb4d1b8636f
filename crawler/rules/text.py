"""Accuracy of the printed text: no markup, no twice-encoded entities, no control characters shown to the citizen."""

import re
from collections.abc import Iterator

from crawler.rules.example_guide import example
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_measured, passed

ADDRESSES = frozenset({FieldName.ONLINE_URL, FieldName.BOOKING_URL, FieldName.MOBILE_URL})  # "&" is at home there
SOURCE = "portals.md §0.4（双重编码、<br>、&nbsp;）、§5（事项名称）"
TAG = re.compile(
    r"</?(?:br|p|div|span|font|a|b|i|u|strong|em|table|tr|td|th|tbody|ul|ol|li|h[1-6]|img|o:p|style|script)\b[^>]*>",
    re.I,
)
ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|#\d{2,5}|#x[0-9a-f]{2,4}|ldquo|rdquo|mdash|middot|times|ensp|emsp);", re.I
)
DOUBLE = re.compile(r"&amp;(?:amp;)*(?:nbsp|lt|gt|quot|amp|#\d{2,5}|ldquo|rdquo|mdash|middot|ensp|emsp);", re.I)
ESCAPED_TAG = re.compile(r"&lt;/?(?:br|p|div|span|font|table|tr|td|strong|img|a|b)\b", re.I)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]|锟斤拷")


def raw_texts(guide: Guide) -> Iterator[tuple[str, str]]:
    """Yield (label, text as the source gave it) for every shown field."""
    for name, field in guide.fields.items():
        if field.raw and name not in ADDRESSES:
            yield LABELS_ZH[name], field.raw


def judge_texts(guide: Guide, patterns: tuple[re.Pattern[str], ...], mark: str, fault: str) -> Verdict:
    """Fail on the first text that matches a pattern; ``mark`` is a character without which no pattern can match."""
    whole = "\n".join([field.raw for name, field in guide.fields.items() if field.raw and name not in ADDRESSES])
    if not whole:
        return not_measured("来源没有展示任何文字")
    if mark not in whole or not any(pattern.search(whole) for pattern in patterns):
        return passed()
    for label, text in raw_texts(guide):
        found = next((match for pattern in patterns if (match := pattern.search(text))), None)
        if found is not None:
            excerpt = text[max(0, found.start() - 20) : found.end() + 20]
            return failed(FieldState.MALFORMED, f"{label}{fault}", excerpt=excerpt)
    return passed()  # the pattern only matched across two fields


@audit_rule(
    "text.markup",
    title="文字中没有露出网页标记",
    failure_title="文字中露出网页标记",
    why="尖括号和标记夹在文字里，群众看不懂，也说明内容是粘贴来的。",
    source=SOURCE,
    kind=RuleKind.ACCURACY,
    field=FieldName.NAME,
    passing=example(),
    failing=example({FieldName.NAME: "公共场所卫生许可<br>"}),
)
def check_markup(guide: Guide) -> Verdict:
    return judge_texts(guide, (TAG,), "<", "露出网页标记")


@audit_rule(
    "text.double-encoding",
    title="文字中没有重复编码的实体",
    failure_title="文字中有没有还原的实体符号",
    why="&amp;nbsp; 之类的乱码说明数据在系统之间被重复编码。",
    source=SOURCE,
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example(),
    failing=example({FieldName.CONDITION: "年满十八周岁&amp;amp;nbsp;的自然人，有固定住所。"}),
)
def check_double_encoding(guide: Guide) -> Verdict:
    return judge_texts(guide, (DOUBLE, ESCAPED_TAG), "&", "有没有还原的实体符号")


@audit_rule(
    "text.control-characters",
    title="文字中没有控制字符和乱码",
    failure_title="文字中有控制字符或乱码",
    why="乱码使内容缺字，群众读不通。",
    source=SOURCE,
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example(),
    failing=example({FieldName.CONDITION: "年满十八周岁\x07的自然人，有固定住所。"}),
)
def check_control_characters(guide: Guide) -> Verdict:
    return judge_texts(guide, (CONTROL,), "", "有控制字符或乱码")
