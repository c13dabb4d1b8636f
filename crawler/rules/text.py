"""Accuracy of the printed text: no markup, no twice-encoded entities, no control characters shown to the citizen."""

import re

from crawler.rules.example_guide import example
from crawler.rules.guide_text import ONLINE_ADDRESSES
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.text_places import Place, finder, judge_places
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.verdict import Verdict

SOURCE = "portals.md §0.4（双重编码、<br>、&nbsp;）、§5（事项名称）"
TAG = re.compile(
    r"</?(?:br|p|div|span|font|a|b|i|u|strong|em|table|tr|td|th|tbody|ul|ol|li|h[1-6]|img|o:p|style|script)\b[^>]*>",
    re.I,
)
DOUBLE = re.compile(r"&amp;(?:amp;)*(?:nbsp|lt|gt|quot|amp|#\d{2,5}|ldquo|rdquo|mdash|middot|ensp|emsp);", re.I)
ESCAPED_TAG = re.compile(r"&lt;/?(?:br|p|div|span|font|table|tr|td|strong|img|a|b)\b", re.I)
LAYOUT = re.compile(r"</?(?:br|p)\s*/?>", re.I)
"""The marks of line and paragraph that the portal's own editor writes; its page shows them as line breaks."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def find_tag(text: str) -> Place | None:
    """Find any tag, for fields of one line."""
    match = TAG.search(text) if "<" in text else None
    return (match.start(), match.end(), "") if match else None


def find_foreign_tag(text: str) -> Place | None:
    """Find a tag other than a bare line or paragraph mark, for texts from the portal's editor."""
    if "<" not in text:
        return None
    match = next((match for match in TAG.finditer(text) if not LAYOUT.fullmatch(match[0])), None)
    return (match.start(), match.end(), "") if match else None


def find_double(text: str) -> Place | None:
    """Find an entity that was encoded twice."""
    match = (DOUBLE.search(text) or ESCAPED_TAG.search(text)) if "&" in text else None
    return (match.start(), match.end(), "") if match else None


@audit_rule(
    "text.markup",
    title="文字中没有露出网页标记",
    failure_title="文字中露出网页标记",
    why="尖括号和标记夹在文字里，群众看不懂，也说明内容是粘贴来的。",
    source=SOURCE,
    applicability="所有办事指南；受理条件、流程等富文本里单纯的换行和分段标记由网页显示为换行，不算露出。",
    kind=RuleKind.ACCURACY,
    field=FieldName.NAME,
    passing=example(),
    failing=example({FieldName.NAME: "公共场所卫生许可<br>"}),
)
def check_markup(guide: Guide) -> Verdict:
    fault = "露出网页标记，应改为普通文字"
    return judge_places(guide, find_tag, fault, ONLINE_ADDRESSES, find_in_rich=find_foreign_tag)


@audit_rule(
    "text.double-encoding",
    title="文字中没有重复编码的实体",
    failure_title="文字中有没有还原的实体符号",
    why="&amp;nbsp; 之类的乱码说明数据在系统之间被重复编码。",
    source=SOURCE,
    applicability="所有办事指南，凡来源展示的文字；网址除外。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example(),
    failing=example({FieldName.CONDITION: "年满十八周岁&amp;amp;nbsp;的自然人，有固定住所。"}),
)
def check_double_encoding(guide: Guide) -> Verdict:
    return judge_places(guide, find_double, "有重复编码的实体符号，应还原为普通文字", ONLINE_ADDRESSES)


@audit_rule(
    "text.control-characters",
    title="文字中没有控制字符",
    failure_title="文字中有控制字符",
    why="控制字符使文字断开、复制出错，下载的表格也会打不开。",
    source=SOURCE,
    applicability="所有办事指南，凡来源展示的文字。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example(),
    failing=example({FieldName.CONDITION: "年满十八周岁\x07的自然人，有固定住所。"}),
)
def check_control_characters(guide: Guide) -> Verdict:
    return judge_places(guide, finder(CONTROL), "夹有控制字符，应删去", frozenset(), odd_only=True)
