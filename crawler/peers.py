"""Compares all guides of a crawl with each other, on disk, so that memory does not grow with the province.

Fill the index with every guide, then ask it about each. Who deviates is judged by bodies, not by guides: a body that
publishes an item in thirty situations has one voice (methodology.md §3.5).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Self

from crawler.peer_facts import (
    NAME_LETTERS_MIN,
    bare_name,
    body_of,
    compared_values,
    content_key,
    fingerprint,
    is_situation,
    letters,
    long_texts,
    printed_phones,
    printed_places,
)
from crawler.phone_book import PhoneBook
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.peers import GuideReference, PeerCopy, PeerDifference, Peers

AGREEING_BODIES_MIN = 4
AGREEING_SHARE_MIN = 0.7
"""Below this a field is not standardised, and nobody deviates from anything."""
OWNER_GUIDES_MIN = 5
BORROWER_GUIDES_MAX = 2
OWN_SHARE_MIN = 0.6
"""A body whose own value stands in so many of its guides has a value of its own, and the odd one is borrowed."""
ALIKE_GUIDES_MAX = 50  # a text in more guides than this is a template
TEXT_CHARACTERS_MAX = 300
PACKAGE = "package"  # a 一件事 gathers other bodies' items: it has no peers and no place of its own

SCHEMA = """
CREATE TABLE guide (id INTEGER PRIMARY KEY, item TEXT, body INTEGER, department TEXT, code TEXT, title TEXT,
    name INTEGER, parent TEXT, situation INTEGER, content INTEGER);
