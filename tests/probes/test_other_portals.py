"""What the two mobile platforms offer and say about an item, held against the sandbox's own truth."""

import io
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from PIL import Image
from portal_guides import code_of, companion_runner, known_task, set_faults
from probe_stage import Bench, Desk, Guide, Guides, count_marked

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from domain.guide_fields import LABELS_ZH, FieldName
from domain.known_facts import KnownFacts
from domain.observation import Observation
from domain.outcome import Outcome
from portals.citizen import Account
from probes.services.mobile_entry import MobileEntry, read_declaration
from sandbox.misbehaviours import Misbehaviour
from sandbox.portal_differences import DIFFERING
from sandbox.serving import Sandbox, running_sandbox
from storage.evidence_store import EvidenceStore

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("empty_ledger")]
PROBE, CONSISTENCY = "mobile-entrance", "portal-consistency"
REASONS = ("opens", "absent", "not_found_in_search", "not_declared", "not_open", "http_5xx", "app_only")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A corpus large enough for every kind of mobile entrance."""
    with running_sandbox(["--size", "600", "--seed", "7"]) as running:
        yield running


@pytest.fixture(scope="module")
def desk(sandbox: Sandbox) -> Desk:
    return Desk(sandbox.control_url)


@pytest.fixture(scope="module")
def guides(desk: Desk) -> Guides:
    truth = desk.ask("/truth")
    return Guides(tuple(truth["guides"]), {row["item_id"]: row["name"] for row in truth["misbehaviours"]})


@pytest.fixture(scope="module")
def bench(sandbox: Sandbox, evidence: EvidenceStore) -> Iterator[Bench]:
    opened = Bench(origins=asdict(sandbox.origins), evidence=evidence, account=Account(**sandbox.test_account))
    yield opened
    opened.close()


def visit(bench: Bench, sandbox: Sandbox, guide: Guide, probe_id: str = PROBE) -> Observation:
    observation, _evidence = companion_runner(bench).run(known_task(guide, probe_id, sandbox.origins.www))
    return observation


def of_reason(guides: Guides, reason: str) -> list[Guide]:
    return [
        guide
        for guide in guides.rows
        if guide["portals"]["mobile"]["reason"] == reason
        and guide["crawl"] == "measured"
        and guide["task_type"] != "TC"
    ]


@pytest.mark.parametrize("reason", REASONS)
def test_it_ends_as_the_truth_says(bench: Bench, sandbox: Sandbox, guides: Guides, reason: str) -> None:
    fitting = of_reason(guides, reason)
    assert fitting, f"the corpus has no guide whose mobile entrance ends in {reason}"
    check_as_told(visit(bench, sandbox, fitting[0]), fitting[0], reason)


@pytest.mark.slow
@pytest.mark.parametrize("reason", REASONS)
def test_others_of_the_same_reason_end_alike(bench: Bench, sandbox: Sandbox, guides: Guides, reason: str) -> None:
    for guide in of_reason(guides, reason)[1:3]:
        check_as_told(visit(bench, sandbox, guide), guide, reason)


def check_as_told(observation: Observation, guide: Guide, reason: str) -> None:
    """Compare an observation with what the sandbox says about the guide on the mobile portals."""
    assert observation.outcome == guide["portals"]["mobile"]["outcome"], (code_of(guide), observation.reason)
    if observation.failure is not None:
        assert observation.failure == reason
    assert observation.measures.get("mobile_declared", False) == guide["portals"]["declared"]
    carried = {row.kind for row in observation.rows if row.measures.get("opens")} - {"declared"}
    if reason == "opens":
        assert carried == set(guide["portals"]["carriers"])
        assert observation.measures["mobile_tried"] == observation.measures["mobile_open"]


def test_an_app_is_our_blindness_and_enters_no_count(bench: Bench, sandbox: Sandbox, guides: Guides) -> None:
    observation = visit(bench, sandbox, of_reason(guides, "app_only")[0])
    assert observation.outcome is Outcome.BLOCKED
    assert observation.measures["mobile_app_only"] == len(observation.rows) or observation.measures["mobile_app_only"]
    assert observation.measures["mobile_tried"] == 0
    assert {row.grade for row in observation.rows} == {None}


def test_a_page_wider_than_a_telephone_is_measured(bench: Bench, sandbox: Sandbox, guides: Guides, desk: Desk) -> None:
    guide = next(one for one in of_reason(guides, "opens") if one["item_id"] not in guides.misbehaviours)
    narrow = visit(bench, sandbox, guide)
    set_faults(desk, code_of(guide), "mobile_wide")
    try:
        wide = visit(bench, sandbox, guide)
    finally:
        set_faults(desk, "")
    assert narrow.measures["sideways_scrolling"] is False
    assert wide.measures["sideways_scrolling"] is True
    assert wide.outcome is Outcome.PASS  # it opens; how badly it fits is a figure
    assert "左右滑动" in wide.reason
    opened = [row for row in wide.rows if row.measures.get("opens")]
    assert opened
    for row in opened:
        assert 900 - 390 <= int(str(row.measures["sideways_px"])) <= 900 - 390 + 64  # the table and the card's margins
        before = next(one for one in narrow.rows if one.kind == row.kind)
        assert row.grade is not None
        assert before.grade is not None
        assert row.grade < before.grade


@pytest.mark.parametrize(
    ("misbehaviour", "outcome", "failure"),
    [
        ("mobile_http_500", Outcome.INCONCLUSIVE, FailureReason.HTTP_5XX),
        ("mobile_busy", Outcome.INCONCLUSIVE, FailureReason.BUSY),
        ("mobile_gone", Outcome.FAIL, FailureReason.ABSENT),
        ("mobile_unsearchable", Outcome.FAIL, FailureReason.NOT_FOUND_IN_SEARCH),
        ("apply_not_open", Outcome.FAIL, FailureReason.NOT_OPEN),
    ],
)
def test_misbehaviours_set_at_the_desk(  # noqa: PLR0917 - fixtures
    bench: Bench,
    sandbox: Sandbox,
    guides: Guides,
    desk: Desk,
    misbehaviour: str,
    outcome: Outcome,
    failure: FailureReason,
) -> None:
    guide = next(
        one
        for one in of_reason(guides, "opens")
        if one["item_id"] not in guides.misbehaviours and one["portals"]["declared"]
    )
    set_faults(desk, code_of(guide), misbehaviour)
    try:
        observation = visit(bench, sandbox, guide)
    finally:
        set_faults(desk, "")
    assert (observation.outcome, observation.failure) == (outcome, failure), observation.reason
    assert observation.steps
    assert all(step.screenshot for step in observation.steps)


def test_the_guides_own_words_are_read() -> None:
    free = KnownFacts(texts={FieldName.MOBILE_URL: "打开 https://yss.example.gov.cn/h5/item/1，或搜索“粤商通”小程序"})
    assert read_declaration(free).url == "https://yss.example.gov.cn/h5/item/1"
    assert read_declaration(free).names(title="粤商通", origin="")
    assert not read_declaration(free).names(title="粤省事", origin="")
    form = KnownFacts(texts={FieldName.HANDLING_FORM: "窗口办理、网上办理、粤省事"})
    assert read_declaration(form).made
    assert not read_declaration(KnownFacts(texts={FieldName.HANDLING_FORM: "窗口办理、网上办理"})).made


def test_the_written_scale_of_one_entry() -> None:
    entry = MobileEntry(kind="yss", title="粤省事", asked="x", declared=True, searched=True, rank=1, opens=True)
    whole = entry.model_copy(update={"sideways_px": 0, "entrance": EntranceKind.LOGIN_UNIFIED})
    assert whole.grade == 1.0
    assert whole.model_copy(update={"sideways_px": 12}).grade == 0.75
    assert entry.model_copy(update={"trouble": FailureReason.CAPTCHA}).grade is None
    assert entry.model_copy(update={"trouble": FailureReason.ABSENT, "opens": False, "rank": None}).grade == 0.0


def sound(guides: Guides, *, with_materials: bool = False) -> Guide:
    """Return a guide that 粤省事 carries without any difference."""
    return next(
        guide
        for guide in of_reason(guides, "opens")
        if guide["item_id"] not in guides.misbehaviours
        and "yss" in guide["portals"]["carriers"]
        and not guide["portals"]["differing"]
        and not guide["defects"]
        and (not with_materials or guide["task_type"] == "01")
    )


def differing_labels(observation: Observation) -> set[str]:
    return {LABELS_ZH[FieldName(row.kind)] for row in observation.rows if row.grade == 0}


def test_planted_differences_are_found_and_no_others(bench: Bench, sandbox: Sandbox, guides: Guides) -> None:
    carried = [
        guide
        for guide in guides.rows
        if guide["portals"]["carriers"]
        and guide["crawl"] == "measured"
        and guide["item_id"] not in guides.misbehaviours
    ]
    planted = [guide for guide in carried if guide["portals"]["differing"]]
    assert len(planted) >= 3
    alike = [guide for guide in carried if not guide["portals"]["differing"]]
    for guide in [*list_kinds(planted, "differing"), *list_kinds(alike, "carriers"), *alike[1:3]]:
        observation = visit(bench, sandbox, guide, CONSISTENCY)
        assert differing_labels(observation) == set(guide["portals"]["differing"]), observation.reason
        assert observation.outcome is (Outcome.FAIL if guide["portals"]["differing"] else Outcome.PASS)
        titles = {"yss": "粤省事", "yst": "粤商通"}
        assert {row.asked for row in observation.rows} == {titles[key] for key in guide["portals"]["carriers"]}


def list_kinds(guides: list[Guide], trait: str) -> list[Guide]:
    """Return one guide for each kind of what is told about the portals."""
    return list({tuple(guide["portals"][trait]): guide for guide in reversed(guides)}.values())


@pytest.mark.parametrize(
    ("misbehaviour", "name"),
    [
        ("portal_other_limit", FieldName.PROMISE_LIMIT),
        ("portal_other_materials", FieldName.MATERIALS),
        ("portal_other_fee", FieldName.CHARGED),
        ("portal_other_status", FieldName.STATUS),
    ],
)
def test_each_kind_of_difference_has_both_values_and_a_marked_picture(  # noqa: PLR0917 - fixtures
    bench: Bench,
    sandbox: Sandbox,
    guides: Guides,
    desk: Desk,
    evidence: EvidenceStore,
    misbehaviour: str,
    name: FieldName,
) -> None:
    guide = sound(guides, with_materials=True)
    set_faults(desk, code_of(guide), misbehaviour)
    try:
        observation = visit(bench, sandbox, guide, CONSISTENCY)
    finally:
        set_faults(desk, "")
    assert observation.outcome is Outcome.FAIL
    differing = [row for row in observation.rows if row.grade == 0]
    assert {row.kind for row in differing} == {name.value}
    assert LABELS_ZH[name] == DIFFERING[Misbehaviour(misbehaviour)]  # the sandbox's own word for it
    for row in differing:
        assert row.expected
        assert row.seen
        assert row.expected != row.seen
        picture = Image.open(io.BytesIO(evidence.get(str(row.measures["picture"]))))
        assert count_marked(picture) > 100
        assert picture.width == 390


def test_other_words_for_the_same_are_no_difference(bench: Bench, sandbox: Sandbox, guides: Guides, desk: Desk) -> None:
    guide = sound(guides, with_materials=True)
    set_faults(desk, code_of(guide), "portal_writes_otherwise")
    try:
        observation = visit(bench, sandbox, guide, CONSISTENCY)
    finally:
        set_faults(desk, "")
    assert observation.outcome is Outcome.PASS, observation.reason
    assert {"promise_limit", "materials", "charged", "status"} <= {row.kind for row in observation.rows}
    limit = next(row for row in observation.rows if row.kind == "promise_limit")
    assert limit.grade == 1


def test_a_portal_without_the_item_is_no_difference(bench: Bench, sandbox: Sandbox, guides: Guides) -> None:
    guide = of_reason(guides, "not_declared")[0]
    observation = visit(bench, sandbox, guide, CONSISTENCY)
    assert observation.outcome is Outcome.NOT_APPLICABLE
    assert observation.rows == ()


def test_a_portal_that_cannot_be_read_leaves_doubt(bench: Bench, sandbox: Sandbox, guides: Guides, desk: Desk) -> None:
    guide = sound(guides)
    set_faults(desk, code_of(guide), "mobile_http_500")
    try:
        observation = visit(bench, sandbox, guide, CONSISTENCY)
    finally:
        set_faults(desk, "")
    assert (observation.outcome, observation.failure) == (Outcome.INCONCLUSIVE, FailureReason.HTTP_5XX)
