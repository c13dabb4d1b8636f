"""``yuece import lists`` and ``yuece import open-data``: what is handed in for a half-year entry by entry."""

from collections import Counter
from pathlib import Path

from commands.store_access import chosen_run
from domain.handed_list import LIST_TITLES_ZH
from domain.period import Period
from engine.provenance import tool_commit
from intake.list_intake import ListHandIn, take_lists
from intake.templates.lists import LISTS
from intake.templates.open_data import OPEN_DATA
from storage.store import Store

LIST_TABLES = {template.id: template for template in (LISTS, OPEN_DATA)}


def import_lists(store: Store, what: str, file: Path, by: str, source: str, period: str | None) -> str:
    """Take a filled-in list over and say what became of it."""
    about = Period.parse(period) if period is not None else Period.parse(chosen_run(store, None).period)
    hand_in = ListHandIn(table=file, period=about, by=by, source=source, tool_commit=tool_commit())
    entries = take_lists(store, LIST_TABLES[what], hand_in)
    if not entries:
        return f"{file.name} is the newest version of {about} already: nothing new"
    counts = Counter((entry.kind, entry.version) for entry in entries)
    lists = (f"{LIST_TITLES_ZH[kind]} version {version}: {count}" for (kind, version), count in counts.items())
    return f"{len(entries)} entries of {about}: {'; '.join(lists)}"
