"""A site file can be adapted by one of the owner's own: single entries replaced, mistakes named in one sentence."""

from pathlib import Path

import pytest

from domain.errors import UsageError
from portals.adapter import adapters
from portals.site import join_alternatives, load_site, read_overlay

SHIPPED = adapters.get("gdzwfw").site_file


def write(folder: Path, text: str) -> Path:
    file = folder / "site.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_an_overlay_replaces_single_entries(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        '[hosts]\nwww = "https://new.example.gov.cn"\n[selectors]\nguide_title = [".v3 h1", ".title-name"]\n'
        '[verification]\nverified = "王某, 2026-11-23"\n',
    )
    plain, site = load_site(SHIPPED), load_site(SHIPPED, overlay=read_overlay(file, SHIPPED))
    assert site.hosts == {**plain.hosts, "www": "https://new.example.gov.cn"}
    assert site.selectors["guide_title"] == ":is(.v3 h1, .title-name)"
    assert site.alternatives["guide_title"] == (".v3 h1", ".title-name")
    assert site.selectors["form_next"] == plain.selectors["form_next"]
    assert site.paths == plain.paths
    assert (plain.verified, site.verified) == ("", "王某, 2026-11-23")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[selectors]\nguide_titel = ".x"\n', "guide_titel"),
        ('[selector]\nguide_title = ".x"\n', "selector"),
        ("[selectors]\nguide_title = 3\n", "guide_title"),
        ('[selectors]\nonline_word = ["在线办理", "立即办理"]\n', "online_word"),
        ('[selectors]\nresult_link = ["a@href", "a@data-url"]\n', "result_link"),
        ("[selectors\n", "cannot be read"),
    ],
)
def test_a_mistake_in_an_overlay_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        read_overlay(write(tmp_path, text), SHIPPED)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml"):
        read_overlay(tmp_path / "none.toml", SHIPPED)


def test_alternatives_keep_what_is_read_from_a_match() -> None:
    assert join_alternatives("x", [".a@href", ".b c@href"]) == ":is(.a, .b c)@href"
    assert join_alternatives("x", ["^.day@data-date", "^.tag@data-date"]) == "^:is(.day, .tag)@data-date"
    assert join_alternatives("x", [".only"]) == ".only"


@pytest.mark.parametrize("portal", ["gdzwfw", "yss", "yst"])
def test_no_shipped_file_claims_to_fit_the_live_portal(portal: str) -> None:
    """Nobody has looked yet; this changes with an owner's file, never by itself."""
    assert adapters.get(portal).site().verified == ""
