"""Which guides a crawl fetches, asks about, or leaves in peace."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.known_document import KnownDocument, Revisit, plan_revisit

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def known(version: str = "7", *, etag: str = "", last_modified: str = "", days_ago: float = 1) -> KnownDocument:
    seen_at = NOW - timedelta(days=days_ago)
    return KnownDocument(document="d", version=version, etag=etag, last_modified=last_modified, seen_at=seen_at)


@pytest.mark.parametrize(
    ("before", "version", "expected"),
    [
        (None, "7", Revisit.FETCH),
        (known("6", etag='"a"'), "7", Revisit.FETCH),  # the listing says that it changed
        (known(etag='"a"'), "7", Revisit.ASK),  # the listing says that it did not: the server confirms
        (known(last_modified="Mon, 01 Jun 2026 00:00:00 GMT"), "7", Revisit.ASK),
        (known("", etag='"a"'), "", Revisit.ASK),  # a listing without versions
        (known(), "7", Revisit.TRUST),
        (known(days_ago=6.99), "7", Revisit.TRUST),
        (known(days_ago=7), "7", Revisit.FETCH),  # believed long enough
        (known(""), "", Revisit.FETCH),  # neither version nor validators: nothing to go by
    ],
)
def test_a_guide_is_visited_as_much_as_needed(before: KnownDocument | None, version: str, expected: Revisit) -> None:
    assert plan_revisit(before, version, now=NOW, trusted_days=7) is expected


def test_no_version_is_believed_where_the_owner_does_not_want_it() -> None:
    assert plan_revisit(known(days_ago=0.01), "7", now=NOW, trusted_days=0) is Revisit.FETCH
