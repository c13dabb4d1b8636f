"""The address phase against the real sandbox: three occasions, its truth, its access log; stopped and resumed."""

import json
import sqlite3
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from domain.run import RunKind
from engine.collecting.addresses import visit_addresses
from engine.night import run_crawl
from engine.night_plan import NightPlan, SandboxOptions
from engine.reporter import SilentReporter
from engine.settings import PlanSizes, Settings
from engine.stage import opened_run
from files.report import INSPECTOR
from sandbox.serving import Sandbox, running_sandbox
from storage.store import Store
from tests.commands.conftest import lasting_cluster

SEED = 20
FILES = "/guide/files/"
DEAD_KINDS = {
    "blank-form-broken-link": "attachment.answers",
    "blank-form-server-error": "attachment.answers",
    "sample-broken-link": "attachment.answers",
    "online-address-not-found": "online.answers",
    "online-address-server-error": "online.answers",
    "online-address-unknown-host": "online.answers",
    "online-address-switched-off": "online.answers",
    "online-address-redirect-loop": "online.answers",
    "online-address-gone-page": "online.answers",
    "booking-address-not-found": "booking.answers",
    "booking-address-switched-off": "booking.answers",
}
MISBEHAVING_ENTRANCES = {"booking_busy", "booking_http_500", "apply_not_open", "apply_http_500", "apply_dead_end"}
pytestmark = pytest.mark.timeout(900)


@dataclass(frozen=True)
class Nights:
    """Three crawls of one sandbox."""

    home: Path
    sandbox: Sandbox
    summaries: tuple[dict[str, Any], ...]
    logs: tuple[list[dict[str, Any]], ...]
    truth: dict[str, Any]

    def findings(self, number: int) -> set[tuple[str, str]]:
        """Return (item, rule) of a night's findings about addresses."""
        with sqlite3.connect(self.home / "yuece.db") as connection:
            found = connection.execute(
                "select item_id, rule_id from finding where run = ?", [self.run(number)]
            ).fetchall()
        return {
            (item, rule) for item, rule in found if rule.split(".")[0] in ("attachment", "online", "booking", "sample")
        }

    def run(self, number: int) -> str:
        return str(self.summaries[number]["run"])


def ask(sandbox: Sandbox, path: str, body: bytes | None = None) -> Any:  # noqa: ANN401 - JSON of any shape
    with urllib.request.urlopen(urllib.request.Request(sandbox.control_url + path, data=body), timeout=30) as answer:
        return json.loads(answer.read())


def plan_for(folder: Path, sandbox: Sandbox, **changes: Any) -> NightPlan:  # noqa: ANN401 - fields of the plan
    announcement = folder / "sandbox.json"
    announcement.write_text(json.dumps({"origins": asdict(sandbox.origins), "test_account": sandbox.test_account}))
    values: dict[str, Any] = {
        "target": "sandbox",
        "period": "2026H2",
        "units": ("dept-06",),
        "portals": ("gdzwfw",),
        "sizes": PlanSizes(),
        "salt": "test",
        "link_occasion_gap_h": 0.0,
        "sandbox": SandboxOptions(announcement=announcement),
    }
    return NightPlan(**{**values, **changes})


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox(["--size", "150", "--seed", str(SEED)]) as running:
        yield running


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with lasting_cluster() as address:
        yield address


