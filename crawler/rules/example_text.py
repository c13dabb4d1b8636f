"""Writes what a rule's example guides say, so that the catalogue shows a case that passes and one that fails."""

from collections.abc import Iterator

from crawler.rules.example_guide import good_guide
from crawler.rules.wording import shorten
from domain.dossier import Dossier
from domain.frozen import Frozen
from domain.guide import TABLE_FIELDS, Guide
from domain.guide_fields import LABELS_ZH, PART_LABELS_ZH, FieldName

BLANK = "（空白）"
WINDOWS_LABEL = "办理窗口"
PART_LABELS: dict[str, str] = {part.value: label for part, label in PART_LABELS_ZH.items()} | {
    "number": "文号",
    "clause": "条款号",
    "content": "条款内容",
    "issuer": "颁布机关",
    "effective": "实施日期",
    "address": "地址",
    "hours": "时间",
    "phone": "电话",
    "limit": "时限",
    "basis": "依据",
    "standard": "标准",
    "question": "问",
    "answer": "答",
    "catalogue_code": "清单编码",
    "price": "收费依据",
    "document": "文书类型",
    "samples": "样本",
    "range": "范围",
    "divisions": "区域",
    "department": "部门",
}
SHOWN_CHARACTERS = 60


def describe_example(dossier: Dossier, rule_field: FieldName) -> str:
    """Say in what an example differs from the good guide, or what its field says when it is the good guide."""
    said = list(differences(dossier.guide))
    if not said:
        said = [f"{LABELS_ZH[rule_field]}：{value_of(dossier.guide.text(rule_field))}"]
    return "；".join(said)


def differences(guide: Guide) -> Iterator[str]:
    """Yield every field and table in which a guide differs from the good one."""
    good = good_guide()
    for name, field in guide.fields.items():
        if field.value != good.field(name).value or field.raw != good.field(name).raw:
            yield f"{LABELS_ZH[name]}：{value_of(field.raw or field.value)}"
    for table, name in TABLE_FIELDS.items():
        rows = getattr(guide, table)
        if rows != getattr(good, table):
            label = WINDOWS_LABEL if table == "windows" else LABELS_ZH[name]
            yield f"{label}：{describe_rows(rows, getattr(good, table))}"
    if guide.listed_title != good.listed_title:
        yield f"列表中的名称：{guide.listed_title}"
    if guide.code != good.code:
        yield f"列表和网址中的编码：{guide.code}"
    if guide.area_code != good.area_code:
        yield f"发布地区：{guide.area_code}"


def describe_rows(rows: object, good: object) -> str:
    """Write the rows of a table, each by the parts that differ from the good guide's row of the same place."""
    if isinstance(rows, Frozen):
        return describe_row(rows, good if isinstance(good, Frozen) else None)
    if not isinstance(rows, tuple) or not rows:
        return BLANK
    beside = good if isinstance(good, tuple) else ()
    return " / ".join(describe_row(row, next((one for one in beside if same_name(row, one)), None)) for row in rows)


def same_name(one: Frozen, other: Frozen) -> bool:
    """Say whether two rows are the same row with other parts."""
    return getattr(one, "name", "") == getattr(other, "name", "")


def describe_row(row: Frozen, good: Frozen | None) -> str:
    """Write one row: its name, then what differs."""
    name = value_of(getattr(row, "name", ""))
    parts = [
        f"{PART_LABELS[part]} {value_of(value)}"
        for part, value in row
        if part in PART_LABELS and part != "name" and value and (good is None or value != getattr(good, part))
    ]
    gone = [
        f"{PART_LABELS[part]} {BLANK}" for part, value in row if part in PART_LABELS and not value and lost(good, part)
    ]
    return "，".join([name, *parts[:4], *gone]) if hasattr(row, "name") else "，".join([*parts, *gone])


def lost(good: Frozen | None, part: str) -> bool:
    """Say whether the good guide has a part that is missing here."""
    return good is not None and part != "name" and bool(getattr(good, part))


def value_of(value: object) -> str:
    """Write one value in one line."""
    if isinstance(value, tuple):
        return "、".join(str(getattr(one, "name", one)) for one in value) or BLANK
    return shorten(str(value or ""), SHOWN_CHARACTERS) or BLANK
