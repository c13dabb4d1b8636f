"""Whether probing can go on all night: memory over a thousand probes, and browsers left behind by a hundred crashes.

Usage: ``python -m benchmarks.probe_endurance [--probes 1000] [--crashes 100]``. Memory is what the system says (RSS) of
this process and of everything that it started, after each helping of probes; it must not grow once the browser has been
replaced for the first time. A crash is forced in the middle of a probe: every other one kills the browser's main
process, every other one the whole probing process, which has no chance to tidy up. Afterwards no process of a browser
may be left that was not there before.
"""

import argparse
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import psutil

from benchmarks.four_steps import Ground, prepared, register
from benchmarks.probe_cost import open_runner, walk_ours
from domain.outcome import Outcome
from probes.probe import ProbeTask

HELPING = 50  # probes between two looks at memory: as many as one browser makes
GROWTH_MAX = 0.10
BITE_S = 0.4  # into the probe, when a page is open
LEAVE_S = 10.0
BROWSER_WORDS = ("chrom", "headless_shell", "headless-shell")
MARK = "YUECE_ENDURANCE"  # in the environment of all that descends from us, also when its parents are gone


def tree_mb() -> float:
    """Return the memory of this process and all that it started."""
    me = psutil.Process()
    total = 0
    for process in (me, *me.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            if process.cmdline()[1:3] != ["-m", "sandbox"]:
                total += process.memory_info().rss
    return total / 2**20


def browsers() -> frozenset[int]:
    """Return the process ids of the browsers that descend from this process and have not ended."""
    mark, found = str(os.getpid()), set()
    for process in psutil.process_iter(["name", "status"]):
        name = (process.info["name"] or "").lower()
        if any(word in name for word in BROWSER_WORDS) and process.info["status"] != psutil.STATUS_ZOMBIE:
            with suppress(psutil.Error):
                found |= {process.pid} if process.environ().get(MARK) == mark else set()
    return frozenset(found)


def watch_memory(ground: Ground, count: int, folder: Path) -> list[float]:
    """Make so many probes and return the memory after each helping."""
    marks = []
    with open_runner(asdict(ground.sandbox.origins), folder) as runner:
        for number in range(1, count + 1):
            walk_ours(runner, ground.tasks[number % len(ground.tasks)])
            if number % HELPING == 0:
                marks.append(tree_mb())
                print(f"{number:6} probes, {marks[-1]:.0f} MB", flush=True)
    return marks


def crash_browser(ground: Ground, folder: Path) -> None:
    """Kill the browser in the middle of a probe; the probe must end as our own error."""
    with open_runner(asdict(ground.sandbox.origins), folder) as runner:
        walk_ours(runner, ground.tasks[0])
        bite = threading.Timer(BITE_S, lambda: os.kill(runner.browser.pid or 0, signal.SIGKILL))
        bite.start()
        observation, _ = runner.run(ground.tasks[0])
        bite.join()
    if observation.outcome not in (Outcome.ERROR, Outcome.PASS):
        raise SystemExit(f"a killed browser became {observation.outcome}: {observation.reason}")


def probe_on(origins: dict[str, str], task: ProbeTask, folder: Path) -> None:
    """Make probes until somebody ends this process."""
    register()
    with open_runner(origins, folder) as runner:
        while True:
            runner.run(task)


def crash_process(ground: Ground, folder: Path) -> None:
    """Kill a whole probing process in the middle of a probe."""
    context = multiprocessing.get_context("spawn")
    work = context.Process(target=probe_on, args=(asdict(ground.sandbox.origins), ground.tasks[0], folder))
    before = browsers()
    work.start()
    while work.is_alive() and not browsers() - before:
        time.sleep(0.05)
    time.sleep(BITE_S)
    work.kill()
    work.join()


def count_orphans(ground: Ground, crashes: int, folder: Path) -> int:
    """Force crashes of both kinds in turns and count the browsers that outlive them."""
    before = browsers()
    for number in range(crashes):
        (crash_process if number % 2 else crash_browser)(ground, folder)
    deadline = time.monotonic() + LEAVE_S
    while browsers() - before and time.monotonic() < deadline:
        time.sleep(0.2)
    return len(browsers() - before)


def main() -> None:
    """Print both findings and end with 1 when memory grew or a browser was left behind."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--probes", type=int, default=1000)
    options.add_argument("--crashes", type=int, default=100)
    chosen = options.parse_args()
    os.environ[MARK] = str(os.getpid())
    faults = []
    with prepared(6) as ground, tempfile.TemporaryDirectory(prefix="yuece-bench-") as name:
        marks = watch_memory(ground, chosen.probes, Path(name))
        settled = marks[1:]
        if len(settled) > 1:
            first, last = settled[0], settled[-1]
            growth = last / first - 1
            print(f"memory {first:.0f} MB after {2 * HELPING} probes, {last:.0f} MB at the end: {growth:+.1%}")
            faults += [f"memory grew by {growth:.0%}"] if growth > GROWTH_MAX else []
        orphans = count_orphans(ground, chosen.crashes, Path(name))
    print(f"{chosen.crashes} crashes, {orphans} browsers left behind; load {os.getloadavg()[0]:.1f}")
    faults += [f"{orphans} browsers were left behind"] if orphans else []
    if faults:
        raise SystemExit("; ".join(faults))


if __name__ == "__main__":
    main()
