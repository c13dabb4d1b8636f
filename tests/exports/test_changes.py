"""What changed since an earlier run, applied to its files by the documented recipe, gives those of the later run."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from filled_store import FIRST_NIGHT, RULE_TITLES, SECOND_NIGHT, fill_night, make_run
from handed_store import fill_two_nights
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from domain.errors import UsageError
from exports.changes import Comparison
from exports.columns import integer, number, passing, text
from exports.dataset import Column, datasets
from exports.export import export
from exports.manifest import read_manifest
from storage.store import Store

NAMES = tuple(dataset.id for dataset in datasets.all())
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "exports.md"
Row = dict[str, Any]
Table = dict[int, tuple[str, float]]


def recipe() -> Callable[[Path, Path, Path, Path], None]:
    """The script that docs/exports.md hands to receivers, as it is printed there."""
    block = re.search(r"```python\n(# apply_changes\.py\n.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    names: dict[str, Any] = {"__name__": "recipe"}
    exec(block[1], names)  # our own document
    apply: Callable[[Path, Path, Path, Path], None] = names["apply_changes"]
    return apply


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("nights")
    with Store.open(folder / "home") as store:
        fill_two_nights(store)
        common: dict[str, Any] = {"format": "jsonl", "rule_titles": RULE_TITLES, "force": True}
        export(store, "all", run=FIRST_NIGHT, out=folder / "first", **common)
        export(store, "all", run=SECOND_NIGHT, out=folder / "second", **common)
        export(store, "all", run=SECOND_NIGHT, since=FIRST_NIGHT, out=folder / "delta", **common)
        yield SimpleNamespace(folder=folder, store=store)


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def files(folder: Path, name: str) -> tuple[Path, Path, Path]:
    return (
        folder / "first" / f"{FIRST_NIGHT}-{name}.jsonl",
        folder / "second" / f"{SECOND_NIGHT}-{name}.jsonl",
        folder / "delta" / f"{SECOND_NIGHT}-since-{FIRST_NIGHT}-{name}.jsonl",
    )


@pytest.mark.parametrize("name", NAMES)
def test_changes_applied_to_the_earlier_files_give_the_later_ones(nights: SimpleNamespace, name: str) -> None:
    earlier, later, delta = files(nights.folder, name)
    made = nights.folder / f"{name}.made.jsonl"
    recipe()(earlier, delta, nights.folder / "delta" / "manifest.json", made)
    assert sorted(map(str, read(made))) == sorted(map(str, read(later)))
    schema = json.loads((nights.folder / "delta" / "schema" / f"{name}.delta.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    for row in read(delta):
        validator.validate(row)


def test_only_what_changed_is_listed(nights: SimpleNamespace) -> None:
    """By hand: one fault was worded anew, one came, and the two of an item that was mended are gone."""
    rows = read(files(nights.folder, "findings")[2])
    assert sorted((row["change"], row["item_id"], row["rule"]) for row in rows) == [
        ("added", "gdzwfw-dept-23-2", "place.present"),
        ("changed", "gdzwfw-dept-01-0", "limit.promise-within-legal"),
        ("removed", "gdzwfw-dept-09-1", "limit.promise-within-legal"),
        ("removed", "gdzwfw-dept-09-1", "phone.dialable"),
    ]
    entries = {entry.dataset: entry for entry in read_manifest(nights.folder / "delta" / "manifest.json").files}
    assert entries["findings"].changes == {"added": 1, "changed": 1, "removed": 2}
    assert (entries["findings"].since, entries["findings"].rows) == (FIRST_NIGHT, 4)
    assert entries["scores"].rows == 0


@pytest.mark.parametrize("format", ["csv", "xlsx", "parquet"])
def test_changes_come_in_every_format(nights: SimpleNamespace, tmp_path: Path, format: str) -> None:
    what: dict[str, Any] = {"run": SECOND_NIGHT, "since": FIRST_NIGHT, "format": format, "force": True}
    path, _ = export(nights.store, "findings", out=tmp_path, **what)
    assert path.stat().st_size > 0
    assert read_manifest(tmp_path / "manifest.json").files[0].rows == 4


@pytest.mark.parametrize("since", [SECOND_NIGHT, "nope"])
def test_only_an_earlier_run_can_be_compared_with(nights: SimpleNamespace, tmp_path: Path, since: str) -> None:
    with pytest.raises(UsageError):
        export(nights.store, "findings", run=SECOND_NIGHT, since=since, format="csv", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_run_of_another_target_cannot_be_compared_with(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        fill_night(store, make_run(FIRST_NIGHT, days=-1, target="live"), items=1)
        fill_night(store, make_run(), items=1)
        with pytest.raises(UsageError, match="a run of sandbox before"):
            export(store, "totals", run=SECOND_NIGHT, since=FIRST_NIGHT, format="csv", out=tmp_path / "out")


COLUMNS: tuple[Column[Any], ...] = (
    integer("number", "编号", "Number", lambda _r, _c: None, "编号"),
    text("words", "文字", "Words", lambda _r, _c: None, "文字"),
    passing(number("seconds", "秒", "Seconds", lambda _r, _c: None, "秒", unit="秒")),
    Column(key="id", zh="号", en="Id", get=lambda _r, _c: None, meaning="号", run_bound=True),
)
tables = st.dictionaries(st.integers(0, 9), st.tuples(st.sampled_from(["", "甲", "乙"]), st.sampled_from([0.5, 1.5])))


def rows_of(run: str, table: Table) -> list[tuple[Any, ...]]:
    return [(number, *values, f"{run}:{number}") for number, values in table.items()]


@settings(max_examples=60, deadline=None)
@given(earlier=tables, now=tables)
def test_any_two_tables(tmp_path_factory: pytest.TempPathFactory, earlier: Table, now: Table) -> None:
    """Every row is said once, rightly, and the changes lead from the one table to the other."""
    folder = tmp_path_factory.mktemp("any")
    before, after = rows_of("run-a", earlier), rows_of("run-b", now)
    comparison = Comparison(dataset="any", columns=COLUMNS, natural_key=("number",))
    changes = list(comparison.compare(lambda: iter(before), iter(after), folder / "memory"))
    said = {row[1]: row[0] for row in changes}
    assert len(said) == len(changes)
    for place in earlier.keys() | now.keys():
        old, new = earlier.get(place), now.get(place)
        if old is None or new is None:
            assert said[place] == ("added" if old is None else "removed")
        elif old[0] != new[0]:
            assert said[place] == "changed"
        else:
            assert said.get(place) == (None if old == new else "confirmed")
    for name, rows in (("earlier", before), ("delta", changes)):
        keys = ["change"] * (name == "delta") + [column.key for column in COLUMNS]
        lines = [json.dumps(dict(zip(keys, row, strict=True))) for row in rows]
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    entry = {"name": "delta", "natural_key": ["number"], "run": "run-b", "since": "run-a", "schema_file": "schema"}
    (folder / "manifest.json").write_text(json.dumps({"files": [entry]}), encoding="utf-8")
    (folder / "schema").write_text(json.dumps({"x-run-bound": ["id"]}), encoding="utf-8")
    recipe()(folder / "earlier", folder / "delta", folder / "manifest.json", folder / "made")
    made = {row["number"]: tuple(row.values()) for row in read(folder / "made")}
    assert made == {row[0]: row for row in after}


@pytest.mark.parametrize("twice", ["earlier", "now"])
def test_a_key_that_comes_twice_is_our_bug(tmp_path: Path, twice: str) -> None:
    once, both = [(1, "甲", 0.5, "x")], [(1, "甲", 0.5, "x"), (1, "乙", 0.5, "x")]
    earlier, now = (both, once) if twice == "earlier" else (once, both)
    comparison = Comparison(dataset="any", columns=COLUMNS, natural_key=("number",))
    with pytest.raises(ValueError, match="same natural key"):
        list(comparison.compare(lambda: iter(earlier), iter(now), tmp_path / "memory"))
