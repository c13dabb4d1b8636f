"""Compares all guides of a crawl with each other, on disk, so that memory does not grow with the province.

Fill the index with every guide, then ask it about each. Who deviates is judged by bodies, not by guides: a body that
publishes an item in thirty situations has one voice (methodology.md §3.5).
"""

import re
import sqlite3
from collections.abc import Iterator
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
    quarter,
    subject_of,
)
from crawler.peer_owners import Borrowed, borrowed_phones, borrowed_places
from crawler.phone_book import PhoneBook
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.peers import GuideReference, PeerCopy, PeerDifference, Peers

AGREEING_BODIES_MIN = 4
AGREEING_SHARE_MIN = 0.7
"""Below this a field is not standardised, and nobody deviates from anything."""
SUPERIOR = "00"  # end of the division code of a city's or the province's body (GB/T 2260)
ALIKE_GUIDES_MAX = 50  # a text in more guides than this is a template
TEXT_CHARACTERS_MAX = 300
PACKAGE = "package"  # a 一件事 gathers other bodies' items: it has no peers and no place of its own

SCHEMA = """
CREATE TABLE guide (id INTEGER PRIMARY KEY, item TEXT, body INTEGER, department TEXT, code TEXT, title TEXT,
    name INTEGER, parent TEXT, situation INTEGER, content INTEGER);
CREATE TABLE stated (grp INTEGER, field TEXT, value INTEGER, body INTEGER, guide INTEGER);
CREATE TABLE wording (value INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE phone (value INTEGER, body INTEGER, guide INTEGER);
CREATE TABLE place (value INTEGER, body INTEGER, guide INTEGER, unit INTEGER, quarter INTEGER, telling INTEGER);
CREATE TABLE passage (value INTEGER, basic TEXT, guide INTEGER);
"""
INDEXES = """
CREATE INDEX stated_by_value ON stated (grp, field, value, body, guide);
CREATE INDEX phone_by_value ON phone (value, body, guide);
CREATE INDEX place_by_value ON place (value, body, guide);
CREATE INDEX passage_by_value ON passage (value, guide);
CREATE INDEX guide_by_name ON guide (body, name);
"""
HOSTS = """
SELECT item, department, code, title FROM place JOIN guide ON guide.id = place.guide
WHERE place.value = ? AND place.unit <> ? AND telling ORDER BY item
"""
BODY_NAME = re.compile(r"(?:局|委员会|办公室|厅)")
Common = tuple[int, int, int, int]  # value, bodies that say it, bodies that show the field, one guide that says it


