"""Words that a command would once have passed over in silence are refused in one sentence."""

from pathlib import Path

import pytest

from tests.commands.conftest import call_here

REFUSED = {
    "two questions at once": (("score", "--year", "2021", "--explain", "dept-05", "D27"), "one at a time"),
    "a dictionary in no known format": (("export", "dictionary", "--format", "exe"), "allowed: md, xlsx"),
    "an unknown template": (("import", "--template", "nothing"), "figures"),
    "a template in another format": (("import", "--template", "lists", "--format", "csv"), "allowed: xlsx"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_what_is_allowed_is_named(name: str, tmp_path: Path) -> None:
    words, said = REFUSED[name]
    left = call_here(tmp_path, *words)
    assert (left.returncode, left.stdout) == (2, "")
    assert said in left.stderr


@pytest.mark.parametrize("what", ["schema", "dictionary"])
def test_a_file_is_no_folder_for_what_describes_exports(what: str, tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.write_text("mine")
    left = call_here(tmp_path, "export", what, "--out", str(file))
    assert left.returncode == 2
    assert "it is a file" in left.stderr
    assert file.read_text() == "mine"
