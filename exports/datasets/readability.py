"""How every guide reads: one row for the guide and one for each of its fields, to be filtered by 范围."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from domain.readability import FieldReadability, GuideReadability, ReadabilityPart
from domain.reading_field import ReadingField
from exports.code_list import CodeList, codes_of
from exports.columns import (
    Getter,
    code,
    code_column,
    document_columns,
    flag,
    item_column,
    item_name_column,
    number,
    portal_column,
    run_column,
    text,
    texts,
    unit_columns,
)
from exports.dataset import Column, Context, Dataset, datasets
from exports.language import Language
from exports.value import Form, Value
from exports.vocabulary import title
from storage.store import Store

PART_HEADINGS_EN = {part: f"Ease: {part.value.replace('_', ' ')}" for part in ReadabilityPart}
WHOLE_GUIDE = "guide"
FIELDS = codes_of(ReadingField)
SCOPES = CodeList(id="Scope", zh={WHOLE_GUIDE: "整份指南", **FIELDS.zh}, en={WHOLE_GUIDE: "whole guide", **FIELDS.en})
DIGITS = 4
NOTHING = "空 = 没有可数的文字，或此行的范围不给出此项"
ONLY_GUIDES = "空 = 此行是单个字段；只有整份指南给出"


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


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _total(of_field: Callable[[FieldReadability], int]) -> Getter[ReadabilityRow]:
    """A count of the field, or its sum over all fields of the guide."""

    def get(row: ReadabilityRow, _: Context) -> Value:
        fields = row.reading.fields if row.field is None else (row.field,)
        return sum(of_field(field) for field in fields)

    return get


def _undefined(row: ReadabilityRow, _: Context) -> Mapping[str, int]:
    if row.field is not None:
        return row.field.undefined
    return {use.term: use.uses for use in row.reading.terms if not use.defined}


def _spell_uses(uses: Mapping[str, int], _: Language) -> str:
    return "、".join(f"{term}×{count}" for term, count in uses.items())


def _catch_alls(row: ReadabilityRow, _: Context) -> tuple[str, ...]:
    fields = row.reading.fields if row.field is None else (row.field,)
    return tuple(dict.fromkeys(phrase for field in fields for phrase in field.catch_alls))


def _p90_sentence(row: ReadabilityRow, _: Context) -> Value:
    if row.field is None:
        return _rounded(row.reading.figures.p90_sentence)
    return row.field.p90_sentence if row.field.sentences else None


def _ratio(
    of_guide: Callable[[GuideReadability], float | None], of_field: Callable[[FieldReadability], float | None]
) -> Getter[ReadabilityRow]:
    """A ratio of the field, or of the guide."""
    return lambda row, _: _rounded(of_guide(row.reading) if row.field is None else of_field(row.field))


def _everyday(row: ReadabilityRow, _: Context) -> bool | None:
    return None if row.field is not None else row.reading.figures.everyday


def _part(part: ReadabilityPart) -> Column[ReadabilityRow]:
    named = title(part, Language.ZH)
    return number(
        f"ease_{part.value}",
        f"分项：{named}",
        PART_HEADINGS_EN[part],
        lambda row, _: _rounded(row.reading.parts.get(part)) if row.field is None else None,
        f"易懂性分项“{named}”，0 难至 1 易（docs/readability.md）",
        unit="1",
        empty=f"{ONLY_GUIDES}，且没有可判之处时也为空",
    )


def _count(  # noqa: PLR0917 - one line a column
    key: str, zh: str, en: str, of_field: Callable[[FieldReadability], int], meaning: str, unit: str
) -> Column[ReadabilityRow]:
    return Column(key=key, zh=zh, en=en, get=_total(of_field), meaning=meaning, form=Form.INTEGER, unit=unit, width=10)


def _readings(store: Store, run: str) -> int:
    portals = {portal for portal, _, _ in store.overview.count_visits(run)}
    return sum(store.readability.count(run, portal) for portal in portals)


UNDEFINED: Column[ReadabilityRow] = Column(
    key="undefined",
    zh="未解释术语",
    en="Unexplained terms",
    get=_undefined,
    meaning="没有解释的办事术语及各用了几次",
    form=Form.OBJECT,
    show=_spell_uses,
    width=40,
)

READABILITY: Dataset[ReadabilityRow] = datasets.register(
    Dataset(
        id="readability",
        zh="易懂性特征",
        en="Readability",
        about="每份指南一行，其后每个读到的字段一行；只报告特征，校准前不计分。",
        natural_key=("portal", "item_id", "scope"),
        rows=rows,
        count=_readings,
        columns=(
            *unit_columns(lambda row: row.reading.unit),
            portal_column(lambda row: row.reading.portal),
            item_name_column(lambda row: row.item_name),
            code_column(lambda row: row.reading.subject),
            item_column(lambda row: row.reading.item_id),
            code(
                "scope",
                "范围",
                "Scope",
                lambda row, _: WHOLE_GUIDE if row.field is None else row.field.field,
                "此行说的是整份指南还是哪个字段",
                codes=SCOPES,
            ),
            _count(
                "characters", "字数", "Characters", lambda field: field.characters, "汉字数，连续字母或数字算一字", "字"
            ),
            _count("sentences", "句数", "Sentences", lambda field: field.sentences, "句子数", "句"),
            _count("clauses", "分句数", "Clauses", lambda field: field.clauses, "分句数", "句"),
            number(
                "p90_sentence",
                "句长（90%分位，字）",
                "Sentence length, 90th percentile",
                _p90_sentence,
                "十句里有九句不长于此",
                unit="字",
                empty=NOTHING,
            ),
            number(
                "clause_length",
                "分句平均字数",
                "Characters per clause",
                _ratio(lambda reading: reading.figures.clause_length, lambda field: field.clause_length),
                "每分句平均字数",
                unit="字/分句",
                empty=NOTHING,
            ),
            number(
                "undefined_share",
                "未解释术语占字数比例",
                "Share of characters in unexplained terms",
                _ratio(lambda reading: reading.figures.undefined_share, lambda field: field.undefined_share),
                "未解释术语的字数占全部字数",
                unit="1",
                empty=NOTHING,
            ),
            UNDEFINED,
            _count(
                "citations",
                "引用法规文件次数",
                "Citations",
                lambda field: field.citations,
                "点名引用法规文件的次数",
                "次",
            ),
            number(
                "citations_per_100",
                "每百字引用次数",
                "Citations per 100 characters",
                _ratio(lambda reading: reading.figures.citations_per_100, lambda field: field.citations_per_100),
                "每 100 字引用次数",
                unit="次/百字",
                empty=NOTHING,
            ),
            _count("listed", "分条列出的内容数", "Things listed", lambda field: field.listed, "逐条列出的内容", "项"),
            _count(
                "run_on",
                "挤在句子里的内容数",
                "Things strung together",
                lambda field: field.run_on,
                "三项以上挤在一句里的内容",
                "项",
            ),
            number(
                "structure",
                "分条比例",
                "Share listed",
                _ratio(lambda reading: reading.figures.structure, lambda field: field.structure),
                "列举的内容里逐条列出的比例",
                unit="1",
                empty=NOTHING,
            ),
            texts("catch_alls", "兜底说法", "Catch-all phrases", _catch_alls, "“其他材料”一类的兜底说法", width=30),
            flag(
                "everyday",
                "有日常用语、问答或情景",
                "Everyday name, Q&A or scenario",
                _everyday,
                "有日常用语、常见问题或情景之一",
                empty=f"{ONLY_GUIDES}，来源三者都不显示时也为空",
                width=14,
            ),
            text(
                "longest",
                "最长的一句（开头）",
                "Longest sentence (beginning)",
                lambda row, _: row.field.longest if row.field else None,
                "最长一句的开头",
                empty="空 = 此行是整份指南",
                width=44,
            ),
            *(_part(part) for part in ReadabilityPart),
            number(
                "score",
                "易懂性 R（校准前仅供研究）",
                "R (for research until calibrated)",
                lambda row, _: row.reading.score if row.field is None else None,
                "七个分项合成的 R，0–1，不进入任何得分",
                unit="1",
                empty="空 = 单个字段，或文字太少",
            ),
            text(
                "version",
                "特征版本",
                "Features version",
                lambda row, _: row.reading.version,
                "特征、术语表与解析器的版本",
                width=24,
            ),
            *document_columns(lambda row: row.reading.document, "空 = 没有原始文档"),
            run_column(),
        ),
    )
)
