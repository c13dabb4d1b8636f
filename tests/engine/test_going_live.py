"""The worked example of docs/going-live.md: a portal that renamed its classes is read again by configuration alone."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from sandbox.serving import Sandbox, running_sandbox

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "going-live.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```toml\n(# gdzwfw\.site\.toml\n.*?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def relaunched() -> Iterator[Sandbox]:
    """A sandbox whose guide pages bear other classes."""
    with running_sandbox(["--size", "150", "--seed", "3"]) as running:
        body = json.dumps({"*": ["page_layout_changed"]}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{running.control_url}/faults", data=body), timeout=20).close()
        yield running


def examine(sandbox: Sandbox, folder: Path) -> tuple[int, dict[str, dict[str, Any]]]:
    started = {"origins": asdict(sandbox.origins), "test_account": sandbox.test_account}
    (folder / "sandbox.json").write_text(json.dumps(started), encoding="utf-8")
    words = ("doctor", "--portal", "gdzwfw", "--sandbox", "sandbox.json", "--units", "county-1,dept-16", "--json")
    done = subprocess.run(
        [sys.executable, "-m", "yuece", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "YUECE_HOME": str(folder / "var")},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, {line["name"]: line for line in json.loads(done.stdout)["lines"]}


def test_a_renamed_class_is_named(relaunched: Sandbox, tmp_path: Path) -> None:
    code, lines = examine(relaunched, tmp_path)
    assert code == 1
    assert "layout_changed" in lines["guide page"]["said"]


def test_the_site_file_of_the_guide_repairs_it(relaunched: Sandbox, tmp_path: Path) -> None:
    assert EXAMPLE is not None, "docs/going-live.md holds the example"
    (tmp_path / "gdzwfw.site.toml").write_text(EXAMPLE[1], encoding="utf-8")
    (tmp_path / "yuece.toml").write_text('[portals.gdzwfw]\nsite_file = "gdzwfw.site.toml"\n', encoding="utf-8")
    code, lines = examine(relaunched, tmp_path)
    assert lines["guide page"]["state"] == "ok", lines["guide page"]["said"]
    assert lines["application entry and unified login"]["state"] == "ok"
    assert code == 0, [line for line in lines.values() if line["state"] == "failed"]
