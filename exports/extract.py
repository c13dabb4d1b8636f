"""What every file format is given: a title, typed columns and a stream of rows whose values are fit to leave."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.dataset import Column, Context, Dataset, read_rows
from exports.language import Language
from exports.value import Value
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Rows on their way out; ``rows`` can be read once. ``run`` and ``dataset`` travel inside formats with room."""

    dataset: str
    title: str
    run: str
    columns: tuple[Column[Any], ...]
    rows: Iterator[tuple[Value, ...]]

    @property
    def keys(self) -> tuple[str, ...]:
        """The names that programs use."""
        return tuple(column.key for column in self.columns)


Writer = Callable[[Path, Extract, Language], int]
"""Writes an extract to a path and returns the number of rows."""


def take_all(dataset: Dataset[Any], store: Store, context: Context) -> Extract:
    """Take a whole data set of the context's run, without reading it yet."""
    return Extract(
        dataset=dataset.id,
        title=dataset.title(context.language),
        run=context.run,
        columns=dataset.columns,
        rows=read_rows(dataset, store, context.run, context),
    )
