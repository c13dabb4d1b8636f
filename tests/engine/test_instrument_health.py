"""When a field is lost on many guides at once, the instrument is doubted and not the bodies."""

import json
import sqlite3
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from domain.field_coverage import FieldCoverage
from engine.judging.instrument_health import CHANCE_MAX, chance, has_vanished
from sandbox.serving import Sandbox, running_sandbox
from tests.commands.conftest import Left, call_here, call_process, lasting_cluster

UNITS = ",".join([*(f"county-{number}" for number in range(1, 8)), "dept-18", "dept-20", "dept-32", "dept-34"])
"""Half of the sandbox's guides, enough for the sign test: all counties, and those whose guides cannot be read."""


def part(*, held: int, lost: int, bodies: int, gained: int = 0) -> FieldCoverage:
    return FieldCoverage(
        run="r",
        portal="gdzwfw",
        field="condition",
        guides=held,
        filled=held - lost,
        blank=lost,
        unseen=0,
        held_before=held,
        lost=lost,
        lost_bodies=bodies,
        gained=gained,
    )


@pytest.mark.parametrize(
    ("seen", "compared", "expected"),
    [
        (part(held=1000, lost=1000, bodies=40), 48, True),
        (part(held=1000, lost=300, bodies=3), 48, True),
        (part(held=1000, lost=299, bodies=40), 48, False),  # less than a third: bodies at work
        (part(held=1000, lost=400, bodies=2), 48, False),  # two bodies may have decided so
        (part(held=40, lost=19, bodies=10), 48, False),  # too few to be sure
        (part(held=40, lost=20, bodies=10), 48, True),
        (part(held=1000, lost=400, bodies=40, gained=380), 48, False),  # as many gained: the field moved about
        (part(held=1000, lost=400, bodies=1), 1, False),  # a crawl of one body needs nearly all of it
        (part(held=1000, lost=900, bodies=1), 1, True),
        (part(held=0, lost=0, bodies=0), 48, False),
    ],
)
def test_a_part_has_vanished_when_neither_chance_nor_a_body_explains_it(
    seen: FieldCoverage, compared: int, expected: bool
) -> None:
    assert has_vanished(seen, compared) is expected


def test_the_sign_test_is_that_of_a_fair_coin() -> None:
    assert chance(20, 0) == 2**-20 <= CHANCE_MAX < chance(19, 0)
    assert chance(1, 1) == 0.75
    assert chance(2000, 1999) > CHANCE_MAX > chance(2000, 1000)


@dataclass(frozen=True)
class House:
    """A sandbox, a home and the command line."""

    sandbox: Sandbox
    home: Path
    scheduler: str

    @property
    def announcement(self) -> Path:
        return self.home / "sandbox.json"

    def run(self, *words: str) -> Left:
        return call_here(self.home, *words, YUECE_SCHEDULER=self.scheduler)

    def crawl(self, *more: str) -> dict[str, Any]:
        words = ("--sandbox", str(self.announcement), "--units", UNITS, "--no-addresses", "--json")
        done = self.run("crawl", *words, *more)
        assert done.returncode in (0, 4), done.stderr
        summary: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return {**summary, "exit": done.returncode}

    def desk(self, path: str, body: object) -> None:
        request = urllib.request.Request(self.sandbox.control_url + path, data=json.dumps(body).encode())
        urllib.request.urlopen(request, timeout=20).close()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.home / "yuece.db") as connection:
            return list(connection.execute(statement, values))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("house")
    with running_sandbox(["--size", "150", "--seed", "11"]) as sandbox, lasting_cluster() as scheduler:
        made = House(sandbox, home, scheduler)
        started = {"origins": asdict(sandbox.origins), "test_account": sandbox.test_account}
        made.announcement.write_text(json.dumps(started), encoding="utf-8")
        yield made


@pytest.fixture(scope="module")
def good(house: House) -> dict[str, Any]:
    return house.crawl()


@pytest.fixture(scope="module")
def blanked(house: House, good: dict[str, Any]) -> dict[str, Any]:
    """A crawl of a portal that leaves the conditions blank in every guide."""
    house.desk("/vanish", {"path": "AUDIT_ITEM.ACCEPT_CONDITION", "mode": "blank"})
    try:
        return house.crawl()
    finally:
        house.desk("/vanish", {})


