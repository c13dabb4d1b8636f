"""Every file that was handed in, one line per version of a table: what, for when, by whom, and where the file lies."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from domain.frozen import Frozen
from domain.run import Run
from intake.original import runs_of_files
from storage.handed_list_repository import ListHandIn
from storage.imported_figure_repository import FigureHandIn
from storage.store import Store

ABOUT_A_RUN = ("observations", "checks")
NOT_KEPT = "not kept"


class HandedFile(Frozen):
    """One version of one table; ``version`` is "" for what adds to what was there and replaces nothing."""

    what: str
    period: str
    version: str
    rows: int
    units: int
    by: str
    at: str
    run: str
    file: str
    sha256: str
    kept: str  # below the store's home

    def as_row(self) -> dict[str, str]:
        """Return the line as texts."""
        return {name: str(value) for name, value in self.model_dump().items()}


def all_hand_ins(store: Store) -> tuple[HandedFile, ...]:
    """Return every hand-in of figures, lists, observations and checks, the oldest first."""
    runs = store.manual.of_files()
    by_file = runs_of_files(runs)
    found = [
        *(_versioned(store, "figures", one, one.figures, by_file) for one in store.figures.history()),
        *(_versioned(store, one.kind.value, one, one.entries, by_file) for one in store.lists.history()),
        *_about_runs(store, runs),
    ]
    return tuple(sorted(found, key=attrgetter("at", "what")))


def _versioned(
    store: Store, what: str, one: FigureHandIn | ListHandIn, rows: int, by_file: dict[tuple[str, str], Run]
) -> HandedFile:
    run = by_file.get((one.period, one.file_sha256))
    return HandedFile(
        what=what,
        period=one.period,
        version=str(one.version),
        rows=rows,
        units=one.units,
        by=one.recorded_by,
        at=one.imported_at.isoformat(timespec="seconds"),
        run=run.id if run else "",
        file=str(run.settings["file_name"]) if run else "",
        sha256=one.file_sha256,
        kept=_kept(store, one.file_sha256),
    )


def _about_runs(store: Store, runs: Iterable[Run]) -> Iterator[HandedFile]:
    for run in runs:
        settings = run.settings
        what = settings.get("what") or ("checks" if "sample" in settings else "observations")
        if what in ABOUT_A_RUN:
            yield HandedFile(
                what=what,
                period=run.period,
                version="",
                rows=run.counts.get("rows", 0),
                units=len(run.units),
                by=str(settings["by"]),
                at=run.started_at.isoformat(timespec="seconds"),
                run=run.id,
                file=str(settings["file_name"]),
                sha256=str(settings["file_sha256"]),
                kept=_kept(store, str(settings["file_sha256"])),
            )


def _kept(store: Store, sha256: str) -> str:
    path = store.evidence.path(sha256)
    return path.relative_to(store.home).as_posix() if path else NOT_KEPT
