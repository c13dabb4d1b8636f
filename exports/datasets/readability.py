"""How every guide reads: one row for the guide and one for each of its fields, to be filtered by 范围."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from domain.readability import FieldReadability, GuideReadability, ReadabilityPart
from exports.dataset import Cell, CellKind, Column, Context, Dataset, datasets
from exports.language import Language
from exports.vocabulary import portal_title, title, yes_or_no
from storage.store import Store

PART_HEADINGS_EN = {part: f"Ease: {part.value.replace('_', ' ')}" for part in ReadabilityPart}
WHOLE_GUIDE: Mapping[Language, str] = {Language.ZH: "整份指南", Language.EN: "whole guide"}
DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class ReadabilityRow:
    """A guide's reading, and the field that the row is about; ``None`` for the guide as a whole."""

    reading: GuideReadability
    field: FieldReadability | None
    item_name: str


def rows(store: Store, run: str) -> Iterator[ReadabilityRow]:
    """Stream a run's readings body by body, each guide followed by its fields."""
    for unit in store.readability.units(run):
        names = {(guide.portal, guide.item_id): guide.title for guide in store.crawls.listed(run, unit=unit)}
        for reading in store.readability.of_run(run, unit=unit):
            if reading.unit == unit:
                yield from _of_reading(reading, names.get((reading.portal, reading.item_id), ""))


def _of_reading(reading: GuideReadability, item_name: str) -> Iterator[ReadabilityRow]:
    yield ReadabilityRow(reading=reading, field=None, item_name=item_name)
    for field in reading.fields:
        yield ReadabilityRow(reading=reading, field=field, item_name=item_name)


def _scope(row: ReadabilityRow, context: Context) -> str:
    return WHOLE_GUIDE[context.language] if row.field is None else title(row.field.field, context.language)


def _rounded(number: float | None) -> Cell:
    return None if number is None else round(number, DIGITS)


def _total(of_field: Callable[[FieldReadability], int]) -> Callable[[ReadabilityRow, Context], Cell]:
    """A count of the field, or its sum over all fields of the guide."""

    def get(row: ReadabilityRow, _: Context) -> Cell:
        fields = row.reading.fields if row.field is None else (row.field,)
        return sum(of_field(field) for field in fields)

    return get


def _undefined(row: ReadabilityRow, _: Context) -> str:
    if row.field is not None:
        uses = dict(row.field.undefined)
    else:
        uses = {use.term: use.uses for use in row.reading.terms if not use.defined}
    return "、".join(f"{term}×{count}" for term, count in uses.items())


def _catch_alls(row: ReadabilityRow, _: Context) -> str:
    fields = row.reading.fields if row.field is None else (row.field,)
    return "、".join(dict.fromkeys(phrase for field in fields for phrase in field.catch_alls))


def _p90_sentence(row: ReadabilityRow, _: Context) -> Cell:
    if row.field is None:
        return _rounded(row.reading.figures.p90_sentence)
    return row.field.p90_sentence if row.field.sentences else None


def _ratio(
    of_guide: Callable[[GuideReadability], float | None], of_field: Callable[[FieldReadability], float | None]
) -> Callable[[ReadabilityRow, Context], Cell]:
    """A ratio of the field, or of the guide."""
    return lambda row, _: _rounded(of_guide(row.reading) if row.field is None else of_field(row.field))


def _everyday(row: ReadabilityRow, context: Context) -> str:
    helps = row.reading.figures.everyday
    return "" if row.field is not None or helps is None else yes_or_no(helps, context.language)


def _part(part: ReadabilityPart) -> Column[ReadabilityRow]:
    return Column(
        key=f"ease_{part.value}",
        zh=f"分项：{title(part, Language.ZH)}",
        en=PART_HEADINGS_EN[part],
        width=10,
        kind=CellKind.NUMBER,
        get=lambda row, _: _rounded(row.reading.parts.get(part)) if row.field is None else None,
    )


