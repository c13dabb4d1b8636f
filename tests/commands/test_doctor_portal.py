"""The doctor names what does not fit, and leaves with the code that says whose matter it is."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from engine.doctor.check_line import CheckLine, CheckState
from engine.doctor.portal_doctor import examine_portals
from engine.night_plan import SandboxOptions
from engine.settings import Settings
from sandbox.serving import Sandbox, running_sandbox
from tests.commands.conftest import Left, call_here, call_process

pytestmark = pytest.mark.browser
Answer = tuple[int, dict[str, dict[str, Any]]]
UNITS = "county-1,county-2,dept-16"
LINES_OF_DATA = 5  # robots, listing and three families of documents


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox(["--size", "300", "--seed", "3"]) as running:
        yield running


def announce(sandbox: Sandbox, folder: Path, **origins: str) -> Path:
    file = folder / "sandbox.json"
    started = {"origins": {**asdict(sandbox.origins), **origins}, "test_account": sandbox.test_account}
    file.write_text(json.dumps(started), encoding="utf-8")
    return file


def examine(announcement: Path, call: Callable[..., Left] = call_here) -> Answer:
    home = announcement.parent / "home"
    home.mkdir()
    done = call(home, "doctor", "--portal", "gdzwfw", "--sandbox", str(announcement), "--units", UNITS, "--json")
    assert done.stdout, done.stderr
    assert not (home / "yuece.db").exists(), "a check leaves nothing in the store"
    return done.returncode, {line["name"]: line for line in json.loads(done.stdout)["lines"]}


def first_lines(sandbox: Sandbox, folder: Path, count: int) -> dict[str, CheckLine]:
    """Examine the portal and leave when so many lines have been said."""
    said = examine_portals(
        Settings(home=folder / "home"),
        "gdzwfw",
        target="sandbox",
        units=tuple(UNITS.split(",")),
        sandbox=SandboxOptions(announcement=announce(sandbox, folder)),
    )
    lines = {line.name: line for _, line in islice(said, count)}
    said.close()
    return lines


def desk(sandbox: Sandbox, path: str, body: object) -> None:
    request = urllib.request.Request(sandbox.control_url + path, data=json.dumps(body).encode())
    urllib.request.urlopen(request, timeout=20).close()


def test_a_portal_that_fits_is_ok_in_every_line(sandbox: Sandbox, tmp_path: Path) -> None:
    code, lines = examine(announce(sandbox, tmp_path), call_process)
    assert code == 0
    assert {name for name, line in lines.items() if line["state"] == "ok"} >= {
        "robots",
        "listing",
        "document (item)",
        "document (public service)",
        "document (package)",
        "guide page",
        "search page",
        "application entry and unified login",
    }
    assert not [line for line in lines.values() if line["state"] == "failed"]


def test_a_changed_layout_is_named_and_ours_to_mend(sandbox: Sandbox, tmp_path: Path) -> None:
    """The guide's page is the first that is opened; every later one is reached through it and would wait as long."""
    desk(sandbox, "/faults", {"*": ["page_layout_changed"]})
    try:
        lines = first_lines(sandbox, tmp_path, LINES_OF_DATA + 1)
    finally:
        desk(sandbox, "/faults", {})
    assert (lines["guide page"].state, lines["guide page"].exit_code) == (CheckState.FAILED, 1)
    assert "layout_changed" in lines["guide page"].said
    assert lines["document (item)"].state is CheckState.OK, "the data are still there"


def test_a_field_that_no_document_shows_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    """The documents' lines come before the pages', which need a browser and are not waited for."""
    desk(sandbox, "/vanish", {"path": "AUDIT_ITEM.ACCEPT_CONDITION", "mode": "remove"})
    try:
        lines = first_lines(sandbox, tmp_path, LINES_OF_DATA)
    finally:
        desk(sandbox, "/vanish", {})
    item = lines["document (item)"]
    assert (item.state, item.exit_code) == (CheckState.FAILED, 1)
    assert "受理条件" in item.said
    assert lines["document (package)"].state is CheckState.OK
    assert {line.exit_code for line in lines.values() if line.state is CheckState.FAILED} == {1}


def test_a_portal_that_does_not_answer_is_unreachable(sandbox: Sandbox, tmp_path: Path) -> None:
    code, lines = examine(announce(sandbox, tmp_path, www="http://127.0.0.1:9"))
    assert code == 3
    assert lines["listing"]["state"] == "failed"
    assert "refused" in lines["listing"]["said"]


@pytest.mark.slow
def test_a_captcha_is_neither_our_fault_nor_an_outage(sandbox: Sandbox, tmp_path: Path) -> None:
    desk(sandbox, "/faults", {"*": ["detail_captcha"]})
    try:
        code, lines = examine(announce(sandbox, tmp_path))
    finally:
        desk(sandbox, "/faults", {})
    assert code == 4
    assert "captcha" in lines["document (item)"]["said"]
    assert lines["pages"]["state"] == "unknown"