CREATE TABLE stated (grp INTEGER, field TEXT, value INTEGER, body INTEGER, guide INTEGER);
CREATE TABLE wording (value INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE mark (kind TEXT, value INTEGER, body INTEGER, guide INTEGER);
CREATE TABLE passage (value INTEGER, basic TEXT, guide INTEGER);
"""
INDEXES = """
CREATE INDEX stated_by_value ON stated (grp, field, value, body, guide);
CREATE INDEX mark_by_value ON mark (kind, value, body, guide);
CREATE INDEX passage_by_value ON passage (value, guide);
CREATE INDEX guide_by_name ON guide (body, name);
CREATE UNIQUE INDEX guide_by_item ON guide (item);
"""
Common = tuple[int, int, int, int]  # value, bodies that say it, bodies that show the field, one guide that says it
MARKS = {FieldName.PLACE: "place", FieldName.ENQUIRY_PHONE: "phone", FieldName.COMPLAINT_PHONE: "phone"}


class PeerIndex:
    """All guides of one crawl, ready to be asked about each of them."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a temporary file that SQLite deletes by itself
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        self._phones = PhoneBook()
        self._commons: dict[tuple[int, str], Common] | None = None
        self._owners: dict[tuple[str, int, int], int] = {}
        self._alike: frozenset[int] = frozenset()
        self._namesakes: frozenset[tuple[int, int]] = frozenset()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def add(self, guide: Guide) -> None:
        """Take in one guide; all of them come before the first question."""
        if self._commons is not None:
            raise RuntimeError("the index has been asked already: a guide added now would not be compared")
        if guide.kind == PACKAGE:
            return
        number, body = self._add_guide(guide), fingerprint(body_of(guide))
        for group, field, key, text in compared_values(guide):
            value = fingerprint(key)
            self._insert("stated", fingerprint(group), field.value, value, body, number)
            self._database.execute("INSERT OR IGNORE INTO wording VALUES (?, ?)", (value, text[:TEXT_CHARACTERS_MAX]))
        for field, text in marks_of(guide):
            self._insert("mark", MARKS[field], fingerprint(text), body, number)
        for _, text in long_texts(guide):
            self._insert("passage", fingerprint(text), guide.text(FieldName.BASIC_CODE), number)
        self._phones.add(guide)

    def peers_of(self, guide: Guide) -> Peers:
        """Say what stands out about one guide beside the others."""
        commons = self._settled()
        if guide.kind == PACKAGE:
            return Peers()
        compared, differences = [], []
        for group, field, key, text in compared_values(guide):
            common = commons.get((fingerprint(group), field.value))
            if common is not None:
                compared.append(field)
                if common[0] != fingerprint(key):
                    differences.append(self._difference(field, text, common))
        return Peers(
            compared=tuple(compared),
            differences=tuple(differences),
            copies=(*self._borrowed(guide), *self._copied(guide)),
            foreign_phones=tuple(self._phones.borrowed(guide)),
            **self._namesakes_of(guide),
        )

    def _insert(self, table: str, *values: object) -> None:
        places = ", ".join("?" * len(values))
        self._database.execute(f"INSERT INTO {table} VALUES ({places})", values)

    def _add_guide(self, guide: Guide) -> int:
        content = content_key(guide)
        row = (
            guide.item_id,
            fingerprint(body_of(guide)),
            guide.text(FieldName.DEPARTMENT),
            guide.code,
            guide.title,
            fingerprint(letters(guide.title)),
            guide.text(FieldName.TASK_CODE)[:31],
            is_situation(guide),
            fingerprint(content) if content else None,
        )
        columns = "item, body, department, code, title, name, parent, situation, content"
        cursor = self._database.execute(f"INSERT INTO guide ({columns}) VALUES ({', '.join('?' * len(row))})", row)
        return int(cursor.lastrowid or 0)

    def _settled(self) -> dict[tuple[int, str], Common]:
        """Return the common values; the first call works them out together with everything else."""
        if self._commons is None:
            self._database.executescript(INDEXES)
            self._owners = dict(self._find_owners())
            self._alike = frozenset(self._find_alike())
            self._namesakes = frozenset(self._find_namesakes())
            self._commons = dict(self._find_commons())
        return self._commons

    def _find_commons(self) -> Iterator[tuple[tuple[int, str], Common]]:
        rows = self._database.execute(
            "SELECT grp, field, value, COUNT(DISTINCT body), MIN(guide) FROM stated GROUP BY grp, field, value"
        )
        for key, group in groupby(rows, key=itemgetter(0, 1)):
            values = sorted(((bodies, value, guide) for _, _, value, bodies, guide in group), reverse=True)
            agreeing, value, guide = values[0]
            shown = sum(bodies for bodies, _, _ in values)
            if agreeing >= AGREEING_BODIES_MIN and agreeing >= AGREEING_SHARE_MIN * shown:
                yield key, (value, agreeing, shown, guide)

    def _find_owners(self) -> Iterator[tuple[tuple[str, int, int], int]]:
        """Yield (kind, value, borrowing body) with one guide of the owner.

        Exactly two bodies print the value: one in many guides, the other in one or two while it has its own elsewhere.
        """
        own = dict(self._own_values())
        rows = self._database.execute(
            "SELECT kind, value, body, COUNT(DISTINCT guide), MIN(guide) FROM mark GROUP BY kind, value, body"
        )
        for (kind, value), group in groupby(rows, key=itemgetter(0, 1)):
            holders = sorted(((guides, body, guide) for _, _, body, guides, guide in group), reverse=True)
            if len(holders) != 2:
                continue
            (many, _, guide), (few, borrower, _) = holders
            settled = own.get((kind, borrower), value) != value
            if many >= OWNER_GUIDES_MIN and few <= BORROWER_GUIDES_MAX and settled:
                yield (kind, value, borrower), guide

    def _own_values(self) -> Iterator[tuple[tuple[str, int], int]]:
        """Yield (kind, body) with the value that is clearly the body's own."""
        totals = {
            (kind, body): guides
            for kind, body, guides in self._database.execute(
                "SELECT kind, body, COUNT(DISTINCT guide) FROM mark GROUP BY kind, body"
            )
        }
        rows = self._database.execute(
            "SELECT kind, body, value, COUNT(DISTINCT guide) FROM mark GROUP BY kind, body, value"
        )
        for kind, body, value, guides in rows:
            if guides >= OWNER_GUIDES_MIN and guides >= OWN_SHARE_MIN * totals[kind, body]:
                yield (kind, body), value

    def _find_alike(self) -> Iterator[int]:
        """Yield long texts that stand in guides of several items, but in too few to be a template."""
        rows = self._database.execute(
            "SELECT value FROM passage GROUP BY value HAVING COUNT(DISTINCT basic) > 1 AND COUNT(DISTINCT guide) <= ?",
            (ALIKE_GUIDES_MAX,),
        )
        return (value for (value,) in rows)

    def _find_namesakes(self) -> Iterator[tuple[int, int]]:
        rows = self._database.execute("SELECT body, name FROM guide GROUP BY body, name HAVING COUNT(*) > 1")
        return ((body, name) for body, name in rows)

    def _difference(self, field: FieldName, own: str, common: Common) -> PeerDifference:
        value, agreeing, bodies, guide = common
        (wording,) = self._database.execute("SELECT text FROM wording WHERE value = ?", (value,)).fetchone()
        return PeerDifference(
            field=field,
            own=own[:TEXT_CHARACTERS_MAX],
            common=wording,
            agreeing=agreeing,
            bodies=bodies,
            example=self._reference(guide),
        )

    def _borrowed(self, guide: Guide) -> Iterator[PeerCopy]:
        body = fingerprint(body_of(guide))
        for field, text in marks_of(guide):
            owner = self._owners.get((MARKS[field], fingerprint(text), body))
            if owner is None:
                continue
            source = self._reference(owner)
            if source.department not in printed(guide):
                excerpt = guide.text(FieldName.PLACE) if field is FieldName.PLACE else text
                yield PeerCopy(field=field, excerpt=excerpt, source=source)

    def _copied(self, guide: Guide) -> Iterator[PeerCopy]:
        """Yield texts that name another item or body, word for word as that one's own guide has them."""
        own = (bare_name(guide.title), letters(guide.text(FieldName.DEPARTMENT)))
        for field, text in long_texts(guide):
            if fingerprint(text) not in self._alike or any(name in text for name in own if name):
                continue
            for source in self._holders(fingerprint(text), guide):
                names = (bare_name(source.title), letters(source.department))
                named = [name for name in names if len(name) >= NAME_LETTERS_MIN and name in text and name not in own]
                if named:
                    yield PeerCopy(field=field, excerpt=guide.text(field)[:TEXT_CHARACTERS_MAX], source=source)
                    break

    def _holders(self, value: int, guide: Guide) -> Iterator[GuideReference]:
        rows = self._database.execute(
            "SELECT DISTINCT item, department, code, title FROM passage JOIN guide ON guide.id = passage.guide"
            " WHERE passage.value = ? AND passage.basic <> ? ORDER BY item",
            (value, guide.text(FieldName.BASIC_CODE)),
        ).fetchall()
        return (refer(*row) for row in rows if row[0] != guide.item_id)

    def _namesakes_of(self, guide: Guide) -> dict[str, tuple[GuideReference, ...]]:
        body, name = fingerprint(body_of(guide)), fingerprint(letters(guide.title))
        if (body, name) not in self._namesakes:
            return {}
        content = content_key(guide)
        rows = self._database.execute(
            "SELECT item, department, code, title, parent, situation, content FROM guide"
            " WHERE body = ? AND name = ? AND item <> ? ORDER BY item",
            (body, name, guide.item_id),
        ).fetchall()
        same = fingerprint(content) if content else None
        parent = guide.text(FieldName.TASK_CODE)[:31]
        twins = tuple(refer(*row[:4]) for row in rows if same is not None and row[6] == same)
        split = is_situation(guide)
        alike = tuple(refer(*row[:4]) for row in rows if split and row[5] and row[4] == parent and row[6] != same)
        return {"twins": twins, "situations": alike}

    def _reference(self, guide: int) -> GuideReference:
        row = self._database.execute("SELECT item, department, code, title FROM guide WHERE id = ?", (guide,))
        return refer(*row.fetchone())


def marks_of(guide: Guide) -> Iterable[tuple[FieldName, str]]:
    """Return (field, value) of what tells whose guide it is: places and telephones."""
    places = ((FieldName.PLACE, place) for place in sorted(printed_places(guide)))
    return (*places, *printed_phones(guide))


def printed(guide: Guide) -> str:
    """Return everything in which a guide could say that another body serves here."""
    names = (FieldName.PLACE, FieldName.CONDITION, FieldName.WINDOW_FLOW, FieldName.ONLINE_FLOW, FieldName.ENTRUSTED_BY)
    windows = (f"{window.name} {window.address}" for window in guide.windows or ())
    return " ".join([*(guide.text(name) for name in names), *windows])


def refer(item: str, department: str, code: str, title: str) -> GuideReference:
    """Build the reference to another guide."""
    return GuideReference(item_id=item, department=department, code=code, title=title)
