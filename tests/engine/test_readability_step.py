"""The readability phase on a real store: each document is read once, whoever asks and however often."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.crawl import GuideOutcome, GuideVisit
from domain.errors import UsageError
from domain.guide import Field, Guide
from domain.guide_fields import FieldName, FieldState
from domain.run import Run, RunKind, RunState
from domain.unit import find_unit
from engine.collecting.readability_step import read_again
from engine.facts.unit_facts import gather_facts
from engine.reporter import SilentReporter
from engine.settings import load_settings
from storage.store import Store

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
TEXT = "申请人到街道办交表，材料不全的可以容缺受理，十天内补齐就行。" * 3
ITEMS = ("item-0", "item-1", "item-2")
MakeNight = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def add_night(store: Store) -> MakeNight:
    """Adds a night that measured the given items, each with a document and a condition of its own."""

    def add(day: int, changed: tuple[str, ...] = (), parser: str = "gdzwfw-item/1", text: str = TEXT) -> str:
        run = Run(
            id=f"night-{day}",
            kind=RunKind.NIGHTLY,
            period="2026H2",
            target="sandbox",
            state=RunState.RUNNING,
            started_at=NOW + timedelta(days=day),
            units=("dept-01",),
            portals=("gdzwfw",),
            tool_version="0",
            tool_commit="",
            packages={},
            settings_hash="",
            settings={},
        )
        store.runs.add(run)
        for item in ITEMS:
            document = f"{item}-{day if item in changed else 0}"
            listed = {"portal": "gdzwfw", "item_id": item, "code": f"code-{item}", "title": "补证", "url": "https://p/"}
            visit = {"unit": "dept-01", "outcome": GuideOutcome.MEASURED, "document": document, "fetched_at": NOW}
            store.crawls.save_visits(run.id, [GuideVisit.model_validate({**listed, **visit})])
            field = Field(raw=text, value=text, state=FieldState.OK)
            guide = {"unit": "dept-01", "document": document, "captured_at": NOW, "parser": parser}
            parsed = Guide.model_validate({**listed, **guide, "fields": {FieldName.CONDITION: field}})
            store.guides.save([parsed])
        return run.id

    return add


def read(store: Store, run: str, terms: Path | None = None) -> int:
    return read_again(store, run, terms, SilentReporter())


def test_each_document_is_read_once(store: Store, add_night: MakeNight) -> None:
    first = add_night(0)
    assert read(store, first) == 3
    assert read(store, first) == 0
    second = add_night(1, changed=("item-1",))
    assert read(store, second) == 1
    assert set(store.readability.scores(second, "gdzwfw")) == set(ITEMS)
    assert read(store, second) == 0


def test_another_list_of_terms_reads_again(store: Store, add_night: MakeNight, tmp_path: Path) -> None:
    run = add_night(0)
    read(store, run)
    own = tmp_path / "own.toml"
    own.write_text('[terms]\n"街道办" = "街道的办事单位"\n', encoding="utf-8")
    assert read(store, run, own) == 3
    kept = store.readability.find(run, "gdzwfw", "item-0")
    assert kept is not None
    assert [use.term for use in kept.terms] == ["街道办"]
    assert read(store, run, own) == 0


def test_another_parser_reads_again(store: Store, add_night: MakeNight) -> None:
    read(store, add_night(0))
    second = add_night(1, parser="gdzwfw-item/2")
    assert read(store, second) == 3


def test_scoring_knows_read_short_and_unread_guides(store: Store, add_night: MakeNight) -> None:
    run = add_night(0)
    unread = gather_facts(store, run, [find_unit("dept-01")], ())[0].items
    assert all(item.readability is None and "readability" in item.unseen_facts for item in unread)
    read(store, run)
    items = gather_facts(store, run, [find_unit("dept-01")], ())[0].items
    scores = store.readability.scores(run, "gdzwfw")
    assert [float(item.readability or 0) for item in items] == [scores[item.item_id] for item in items]
    short = add_night(1, changed=ITEMS, text="无")
    read(store, short)
    silent = gather_facts(store, short, [find_unit("dept-01")], ())[0].items
    assert all(item.readability is None and "readability" not in item.unseen_facts for item in silent)


def test_a_bad_list_of_terms_is_refused_with_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[terms]\n"容缺" = ""\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YUECE_OFFICE_TERMS", str(bad))
    with pytest.raises(UsageError, match="no gloss"):
        load_settings()
