"""The table of cases per item, by which a sample is laid out in strata (methodology.md §3.5)."""

from collections.abc import Iterator

from domain.frozen import Frozen
from intake.cell import Cell, Fault, MisfitError, plain
from intake.template import Template, TemplateColumn, Values, templates

CASES_MAX = 10**9


class ItemCases(Frozen):
    """How many cases of an item were handled."""

    code: str
    cases: int


def read_count(cell: Cell) -> int:
    """Read a whole number from 0 on."""
    text = plain(cell)
    if not text.isascii() or not text.isdigit() or int(text) > CASES_MAX:
        raise MisfitError("不是件数，应为 0 或正整数", "is no count; allowed: 0 or a whole number")
    return int(text)


def check(template: Template[ItemCases], values: Values) -> Iterator[Fault]:
    """Every pair of cells fits."""
    yield from ()


VOLUMES = templates.register(
    Template(
        id="volumes",
        zh="事项办件量",
        en="Cases per item",
        build=lambda values: ItemCases(code=values["code"], cases=values["cases"]),
        check=check,
        columns=(
            TemplateColumn(
                key="code",
                zh="事项编码",
                en="Item code",
                required=True,
                width=36,
                hint_zh="实施编码或业务办理项编码，文本格式。",
                hint_en="Code of the item, as text.",
                example="11441700007026195X3440105001000",
            ),
            TemplateColumn(
                key="cases",
                zh="办件量",
                en="Cases",
                required=True,
                read=read_count,
                width=12,
                hint_zh="上一评估期的办件数，用于分层（前五分之一与其余）。",
                hint_en="Cases handled in the last period; they set the strata.",
                example="120",
            ),
        ),
    )
)
