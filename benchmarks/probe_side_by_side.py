"""The same journey of four steps in @elastic/synthetics, robotframework-browser, bare Playwright and ours.

Usage: ``python -m benchmarks.probe_side_by_side [--items 6]``. Each tool is started twice, once with one item and once
with all of them; the difference divided by the items between is what a journey takes when the tool is warm. All use
the same Chromium on the same sandbox and take a picture of each step; ours and Robot Framework keep a trace as well.
What a tool leaves on disk (or prints) is counted in the same way. Tools that are not installed are named and skipped.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.four_steps import REGION, Ground, prepared, walk_bare
from benchmarks.probe_cost import open_runner, walk_ours
from probes.browser.browser_discovery import find_browser
from probes.probe import ProbeTask

ROOT = Path(__file__).resolve().parents[1]
JOURNEYS = ROOT / "benchmarks" / "journeys"
ELASTIC = ROOT / ".bench-node" / "node_modules" / ".bin" / "elastic-synthetics"
ROBOT = ROOT / ".venv-bench" / "bin" / "robot"
LIMIT_S = 240.0
Tasks = tuple[ProbeTask, ...]


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool: what it keeps, and how it walks all items, returning the bytes that it left behind."""

    name: str
    keeps: str
    walk: Callable[[Ground, Tasks, Path], int]
    needs: Path | None = None


def folder_bytes(folder: Path) -> int:
    """Count what lies in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def plan_of(ground: Ground, tasks: Tasks) -> dict[str, str]:
    """Return the environment that tells a tool what to visit."""
    plan = {
        "home": ground.site.url("www", "home", region=REGION),
        "browser": str(find_browser().path),
        "items": [{"title": task.title, "guide": ground.site.url("www", "guide", code=task.code)} for task in tasks],
    }
    return {**os.environ, "FOUR_STEPS": json.dumps(plan), "NODE_PATH": str(ELASTIC.parents[1])}


def run_tool(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Run a tool and return the bytes that it left and printed; one that fails ends the benchmark."""
    output = folder / "stdout.txt"
    with output.open("wb") as file:
        done = subprocess.run(
            command, env=environment, cwd=folder, stdout=file, stderr=subprocess.STDOUT, timeout=LIMIT_S, check=False
        )
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {output.read_text(errors='replace')[-600:]}")
    return folder_bytes(folder)


def walk_elastic(ground: Ground, tasks: Tasks, folder: Path) -> int:
    """Let @elastic/synthetics walk; its events, with pictures in them, go to standard output."""
    environment = plan_of(ground, tasks)
    browser = {"executablePath": json.loads(environment["FOUR_STEPS"])["browser"], "chromiumSandbox": False}
    command = [str(ELASTIC), str(JOURNEYS), "--rich-events", "--screenshots", "on", "--no-throttling"]
    return run_tool([*command, "--playwright-options", json.dumps(browser)], environment, folder)


def walk_robot(ground: Ground, tasks: Tasks, folder: Path) -> int:
    """Let Robot Framework walk."""
    environment = plan_of(ground, tasks)
    return run_tool([str(ROBOT), "--outputdir", str(folder), str(JOURNEYS / "four_steps.robot")], environment, folder)


def walk_with_us(ground: Ground, tasks: Tasks, folder: Path) -> int:
    """Make our probes."""
    with open_runner(asdict(ground.sandbox.origins), folder) as runner:
        return sum(walk_ours(runner, task) for task in tasks)


def walk_alone(ground: Ground, tasks: Tasks, folder: Path) -> int:
    """Click through with bare Playwright, which keeps nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser().path)
        for task in tasks:
            walk_bare(browser, ground.site, task)
        browser.close()
    return 0


TOOLS = (
    Tool(name="bare Playwright", keeps="nothing", walk=walk_alone),
    Tool(
        name="ours",
        keeps="picture a step, scrubbed trace, manifest, guard in front of every request",
        walk=walk_with_us,
    ),
    Tool(name="@elastic/synthetics", keeps="picture a step, events", walk=walk_elastic, needs=ELASTIC),
    Tool(name="robotframework-browser", keeps="picture a step, trace, log", walk=walk_robot, needs=ROBOT),
)


def measure(tool: Tool, ground: Ground) -> tuple[float, float]:
    """Return seconds and bytes of a journey in a warm tool."""
    seconds, sizes = [], []
    for tasks in (ground.tasks[:1], ground.tasks):
        with tempfile.TemporaryDirectory(prefix="yuece-bench-") as name:
            began = time.perf_counter()
            sizes.append(tool.walk(ground, tasks, Path(name)))
            seconds.append(time.perf_counter() - began)
    between = len(ground.tasks) - 1
    return (seconds[1] - seconds[0]) / between, (sizes[1] - sizes[0]) / between


def main() -> None:
    """Print one line per tool."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--items", type=int, default=6)
    chosen = options.parse_args()
    with prepared(max(2, chosen.items)) as ground:
        for tool in TOOLS:
            if tool.needs is not None and not tool.needs.exists():
                print(f"{tool.name:24} skipped: {tool.needs.relative_to(ROOT)} is not installed (make bench)")
                continue
            seconds, size = measure(tool, ground)
            print(f"{tool.name:24} {seconds:6.2f} s, {size / 1000:7.0f} KB a journey; keeps {tool.keeps}", flush=True)
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)


if __name__ == "__main__":
    main()
