"""Shows how many documents the sandbox serves at most, so that no benchmark measures the sandbox instead of the crawl.

Usage: ``python -m benchmarks.sandbox_ceiling [--size 4000] [--seconds 5]``. The load comes from wrk, or from ab where
wrk is missing: programs in C that know nothing of this project and take a fraction of what a crawler takes. wrk asks
for every guide in turn, ab for one of them.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from functools import partial
from pathlib import Path

from sandbox.serving import Sandbox, running_sandbox

CONNECTIONS = 8
DETAIL = "/portal/api/v2/item-event/getAuditItemDetailCur?TASK_CODE="
RATE = re.compile(r"^Requests(?:/sec| per second):\s+([\d.]+)", re.M)
FAULTS = re.compile(r"^\s*(?:Non-2xx or 3xx responses|Non-2xx responses|Failed requests):\s+([1-9]\d*)", re.M)
SCRIPT = """
local paths = {{{paths}}}
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def sound_codes(sandbox: Sandbox) -> list[str]:
    """Return the codes of the guides whose document comes without a fault."""
    with urllib.request.urlopen(f"{sandbox.control_url}/truth", timeout=30) as answer:
        truth = json.load(answer)
    faulty = {entry["item_id"] for entry in truth["misbehaviours"]}
    return [guide["task_code"] for guide in truth["guides"] if guide["item_id"] not in faulty]


def wrk_command(origin: str, paths: list[str], folder: Path, seconds: int) -> list[str]:
    """Ask for every path in turn."""
    script = folder / "paths.lua"
    script.write_text(SCRIPT.format(paths=",".join(f'"{path}"' for path in paths)))
    return ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), origin]


def ab_command(origin: str, paths: list[str], seconds: int) -> list[str]:
    """Ask for one path again and again."""
    return ["ab", "-k", "-c", str(CONNECTIONS), "-t", str(seconds), "-n", "1000000", f"{origin}{paths[0]}"]


def main() -> None:
    """Print the rate, or what to install."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="4000")
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    tool = next((name for name in ("wrk", "ab") if shutil.which(name)), "")
    if not tool:
        print("skipped: no load generator is installed (Debian: apt-get install wrk, or apache2-utils for ab)")
        return
    with running_sandbox(["--size", options.size]) as sandbox, tempfile.TemporaryDirectory() as name:
        paths = [f"{DETAIL}{code}" for code in sound_codes(sandbox)]
        asked = (sandbox.origins.www, paths)
        make = partial(wrk_command, folder=Path(name)) if tool == "wrk" else ab_command
        made = make(*asked, seconds=options.seconds)
        said = subprocess.run(made, capture_output=True, text=True, check=True).stdout
    rate, faults = RATE.search(said), FAULTS.search(said)
    if rate is None or faults is not None:
        sys.exit(f"{tool} did not get what it asked for:\n{said}")
    print(f"{tool}: the sandbox serves {float(rate[1]):.0f} documents/s; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