def _number(key: str, zh: str, en: str, get: Callable[[ReadabilityRow, Context], Cell]) -> Column[ReadabilityRow]:
    return Column(key=key, zh=zh, en=en, width=10, kind=CellKind.NUMBER, get=get)


READABILITY: Dataset[ReadabilityRow] = datasets.register(
    Dataset(
        id="readability",
        zh="易懂性特征",
        en="Readability",
        rows=rows,
        columns=(
            Column(key="unit", zh="单位", en="Unit", width=26, get=lambda row, ctx: ctx.unit_name(row.reading.unit)),
            Column(key="unit_id", zh="单位编号", en="Unit id", width=10, get=lambda row, _: row.reading.unit or ""),
            Column(
                key="portal",
                zh="平台",
                en="Portal",
                width=16,
                get=lambda row, ctx: portal_title(row.reading.portal, ctx.language),
            ),
            Column(key="item_name", zh="事项名称", en="Item", width=36, get=lambda row, _: row.item_name),
            Column(key="code", zh="事项编码", en="Code", width=36, get=lambda row, _: row.reading.subject),
            Column(key="item_id", zh="事项标识", en="Item id", width=36, get=lambda row, _: row.reading.item_id),
            Column(key="scope", zh="范围", en="Scope", width=12, get=_scope),
            _number("characters", "字数", "Characters", _total(lambda field: field.characters)),
            _number("sentences", "句数", "Sentences", _total(lambda field: field.sentences)),
            _number("clauses", "分句数", "Clauses", _total(lambda field: field.clauses)),
            _number("p90_sentence", "句长（90%分位，字）", "Sentence length, 90th percentile", _p90_sentence),
            _number(
                "clause_length",
                "分句平均字数",
                "Characters per clause",
                _ratio(lambda reading: reading.figures.clause_length, lambda field: field.clause_length),
            ),
            _number(
                "undefined_share",
                "未解释术语占字数比例",
                "Share of characters in unexplained terms",
                _ratio(lambda reading: reading.figures.undefined_share, lambda field: field.undefined_share),
            ),
            Column(key="undefined", zh="未解释术语", en="Unexplained terms", width=40, get=_undefined),
            _number("citations", "引用法规文件次数", "Citations", _total(lambda field: field.citations)),
            _number(
                "citations_per_100",
                "每百字引用次数",
                "Citations per 100 characters",
                _ratio(lambda reading: reading.figures.citations_per_100, lambda field: field.citations_per_100),
            ),
            _number("listed", "分条列出的内容数", "Things listed", _total(lambda field: field.listed)),
            _number("run_on", "挤在句子里的内容数", "Things strung together", _total(lambda field: field.run_on)),
            _number(
                "structure",
                "分条比例",
                "Share listed",
                _ratio(lambda reading: reading.figures.structure, lambda field: field.structure),
            ),
            Column(key="catch_alls", zh="兜底说法", en="Catch-all phrases", width=30, get=_catch_alls),
            Column(key="everyday", zh="有日常用语、问答或情景", en="Everyday name, Q&A or scenario", get=_everyday),
            Column(
                key="longest",
                zh="最长的一句（开头）",
                en="Longest sentence (beginning)",
                width=44,
                get=lambda row, _: row.field.longest if row.field else "",
            ),
            *(_part(part) for part in ReadabilityPart),
            _number(
                "score",
                "易懂性 R（校准前仅供研究）",
                "R (for research until calibrated)",
                lambda row, _: row.reading.score if row.field is None else None,
            ),
            Column(
                key="version", zh="特征版本", en="Features version", width=24, get=lambda row, _: row.reading.version
            ),
            Column(
                key="document",
                zh="原始文档SHA-256",
                en="Raw document SHA-256",
                width=24,
                get=lambda row, _: row.reading.document,
            ),
        ),
    )
)
