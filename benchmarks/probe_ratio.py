"""Measures each probe with full evidence against the same clicks in bare Playwright (architecture.md §9).

Usage: ``python -m benchmarks.probe_ratio [--items 4] [--rounds 2]``. Both visit the same items of one sandbox in turns,
so that the machine's load hits both alike; ratios are theirs, seconds this machine's. Bare Playwright has no guard,
keeps nothing and reads nothing but what it needs to click on.
"""

import argparse
import json
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from domain.outcome import Outcome
from portals.adapter import adapters
from portals.citizen import Account
from portals.site import Site
from portals.synthetic_identity import NOBODY, small_document
from probes.browser.browser_discovery import find_browser
from probes.browser.browser_settings import BrowserSettings
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner
from probes.search.query_kind import QueryKind
from probes.search.search_basis import SearchBasis
from sandbox.serving import running_sandbox
from storage.evidence_store import EvidenceStore

PROBES = ("keyword-search", "online-application", "booking-calendar")
TRUTH_KEYS = ("search", "application", "booking")
Bare = Callable[[Page, Site, ProbeTask, Account], None]


def search_bare(page: Page, site: Site, task: ProbeTask, account: Account) -> None:
    """Type the name on the home page, wait for results, open the first one and press its 在线办理."""
    page.goto(site.url("www", "home", region="441700"), wait_until="domcontentloaded")
    page.fill(".site-search input[name=keyword]", task.title)
    page.click(".site-search button[type=submit]")
    page.wait_for_selector(".result-card")
    page.goto(site.url("www", "guide", code=task.code), wait_until="domcontentloaded")
    page.wait_for_selector(".title-name")
    page.click("text=在线办理")
    page.wait_for_selector("input[name=username]")


def apply_bare(page: Page, site: Site, task: ProbeTask, account: Account) -> None:
    """Sign in and click through the form to the confirm page, then open the progress page."""
    page.goto(site.url("www", "guide", code=task.code), wait_until="domcontentloaded")
    page.click("text=在线办理")
    page.fill("input[name=username]", account.username)
    page.fill("input[name=password]", account.password)
    page.click("form[data-tab=account] button[type=submit]")
    number = 1
    page.wait_for_selector(f"#application[data-page='{number}']")
    while page.locator(".submit-application").count() == 0:
        fill_bare(page)
        page.click(".next-step")
        number += 1
        page.wait_for_selector(f"#application[data-page='{number}']")
    page.click("text=办件进度查询")
    page.wait_for_load_state("domcontentloaded")


def fill_bare(page: Page) -> None:
    """Fill what is empty and required on one page."""
    if page.locator("[name=address]").count():
        page.fill("[name=address]", NOBODY.address)
    for group in ("situation", "delivery"):
        if page.locator(f"[name={group}]").count():
            page.locator(f"[name={group}]").first.click()
    file = small_document()
    for field in page.locator("input[type=file]").all():
        field.set_input_files({"name": file.name, "mimeType": file.media_type, "buffer": file.content})


def book_bare(page: Page, site: Site, task: ProbeTask, account: Account) -> None:
    """Press 预约 and count the free slots."""
    page.goto(site.url("www", "guide", code=task.code), wait_until="domcontentloaded")
    page.click("div.matters-head-action-wrapper >> text=预约")
    page.wait_for_selector(".calendar-day")
    page.locator(".calendar-slot[data-free='1']").count()


BARE: dict[str, Bare] = dict(zip(PROBES, (search_bare, apply_bare, book_bare), strict=True))


def time_bare(browser: Browser, site: Site, task: ProbeTask, account: Account) -> float:
    """Seconds of one bare journey in a fresh context."""
    start = time.perf_counter()
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    BARE[task.probe_id](context.new_page(), site, task, account)
    context.close()
    return time.perf_counter() - start


