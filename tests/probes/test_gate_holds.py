"""The gate holds against pages that act by themselves; without it every one of them gets through."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from probe_stage import FAST, Bench, Desk

from domain.evidence import EvidenceKind
from domain.failure import FailureReason
from domain.observation import Observation
from domain.outcome import Outcome
from portals.host_policy import HostPolicy
from portals.site import Site
from probes.browser.browser_discovery import find_browser
from probes.browser.playwright_browser import PlaywrightBrowser
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.safety.gate import GATE_ARGUMENTS, Gate
from probes.safety.guard import guard_policy
from sandbox.servers.hostile import HOSTILE_PAGES, WAITS_MS, HostilePage
from storage.evidence_store import EvidenceStore

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BUDGET_S = 130.0  # about 50 s are needed
SILENT = {name for name, page in HOSTILE_PAGES.items() if page.silent}


def suffer(page: Page, address: str, hostile: HostilePage, leave_for: str) -> None:
    """Open a page, let it do its worst, press what it waits for, and leave it."""
    try:
        page.goto(address, wait_until="commit")
        page.wait_for_timeout(hostile.waits_ms)
        if hostile.pressed:
            buttons = page.locator("button")
            buttons.first.click() if buttons.count() else page.keyboard.press("Enter")
            page.wait_for_timeout(WAITS_MS)
    except PlaywrightError:
        pass  # a navigation that was refused leaves an error page behind, which has nothing to press
    for _ in range(2):  # an attack that is still under way interrupts the first
        with suppress(PlaywrightError):
            page.goto(leave_for, wait_until="commit")
    page.wait_for_timeout(50)


def sender(url: str) -> str:
    """Return the page in whose name a request was made; a control that leads nowhere is known by the page itself."""
    parts = urlsplit(url)
    return parse_qs(parts.query).get("from", [parts.path.rpartition("/")[2]])[-1]


@pytest.fixture(scope="module")
def bare() -> Iterator[Browser]:
    """A browser as anybody would start it."""
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


def suffer_all(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Visit every hostile page as one journey; what a page does about it is not the journey's matter."""
    browser = journey.browser
    assert isinstance(browser, PlaywrightBrowser)
    blank = f"{task.online_url}/blank"
    for name, hostile in HOSTILE_PAGES.items():
        with journey.step(name):
            page = browser.page.context.new_page()
            suffer(page, f"{task.online_url}/{name}", hostile, blank)
            page.close()
    browser.page.wait_for_timeout(500)
    return ProbeResult(outcome=Outcome.PASS)


HOSTILE_PROBE = Probe(
    id="hostile-pages",
    title="敌意页面",
    why="the gate has to hold in a real probe",
    source="sandbox/hostile_pages.toml",
    version=1,
    unit_of_value="",
    journey=suffer_all,
    applies=lambda _task: True,
    passing="",
    failing="",
)


@dataclass(frozen=True)
class Suffered:
    """What one probe over all pages saw, its list of refusals as kept, and what reached the portal meanwhile."""

    observation: Observation
    kept: list[dict[str, str]]
    changes: list[dict[str, object]]


@pytest.fixture(scope="module")
def suffered(bench: Bench, desk: Desk, site: Site, evidence: EvidenceStore) -> Iterator[Suffered]:
    probes.all()
    patch = pytest.MonkeyPatch()
    patch.setitem(probes._plug_ins, HOSTILE_PROBE.id, HOSTILE_PROBE)
    task = ProbeTask(
        portal="gdzwfw",
        unit=None,
        probe_id=HOSTILE_PROBE.id,
        item_id="hostile",
        code="hostile",
        title="敌意页面",
        online_url=f"{site.origin('www')}/__hostile__",
    )
    desk.ask("/ledger/clear", b"")
    settings = FAST.model_copy(update={"budget_s": BUDGET_S, "snapshots": False})
    observation, records = bench.runner(settings=settings).run(task)
    if observation.failure is FailureReason.OUT_OF_TIME:  # a visit that our watchdog ended is made again, as in a night
        observation, records = bench.runner(settings=settings).run(task)
    changes = desk.changes()
    desk.ask("/ledger/clear", b"")
    bench.close()  # a thread has room for one Playwright
    (listed,) = [record for record in records if record.kind is EvidenceKind.REFUSALS]
    yield Suffered(observation, json.loads(evidence.get(listed.sha256)), changes)
    patch.undo()


def test_enough_ways_out_are_tried() -> None:
    assert len(HOSTILE_PAGES) >= 50
    assert len(SILENT) <= 3


def test_nothing_reaches_the_portal_through_the_gate(suffered: Suffered) -> None:
    assert suffered.observation.outcome is Outcome.PASS, suffered.observation.reason
    assert suffered.changes == []


@pytest.mark.parametrize("name", sorted(HOSTILE_PAGES.keys() - SILENT))
def test_every_refusal_is_in_the_evidence(suffered: Suffered, name: str) -> None:
    refused = {one.url for one in suffered.observation.refusals if sender(one.url) == name}
    assert refused
    assert refused <= {row["url"] for row in suffered.kept}


@pytest.mark.slow
def test_without_the_gate_every_page_gets_through(bare: Browser, site: Site, desk: Desk) -> None:
    desk.ask("/ledger/clear", b"")
    here = f"{site.origin('www')}/__hostile__"
    context = bare.new_context()
    for name, hostile in HOSTILE_PAGES.items():
        page = context.new_page()
        suffer(page, f"{here}/{name}", hostile, f"{here}/blank")
        page.close()
    bare.new_page().wait_for_timeout(1_000)
    context.close()
    arrived = {sender(str(entry["path"])) for entry in desk.changes()}
    desk.ask("/ledger/clear", b"")
    assert HOSTILE_PAGES.keys() - arrived == set()


@pytest.fixture(scope="module")
def guarded(bare: Browser) -> Iterator[tuple[Browser, Gate]]:
    """A second browser, with the gate in front of it."""
    browser = bare.browser_type.launch(
        executable_path=find_browser(playwrights_own=Path(bare.browser_type.executable_path)).path,
        args=list(GATE_ARGUMENTS),
    )
    yield browser, Gate(browser)
    browser.close()


def test_a_gate_without_a_policy_lets_nothing_out(guarded: tuple[Browser, Gate], site: Site) -> None:
    browser, gate = guarded
    gate.close()
    page = browser.new_page()
    with pytest.raises(PlaywrightError, match="ERR_BLOCKED_BY_CLIENT"):
        page.goto(f"{site.origin('www')}/__hostile__/blank")
    page.close()


def test_a_request_body_is_measured(guarded: tuple[Browser, Gate], site: Site) -> None:
    browser, gate = guarded
    gate.open(guard_policy(site, HostPolicy(site)))
    page = browser.new_page()
    page.goto(f"{site.origin('www')}/__hostile__/blank")
    page.evaluate("fetch('/sink/x', {method: 'POST', body: 'x'.repeat(1234)}).catch(() => null)")
    page.close()
    assert [(one.method, one.rule, one.body_bytes) for one in gate.close()] == [("POST", "method", 1234)]
