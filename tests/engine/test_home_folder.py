"""The store's folder is the one that the person who typed it meant, whatever folder a process starts in."""

from pathlib import Path

import pytest

from engine.settings import Settings


def test_a_relative_home_is_meant_from_the_folder_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YUECE_HOME", "night")
    assert Settings().home == tmp_path / "night"
    monkeypatch.delenv("YUECE_HOME")
    assert Settings().home == tmp_path / "var"
