"""What goes in comes out: every domain type, every field off its default, with the text that portals really send."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic_core import PydanticSerializationError, PydanticUndefined
from sqlalchemy.exc import StatementError

from domain.finding import RuleSet
from domain.frozen import Frozen
from domain.guide import (
    Guide,
)
from storage.store import Store
from tests.storage.odd_samples import (
    ADDRESS_VISIT,
    AT,
    AUDIT,
    COVERAGE,
    EVIDENCE,
    FIGURE,
    FINDING,
    GUIDE,
    LISTED,
    LISTING,
    OBSERVATION,
    REPORT,
    REVIEW,
    RULE_SET,
    RUN,
    SCORE,
    SHA,
    TOTAL,
    VISIT,
)


def _guide_again(store: Store) -> tuple[Guide, ...]:
    store.guides.save([GUIDE])
    store.crawls.save_visits(RUN.id, [VISIT])
    (joined,) = store.guides.of_run(RUN.id)
    return joined, store.guides.get(GUIDE.portal, GUIDE.item_id, GUIDE.document)


def _rule_set_again(store: Store) -> RuleSet:
    store.audits.save_rule_set(RULE_SET)
    return store.audits.rule_set(RULE_SET.id)


def _judged_again(store: Store) -> tuple[Frozen, ...]:
    store.audits.save_rule_set(RULE_SET)
    store.audits.save([AUDIT], [FINDING])
    return (*store.audits.of_run(RUN.id), *store.audits.findings(RUN.id))


def _crawl_again(store: Store) -> tuple[Frozen, ...]:
    store.crawls.save_listing(RUN.id, LISTING)
    store.crawls.save_listed(RUN.id, [LISTED])
    store.crawls.save_visits(RUN.id, [VISIT])
    crawls = store.crawls
    return (*crawls.listings(RUN.id), *crawls.listed(RUN.id), *crawls.visits(RUN.id))


def _observed_again(store: Store) -> tuple[Frozen, ...]:
    store.observations.save(OBSERVATION)
    return (*store.observations.of_run(RUN.id), store.observations.get(OBSERVATION.id))


def _scored_again(store: Store) -> tuple[Frozen, ...]:
    store.scores.save(RUN.id, [SCORE], [TOTAL])
    return (*store.scores.of_run(RUN.id), *store.scores.totals(RUN.id))


def _reviewed_again(store: Store) -> tuple[Frozen, ...]:
    store.reviews.add(REVIEW)
    return store.reviews.about(REVIEW.about)


def _addresses_again(store: Store) -> tuple[Frozen, ...]:
    store.addresses.save_visits([ADDRESS_VISIT])
    store.addresses.save_reports([REPORT])
    return (*store.addresses.visits(RUN.id), *store.addresses.reports(REPORT.inspector))


def _coverage_again(store: Store) -> tuple[Frozen, ...]:
    store.coverage.save([COVERAGE])
    return store.coverage.of_run(RUN.id, "gdzwfw")


def _figures_again(store: Store) -> tuple[Frozen, ...]:
    store.figures.add([FIGURE])
    return (*store.figures.current("2026H2"), *store.figures.all())


def _evidence_again(store: Store) -> tuple[Frozen, ...]:
    store.artefacts.save([EVIDENCE])
    return (*store.artefacts.of_run(RUN.id), store.artefacts.get(SHA))


Way = Callable[[Store], Iterable[Frozen]]
WAYS: tuple[tuple[str, Way, tuple[Frozen, ...]], ...] = (
    ("run", lambda store: (store.runs.get(RUN.id), *store.runs.all()), (RUN, RUN)),
    ("guide", _guide_again, (GUIDE, GUIDE)),
    ("rule set", lambda store: (_rule_set_again(store),), (RULE_SET,)),
    ("judgement", _judged_again, (AUDIT, FINDING)),
    ("crawl", _crawl_again, (LISTING, LISTED, VISIT)),
    ("observation", _observed_again, (OBSERVATION, OBSERVATION)),
    ("score", _scored_again, (SCORE, TOTAL)),
    ("review", _reviewed_again, (REVIEW,)),
    ("addresses", _addresses_again, (ADDRESS_VISIT, REPORT)),
    ("coverage", _coverage_again, (COVERAGE,)),
    ("figures", _figures_again, (FIGURE, FIGURE)),
    ("evidence", _evidence_again, (EVIDENCE, EVIDENCE)),
)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterable[Store]:
    with Store.open(tmp_path / "阳江 home %20") as store:
        store.runs.add(RUN)
        yield store


@pytest.mark.parametrize(("way", "expected"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_every_field_survives(fresh: Store, way: Way, expected: tuple[Frozen, ...]) -> None:
    found = tuple(way(fresh))
    assert found == expected
    assert [type(thing) for thing in found] == [type(thing) for thing in expected]


@pytest.mark.parametrize(("_way", "expected"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_no_sample_field_is_left_at_its_default(_way: Way, expected: tuple[Frozen, ...]) -> None:
    for thing in expected:
        for name, field in type(thing).model_fields.items():
            value = getattr(thing, name)
            assert value not in (None, "", (), {}), f"{type(thing).__name__}.{name} is blank"
            assert field.default is PydanticUndefined or value != field.default, f"{type(thing).__name__}.{name}"


def test_measures_keep_their_types(fresh: Store) -> None:
    fresh.observations.save(OBSERVATION)
    found = fresh.observations.get(OBSERVATION.id).measures
    assert {name: type(value) for name, value in found.items()} == {
        name: type(value) for name, value in OBSERVATION.measures.items()
    }


def test_times_come_back_aware_and_exact(fresh: Store) -> None:
    started = fresh.runs.get(RUN.id).started_at
    assert started.utcoffset() == timedelta(0)
    assert started == AT


def test_what_is_unknown_stays_unknown(fresh: Store) -> None:
    fresh.audits.save_rule_set(RULE_SET)
    unscored = SCORE.model_copy(update={"value": None, "points": None, "interval": None, "inputs": (), "parts": {}})
    homeless = FINDING.model_copy(update={"unit": None})
    unread = LISTING.model_copy(update={"total": None, "failure": None, "offered": True})
    fresh.scores.save(RUN.id, [unscored], [TOTAL.model_copy(update={"value": None, "rank": None})])
    fresh.audits.save([AUDIT.model_copy(update={"unit": None})], [homeless])
    fresh.crawls.save_listing(RUN.id, unread)
    assert tuple(fresh.scores.of_run(RUN.id)) == (unscored,)
    assert fresh.scores.totals(RUN.id)[0].rank is None
    assert tuple(fresh.audits.findings(RUN.id)) == (homeless,)
    assert fresh.crawls.listings(RUN.id) == (unread,)


def test_half_a_surrogate_pair_costs_one_character_and_not_the_night(fresh: Store) -> None:
    fresh.audits.save_rule_set(RULE_SET)
    fresh.audits.save([AUDIT], [FINDING.model_copy(update={"excerpt": "前\ud800后"})])
    fresh.guides.save([GUIDE.model_copy(update={"title": "前\udc00后"})])
    fresh.observations.save(OBSERVATION.model_copy(update={"measures": {"word": "\ud83d\ude00 \ud83d"}}))
    fresh.runs.update(RUN.model_copy(update={"vantage": "\ud800"}))
    fresh.reviews.add(REVIEW.model_copy(update={"note": "\ud800"}))
    assert next(fresh.audits.findings(RUN.id)).excerpt == "前\ufffd后"
    assert fresh.guides.get(GUIDE.portal, GUIDE.item_id, GUIDE.document).title == "前\ufffd后"
    assert fresh.observations.get(OBSERVATION.id).measures == {"word": "😀 \ufffd"}
    assert fresh.runs.get(RUN.id).vantage == "\ufffd"
    assert fresh.reviews.about(REVIEW.about)[0].note == "\ufffd"


def test_a_value_that_does_not_fit_its_type_is_turned_away_at_the_door(fresh: Store) -> None:
    fresh.audits.save_rule_set(RULE_SET)
    with pytest.raises(PydanticSerializationError):
        fresh.audits.save([], [FINDING.model_copy(update={"outcome": "perhaps"})])
    with pytest.raises(PydanticSerializationError):
        fresh.guides.save([GUIDE.model_copy(update={"title": 7})])
    with pytest.raises(StatementError, match="timezone"):
        fresh.reviews.add(REVIEW.model_copy(update={"at": AT.replace(tzinfo=None)}))
    assert fresh.audits.count_findings(RUN.id) == 0
