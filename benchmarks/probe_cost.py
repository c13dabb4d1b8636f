"""What a probe's proof costs: time beside bare clicks, bytes a journey, journeys a minute.

Usage: ``python -m benchmarks.probe_cost [--rounds 3] [--items 6] [--minute-s 60] [--latency-ms 0 50]``. Ours and bare
Playwright take the same four steps (``four_steps.py``) on the same items of one sandbox, in turns, each in a browser
that is warm. Each latency is a sandbox of its own: 0 ms is this machine's loopback, where a page costs nothing but
processor time, and 50 ms are those of a near and quick host. Bytes are those that the evidence store holds on disk
afterwards. The journeys a minute are made by as many processes as the machine has cores, and one more, as a night does.
"""

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from dataclasses import asdict
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.four_steps import Ground, prepared, register, walk_bare
from domain.outcome import Outcome
from portals.adapter import adapters
from probes.browser.browser_discovery import find_browser
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner
from storage.evidence_store import EvidenceStore

RATIO_MAX = 1.6
KILOBYTES_MAX = 400.0
JOURNEYS_MIN = 20


def open_runner(origins: dict[str, str], folder: Path) -> ProbeRunner:
    """Open a runner on 广东政务服务网 of a sandbox."""
    adapter = adapters.get("gdzwfw")
    return ProbeRunner(adapter=adapter, site=adapter.site(origins), evidence=EvidenceStore(folder), run="bench")


def walk_ours(runner: ProbeRunner, task: ProbeTask) -> int:
    """Make one probe and return the bytes on disk of what it kept; one that does not pass is another journey."""
    observation, evidence = runner.run(task)
    if observation.outcome is not Outcome.PASS:
        raise RuntimeError(f"{task.key}: {observation.reason}")
    store = runner._evidence
    paths = {store.path(record.sha256) for record in evidence}
    return sum(path.stat().st_size for path in paths if path)


def measure_bare(ground: Ground) -> list[float]:
    """Seconds of each bare journey; the first only warms the browser."""
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        browser = playwright.chromium.launch(executable_path=path)
        seconds = []
        for task in (ground.tasks[0], *ground.tasks):
            began = time.perf_counter()
            walk_bare(browser, ground.site, task)
            seconds.append(time.perf_counter() - began)
        browser.close()
    return seconds[1:]


def measure_ours(ground: Ground) -> tuple[list[float], list[int]]:
    """Seconds and bytes of each probe; the first only warms the browser."""
    with tempfile.TemporaryDirectory(prefix="yuece-bench-") as folder:
        seconds, sizes = [], []
        with open_runner(asdict(ground.sandbox.origins), Path(folder)) as runner:
            for task in (ground.tasks[0], *ground.tasks):
                began = time.perf_counter()
                sizes.append(walk_ours(runner, task))
                seconds.append(time.perf_counter() - began)
    return seconds[1:], sizes[1:]


def count_journeys(
    origins: dict[str, str], tasks: tuple[ProbeTask, ...], until: float, made: "Synchronized[int]"
) -> None:
    """Make probes until a time of the monotonic clock and add their number to ``made``."""
    register()
    count = 0
    with tempfile.TemporaryDirectory(prefix="yuece-bench-") as folder, open_runner(origins, Path(folder)) as runner:
        while time.monotonic() < until:
            walk_ours(runner, tasks[count % len(tasks)])
            count += 1
    with made.get_lock():
        made.value += count


def measure_minute(ground: Ground, minute_s: float) -> float:
    """Return journeys a minute with full evidence on this machine."""
    context = multiprocessing.get_context("spawn")
    made = context.Value("i", 0)
    began = time.monotonic()
    origins = asdict(ground.sandbox.origins)
    work = [
        context.Process(target=count_journeys, args=(origins, ground.tasks, began + minute_s, made))
        for _ in range((os.cpu_count() or 1) + 1)
    ]
    for process in work:
        process.start()
    for process in work:
        process.join()
    return float(60 * made.value / (time.monotonic() - began))


def compare(ground: Ground, rounds: int) -> tuple[float, float, float]:
    """Return the median seconds of a bare journey, those of one with evidence, and the median KB that one keeps."""
    bare: list[float] = []
    ours: list[float] = []
    sizes: list[int] = []
    for _ in range(rounds):
        bare += measure_bare(ground)
        seconds, kept = measure_ours(ground)
        ours += seconds
        sizes += kept
    return statistics.median(bare), statistics.median(ours), statistics.median(sizes) / 1000


def verdict(met: bool) -> str:
    """Say whether a target is met."""
    return "met" if met else "MISSED"


def main() -> None:
    """Print the ratio, the bytes and the rate, each beside its target."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--items", type=int, default=6)
    options.add_argument("--minute-s", type=float, default=60.0)
    options.add_argument("--latency-ms", type=int, nargs="+", default=[0, 50])
    chosen = options.parse_args()
    for latency_ms in chosen.latency_ms:
        with prepared(chosen.items, latency_ms=latency_ms) as ground:
            bare_s, ours_s, size_kb = compare(ground, chosen.rounds)
            rate = measure_minute(ground, chosen.minute_s)
        ratio = ours_s / bare_s
        print(f"a host {latency_ms} ms away: bare {bare_s:.2f} s, with evidence {ours_s:.2f} s a journey of four steps")
        print(f"  ratio {ratio:.2f} (at most {RATIO_MAX}): {verdict(ratio <= RATIO_MAX)}")
        print(
            f"  evidence {size_kb:.0f} KB a journey (at most {KILOBYTES_MAX:.0f}): {verdict(size_kb <= KILOBYTES_MAX)}"
        )
        print(f"  {rate:.0f} journeys a minute (at least {JOURNEYS_MIN}): {verdict(rate >= JOURNEYS_MIN)}")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
