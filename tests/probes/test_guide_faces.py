"""What page, print and mobile page show is held against the data, in a real Chromium, on differences made here."""

import io
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest
from PIL import Image
from probe_stage import FAST, Desk, count_marked

from domain.failure import FailureReason
from domain.guide_face import GuideFace
from domain.guide_fields import FieldName
from domain.observation import Observation
from domain.outcome import Outcome
from engine.visiting.companions import companions_of
from portals.adapter import adapters
from portals.citizen import FactPlan
from portals.host_policy import HostPolicy
from portals.site import Site
from probes.browser.playwright_browser import PlaywrightBrowser
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner
from sandbox.corpus.demo import make_demo
from sandbox.corpus_file import make_placeholder_origins
from sandbox.faces import cannot_print
from sandbox.model import Corpus, Item
from sandbox.serving import Sandbox, running_sandbox
from storage.evidence_store import EvidenceStore

pytestmark = pytest.mark.browser
FACES = "guide-faces"
LONG_CONDITION = "经营场所的空气、水质、采光和噪声符合国家卫生标准，从业人员持有效健康合格证明。" * 8
OTHER_PHONE, OTHER_PLACE = "0662-3999999", "阳江市阳东区安宁路88号"


def is_plain(item: Item) -> bool:
    """Choose an item without faults of its own that has everything to be compared."""
    phone, limit = (
        item.detail.get("AUDIT_ITEM", {}).get("LINK_TEL"),
        item.detail.get("AUDIT_ITEM", {}).get("PROMISE_DAY"),
    )
    windows = item.detail.get("AUDIT_CATALOG_LOBBY")
    whole = bool(phone and limit and windows and len(item.detail.get("AUDIT_MATERIAL") or []) >= 2)
    return whole and item.on_yss and not item.misbehaviours and not item.faces and not cannot_print(code_of(item))


def code_of(item: Item) -> str:
    return str(item.list_record["TASK_CODE"])


@pytest.fixture(scope="module")
def made() -> Corpus:
    return make_demo(seed=11, size=400, origins=make_placeholder_origins())


@pytest.fixture(scope="module")
def items(made: Corpus) -> list[Item]:
    """Four items whose faces differ from the data, one that is long enough to be folded, then untouched ones."""
    plain = [item for item in made.items if is_plain(item)]
    assert len(plain) >= 9
    faces: list[dict[str, dict[str, str]]] = [
        {"page": {"AUDIT_ITEM.LINK_TEL": OTHER_PHONE, "AUDIT_CATALOG_LOBBY[0].ADDRESS": OTHER_PLACE}},
        {"print": {"AUDIT_ITEM.PROMISE_DAY": "99"}},
        {"mobile": {"AUDIT_ITEM.LINK_TEL": OTHER_PHONE}},
        {"page": {"AUDIT_MATERIAL[1].MATERIAL_NAME": "另一份材料"}},
    ]
    differing = [replace(item, faces=face) for item, face in zip(plain, faces, strict=False)]
    rows = [dict(plain[4].detail["AUDIT_MATERIAL"][0], MATERIAL_NAME=f"第{number}份材料") for number in range(1, 10)]
    audit_item = {**plain[4].detail["AUDIT_ITEM"], "ACCEPT_CONDITION": LONG_CONDITION}
    folded = replace(plain[4], detail={**plain[4].detail, "AUDIT_ITEM": audit_item, "AUDIT_MATERIAL": rows})
    return [*differing, folded, *plain[5:]]


@pytest.fixture(scope="module")
def corpus(made: Corpus, items: list[Item]) -> Corpus:
    """The demo corpus with the changed items in the place of their originals."""
    changed = {item.item_id: item for item in items}
    return replace(made, items=tuple(changed.get(item.item_id, item) for item in made.items))


@pytest.fixture(scope="module")
def served(corpus: Corpus) -> Iterator[Sandbox]:
    with running_sandbox(corpus) as running:
        yield running


@pytest.fixture(scope="module")
def site(served: Sandbox) -> Site:
    return adapters.get("gdzwfw").site(asdict(served.origins))


def open_runner(served: Sandbox, evidence: EvidenceStore, site: Site) -> ProbeRunner:
    adapter = adapters.get("gdzwfw")
    return ProbeRunner(
        adapter=adapter,
        site=site,
        evidence=evidence,
        run="20261123T013000Z-test",
        settings=FAST,
        companions=companions_of(adapter, asdict(served.origins)),
    )


@pytest.fixture(scope="module")
def runner(served: Sandbox, evidence: EvidenceStore, site: Site) -> Iterator[ProbeRunner]:
    with open_runner(served, evidence, site) as opened:
        yield opened


def task_of(item: Item) -> ProbeTask:
    return ProbeTask(
        portal="gdzwfw", unit=item.body, probe_id=FACES, item_id=item.item_id, code=code_of(item), title=item.name
    )


