"""Tells whose a telephone or an address is, and which guide of another body has borrowed it.

A body that prints one number in most of its guides owns it; a room belongs to whoever mostly serves in its quarter.
Whoever has something of his own and prints the other's in one or two guides has borrowed it. What more than a few
bodies print is shared and belongs to nobody.
"""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

OWN_GUIDES_MIN = 3
SETTLED_GUIDES_MIN = 2  # enough to say that a body has a number of its own, not enough to own one against another
OWN_SHARE_MIN = 0.6
BORROWER_GUIDES_MAX = 2
HOLDERS_MAX = 3

PHONE_HOLDERS = """
SELECT value, body, COUNT(DISTINCT guide), MIN(guide) FROM phone GROUP BY value, body ORDER BY value, body
"""
OWN_PHONES = """
SELECT body, value FROM phone JOIN (SELECT body, COUNT(DISTINCT guide) AS total FROM phone GROUP BY body) USING (body)
GROUP BY body, value HAVING COUNT(DISTINCT guide) >= ? AND COUNT(DISTINCT guide) >= ? * total
"""
PLACE_HOLDERS = """
SELECT value, body, COUNT(DISTINCT guide), MIN(guide), unit, quarter FROM place WHERE telling
GROUP BY value, body ORDER BY value, body
"""
OWN_QUARTERS = """
SELECT unit, quarter FROM place JOIN (SELECT unit, COUNT(DISTINCT guide) AS total FROM place GROUP BY unit) USING (unit)
GROUP BY unit, quarter HAVING COUNT(DISTINCT guide) >= ? AND COUNT(DISTINCT guide) >= ? * total
"""
Borrowed = tuple[int, int]  # (value, borrowing body)


def borrowed_phones(database: sqlite3.Connection) -> Iterator[tuple[Borrowed, int]]:
    """Yield borrowed numbers, each with one guide of the owner."""
    own = {tuple(row) for row in database.execute(OWN_PHONES, (OWN_GUIDES_MIN, OWN_SHARE_MIN))}
    settled = {body for body, _ in database.execute(OWN_PHONES, (SETTLED_GUIDES_MIN, OWN_SHARE_MIN))}
    for value, group in groupby(database.execute(PHONE_HOLDERS), key=itemgetter(0)):
        holders = list(group)
        if len(holders) > HOLDERS_MAX:
            continue
        owner = next((guide for _, body, _, guide in holders if (body, value) in own), None)
        for _, body, guides, _ in holders if owner else ():
            if guides <= BORROWER_GUIDES_MAX and body in settled and (body, value) not in own:
                yield (value, body), int(owner or 0)


def borrowed_places(database: sqlite3.Connection) -> Iterator[tuple[Borrowed, int]]:
    """Yield borrowed rooms, each with one guide of the owner."""
    home = dict(database.execute(OWN_QUARTERS, (OWN_GUIDES_MIN, OWN_SHARE_MIN)).fetchall())
    for value, group in groupby(database.execute(PLACE_HOLDERS), key=itemgetter(0)):
        holders = list(group)
        owner = next((guide for _, _, _, guide, unit, quarter in holders if home.get(unit) == quarter), None)
        strangers = [holder for holder in holders if home.get(holder[4], holder[5]) != holder[5]]
        for _, body, guides, _, _, _ in strangers if owner and len(strangers) < HOLDERS_MAX else ():
            if guides <= BORROWER_GUIDES_MAX:
                yield (value, body), int(owner or 0)
