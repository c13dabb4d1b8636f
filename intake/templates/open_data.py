"""The table of data sets on 开放广东: what was listed, downloaded and counted on the day of the look."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.handed_list import ListEntry, ListKind
from intake.cell import Cell, Fault, MisfitError, one_of, plain, read_date
from intake.template import Template, TemplateColumn, Values, templates
from intake.templates.lists import SOURCE_COLUMN, UNIT_COLUMN, ListLine

CYCLES = {
    "daily": "每日",
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
    "none": "不定期",
}
CYCLES_EN = {cycle: cycle for cycle in CYCLES}
CYCLE_DAYS = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "half-yearly": 184, "yearly": 366}
"""Days within which a cycle has passed; a data set without a stated cycle cannot be late."""
YES_NO = {"yes": "是", "no": "否"}
ROWS_MAX = 10**12


def read_count(cell: Cell) -> int:
    """Read a count that is not negative."""
    text = plain(cell).replace(",", "").replace("，", "")
    if isinstance(cell, bool) or not (text.isascii() and text.isdigit()) or int(text) > ROWS_MAX:
        raise MisfitError("不是数，应填不小于 0 的整数", "is no count; allowed: a whole number from 0 on")
    return int(text)


def is_current(updated: date | None, cycle: str, seen: date) -> bool | None:
    """Say whether a data set was updated within its cycle; ``None`` where it states none."""
    if cycle not in CYCLE_DAYS:
        return None
    return updated is not None and updated + timedelta(days=CYCLE_DAYS[cycle]) >= seen


def build(values: Values) -> ListLine:
    """Make the line of a row that fits."""
    figures = {
        "rows": values["rows"],
        "downloads": values["downloads"] == "yes",
        "current": is_current(values["updated"], values["cycle"], values["seen"]),
    }
    return ListLine(
        unit=values["unit"],
        kind=ListKind.OPEN_DATA,
        entry=ListEntry(key=values["name"], figures=figures),
        source=values["source"],
    )


def check(template: Template[ListLine], values: Values) -> Iterator[Fault]:
    """Rows can only be counted in a file that downloads, and nothing is updated after the look."""
    if values["downloads"] == "no" and values["rows"]:
        yield template.column("rows").fault(
            str(values["rows"]), "不能下载的数据集没有可清点的数据量，应填 0", "must be 0 where nothing downloads"
        )
    if values["updated"] and values["updated"] > values["seen"]:
        yield template.column("updated").fault(str(values["updated"]), "晚于核对日期", "lies after the day of the look")


OPEN_DATA = templates.register(
    Template(
        id="open-data",
        zh="开放数据清单",
        en="Open data sets",
        build=build,
        check=check,
        columns=(
            UNIT_COLUMN,
            TemplateColumn(
                key="name",
                zh="数据集",
                en="Data set",
                required=True,
                width=36,
                hint_zh="开放广东平台上的数据集名称。",
                hint_en="Its name on the platform.",
                example="示例数据集",
            ),
            TemplateColumn(
                key="rows",
                zh="数据量",
                en="Rows",
                required=True,
                read=read_count,
                width=14,
                hint_zh="下载文件后清点的条数，不用页面显示的数；不能下载的填 0。",
                hint_en="Rows counted in the file, not the page's own figure; 0 where nothing downloads.",
                example="1200",
            ),
            TemplateColumn(
                key="downloads",
                zh="能否下载",
                en="Downloads",
                required=True,
                read=one_of(YES_NO),
                choices=YES_NO,
                width=12,
                hint_zh="是或否。",
                hint_en="yes or no.",
                example="是",
            ),
            TemplateColumn(
                key="updated",
                zh="更新日期",
                en="Updated",
                read=read_date,
                blank=None,
                width=14,
                hint_zh="平台标明的最近更新日期，没有标明的不填。",
                hint_en="Day of the last update as stated; blank where none is.",
                example="2026-11-01",
            ),
            TemplateColumn(
                key="cycle",
                zh="更新周期",
                en="Cycle",
                required=True,
                read=one_of(CYCLES, CYCLES_EN),
                choices=CYCLES,
                choices_en=CYCLES_EN,
                width=12,
                hint_zh="平台标明的更新周期；没有标明的选“不定期”。",
                hint_en="The stated cycle; none where there is none.",
                example="每月",
            ),
            TemplateColumn(
                key="seen",
                zh="核对日期",
                en="Day of the look",
                required=True,
                read=read_date,
                width=14,
                hint_zh="下载核对的日期。",
                hint_en="The day on which it was downloaded.",
                example="2026-11-20",
            ),
            SOURCE_COLUMN,
        ),
    )
)
