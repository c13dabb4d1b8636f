"""A browser is found in the documented order, and its absence is one sentence that says what to do."""

import os
from pathlib import Path

import pytest

from domain.errors import MachineError
from probes.browser import browser_discovery
from probes.browser.browser_discovery import COMMANDS, find_browser


def put_browser(folder: Path, name: str, version: str = "Chromium 156.0.8078.79 built on Debian") -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\necho '{version}'\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr(browser_discovery, "USUAL_PLACES", ())
    return {"PATH": f"{tmp_path}{os.pathsep}/nowhere"}


def test_nothing_found_says_what_to_install(path: dict[str, str]) -> None:
    with pytest.raises(MachineError, match="playwright install chromium-headless-shell"):
        find_browser(environment=path)


def test_the_order_on_the_path(path: dict[str, str], tmp_path: Path) -> None:
    for command in reversed(COMMANDS):
        put_browser(tmp_path, command)
        found = find_browser(environment=path)
        assert (found.path, found.name, found.version) == (tmp_path / command, command, "156.0.8078.79")


def test_playwrights_own_comes_before_the_systems(path: dict[str, str], tmp_path: Path) -> None:
    put_browser(tmp_path, "chromium")
    own = put_browser(tmp_path, "own")
    assert find_browser(playwrights_own=own, environment=path).path is None
    assert find_browser(playwrights_own=tmp_path / "missing", environment=path).name == "chromium"


def test_the_setting_comes_first(path: dict[str, str], tmp_path: Path) -> None:
    own, named = put_browser(tmp_path, "own"), put_browser(tmp_path, "named")
    assert find_browser(str(named), playwrights_own=own, environment=path).path == named
    assert find_browser(playwrights_own=own, environment=path | {"YUECE_BROWSER": "named"}).path == named


def test_a_named_browser_that_is_missing_or_broken_is_an_error(path: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="missing-browser"):
        find_browser("missing-browser", environment=path)
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    with pytest.raises(MachineError, match="cannot be started"):
        find_browser(str(broken), environment=path)
