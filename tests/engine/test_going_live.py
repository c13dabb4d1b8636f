"""The worked example of docs/going-live.md: a portal that renamed its classes is read again by configuration alone."""

import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from domain.errors import ExitCode
from engine.doctor.check_line import CheckLine, CheckState
from engine.doctor.portal_doctor import examine_portals
from engine.night_plan import SandboxOptions
from engine.settings import load_settings
from sandbox.serving import Sandbox, running_sandbox

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
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


def examine(sandbox: Sandbox, folder: Path) -> dict[str, CheckLine]:
    """Do what `yuece doctor --portal gdzwfw --sandbox sandbox.json --units …` does in the folder."""
    started = {"origins": asdict(sandbox.origins), "test_account": sandbox.test_account}
    announcement = folder / "sandbox.json"
    announcement.write_text(json.dumps(started), encoding="utf-8")
    units = ("county-1", "dept-16")
    options = SandboxOptions(announcement=announcement)
    found = examine_portals(load_settings(), "gdzwfw", target="sandbox", units=units, sandbox=options)
    return {line.name: line for _portal, line in found}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_a_renamed_class_is_named(relaunched: Sandbox, folder: Path) -> None:
    line = examine(relaunched, folder)["guide page"]
    assert line.state is CheckState.FAILED
    assert line.exit_code is ExitCode.OUR_ERROR
    assert "layout_changed" in line.said


def test_the_site_file_of_the_guide_repairs_it(relaunched: Sandbox, folder: Path) -> None:
    assert EXAMPLE is not None, "docs/going-live.md holds the example"
    (folder / "gdzwfw.site.toml").write_text(EXAMPLE[1], encoding="utf-8")
    (folder / "yuece.toml").write_text('[portals.gdzwfw]\nsite_file = "gdzwfw.site.toml"\n', encoding="utf-8")
    lines = examine(relaunched, folder)
    assert lines["guide page"].state is CheckState.OK, lines["guide page"].said
    assert lines["application entry and unified login"].state is CheckState.OK
    assert not [line for line in lines.values() if line.state is CheckState.FAILED]
