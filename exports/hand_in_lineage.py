"""Leads from the id of an imported figure or list among a score's inputs to the hand-in by which it came."""

from collections.abc import Iterator
from math import isclose

from domain.handed_list import LIST_PREFIX, list_reference
from domain.imported_figure import IMPORTED
from domain.run import Run
from domain.score import Score
from storage.store import Store


def hand_in_behind(store: Store, score: Score, id: str) -> Run | None:
    """Return the run that took over what an id names; ``None`` where the store cannot tell any more.

    A score names a figure without its version: it is the newest one that has the value which stands in the score.
    """
    files = set(_files_of_list(store, score, id) if id.startswith(LIST_PREFIX) else _files_of_figure(store, score, id))
    runs = (run for run in store.manual.of_files() if run.period == score.period)
    return next((run for run in runs if run.settings["file_sha256"] in files), None)


def _files_of_list(store: Store, score: Score, id: str) -> Iterator[str]:
    for one in store.lists.history(score.period):
        if list_reference(one.kind, one.version) == id:
            yield one.file_sha256


def _files_of_figure(store: Store, score: Score, id: str) -> Iterator[str]:
    used = score.parts.get(id.rpartition("/")[2])
    versions = [
        one
        for one in store.figures.all(score.period, unit=score.unit)
        if f"{IMPORTED}{one.table}{one.row}/{one.figure}" == id
    ]
    for one in sorted(versions, key=lambda one: one.version, reverse=True):
        if used is not None and isclose(float(one.value), used):
            yield one.file_sha256
            return