@pytest.fixture(scope="module")
def nights(sandbox: Sandbox, scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Nights:
    home = tmp_path_factory.mktemp("home")
    truth = ask(sandbox, "/truth")
    settings = Settings(home=home, scheduler=scheduler)
    plan = plan_for(home, sandbox, units=bodies_with_dead_addresses(truth))
    summaries, logs = [], []
    for _ in range(3):
        ask(sandbox, "/access-log/clear", b"")
        summaries.append(run_crawl(settings, plan, SilentReporter()))
        logs.append(ask(sandbox, "/access-log"))
    return Nights(home, sandbox, tuple(summaries), tuple(logs), truth)


def bodies_with_dead_addresses(truth: dict[str, Any]) -> tuple[str, ...]:
    """Name the bodies that matter here, and one more, so that a night is short."""
    planted = {
        guide["body"] for guide in truth["guides"] for defect in guide["defects"] if defect["kind"] in DEAD_KINDS
    }
    return tuple(sorted({*planted, "dept-06"}))


def expected_dead(truth: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (guide["item_id"], DEAD_KINDS[defect["kind"]])
        for guide in truth["guides"]
        for defect in guide["defects"]
        if defect["kind"] in DEAD_KINDS and guide["crawl"] == "measured"
    }


def entrances_that_misbehave(truth: dict[str, Any]) -> set[str]:
    """Items whose entrance the sandbox breaks on purpose for the probes: dead for a look as well."""
    named = {entry["item_id"] for entry in truth["misbehaviours"] if entry["name"] in MISBEHAVING_ENTRANCES}
    broken = ("online-entrance-", "booking-page-")
    return named | {
        guide["item_id"] for guide in truth["guides"] for one in guide["defects"] if one["kind"].startswith(broken)
    }


def test_one_or_two_looks_accuse_nobody(nights: Nights) -> None:
    assert expected_dead(nights.truth)
    for number in (0, 1):
        assert not {pair for pair in nights.findings(number) if pair[1].endswith(".answers")}


def test_the_third_look_finds_exactly_the_dead_addresses(nights: Nights) -> None:
    dead = {pair for pair in nights.findings(2) if pair[1].endswith(".answers")}
    planted = expected_dead(nights.truth)
    assert planted <= dead
    assert {item for item, _ in dead - planted} <= entrances_that_misbehave(nights.truth)


def test_files_that_did_not_change_are_not_fetched_again(nights: Nights) -> None:
    def fetched(number: int) -> Counter[int]:
        asked = (entry for entry in nights.logs[number] if entry["path"].startswith(FILES))
        return Counter(entry["status"] for entry in asked)

    first, second = fetched(0), fetched(1)
    assert first[200] > 20
    assert second[304] >= first[200] - 5
    assert second[200] <= 5


def test_the_same_bytes_are_kept_and_inspected_once(nights: Nights) -> None:
    with sqlite3.connect(nights.home / "yuece.db") as connection:
        (files,) = connection.execute(
            "select count(distinct sha256) from address_visit where outcome = 'works'"
        ).fetchone()
        (reports,) = connection.execute("select count(*) from file_report").fetchone()
    assert files == reports > 20


def test_the_summary_counts_what_the_store_holds(nights: Nights) -> None:
    counts = nights.summaries[2]["addresses"]
    assert counts["addresses"] == sum(counts[name] for name in ("works", "dead", "refused", "not_measured"))
    assert counts["dead"] >= len(expected_dead(nights.truth))
    assert nights.summaries[2]["ledger"] == 0


def test_an_address_is_asked_once_a_night(nights: Nights) -> None:
    asked = Counter(
        entry["path"] for entry in nights.logs[0] if entry["path"].startswith(FILES) and entry["status"] < 500
    )
    assert set(asked.values()) == {1}


def test_a_run_can_leave_addresses_out(sandbox: Sandbox, scheduler: str, tmp_path: Path) -> None:
    ask(sandbox, "/access-log/clear", b"")
    plan = plan_for(tmp_path, sandbox, addresses=False)
    summary = run_crawl(Settings(home=tmp_path, scheduler=scheduler), plan, SilentReporter())
    assert summary["addresses"]["addresses"] == 0
    assert not [entry for entry in ask(sandbox, "/access-log") if entry["host"] in ("static", "bsxt", "dept")]


def test_what_has_a_look_is_not_asked_again(nights: Nights, scheduler: str) -> None:
    """Half of the last night's looks and reports are lost, as by a kill: the phase makes exactly these again."""
    home, sandbox, run = nights.home, nights.sandbox, nights.run(2)
    plan = plan_for(home, sandbox, units=bodies_with_dead_addresses(nights.truth))
    with Store.open(home) as store:
        before = {look.url: look.sha256 for look in store.addresses.visits(run)}
    lost = sorted(before)[::2]
    with sqlite3.connect(home / "yuece.db") as connection:
        connection.executemany("delete from address_visit where run = ? and url = ?", [(run, url) for url in lost])
        connection.execute("delete from file_report where rowid % 2 = 0")
        connection.execute("update run set kind = 'nightly'")
    ask(sandbox, "/access-log/clear", b"")
    settings = Settings(home=home, scheduler=scheduler)
    with opened_run(settings, plan, SilentReporter(), kind=RunKind.NIGHTLY, resume=run) as opened:
        assert list(opened.night.store.addresses.uninspected(run, INSPECTOR))
        visit_addresses(opened.night)
        after = {look.url: look.sha256 for look in opened.night.store.addresses.visits(run)}
        assert not list(opened.night.store.addresses.uninspected(run, INSPECTOR))
    assert after == before
    asked = {entry["path"] for entry in ask(sandbox, "/access-log")}
    files = {urlsplit(url).path for url in before if FILES in url}
    assert asked & files == {urlsplit(url).path for url in lost if FILES in url}
