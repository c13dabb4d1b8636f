"""What became of every row since an earlier run, found in constant memory: the earlier rows are remembered on disk."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from exports.code_list import CodeList
from exports.dataset import Column, Context, Dataset, read_rows
from exports.extract import Extract
from exports.jsonl_file import spell_exact
from exports.language import Language
from exports.value import Form, Value
from storage.store import Store

Values = tuple[Value, ...]


class Change(StrEnum):
    """Four things that can become of a row; one that stayed the same is not in a delta."""

    ADDED = "added"
    CHANGED = "changed"
    CONFIRMED = "confirmed"  # looked at again and the same, but for when that was and which picture was taken
    REMOVED = "removed"  # with the values that it had


CHANGES = CodeList(
    id="Change",
    zh={"added": "新增", "changed": "变更", "confirmed": "复核未变", "removed": "删除"},
    en={change.value: change.value for change in Change},
)
CHANGE: Column[Any] = Column(
    key="change",
    zh="变动",
    en="Change",
    get=lambda _row, _context: None,
    meaning="与较早一次运行相比：新增、变更、复核未变（只有时间、截图等随每次查看而变的字段不同）、删除（列出原值）",
    form=Form.CODE,
    codes=CHANGES,
)
REMEMBER = "INSERT INTO earlier VALUES (?, ?, ?, 0)"
MEET = """INSERT INTO earlier VALUES (?, ?, ?, 1)
ON CONFLICT (key) DO UPDATE SET met = met + 2 RETURNING met, substance, whole"""
NEW, KNOWN = 1, 2  # what ``met`` is after a row of now was met once


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How the rows of one data set are held against each other; ``counts`` fills while the changes are read."""

    dataset: str
    columns: tuple[Column[Any], ...]
    natural_key: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)

    def mark(self, row: Values) -> tuple[bytes, bytes, bytes]:
        """Return a row's key, a hash of its substance and one of everything but the run's own id."""
        bound = [(column, value) for column, value in zip(self.columns, row, strict=True) if not column.run_bound]
        key = [value for column, value in bound if column.key in self.natural_key]
        return (
            orjson.dumps(key, default=spell_exact),
            digest([value for column, value in bound if not column.volatile]),
            digest([value for _, value in bound]),
        )

    def compare(self, earlier: Callable[[], Iterator[Values]], now: Iterator[Values], memory: Path) -> Iterator[Values]:
        """Yield the changes, those of the present rows first; ``memory`` is a file that may grow.

        Raises ``ValueError`` when two rows of one run have the same natural key: our bug.
        """
        with closing(sqlite3.connect(memory, isolation_level=None)) as database:
            database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
            database.execute("CREATE TABLE earlier (key BLOB PRIMARY KEY, substance, whole, met) WITHOUT ROWID")
            database.execute("BEGIN")
            self._remember(database, earlier())
            for row in now:
                change = self._judge(database, row)
                if change is not None:
                    yield self._say(change, row)
            for row in earlier():
                key = self.mark(row)[0]
                if database.execute("SELECT met FROM earlier WHERE key = ?", (key,)).fetchone() == (0,):
                    yield self._say(Change.REMOVED, row)

    def _remember(self, database: sqlite3.Connection, rows: Iterator[Values]) -> None:
        try:
            database.executemany(REMEMBER, (self.mark(row) for row in rows))
        except sqlite3.IntegrityError as error:
            raise ValueError(f"two rows of {self.dataset} have the same natural key {self.natural_key}") from error

    def _judge(self, database: sqlite3.Connection, row: Values) -> Change | None:
        key, substance, whole = self.mark(row)
        met, old_substance, old_whole = database.execute(MEET, (key, substance, whole)).fetchone()
        if met not in (NEW, KNOWN):
            raise ValueError(f"two rows of {self.dataset} have the same natural key {key.decode()}")
        if met == NEW:
            return Change.ADDED
        if substance != old_substance:
            return Change.CHANGED
        return None if whole == old_whole else Change.CONFIRMED

    def _say(self, change: Change, row: Values) -> Values:
        self.counts[change.value] += 1
        return (change.value, *row)


def digest(values: list[Value]) -> bytes:
    """Hash values as they would be written."""
    spelled = orjson.dumps(values, default=spell_exact, option=orjson.OPT_UTC_Z)
    return hashlib.blake2b(spelled, digest_size=16).digest()


def take_changes(
    dataset: Dataset[Any], store: Store, context: Context, earlier: Context, memory: Path
) -> tuple[Extract, Counter[str]]:
    """Take what changed between two runs, without reading it yet; the counts are whole once the rows are read."""
    comparison = Comparison(dataset=dataset.id, columns=dataset.columns, natural_key=dataset.natural_key)
    then = "自上次以来的变动" if context.language is Language.ZH else "changes"
    extract = Extract(
        dataset=f"{dataset.id}.delta",
        title=f"{dataset.title(context.language)} {then}"[:31],
        run=context.run,
        columns=(CHANGE, *dataset.columns),
        rows=comparison.compare(
            lambda: read_rows(dataset, store, earlier.run, earlier),
            read_rows(dataset, store, context.run, context),
            memory,
        ),
    )
    return extract, comparison.counts