def differences(observation: Observation) -> dict[tuple[GuideFace, FieldName], tuple[str, str]]:
    return {
        (reading.face, one.field): (one.published, one.shown)
        for reading in observation.faces
        for one in reading.differences
    }


def outlined(evidence: EvidenceStore, sha256: str) -> float:
    """Share of the picture that bears the mark's colour."""
    picture = Image.open(io.BytesIO(evidence.get(sha256)))
    return count_marked(picture) / (picture.width * picture.height)


def test_a_page_that_shows_something_else(runner: ProbeRunner, items: list[Item], evidence: EvidenceStore) -> None:
    item = items[0]
    observation, kept = runner.run(task_of(item))
    assert observation.outcome is Outcome.FAIL
    phone, place = item.detail["AUDIT_ITEM"]["LINK_TEL"], item.detail["AUDIT_CATALOG_LOBBY"][0]["ADDRESS"]
    found = differences(observation)
    assert set(found) == {(GuideFace.PAGE, FieldName.ENQUIRY_PHONE), (GuideFace.PAGE, FieldName.PLACE)}
    assert found[GuideFace.PAGE, FieldName.ENQUIRY_PHONE] == (phone, OTHER_PHONE)
    assert place in found[GuideFace.PAGE, FieldName.PLACE][0]
    assert OTHER_PLACE in found[GuideFace.PAGE, FieldName.PLACE][1]
    page = observation.faces[0]
    assert all(one.picture and outlined(evidence, one.picture) > 0.0005 for one in page.differences)
    assert page.document in {record.sha256 for record in kept}
    assert OTHER_PHONE in evidence.get(page.document or "").decode()
    assert observation.value == 2


def test_a_print_that_shows_something_else(runner: ProbeRunner, items: list[Item], evidence: EvidenceStore) -> None:
    observation, _kept = runner.run(task_of(items[1]))
    assert observation.outcome is Outcome.FAIL
    found = differences(observation)
    assert set(found) == {(GuideFace.PRINT, FieldName.PROMISE_LIMIT)}
    assert found[GuideFace.PRINT, FieldName.PROMISE_LIMIT][1].startswith("99个")
    (reading,) = (reading for reading in observation.faces if reading.face is GuideFace.PRINT)
    assert evidence.get(reading.document or "").startswith(b"%PDF")
    assert outlined(evidence, reading.differences[0].picture or "") > 0.0005


def test_a_mobile_page_that_shows_something_else(
    runner: ProbeRunner, items: list[Item], evidence: EvidenceStore
) -> None:
    observation, _kept = runner.run(task_of(items[2]))
    found = differences(observation)
    assert {shown for (face, _), (_, shown) in found.items()} == {OTHER_PHONE}
    assert {face for face, _ in found} == {GuideFace.MOBILE}
    pictured = [one.picture for reading in observation.faces for one in reading.differences]
    picture = Image.open(io.BytesIO(evidence.get(pictured[0] or "")))
    assert picture.width == 390  # the viewport that methodology.md §3.7 names


def test_another_material_is_named(runner: ProbeRunner, items: list[Item]) -> None:
    observation, _kept = runner.run(task_of(items[3]))
    published, shown = differences(observation)[GuideFace.PAGE, FieldName.MATERIALS]
    assert "另一份材料" in shown
    assert "另一份材料" not in published


def test_what_is_folded_is_read(runner: ProbeRunner, items: list[Item]) -> None:
    """The page cuts long texts and shows five materials until the citizen presses 展开."""
    observation, _kept = runner.run(task_of(items[4]))
    assert observation.outcome is Outcome.PASS, observation.reason
    assert {FieldName.CONDITION, FieldName.MATERIALS} <= set(observation.faces[0].compared)


def test_guides_that_say_the_same_everywhere(runner: ProbeRunner, items: list[Item], served: Sandbox) -> None:
    desk = Desk(served.control_url)
    desk.ask("/ledger/clear", b"")
    for item in items[5:7]:
        observation, _kept = runner.run(task_of(item))
        assert observation.outcome is Outcome.PASS, observation.reason
        read = {reading.face: len(reading.compared) for reading in observation.faces}
        assert read[GuideFace.PAGE] >= 25
        assert read[GuideFace.PRINT] >= 20
        assert read[GuideFace.MOBILE] >= 5
    assert desk.changes() == []


def test_a_print_that_fails_is_no_difference(runner: ProbeRunner, corpus: Corpus) -> None:
    """The endpoint answers 500 for some codes (portals.md §1.6): that face is not read, and nobody is accused."""
    ordinary = (
        item for item in corpus.items if "AUDIT_ITEM" in item.detail and not item.misbehaviours and not item.faces
    )
    item = next(item for item in ordinary if cannot_print(code_of(item)))
    observation, _kept = runner.run(task_of(item))
    assert (observation.outcome, observation.failure) == (Outcome.INCONCLUSIVE, FailureReason.HTTP_5XX)
    assert observation.faces[0].face is GuideFace.PAGE
    assert differences(observation) == {}