def time_ours(runner: ProbeRunner, task: ProbeTask) -> float:
    """Seconds of one probe with its evidence; a probe that does not pass would not be the same journey."""
    start = time.perf_counter()
    observation, _evidence = runner.run(task)
    if observation.outcome is not Outcome.PASS:
        raise RuntimeError(f"{task.key}: {observation.reason}")
    return time.perf_counter() - start


def choose_tasks(truth: dict[str, Any], count: int) -> list[ProbeTask]:
    """Plan all three probes on the first sound items."""
    faulty = {entry["item_id"] for entry in truth["misbehaviours"]}
    sound = [
        guide
        for guide in truth["guides"]
        if guide["item_id"] not in faulty
        and all(guide["probes"][key]["gdzwfw"]["outcome"] == "pass" for key in TRUTH_KEYS)
    ]
    return [
        ProbeTask(
            portal="gdzwfw",
            unit=guide["body"],
            probe_id=probe_id,
            item_id=guide["item_id"],
            code=guide["handling_code"] or guide["task_code"],
            title=guide["name"],
            search=SearchBasis(kinds=(QueryKind.OFFICIAL,)),
        )
        for guide in sound[:count]
        for probe_id in PROBES
    ]


def measure_bare(site: Site, tasks: list[ProbeTask], account: Account) -> dict[str, list[float]]:
    """One round of bare journeys; the first journey only warms the browser."""
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        browser = playwright.chromium.launch(executable_path=path)
        time_bare(browser, site, tasks[0], account)
        return group(tasks, [time_bare(browser, site, task, account) for task in tasks])


def measure_ours(site: Site, tasks: list[ProbeTask], account: Account, *, snapshots: bool) -> dict[str, list[float]]:
    """One round of probes; the first probe only warms the browser."""
    with tempfile.TemporaryDirectory(prefix="yuece-bench-") as folder:
        settings = BrowserSettings(snapshots=snapshots)
        store = EvidenceStore(Path(folder))
        adapter = adapters.get("gdzwfw")
        with ProbeRunner(
            adapter=adapter, site=site, evidence=store, run="bench", account=account, settings=settings
        ) as runner:
            time_ours(runner, tasks[0])
            return group(tasks, [time_ours(runner, task) for task in tasks])


def group(tasks: list[ProbeTask], seconds: list[float]) -> dict[str, list[float]]:
    """Sort the seconds by probe."""
    found: dict[str, list[float]] = {probe_id: [] for probe_id in PROBES}
    for task, second in zip(tasks, seconds, strict=True):
        found[task.probe_id].append(second)
    return found


def main() -> None:
    """Print one JSON line per probe."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--items", type=int, default=4)
    options.add_argument("--rounds", type=int, default=2)
    chosen = options.parse_args()
    kinds = ("bare", "evidence", "without_snapshots")
    seconds: dict[str, dict[str, list[float]]] = {kind: {probe_id: [] for probe_id in PROBES} for kind in kinds}
    with running_sandbox(["--size", "150", "--seed", "11"]) as sandbox:
        with urllib.request.urlopen(f"{sandbox.control_url}/truth", timeout=10) as answer:
            tasks = choose_tasks(json.loads(answer.read()), chosen.items)
        site, account = adapters.get("gdzwfw").site(asdict(sandbox.origins)), Account(**sandbox.test_account)
        for _ in range(chosen.rounds):
            for kind, round_ in (
                ("bare", measure_bare(site, tasks, account)),
                ("evidence", measure_ours(site, tasks, account, snapshots=True)),
                ("without_snapshots", measure_ours(site, tasks, account, snapshots=False)),
            ):
                for probe_id, values in round_.items():
                    seconds[kind][probe_id] += values
    for probe_id in PROBES:
        medians = {kind: statistics.median(seconds[kind][probe_id]) for kind in kinds}
        figures = {f"{kind}_s": round(value, 3) for kind, value in medians.items()}
        ratio = round(medians["evidence"] / medians["bare"], 2)
        print(json.dumps({"probe": probe_id, **figures, "ratio": ratio, "journeys": len(seconds["bare"][probe_id])}))


if __name__ == "__main__":
    main()
