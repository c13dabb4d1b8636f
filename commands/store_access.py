"""Opens the store and finds the run that a command speaks of."""

from collections.abc import Iterable

from domain.errors import UsageError
from domain.run import Run, RunKind, RunState
from engine.settings import Settings, load_settings
from storage.store import Store


def open_existing(settings: Settings | None = None) -> Store:
    """Open the store of this home; raise ``UsageError`` when there is none yet."""
    home = (settings or load_settings()).home
    if not (home / "yuece.db").exists():
        raise UsageError(f"no store in {str(home)!r}: run `yuece nightly` first, or set YUECE_HOME")
    return Store.open(home)


def chosen_run(store: Store, run_id: str | None) -> Run:
    """Return the named run, or the latest finished night; else the latest night, else the latest crawl or probe.

    What people handed in is never meant unless it is named.
    """
    if run_id is not None and run_id != "last":
        return store.runs.get(run_id)
    runs = [one for one in store.runs.all() if one.kind is not RunKind.MANUAL]
    if not runs:
        raise UsageError("the store holds no run yet: run `yuece nightly` first")
    return min(runs, key=lambda one: (one.kind is not RunKind.NIGHTLY, one.state is RunState.RUNNING))


def finished_first(nights: Iterable[Run]) -> list[Run]:
    """Put nights that are under way, or were killed, behind the others."""
    return sorted(nights, key=lambda one: one.state is RunState.RUNNING)
