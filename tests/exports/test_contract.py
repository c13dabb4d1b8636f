"""The hand-off contract: what is written is what the schema says, in every format, and the schema is published."""

import csv
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from filled_store import RULE_TITLES, SECOND_NIGHT
from handed_store import fill_two_nights
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from pyarrow import parquet, types

from domain.errors import PublishRefusedError
from exports.contract import SCHEMA_VERSION
from exports.dataset import datasets
from exports.dictionary import lay_out_dictionary, spell_markdown, write_dictionary
from exports.export import export
from exports.harmless_text import unguard
from exports.json_schema import schema_of
from exports.schema_change import Bump, allows, judge_change
from exports.schema_files import publish_schemas, read_schemas, refuse_unannounced
from storage.store import Store

NAMES = tuple(dataset.id for dataset in datasets.all())
PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schema"
WRITE_AGAIN = "run `yuece export schema --out docs` and `yuece export dictionary --format md --out docs`"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything of one night in all four formats."""
    folder = tmp_path_factory.mktemp("contract")
    with Store.open(folder / "home") as store:
        fill_two_nights(store)
        for format in ("jsonl", "parquet", "csv", "xlsx"):
            export(store, "all", run=SECOND_NIGHT, format=format, out=folder / "out", rule_titles=RULE_TITLES)
    return folder / "out"


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def file_of(out: Path, name: str, format: str) -> Path:
    return out / f"{SECOND_NIGHT}-{name}.{format}"


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_what_the_schema_beside_it_says(out: Path, name: str) -> None:
    schema = json.loads((out / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    rows = read_jsonl(file_of(out, name, "jsonl"))
    assert rows, "an empty file proves nothing"
    for row in rows:
        validator.validate(row)
    keys = [tuple(row[key] for key in schema["x-natural-key"]) for row in rows]
    assert len(set(map(str, keys))) == len(keys)
    assert all(row["run"] == SECOND_NIGHT for row in rows)
    spoiled = [{**rows[0], "unheard_of": 1}, {**rows[0], "run": None}, {k: v for k, v in rows[0].items() if k != "run"}]
    assert not any(validator.is_valid(row) for row in spoiled)


@pytest.mark.parametrize("name", NAMES)
def test_parquet_holds_the_same_values_typed(out: Path, name: str) -> None:
    table = parquet.read_table(file_of(out, name, "parquet"))
    assert table.schema.metadata[b"yuece.schema_version"].decode() == SCHEMA_VERSION
    objects = {column.key for column in datasets.get(name).columns if column.form.value == "object"}
    rows = table.to_pylist()
    for row, line in zip(rows, read_jsonl(file_of(out, name, "jsonl")), strict=True):
        for key, value in row.items():
            wanted = line[key]
            if key in objects:
                assert json.loads(value) == wanted
            elif isinstance(value, Decimal):
                assert value == Decimal(wanted)
            elif hasattr(value, "isoformat"):
                assert value.isoformat().replace("+00:00", "Z") == wanted
            else:
                assert value == wanted, key
    for field in table.schema:
        assert not types.is_null(field.type)


def test_values_are_typed_as_the_contract_says(out: Path) -> None:
    schema = parquet.read_schema(file_of(out, "observations", "parquet"))
    assert str(schema.field("started_at").type) == "timestamp[us, tz=UTC]"
    assert str(schema.field("duration_s").type) == "double"
    assert str(schema.field("steps").type) == "int64"
    line = read_jsonl(file_of(out, "observations", "jsonl"))[0]
    assert line["started_at"] == "2026-11-22T17:30:05Z"
    assert line["measures"]["first_paint_ms"] == 812.25
    assert line["portal"] == "gdzwfw"
    score = read_jsonl(file_of(out, "scores", "jsonl"))[1]
    assert (score["input_ids"], score["excluded_ids"], score["state"]) == (["a", "b", "c"], ["d"], "not_applicable")
    figures = read_jsonl(file_of(out, "imported_figures", "jsonl"))
    assert [(one["value"], one["version"], one["current"]) for one in figures] == [
        ("1234567.89", 1, False),
        ("0.1", 2, True),
    ]


def test_a_handed_in_list_names_the_rows_that_read_it(out: Path) -> None:
    """By hand: the one score of the first body names version 2 of one list."""
    entries = {(one["list"], one["version"]): one for one in read_jsonl(file_of(out, "handed_entries", "jsonl"))}
    told = {key: (one["current"], bool(one["read_by"])) for key, one in entries.items()}
    assert told == {("open-data", 1): (True, False), ("wide-use", 1): (False, False), ("wide-use", 2): (True, True)}
    inputs = {one["reference"]: one for one in read_jsonl(file_of(out, "score_inputs", "jsonl"))}
    for one in entries.values():
        used = inputs.get(one["reference"])
        assert [f"{used['table']}{used['row']}"] == one["read_by"] if used else one["read_by"] == []
    data = entries["open-data", 1]
    assert (data["rows"], data["downloads"], data["up_to_date"], data["key"]) == (321, True, None, "=学校名录")
    figures = read_jsonl(file_of(out, "imported_figures", "jsonl"))
    assert {one["reference"] for one in figures} == {"imported/D1/cases_uploaded"} < inputs.keys()


def test_what_a_score_rests_on_says_how_it_ended(out: Path) -> None:
    lines = read_jsonl(file_of(out, "score_inputs", "jsonl"))
    first = [one for one in lines if (one["unit_id"], one["row"]) == (lines[0]["unit_id"], lines[0]["row"])]
    told = [(one["role"], one["leads_to"], one["reference"], one["outcome"]) for one in first]
    assert told == [
        ("counted", "observations", "gdzwfw/online-application/gdzwfw-dept-01-0", "pass"),
        ("counted", "guides", "gdzwfw-dept-01-2", "measured"),
        ("counted", "imported_figures", "imported/D1/cases_uploaded", None),
        ("counted", "handed_entries", "lists/wide-use/2", None),
        ("excluded", "observations", "gdzwfw/online-application/gdzwfw-dept-01-1", "fail"),
        ("excluded", "observations", "gone/gdzwfw/booking-calendar/x", None),
    ]
    assert first[4]["failure"] == "dead_end"


def test_what_is_not_measured_is_null_and_what_is_blank_is_empty(out: Path) -> None:
    guide = read_jsonl(file_of(out, "guides", "jsonl"))[0]
    assert guide["complaint_phone"] == ""  # shown and blank
    assert guide["in_hall"] is None  # the source does not show it
    assert (guide["visits"], guide["visits_printed"], guide["item_type_code"]) == (1, "1", "01")


@pytest.mark.parametrize("name", NAMES)
def test_sheets_hold_the_same_rows(out: Path, name: str) -> None:
    columns = datasets.get(name).columns
    lines = read_jsonl(file_of(out, name, "jsonl"))
    with file_of(out, name, "csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file, strict=True))
    book = load_workbook(file_of(out, name, "xlsx")).worksheets[0]
    cells = list(book.iter_rows(values_only=True))
    assert list(cells[0]) == list(table[0]) == [column.zh for column in columns]
    assert len(cells) - 1 == len(table) == len(lines)
    for line, row, cell in zip(lines, table, cells[1:], strict=True):
        for column, in_book in zip(columns, cell, strict=True):
            if column.form.value in ("integer", "number"):
                assert row[column.zh] == ("" if line[column.key] is None else str(line[column.key]))
                assert in_book == line[column.key]
            elif name == "standings" and column.key == "in_list":
                assert row[column.zh] == in_book == f"{line[column.key]} 榜"  # as the totals call the list
            elif column.form.value == "text":
                assert unguard(row[column.zh]) == (line[column.key] or "")
            elif line[column.key] is None:
                assert row[column.zh] == ""
                assert in_book is None


def test_the_relations_hold(out: Path) -> None:
    """What a field refers to is found there."""
    lines = {name: read_jsonl(file_of(out, name, "jsonl")) for name in NAMES}
    for name in NAMES:
        for column in datasets.get(name).columns:
            other, _, key = column.refers.partition(".")
            if other in NAMES and key in {one.key for one in datasets.get(other).columns} and name != "sample_checks":
                there = {line[key] for line in lines[other]}
                missing = [line[column.key] for line in lines[name] if line[column.key] not in there]
                assert not missing, f"{name}.{column.key} → {column.refers}"


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_explained(name: str) -> None:
    dataset = datasets.get(name)
    assert dataset.about.endswith("。")
    for column in dataset.columns:
        assert column.meaning, column.key
        assert column.zh, column.key
        assert column.en.replace("–", "-").replace("τ", "tau").isascii(), column.key
        assert not column.empty or column.empty.startswith("空 = "), column.key
        if column.form.value in ("integer", "number", "decimal"):
            assert column.unit, column.key
        if column.form.value == "code":
            assert column.codes is not None
            assert all(not title.isascii() or title in "AB" or "nDCG" in title for title in column.codes.zh.values())


def test_the_published_schemas_are_those_of_the_code() -> None:
    """A change without a greater version is refused; one with it has to be written down. Open lists may grow."""
    present = {dataset.id: schema_of(dataset) for dataset in datasets.all()}
    published = read_schemas(PUBLISHED)
    refuse_unannounced(published, present)
    assert {name: without_open_codes(schema) for name, schema in published.items()} == {
        name: without_open_codes(schema) for name, schema in present.items()
    }, WRITE_AGAIN
    written = (PUBLISHED / "dictionary.zh-CN.md").read_text(encoding="utf-8")
    assert fields_of(written) == fields_of(spell_markdown()), WRITE_AGAIN


def without_open_codes(schema: dict[str, Any]) -> dict[str, Any]:
    kept = deepcopy(schema)
    for described in kept["properties"].values():
        if "enum" not in described:
            described.pop("x-codes", None)
    return kept


def fields_of(dictionary: str) -> str:
    return dictionary.split("\n## 代码\n", 1)[0]


def test_an_unannounced_change_is_refused_and_the_published_file_stays(tmp_path: Path) -> None:
    publish_schemas(tmp_path)
    path = tmp_path / "schema" / "totals.schema.json"
    older = json.loads(path.read_text(encoding="utf-8"))
    older["properties"]["elevation"] = older["properties"]["rank"]  # a field that is gone today
    path.write_text(json.dumps(older), encoding="utf-8")
    with pytest.raises(PublishRefusedError, match=r"schema of totals changed .* at least a major version more") as met:
        publish_schemas(tmp_path)
    assert met.value.exit_code == 4
    assert json.loads(path.read_text(encoding="utf-8")) == older
    older["x-schema-version"] = "1.9.3"
    path.write_text(json.dumps(older), encoding="utf-8")
    publish_schemas(tmp_path)
    assert "elevation" not in path.read_text(encoding="utf-8")


def changes() -> Iterator[tuple[str, Any, Bump]]:
    yield "nothing", lambda s: None, Bump.NONE
    yield "words", lambda s: s["properties"]["rank"].update(description="别的说法"), Bump.PATCH
    yield "title of a data set", lambda s: s.update(title="别的"), Bump.PATCH
    yield "field gone", lambda s: s["properties"].pop("rank"), Bump.MAJOR
    yield "field new", lambda s: s["properties"].update(new={"type": "string", "x-form": "text"}), Bump.MINOR
    yield "field no longer sure to be there", lambda s: s["required"].remove("rank"), Bump.MAJOR
    yield "type", lambda s: s["properties"]["value"].update(type="string"), Bump.MAJOR
    yield "may be empty", lambda s: s["properties"]["period"].update(type=["string", "null"]), Bump.MAJOR
    yield "never empty any more", lambda s: s["properties"]["rank"].update(type="integer"), Bump.MINOR
    yield "unit", lambda s: s["properties"]["value"].update({"x-unit": "千分"}), Bump.MAJOR
    yield "code new in a closed list", lambda s: s["properties"]["kind"]["enum"].append("year"), Bump.MAJOR
    yield "code gone", lambda s: s["properties"]["kind"]["enum"].pop(), Bump.MINOR
    yield "natural key", lambda s: s.update({"x-natural-key": ["unit_id"]}), Bump.MAJOR


@pytest.mark.parametrize(("change", "needed"), [pytest.param(c, n, id=i) for i, c, n in changes()])
def test_what_a_change_means_for_readers(change: Callable[[dict[str, Any]], object], needed: Bump) -> None:
    old = schema_of(datasets.get("totals"))
    new = deepcopy(old)
    change(new)
    assert judge_change(old, new) is needed


def test_codes_of_open_lists_may_come_and_not_go() -> None:
    old = schema_of(datasets.get("observations"))
    more, fewer = deepcopy(old), deepcopy(old)
    more["properties"]["probe"]["x-codes"]["new-probe"] = "新探测"
    fewer["properties"]["probe"]["x-codes"].popitem()
    assert judge_change(old, more) is Bump.NONE  # announced beforehand
    assert judge_change(old, fewer) is Bump.MAJOR


@pytest.mark.parametrize(
    ("old", "new", "needed", "fine"),
    [  # semver.org §6–8
        ("2.0.0", "2.0.0", Bump.NONE, True),
        ("2.0.0", "2.0.1", Bump.PATCH, True),
        ("2.0.0", "2.0.0", Bump.PATCH, False),
        ("2.0.9", "2.1.0", Bump.MINOR, True),
        ("2.0.9", "2.0.10", Bump.MINOR, False),
        ("2.9.9", "3.0.0", Bump.MAJOR, True),
        ("2.9.9", "2.10.0", Bump.MAJOR, False),
        ("2.9.9", "3.0.0", Bump.PATCH, True),
        ("3.0.0", "2.9.9", Bump.NONE, False),
    ],
)
def test_versions_own_up_to_changes(old: str, new: str, needed: Bump, fine: bool) -> None:
    assert allows(old, new, needed) is fine


def test_the_dictionary_names_every_field_and_code(tmp_path: Path) -> None:
    _, book = write_dictionary(tmp_path)
    sheets = {
        sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in load_workbook(book).worksheets
    }
    assert list(sheets) == [sheet.title for sheet in lay_out_dictionary()]
    fields = {(row[0], row[1]) for row in sheets["字段"]}
    assert fields == {(dataset.id, column.key) for dataset in datasets.all() for column in dataset.columns}
    codes = {(row[0], row[1]): row[2] for row in sheets["代码"]}
    assert codes["Outcome", "blocked"] == "受阻"
    assert codes["Portal", "yss"] == "粤省事"
    related = {(row[0], row[1], row[2]) for row in sheets["关系"]}
    assert ("findings", "item_id", "guides.item_id") in related
    assert ("steps", "observation_id", "observations.id") in related