def test_the_first_run_has_nothing_to_be_compared_with(house: House, good: dict[str, Any]) -> None:
    assert (good["state"], good["note"], good["exit"]) == ("partial", "", 0)
    assert good["audit"] == {"judged": good["guides"]["measured"], "copied": 0}
    ((compared,),) = house.rows("select distinct compared_with from field_coverage where run = ?", good["run"])
    assert compared == ""


def test_a_blanked_field_puts_the_run_in_quarantine(house: House, blanked: dict[str, Any]) -> None:
    assert (blanked["state"], blanked["exit"]) == ("quarantined", 4)
    assert "受理条件" in blanked["note"]
    vanished = house.rows("select field, lost from field_coverage where run = ? and vanished", blanked["run"])
    assert [field for field, _ in vanished] == ["condition"], "nothing else is doubted"
    assert f"{vanished[0][1]} 份指南" in blanked["note"]


def test_a_quarantined_run_is_shown_and_never_scored_or_published(
    house: House, blanked: dict[str, Any], tmp_path: Path
) -> None:
    run = blanked["run"]
    listed = json.loads(house.run("list", "runs", "--json").stdout)
    assert [one["state"] for one in listed if one["id"] == run] == ["quarantined"]
    for words in (
        ("score", "--run", run),
        ("export", "scores", "--run", run, "--out", str(tmp_path)),
        ("export", "scores", "--run", run, "--out", str(tmp_path), "--force"),
        ("export", "findings", "--run", run, "--out", str(tmp_path)),
    ):
        refused = call_process(house.home, *words) if words[0] == "score" else house.run(*words)
        assert refused.returncode == 4, words
        assert "quarantine" in refused.stderr
    assert house.run("export", "findings", "--run", run, "--out", str(tmp_path), "--force").returncode == 0
    assert house.rows("select count(*) from finding where run = ?", run)[0][0] > 0, "everything is kept"


def test_the_next_night_is_compared_with_the_last_good_one(
    house: House, good: dict[str, Any], blanked: dict[str, Any]
) -> None:
    """Two faults of one night: a figure that is gone, and an outage that answers "no such guide".

    The latter must not accuse a crowd of bodies of listing dead entries.
    """
    codes = [code for (code,) in house.rows("select item_id from listed_guide where run = ?", good["run"])]
    house.desk("/vanish", {"path": "AUDIT_MATERIAL.PAGE_NUM", "mode": "remove"})
    house.desk("/faults", {code: ["detail_errcode_0"] for code in codes[: len(codes) // 2]})
    try:
        summary = house.crawl("--full")
    finally:
        house.desk("/vanish", {})
        house.desk("/faults", {})
    assert summary["state"] == "quarantined"
    vanished = house.rows("select field, compared_with from field_coverage where run = ? and vanished", summary["run"])
    assert sorted(vanished) == [("materials.originals", good["run"]), ("visit.measured", good["run"])]


def test_a_healthy_night_after_all_that_is_good_again_and_cheap(house: House, good: dict[str, Any]) -> None:
    summary = house.crawl()
    assert (summary["state"], summary["note"]) == ("partial", "")
    assert summary["guides"] == good["guides"]
    assert summary["audit"] == {"judged": 0, "copied": good["guides"]["measured"]}
    assert summary["findings"] == good["findings"]


def test_a_release_is_on_record_and_opens_the_way(house: House, blanked: dict[str, Any]) -> None:
    run = blanked["run"]
    assert house.run("release", run, "--reviewer", " ", "--note", "x").returncode == 2
    released = house.run("release", run, "--reviewer", "王五", "--note", "平台改版，受理条件移入附件")
    assert released.returncode == 0, released.stderr
    assert house.rows("select state from run where id = ?", run) == [("partial",)]
    assert house.rows("select reviewer, verdict, note from review where about = ?", run) == [
        ("王五", "release", "平台改版，受理条件移入附件")
    ]
    assert house.run("score", "--run", run).returncode == 0
    again = house.run("release", run, "--reviewer", "王五", "--note", "x")
    assert again.returncode == 2
    assert "only a run in quarantine" in again.stderr
