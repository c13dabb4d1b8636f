"""The readability export: a row for each guide and each of its fields, equal to counts made by hand."""

import csv
from pathlib import Path

from filled_store import SECOND_NIGHT
from python_calamine import CalamineWorkbook

from exports.export import export
from storage.store import Store


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_every_guide_has_a_row_and_each_shown_field_another(store: Store, tmp_path: Path) -> None:
    path, _ = export(store, "readability", run=SECOND_NIGHT, format="csv", out=tmp_path)
    rows = read_csv(path)
    guides = sum(1 for _ in store.guides.of_run(SECOND_NIGHT))
    scopes = [row["范围"] for row in rows]
    assert {scope: scopes.count(scope) for scope in set(scopes)} == {
        "整份指南": guides,
        "材料要求": guides,
        "办理流程": guides,
    }  # 受理条件 was not seen, so nothing is said about it


def test_the_flow_of_the_filled_store_as_counted_by_hand(store: Store, tmp_path: Path) -> None:
    path, _ = export(store, "readability", run=SECOND_NIGHT, format="csv", out=tmp_path)
    flow = next(row for row in read_csv(path) if row["范围"] == "办理流程")
    expected = {
        "字数": "42",  # 15 + 16 + 11
        "句数": "3",
        "分句数": "5",
        "句长（90%分位，字）": "16",
        "分句平均字数": "8.4",
        "未解释术语占字数比例": "0.1429",  # 容缺受理 and 用海: 6 of 42
        "未解释术语": "容缺受理×1、用海×1",
        "引用法规文件次数": "0",
        "分条列出的内容数": "3",
        "挤在句子里的内容数": "0",
        "分条比例": "1.0",
        "兜底说法": "",
        "易懂性 R（校准前仅供研究）": "",  # a guide's, not a field's
        "事项名称": "建筑工程施工许可证核发（第0项）",
    }
    assert {heading: flow[heading] for heading in expected} == expected


def test_a_guide_with_little_text_has_features_and_no_score(store: Store, tmp_path: Path) -> None:
    path, _ = export(store, "readability", run=SECOND_NIGHT, format="csv", out=tmp_path)
    guide = next(row for row in read_csv(path) if row["范围"] == "整份指南")
    assert guide["易懂性 R（校准前仅供研究）"] == ""
    assert guide["分项：句长"] == "1.0"
    assert guide["有日常用语、问答或情景"] == ""  # the source shows none of the three


def test_headings_follow_the_language_and_numbers_stay_numbers(store: Store, tmp_path: Path) -> None:
    path, _ = export(store, "readability", run=SECOND_NIGHT, format="xlsx", out=tmp_path, language="en")
    head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert all(str(heading).isascii() for heading in head)
    line = dict(zip(head, rows[0], strict=True))
    assert line["Scope"] == "whole guide"
    assert isinstance(line["Characters"], float)
