"""The table of figures that other channels hand in: one line per body and figure, ready to be filled in."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from domain.figure import Figure, FigureRow, find_row
from domain.frozen import Frozen
from domain.imported_figure import ImportChannel
from domain.unit import Table, Unit, all_units
from intake.cell import Cell, Fault, MisfitError, one_of, plain
from intake.template import Template, TemplateColumn, Values

FIGURES_ID = "figures"
UNITS = {unit.id: unit.name for unit in all_units()}
TABLES = {unit.id: unit.table for unit in all_units()}
CHANNEL_TITLES_ZH = {
    ImportChannel.VISIT: "现场走访",
    ImportChannel.STATISTICS: "系统统计",
    ImportChannel.MONITORING: "日常工作监测",
}
DIGITS_MAX = 15  # a spreadsheet keeps no more of a number
PREFILLED = frozenset({"unit", "row", "figure", "name", "measure", "range", "channel", "hint"})


class FigureLine(Frozen):
    """One line that fits: which figure of which body, its value, and what it was taken from."""

    unit: str
    table: Table
    row: int
    figure: str
    name: str
    channel: ImportChannel
    at_most: str
    value: Decimal
    source: str
    judge: str

    @property
    def place(self) -> tuple[str, int, str]:
        """Body, row and figure: a table names each once."""
        return self.unit, self.row, self.figure


def read_decimal(cell: Cell) -> Decimal:
    """Read a number exactly as it is written; thousands may be parted, percent signs are refused."""
    text = plain(cell).replace(",", "").replace("，", "")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if isinstance(cell, bool) or not text.isascii() or not value.is_finite():
        raise MisfitError("不是数，应填阿拉伯数字，不带单位和百分号", "is no number; allowed: digits without unit or %")
    if len(value.as_tuple().digits) > DIGITS_MAX:
        raise MisfitError(f"超过 {DIGITS_MAX} 位数字", f"has more than {DIGITS_MAX} digits")
    return value


def make_figures(rows: Sequence[FigureRow]) -> Template[FigureLine]:
    """Make the table for these rows of the notice."""

    def build(values: Values) -> FigureLine:
        row, figure = known(rows, values)
        assert row is not None
        assert figure is not None
        return FigureLine(
            unit=values["unit"],
            table=row.table,
            row=row.no,
            figure=figure.id,
            name=figure.name,
            channel=figure.channel,
            at_most=figure.at_most,
            value=values["value"],
            source=values["source"],
            judge=values["judge"],
        )

    def check(template: Template[FigureLine], values: Values) -> Iterator[Fault]:
        return check_line(template, rows, values)

    return Template(
        id=FIGURES_ID,
        zh="其他渠道数据",
        en="Figures of other channels",
        build=build,
        check=check,
        columns=COLUMNS,
        prefilled=PREFILLED,
    )


def known(rows: Sequence[FigureRow], values: Values) -> tuple[FigureRow | None, Figure | None]:
    """Find the row and the figure that a line names."""
    row = find_row(rows, values["row"])
    return row, None if row is None else row.figure(values["figure"])


def check_line(template: Template[FigureLine], rows: Sequence[FigureRow], values: Values) -> Iterator[Fault]:
    """Check what the cells of a line say together."""
    row, figure = known(rows, values)
    if row is None:
        given = values["row"]
        yield template.column("row").fault(
            given,
            "不是指标表中可报送的指标，应写成 D1 或 C1",
            "is no row that takes figures; allowed: such as D1 or C1",
        )
        return
    if TABLES[values["unit"]] is not row.table:
        yield template.column("row").fault(
            row.label, "不是该单位适用的指标表", "belongs to the other table than the unit"
        )
    if figure is None:
        allowed = "、".join(one.id for one in row.figures)
        yield template.column("figure").fault(
            values["figure"],
            f"不是该指标的数据编号，可填：{allowed}",
            f"is no figure of {row.label}; allowed: {allowed}",
        )
        return
    yield from check_value(template, figure, values["value"])
    if row.judged:
        yield from check_judgement(template, values)


def check_value(template: Template[FigureLine], figure: Figure, value: Decimal) -> Iterator[Fault]:
    """Check a value against the bounds of its figure."""
    outside = value < figure.min or (figure.max is not None and value > figure.max)
    if outside or (figure.whole and value != value.to_integral_value()):
        allowed = f"{'whole number, ' if figure.whole else ''}{figure.min} to {figure.max or 'any'}"
        yield template.column("value").fault(
            str(value), f"超出允许范围，应为{figure.range_zh}", f"is not allowed; allowed: {allowed}"
        )


def check_judgement(template: Template[FigureLine], values: Values) -> Iterator[Fault]:
    """Points of a judge name the judge, and points other than 0 their proofs."""
    if not values["judge"]:
        yield template.column("judge").fault("", "加减分须写明评审人", "must name the judge")
    if values["value"] != 0 and not values["source"]:
        yield template.column("source").fault("", "加减分须列出证明材料", "must list the proofs")


def lines_to_fill(rows: Sequence[FigureRow], units: Iterable[Unit]) -> Iterator[dict[str, str]]:
    """Yield one line per body and figure of its table, in the order of the notice."""
    for unit in units:
        for row in rows:
            if row.table is unit.table:
                yield from (line_of(unit, row, figure) for figure in row.figures)


def line_of(unit: Unit, row: FigureRow, figure: Figure) -> dict[str, str]:
    """Write what is known of a line before it is filled in."""
    bound = f"，不大于“{one.name}”" if (one := row.figure(figure.at_most)) else ""
    return {
        "unit": unit.name,
        "row": row.label,
        "figure": figure.id,
        "name": figure.name,
        "measure": figure.unit,
        "range": figure.range_zh + bound,
        "channel": CHANNEL_TITLES_ZH[figure.channel],
        "hint": figure.hint + ("" if figure.required else "（可不填）"),
    }


COLUMNS = (
    TemplateColumn(
        key="unit",
        zh="单位",
        en="Unit",
        required=True,
        read=one_of(UNITS),
        choices=UNITS,
        width=26,
        hint_zh="被评估单位，按通知的名称。",
        hint_en="The evaluated body, by its name in the notice.",
        example="市教育局",
    ),
    TemplateColumn(
        key="row",
        zh="指标",
        en="Row",
        required=True,
        width=26,
        hint_zh="指标表和序号，可带名称，如 D1 办件量。",
        hint_en="Table and number of the row, the name may follow: D1.",
        example="D1 办件量",
    ),
    TemplateColumn(
        key="figure",
        zh="数据编号",
        en="Figure",
        required=True,
        width=22,
        hint_zh="数据项的编号或名称，不要改动。",
        hint_en="Id or name of the figure; leave it as it is.",
        example="cases_accepted",
    ),
    TemplateColumn(
        key="name",
        zh="数据项",
        en="Name",
        width=26,
        hint_zh="数据项名称，仅供阅读。",
        hint_en="Name of the figure, to be read only.",
        example="受理办件量",
    ),
    TemplateColumn(
        key="measure", zh="计量单位", en="Measured in", width=10, hint_zh="仅供阅读。", hint_en="To be read only."
    ),
    TemplateColumn(
        key="range", zh="允许范围", en="Allowed", width=26, hint_zh="仅供阅读。", hint_en="To be read only."
    ),
    TemplateColumn(key="channel", zh="渠道", en="Channel", width=14, hint_zh="仅供阅读。", hint_en="To be read only."),
    TemplateColumn(
        key="value",
        zh="数值",
        en="Value",
        required=True,
        read=read_decimal,
        width=14,
        hint_zh="阿拉伯数字，不带单位和百分号；没有数据的整行留空，不要填 0。",
        hint_en="Digits without unit or %; leave the line blank where nothing is known, do not write 0.",
        example="1200",
    ),
    TemplateColumn(
        key="source",
        zh="来源或证明材料",
        en="Source or proofs",
        width=40,
        hint_zh="取自哪个系统、清单或走访；加减分列出全部证明材料。留空则按导入时的 --source。",
        hint_en="System, list or visit it was taken from; for bonus and penalty every proof. Blank: that of --source.",
        example="市办件数据库 2021-07-05 导出",
    ),
    TemplateColumn(
        key="judge",
        zh="评审人",
        en="Judge",
        width=14,
        hint_zh="只在加减分填写，两名评审不得为同一人。",
        hint_en="For bonus and penalty only; the two judges must differ.",
    ),
    TemplateColumn(key="hint", zh="说明", en="Explanation", width=60, hint_zh="仅供阅读。", hint_en="To be read only."),
)
