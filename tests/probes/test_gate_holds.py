"""The gate holds against pages that act by themselves; without it every one of them gets through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_server import ATTACKS, HostileServer, hostile_server
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from probe_stage import Desk

from domain.observation import Refusal
from portals.host_policy import HostPolicy
from portals.site import Site
from probes.browser_discovery import find_browser
from probes.gate import GATE_ARGUMENTS, Gate
from probes.guard import guard_policy

pytestmark = pytest.mark.browser
SANDBOX_ATTACKS = ("form", "fetch", "xhr", "beacon", "link", "iframe", "meta", "websocket")
QUIET_MS = 300
NOTHING_CHANGES = {"prerender"}  # refused by taking the rules out of the page: nobody asks, so nothing is noted
PATIENT = {"prerender": 1500}


@pytest.fixture(scope="module")
def bare() -> Iterator[Browser]:
    """A browser as anybody would start it."""
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def guarded(bare: Browser) -> Iterator[tuple[Browser, Gate]]:
    """A second browser, with the gate in front of it."""
    browser = bare.browser_type.launch(
        executable_path=find_browser(playwrights_own=Path(bare.browser_type.executable_path)).path,
        args=list(GATE_ARGUMENTS),
    )
    yield browser, Gate(browser)
    browser.close()


@pytest.fixture(scope="module")
def hostile() -> Iterator[HostileServer]:
    with hostile_server() as running:
        yield running


def visit(context: BrowserContext, address: str, leave_for: str, wait_ms: int = QUIET_MS) -> None:
    """Open a page, let it do its worst, press what it has to press, and leave it."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_timeout(wait_ms)
    if page.locator("button").count():
        page.locator("button").first.click()
        page.wait_for_timeout(QUIET_MS)
    page.goto(leave_for, wait_until="commit")
    page.wait_for_timeout(QUIET_MS)
    context.close()


def visit_guarded(
    guarded: tuple[Browser, Gate], site: Site, address: str, leave_for: str, wait_ms: int = QUIET_MS
) -> tuple[Refusal, ...]:
    browser, gate = guarded
    gate.open(guard_policy(site, HostPolicy(site)))
    context = browser.new_context(service_workers="block", accept_downloads=False)
    gate.refuse_channels(context)
    visit(context, address, leave_for, wait_ms)
    return gate.close()


@pytest.mark.parametrize("kind", SANDBOX_ATTACKS)
def test_the_sandbox_ledger_fills_without_the_gate(bare: Browser, site: Site, desk: Desk, kind: str) -> None:
    desk.ask("/ledger/clear", b"")
    www = site.origin("www")
    visit(bare.new_context(), f"{www}/__hostile__/{kind}", f"{www}/znkf/index.html")
    assert desk.changes()
    desk.ask("/ledger/clear", b"")


@pytest.mark.parametrize("kind", SANDBOX_ATTACKS)
def test_the_sandbox_ledger_stays_empty_with_the_gate(
    guarded: tuple[Browser, Gate], site: Site, empty_ledger: Desk, kind: str
) -> None:
    www = site.origin("www")
    refusals = visit_guarded(guarded, site, f"{www}/__hostile__/{kind}", f"{www}/znkf/index.html")
    assert refusals, "a refused request is itself evidence"
    assert all(refusal.url for refusal in refusals)


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_other_way_out_is_open_without_the_gate(bare: Browser, hostile: HostileServer, attack: str) -> None:
    hostile.arrived.clear()
    visit(bare.new_context(), f"{hostile.origin}/{attack}", f"{hostile.origin}/blank", PATIENT.get(attack, QUIET_MS))
    assert hostile.arrived


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_other_way_out_is_shut_with_the_gate(
    guarded: tuple[Browser, Gate], hostile: HostileServer, attack: str
) -> None:
    hostile.arrived.clear()
    site = Site(hosts={"www": hostile.origin}, paths={}, sandbox=True)
    wait_ms = PATIENT.get(attack, QUIET_MS)
    refusals = visit_guarded(guarded, site, f"{hostile.origin}/{attack}", f"{hostile.origin}/blank", wait_ms)
    assert hostile.arrived == []
    assert bool(refusals) is (attack not in NOTHING_CHANGES)


def test_a_gate_without_a_policy_lets_nothing_out(guarded: tuple[Browser, Gate], hostile: HostileServer) -> None:
    browser, gate = guarded
    gate.close()
    page = browser.new_page()
    with pytest.raises(Exception, match="ERR_BLOCKED_BY_CLIENT"):
        page.goto(f"{hostile.origin}/blank")
    page.close()


def test_a_request_body_is_measured(guarded: tuple[Browser, Gate], hostile: HostileServer) -> None:
    browser, gate = guarded
    site = Site(hosts={"www": hostile.origin}, paths={}, sandbox=True)
    gate.open(guard_policy(site, HostPolicy(site)))
    page = browser.new_page()
    page.goto(f"{hostile.origin}/blank")
    page.evaluate("fetch('/sink/x', {method: 'POST', body: 'x'.repeat(1234)}).catch(() => null)")
    page.close()
    assert [(one.method, one.rule, one.body_bytes) for one in gate.close()] == [("POST", "method", 1234)]
