"""The rules over one guide against the sandbox's truth, planted from the facts without a look at any rule."""

from collections.abc import Mapping
from datetime import UTC, datetime

import orjson
import pytest

from benchmarks.finding_match import Accusation, Comparison, compare, read_plantings
from crawler.audit import audit_guides
from crawler.rules.rule import LooksAt, rules
from domain.guide import Guide
from portals.documents import DocumentContext
from portals.gdzwfw.documents import GdzwfwDocuments
from sandbox.corpus.demo import make_demo
from sandbox.model import Corpus, Item, Json, Origins

BEYOND_ONE_GUIDE = (
    "blank-form-",  # needs the file itself
    "sample-",
    "online-address-gone",  # needs a visit
    "online-address-not-found",
    "online-address-redirect",
    "online-address-server",
    "online-address-switched",
    "online-address-unknown",
    "booking-address-not-found",
    "booking-address-switched",
    "online-entrance-",
    "booking-page-",
    "booking-page-",
    "online-entrance-",
    "page-other-",  # needs the page, the print or the mobile page
    "print-other-",
    "mobile-other-",
    "peers-other-",  # needs the other guides
    "copied-",
    "listed-twice",
    "situations-same-name",
)
FILES_OF_THE_GUIDE = ("blank-form-missing", "sample-missing")  # whether there is one at all, the guide itself tells
NOW = datetime(2026, 11, 23, tzinfo=UTC)
HOSTS = ("www", "static", "tyrz", "bsxt", "yss", "yst", "dept", "control")
ORIGINS = Origins(**{host: f"http://127.0.0.1:{8700 + port}" for port, host in enumerate(HOSTS)})


def parse(item: Item) -> Guide:
    """Read an item's document as the crawler would."""
    record: Mapping[str, Json] = item.list_record
    code = str(record["TASK_CODE"])
    context = DocumentContext(
        unit=item.body,
        item_id=item.item_id,
        code=code,
        listed_title=str(record.get("TASK_NAME") or record.get("CATANAME") or ""),
        url=f"{ORIGINS.www}/portal/v2/guide/{code}",
        document="0" * 64,
        captured_at=NOW,
    )
    return GdzwfwDocuments().parse(orjson.dumps(item.detail), context)


def is_beyond(kind: str) -> bool:
    return kind.startswith(BEYOND_ONE_GUIDE) and kind not in FILES_OF_THE_GUIDE


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make_demo(seed=20261123, size=1500, origins=ORIGINS)


@pytest.fixture(scope="module")
def accusations(corpus: Corpus) -> tuple[Accusation, ...]:
    checkpoints = {rule.id: rule.checkpoint for rule in rules.all()}
    return tuple(
        Accusation(
            item_id=finding.item_id,
            rule=finding.rule_id,
            field=finding.field,
            checkpoint=checkpoints[finding.rule_id],
            sentence=finding.reason,
        )
        for _, findings in audit_guides(map(parse, corpus.items), "r")
        for finding in findings
    )


@pytest.fixture(scope="module")
def comparison(corpus: Corpus, accusations: tuple[Accusation, ...]) -> Comparison:
    return compare(read_plantings(corpus.truth), accusations)


def test_the_corpus_is_rich(corpus: Corpus, comparison: Comparison) -> None:
    judged = [kind for kind in comparison.kinds if not is_beyond(kind)]
    near = {miss["kind"] for guide in corpus.truth["guides"] for miss in guide["near_misses"]}
    assert len(judged) > 100
    assert len(near) > 40
    assert sum(not guide["defects"] for guide in corpus.truth["guides"]) > 500


def test_clean_guides_and_near_misses_have_no_finding(comparison: Comparison) -> None:
    assert [(one.rule, one.sentence) for one in comparison.clean] == []


def test_every_finding_has_a_planted_cause(comparison: Comparison) -> None:
    assert [(one.rule, one.sentence) for one in comparison.false] == []


def test_every_planted_defect_of_one_guide_is_found(comparison: Comparison) -> None:
    missed = {planting.kind for planting in comparison.missed if not is_beyond(planting.kind)}
    assert missed == set()


def test_most_rules_over_one_guide_found_something(accusations: tuple[Accusation, ...]) -> None:
    over_one = {rule.id for rule in rules.all() if rule.looks_at is LooksAt.GUIDE}
    idle = over_one - {one.rule for one in accusations}
    assert len(idle) < len(over_one) / 4, sorted(idle)
