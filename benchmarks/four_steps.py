"""One journey of four steps, made by our probe and by bare Playwright, which the benchmarks of probes measure.

Search for the item, open its guide, look at the booking calendar, press 在线办理 up to the login. Nobody signs in, so
that no tool needs to know an account.
"""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from domain.outcome import Outcome
from portals.adapter import adapters
from portals.site import Site
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from sandbox.serving import Sandbox, running_sandbox

PROBE_ID = "bench-four-steps"
STEPS = ("检索", "打开办事指南", "查看预约日历", "点击“在线办理”")
REGION = "441700"


def take_four_steps(journey: Journey, task: ProbeTask) -> ProbeResult:
    """The journey as a probe."""
    browser, site, portal = journey.browser, journey.site, journey.portal
    with journey.step(STEPS[0]):
        portal.search(browser, site, task.title)
    with journey.step(STEPS[1]):
        portal.open_guide(browser, site, task.code)
    with journey.step(STEPS[2]):
        portal.open_booking(browser, site, task.code)
    portal.open_guide(browser, site, task.code)
    with journey.step(STEPS[3]):
        portal.start_application(browser, site)
    return ProbeResult(outcome=Outcome.PASS, reason="四步走完")


def take_four_steps_bare(page: Page, site: Site, task: ProbeTask) -> None:
    """The same clicks without guard, evidence or reading."""
    guide = site.url("www", "guide", code=task.code)
    page.goto(site.url("www", "home", region=REGION), wait_until="domcontentloaded")
    page.fill(".site-search input[name=keyword]", task.title)
    page.click(".site-search button[type=submit]")
    page.wait_for_selector(".result-card")
    page.goto(guide, wait_until="domcontentloaded")
    page.wait_for_selector(".title-name")
    page.click("div.matters-head-action-wrapper >> text=预约")
    page.wait_for_selector(".calendar-day")
    page.goto(guide, wait_until="domcontentloaded")
    page.wait_for_selector(".title-name")
    page.click("text=在线办理")
    page.wait_for_selector("input[name=username]")


def walk_bare(browser: Browser, site: Site, task: ProbeTask) -> None:
    """Take the steps in a fresh context."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    take_four_steps_bare(context.new_page(), site, task)
    context.close()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A running sandbox, its site and items on which the whole journey succeeds."""

    sandbox: Sandbox
    site: Site
    tasks: tuple[ProbeTask, ...]


@contextmanager
def prepared(items: int, *, latency_ms: int = 0) -> Iterator[Ground]:
    """Start a sandbox, ``latency_ms`` away, and choose sound items."""
    register()
    with running_sandbox(["--size", "300", "--seed", "11", "--latency-ms", str(latency_ms)]) as sandbox:
        with urllib.request.urlopen(f"{sandbox.control_url}/truth", timeout=30) as answer:
            tasks = choose_tasks(json.loads(answer.read()), items)
        yield Ground(sandbox=sandbox, site=adapters.get("gdzwfw").site(asdict(sandbox.origins)), tasks=tasks)


def register() -> None:
    """Make the journey known as a probe, once in each process."""
    if PROBE_ID in (probe.id for probe in probes.all()):
        return
    probes.register(
        Probe(
            id=PROBE_ID,
            title="四步旅程",
            why="各工具走同样的四步，才能比较。",
            source="benchmarks/four_steps.py",
            version=1,
            unit_of_value="",
            journey=take_four_steps,
            applies=lambda task: True,
            passing="plain",
            failing="plain",
        )
    )


def choose_tasks(truth: dict[str, Any], count: int) -> tuple[ProbeTask, ...]:
    """Plan the journey on the first items that nothing is wrong with and that ask for the unified login."""
    faulty = {entry["item_id"] for entry in truth["misbehaviours"]}
    keys = ("search", "application", "booking")
    sound = (
        guide
        for guide in truth["guides"]
        if guide["item_id"] not in faulty
        and all(guide["probes"][key]["gdzwfw"]["outcome"] == "pass" for key in keys)
        and not guide["defects"]
    )
    tasks = [
        ProbeTask(
            portal="gdzwfw",
            unit=None,
            probe_id=PROBE_ID,
            item_id=guide["item_id"],
            code=guide["handling_code"] or guide["task_code"],
            title=guide["name"],
        )
        for guide in sound
    ]
    if len(tasks) < count:
        raise SystemExit(f"the sandbox has {len(tasks)} sound items; {count} were asked for")
    return tuple(tasks[:count])
