"""The data dictionary 数据字典: every field of every data set in Chinese, from the definitions that write the files."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from domain.imported_part import IMPORTED_PART_TITLES_ZH
from domain.measure_title import MEASURE_TITLES_ZH
from domain.score_part import SCORE_PART_TITLES_ZH
from exports.atomic_file import replacing
from exports.code_list import CodeList
from exports.contract import SCHEMA_VERSION
from exports.dataset import Column, Dataset, datasets
from exports.json_schema import FOLDER
from exports.sheet import Cell, CellKind, Heading, Sheet
from exports.value import FORM_TITLES_ZH, Form
from exports.xlsx_file import write_book

DICTIONARY_NAME = "dictionary.zh-CN"
YES = "是"
SPELLINGS: Mapping[Form, tuple[str, str, str]] = {  # JSONL, Parquet, CSV and XLSX
    Form.TEXT: ("字符串", "string", "文本；CSV 中以 = + - @ 等开头的前加一个半角撇号"),
    Form.CODE: ("字符串（代码）", "string", "代码的中文（英文）名称"),
    Form.INTEGER: ("整数", "int64", "数值"),
    Form.NUMBER: ("数值", "double", "数值"),
    Form.DECIMAL: ("字符串（精确小数）", "decimal128(38,10)", "数值；双精度装不下的为文本"),
    Form.FLAG: ("true / false", "bool", "是 / 否"),
    Form.MOMENT: ("RFC 3339，UTC，如 2026-11-22T17:30:05Z", "timestamp[us, UTC]", "北京时间"),
    Form.LINK: ("字符串", "string", "文本；XLSX 中前 65,530 个 http(s) 地址可点击"),
    Form.TEXTS: ("字符串数组", "list<string>", "以“、”相连；XLSX 超过 32,767 字截断并注明"),
    Form.OBJECT: ("对象", "string（JSON）", "JSON 文本"),
}


def lay_out_dictionary() -> Iterator[Sheet]:
    """Yield the sheets of the dictionary."""
    chosen = datasets.all()
    yield sheet("数据集", ("数据集", "名称", "说明", "自然键", "字段数", "表结构版本"), map(about_dataset, chosen))
    yield sheet(
        "字段",
        (
            "数据集",
            "字段",
            "中文表头",
            "英文表头",
            "类型",
            "单位",
            "含义",
            "空值",
            "取值",
            "自然键",
            "关联",
            "随运行编号变",
            "随每次查看变",
        ),
        (about_column(dataset, column) for dataset in chosen for column in dataset.columns),
    )
    yield sheet("代码", ("代码表", "代码", "中文", "英文", "可能增加"), about_codes(chosen))
    yield sheet("关系", ("从", "字段", "到"), about_relations(chosen))
    yield sheet("公式各项", ("名称", "中文"), iter({**SCORE_PART_TITLES_ZH, **IMPORTED_PART_TITLES_ZH}.items()))
    yield sheet("测量明细", ("名称", "中文"), iter(MEASURE_TITLES_ZH.items()))
    spelled = ((FORM_TITLES_ZH[form], *SPELLINGS[form]) for form in Form)
    yield sheet("写法", ("类型", "JSONL", "Parquet", "CSV、XLSX"), spelled)


def sheet(title: str, headings: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> Sheet:
    """Make a sheet of texts."""
    widths = [48 if heading in ("含义", "说明", "空值", "取值", "CSV、XLSX") else 20 for heading in headings]
    kinds = [Heading(text=text, kind=CellKind.TEXT, width=width) for text, width in zip(headings, widths, strict=True)]
    return Sheet(title=title, headings=tuple(kinds), rows=rows)


def about_dataset(dataset: Dataset[Any]) -> tuple[Cell, ...]:
    """Describe a data set."""
    key = " + ".join(dataset.natural_key)
    return dataset.id, dataset.zh, dataset.about, key, len(dataset.columns), SCHEMA_VERSION


def about_column(dataset: Dataset[Any], column: Column[Any]) -> tuple[Cell, ...]:
    """Describe a field."""
    return (
        dataset.id,
        column.key,
        column.zh,
        column.en,
        FORM_TITLES_ZH[column.form],
        column.unit,
        column.meaning,
        column.empty or "总有值",
        about_values(column.codes),
        YES if column.key in dataset.natural_key else "",
        column.refers,
        YES if column.run_bound else "",
        YES if column.volatile else "",
    )


def about_values(codes: CodeList | None) -> str:
    """List the codes of a closed list, and name the table of an open one."""
    if codes is None:
        return ""
    if codes.open:
        return f"见代码表 {codes.id}，可能增加"
    return "；".join(f"{code} {title}" for code, title in codes.zh.items())


def about_codes(chosen: tuple[Dataset[Any], ...]) -> Iterator[tuple[Cell, ...]]:
    """List every code of every list that a field refers to, each list once."""
    lists = {column.codes.id: column.codes for dataset in chosen for column in dataset.columns if column.codes}
    for name, codes in sorted(lists.items()):
        for code, title in codes.zh.items():
            yield name, code, title, codes.en.get(code, code), YES if codes.open else ""


def about_relations(chosen: tuple[Dataset[Any], ...]) -> Iterator[tuple[Cell, ...]]:
    """List what leads from one data set to another; every data set leads to its run."""
    for dataset in chosen:
        for column in dataset.columns:
            if column.refers and not column.refers.startswith(f"{dataset.id}."):
                yield dataset.id, column.key, column.refers
        yield dataset.id, "run", "manifest.json 的 provenance"


def spell_markdown() -> str:
    """Spell the dictionary as Markdown."""
    lines = [
        "# 数据字典",
        "",
        f"表结构版本 {SCHEMA_VERSION}。本文件由 `yuece export dictionary` 生成，勿手改；约定见 docs/exports.md。",
    ]
    for table in lay_out_dictionary():
        headings = [heading.text for heading in table.headings]
        lines += ["", f"## {table.title}", "", _line(headings), _line(["---"] * len(headings)), *map(_line, table.rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[Cell]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def write_dictionary(directory: Path, *, workbook: bool = True) -> tuple[Path, ...]:
    """Write the dictionary beside the schemas, as Markdown and, unless told otherwise, as a workbook."""
    folder = directory / FOLDER
    text = folder / f"{DICTIONARY_NAME}.md"
    with replacing(text) as scratch:
        scratch.write_text(spell_markdown(), encoding="utf-8")
    if not workbook:
        return (text,)
    book = folder / f"{DICTIONARY_NAME}.xlsx"
    with replacing(book) as scratch:
        write_book(scratch, lay_out_dictionary())
    return text, book