class PeerIndex:
    """All guides of one crawl, ready to be asked about each of them."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a temporary file that SQLite deletes by itself
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        self._phones = PhoneBook()
        self._commons: dict[tuple[int, str], Common] | None = None
        self._phone_owners: dict[Borrowed, int] = {}
        self._place_owners: dict[Borrowed, int] = {}
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
        for _, phone in printed_phones(guide):
            self._insert("phone", fingerprint(phone), body, number)
        unit = fingerprint(guide.unit or body_of(guide))
        for place, telling in printed_places(guide):
            self._insert("place", fingerprint(place), body, number, unit, fingerprint(quarter(place)), telling)
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
                if common[0] != fingerprint(key) and not self._extends(guide, field, key, common):
                    differences.append(self._difference(field, text, common))
        return Peers(
            compared=tuple(compared),
            differences=tuple(differences),
            copies=(*self._borrowed(guide), *self._copied(guide)),
            foreign_phones=tuple(self._phones.borrowed(guide)),
            **self._namesakes_of(guide),
        )

    def _extends(self, guide: Guide, field: FieldName, key: str, common: Common) -> bool:
        """Say whether a situation's name is the common name with the situation behind it."""
        return field is FieldName.NAME and is_situation(guide) and key.startswith(bare_name(self._wording(common[0])))

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
            self._phone_owners = dict(borrowed_phones(self._database))
            self._place_owners = dict(borrowed_places(self._database))
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

    def _find_alike(self) -> Iterator[int]:
        """Yield long texts that stand in several guides, but in too few to be a template."""
        rows = self._database.execute(
            "SELECT value FROM passage GROUP BY value HAVING COUNT(DISTINCT guide) BETWEEN 2 AND ?", (ALIKE_GUIDES_MAX,)
        )
        return (value for (value,) in rows)

    def _find_namesakes(self) -> Iterator[tuple[int, int]]:
        rows = self._database.execute("SELECT body, name FROM guide GROUP BY body, name HAVING COUNT(*) > 1")
        return ((body, name) for body, name in rows)

    def _difference(self, field: FieldName, own: str, common: Common) -> PeerDifference:
        value, agreeing, bodies, guide = common
        return PeerDifference(
            field=field,
            own=own[:TEXT_CHARACTERS_MAX],
            common=self._wording(value),
            agreeing=agreeing,
            bodies=bodies,
            example=self._reference(guide),
        )

    def _borrowed(self, guide: Guide) -> Iterator[PeerCopy]:
        body = fingerprint(body_of(guide))
        found = [
            (field, text, self._phone_owners.get((fingerprint(text), body))) for field, text in printed_phones(guide)
        ]
        for place, _ in printed_places(guide):
            found.append(
                (FieldName.PLACE, guide.text(FieldName.PLACE), self._place_owners.get((fingerprint(place), body)))
            )
        for field, text, owner in dict.fromkeys(found):
            source = self._host(guide) if owner is None and field is FieldName.PLACE else None
            source = source if owner is None else self._reference(owner)
            if source is not None and not names_body(told(guide, field), source, guide):
                yield PeerCopy(field=field, excerpt=text, source=source)

    def _host(self, guide: Guide) -> GuideReference | None:
        """Return a guide of the body at whose windows alone this guide would be served, by name and address."""
        own = letters(guide.text(FieldName.DEPARTMENT))
        windows = [(letters(window.name), fingerprint(letters(window.address))) for window in guide.windows or ()]
        if not own or any(own in name or not BODY_NAME.search(name) for name, _ in windows):
            return None
        for name, place in windows:
            rows = self._database.execute(HOSTS, (place, fingerprint(guide.unit or body_of(guide)))).fetchall()
            host = next((row for row in rows if row[1] and letters(row[1]) in name), None)
            if host:
                return refer(*host)
        return None

    def _copied(self, guide: Guide) -> Iterator[PeerCopy]:
        """Yield texts that name another item or body, word for word as that one's own guide has them."""
        title, bodies = bare_name(guide.title), self._names_of(guide)
        for field, text in long_texts(guide):
            if fingerprint(text) not in self._alike or any(name in text for name in bodies):
                continue
            for basic, source in self._holders(fingerprint(text), guide):
                other = bare_name(source.title)
                foreign = basic != guide.text(FieldName.BASIC_CODE) and title not in text and other not in title
                names = [other] if foreign else []
                if not source.code[2:8].endswith(SUPERIOR):
                    names.append(letters(source.department))
                if any(len(name) >= NAME_LETTERS_MIN and name in text for name in names):
                    yield PeerCopy(field=field, excerpt=guide.text(field)[:TEXT_CHARACTERS_MAX], source=source)
                    break

    def _names_of(self, guide: Guide) -> frozenset[str]:
        """Return every name under which the guide's body stands in its guides: an old one beside the new."""
        rows = self._database.execute(
            "SELECT DISTINCT department FROM guide WHERE body = ?", (fingerprint(body_of(guide)),)
        ).fetchall()
        return frozenset(letters(name) for (name,) in rows if name)

    def _holders(self, value: int, guide: Guide) -> Iterator[tuple[str, GuideReference]]:
        """Yield the other bodies' and items' guides that hold a text, with their basic codes."""
        rows = self._database.execute(
            "SELECT DISTINCT basic, item, department, code, title FROM passage JOIN guide ON guide.id = passage.guide"
            " WHERE passage.value = ? AND NOT (passage.basic = ? AND guide.body = ?) ORDER BY item",
            (value, guide.text(FieldName.BASIC_CODE), fingerprint(body_of(guide))),
        ).fetchall()
        return ((basic, refer(*row)) for basic, *row in rows)

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

    def _wording(self, value: int) -> str:
        (text,) = self._database.execute("SELECT text FROM wording WHERE value = ?", (value,)).fetchone()
        return str(text)

    def _reference(self, guide: int) -> GuideReference:
        row = self._database.execute("SELECT item, department, code, title FROM guide WHERE id = ?", (guide,))
        return refer(*row.fetchone())


def told(guide: Guide, field: FieldName) -> str:
    """Return everything in which a guide could say that another body serves here.

    A copied address brings the name of its window along, which therefore tells nothing.
    """
    names = (FieldName.CONDITION, FieldName.WINDOW_FLOW, FieldName.ONLINE_FLOW, FieldName.ENTRUSTED_BY)
    texts = [guide.title, *(guide.text(name) for name in names)]
    if field is not FieldName.PLACE:
        windows = (f"{window.name} {window.address}" for window in guide.windows or ())
        texts += [guide.text(FieldName.PLACE), *windows]
    return " ".join(texts)


def names_body(text: str, source: GuideReference, guide: Guide) -> bool:
    """Say whether a text speaks of the other body; where both bodies are about the same, by its whole name only."""
    subject = subject_of(source.department)
    return (source.department if subject in guide.text(FieldName.DEPARTMENT) else subject) in text


def refer(item: str, department: str, code: str, title: str) -> GuideReference:
    """Build the reference to another guide."""
    return GuideReference(item_id=item, department=department, code=code, title=title)
