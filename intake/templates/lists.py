"""The table of lists by code: claimed basic codes, items of wide use, items due for regional service."""

import re
from collections.abc import Iterator

from domain.frozen import Frozen
from domain.handed_list import LIST_TITLES_EN, LIST_TITLES_ZH, ListEntry, ListKind
from domain.unit import all_units
from intake.cell import Fault, one_of, read_text
from intake.template import Template, TemplateColumn, Values, templates

UNITS = {unit.id: unit.name for unit in all_units()}
BY_CODE = (ListKind.CLAIMED_CODES, ListKind.WIDE_USE, ListKind.REGIONAL_DUE)
KINDS = {kind.value: LIST_TITLES_ZH[kind] for kind in BY_CODE}
KINDS_EN = {kind.value: LIST_TITLES_EN[kind] for kind in BY_CODE}
BASIC_CODE = re.compile(r"\d{4}[0-9A-Z]{8}")  # portals.md §3.2
ITEM_CODE = re.compile(r"[0-9A-Z]{31}(?:[0-9A-Z]{2})?")


class ListLine(Frozen):
    """One line that fits: an entry of a list of a body."""

    unit: str
    kind: ListKind
    entry: ListEntry
    source: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """List, body and key: a table names each once."""
        return self.kind.value, self.unit, self.entry.key


def build(values: Values) -> ListLine:
    """Make the line of a row that fits."""
    return ListLine(
        unit=values["unit"],
        kind=ListKind(values["kind"]),
        entry=ListEntry(key=values["code"]),
        source=values["source"],
    )


def check(template: Template[ListLine], values: Values) -> Iterator[Fault]:
    """A code is of the kind that its list holds."""
    basic = ListKind(values["kind"]) is ListKind.CLAIMED_CODES
    if not (BASIC_CODE if basic else ITEM_CODE).fullmatch(values["code"]):
        zh, en = ("应为 12 位基本编码", "12 characters") if basic else ("应为 31 或 33 位编码", "31 or 33 characters")
        yield template.column("code").fault(values["code"], zh, f"is no code of this list; allowed: {en}")


UNIT_COLUMN = TemplateColumn(
    key="unit",
    zh="单位",
    en="Unit",
    required=True,
    read=one_of(UNITS),
    choices=UNITS,
    width=26,
    hint_zh="被评估单位，从下拉列表中选择。",
    hint_en="The evaluated body, out of the list.",
    example="市教育局",
)
SOURCE_COLUMN = TemplateColumn(
    key="source",
    zh="来源",
    en="Source",
    width=30,
    hint_zh="取自哪个系统或文件；整表相同的可在导入时用 --source 写明。",
    hint_en="The system or document it was taken from; or --source for the whole table.",
    example="省事项管理系统导出",
)
LISTS = templates.register(
    Template(
        id="lists",
        zh="其他渠道清单",
        en="Lists of other channels",
        build=build,
        check=check,
        columns=(
            UNIT_COLUMN,
            TemplateColumn(
                key="kind",
                zh="清单",
                en="List",
                required=True,
                read=one_of(KINDS, KINDS_EN),
                choices=KINDS,
                choices_en=KINDS_EN,
                width=34,
                hint_zh="哪一份清单，从下拉列表中选择；一份清单每次交全部，新的一版整份替换旧的。",
                hint_en="Which list; a list is handed in whole, a newer version replaces the older one.",
                example=KINDS[ListKind.WIDE_USE],
            ),
            TemplateColumn(
                key="code",
                zh="编码",
                en="Code",
                required=True,
                read=read_text,
                width=40,
                hint_zh="认领目录填 12 位基本编码；事项填 31 位实施编码或 33 位业务办理项编码。单元格保持文本格式。",
                hint_en="12 characters of a basic code, or 31 or 33 of an item. Keep the cell a text.",
                example="11441700007026195X3440105001000",
            ),
            SOURCE_COLUMN,
        ),
    )
)