@pytest.mark.parametrize(
    ("misbehaviour", "outcome", "failure"),
    [
        ("page_waf", Outcome.BLOCKED, FailureReason.WAF),
        ("page_layout_changed", Outcome.ERROR, FailureReason.LAYOUT_CHANGED),
        ("detail_html_500", Outcome.INCONCLUSIVE, FailureReason.HTTP_5XX),
        ("detail_captcha", Outcome.BLOCKED, FailureReason.CAPTCHA),
    ],
)
def test_a_page_that_cannot_be_read_accuses_nobody(  # noqa: PLR0917 - fixtures
    runner: ProbeRunner, items: list[Item], served: Sandbox, misbehaviour: str, outcome: Outcome, failure: FailureReason
) -> None:
    desk = Desk(served.control_url)
    desk.ask("/faults", f'{{"{items[5].item_id}": ["{misbehaviour}"]}}'.encode())
    try:
        observation, _kept = runner.run(task_of(items[5]))
    finally:
        desk.ask("/faults", b"{}")
    assert (observation.outcome, observation.failure) == (outcome, failure), observation.reason
    assert observation.faces == ()


def test_an_older_generation_of_the_page(
    served: Sandbox, items: list[Item], evidence: EvidenceStore, site: Site, runner: ProbeRunner
) -> None:
    """Where the newest address has no page, the legacy page is read, with its own labels."""
    runner.browser.close()  # a thread has room for one Playwright
    moved = site.model_copy(update={"paths": {**site.paths, "guide": "/portal/v9/guide/{code}"}})
    with open_runner(served, evidence, moved) as other:
        observation, _kept = other.run(task_of(items[5]))
    assert observation.outcome is Outcome.PASS, observation.reason
    assert "/portal/guide/" in observation.faces[0].url
    assert len(observation.faces[0].compared) >= 25


def test_a_short_guide_is_read(runner: ProbeRunner, corpus: Corpus) -> None:
    """Items that begin by themselves have a short page (portals.md §1.1)."""
    short = (item for item in corpus.items if item.list_record.get("TASK_TYPE") == "02" and not item.misbehaviours)
    item = next(item for item in short if not item.faces and not cannot_print(code_of(item)))
    observation, _kept = runner.run(task_of(item))
    assert observation.outcome is Outcome.PASS, observation.reason


def test_a_package_is_read(runner: ProbeRunner, corpus: Corpus) -> None:
    """一件事 pages draw the lower-case schema (portals.md §1.5)."""
    packages = (item for item in corpus.items if "AUDIT_ITEM" not in item.detail and not item.misbehaviours)
    item = next(item for item in packages if not item.faces and not cannot_print(code_of(item)))
    observation, _kept = runner.run(task_of(item))
    assert observation.outcome is Outcome.PASS, observation.reason
    assert {FieldName.PROMISE_LIMIT, FieldName.PLACE, FieldName.MATERIALS} <= set(observation.faces[0].compared)


def test_text_that_css_hides_is_not_displayed(runner: ProbeRunner) -> None:
    context, _gate = runner.browser.open_context(mobile=False)
    browser = PlaywrightBrowser(context, FAST)
    hidden = ("display:none", "visibility:hidden", "opacity:0", "position:absolute;left:-9999px")
    rows = "".join(f"<tr><th>咨询电话</th><td><span style='{style}'>1</span>2</td></tr>" for style in hidden)
    browser.page.set_content(f"<table>{rows}<tr style='display:none'><th>办理地点</th><td>3</td></tr></table>")
    facts = browser.shown_facts(FactPlan(label="th"), ["咨询电话", "办理地点"])
    context.close()
    assert [(fact.label, fact.text) for fact in facts] == [("咨询电话", "2")] * len(hidden)


def test_a_file_elsewhere_is_refused(
    runner: ProbeRunner, items: list[Item], served: Sandbox, site: Site, evidence: EvidenceStore
) -> None:
    """Fetching passes the gate: a print that would lie on a stranger's host is not fetched."""
    runner.browser.close()
    moved = site.model_copy(update={"hosts": {**site.hosts, "static": served.origins.dept}})

    def only_the_portal(*_: object) -> HostPolicy:
        return HostPolicy(site, read_only=())

    adapter = adapters.get("gdzwfw")
    with ProbeRunner(
        adapter=adapter, site=moved, evidence=evidence, run="r", settings=FAST, hosts=only_the_portal
    ) as other:
        observation, _kept = other.run(task_of(items[5]))
    assert (observation.outcome, observation.failure) == (Outcome.BLOCKED, FailureReason.REFUSED_BY_POLICY)
    assert any(served.origins.dept in refusal.url for refusal in observation.refusals)
