"""A running sandbox with its desk, and jobs against it."""

import json
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from crawler.job import CrawlJob
from domain.unit import all_units
from sandbox.serving import Sandbox, running_sandbox

EVERY_UNIT = tuple(unit.id for unit in all_units())
MakeJob = Callable[..., CrawlJob]


@dataclass(frozen=True)
class Desk:
    """The sandbox's control desk."""

    url: str

    def ask(self, path: str, body: bytes | None = None) -> Any:  # noqa: ANN401 - JSON of any shape
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data=body), timeout=10) as answer:
            return json.loads(answer.read())

    def access_log(self, host: str = "www") -> list[dict[str, Any]]:
        return [entry for entry in self.ask("/access-log") if entry["host"] == host]

    def detail_codes(self) -> list[str]:
        """Codes of the documents that were asked for, in order."""
        entries = (entry["path"] for entry in self.access_log())
        return [path.partition("TASK_CODE=")[2] for path in entries if "getAuditItemDetailCur?" in path]

    def reset(self) -> None:
        """Begin an empty log and make every once-only fault due again."""
        self.ask("/access-log/clear", b"")
        self.ask("/faults", b"{}")


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox(["--size", "150"]) as running:
        yield running


@pytest.fixture(scope="session")
def desk(sandbox: Sandbox) -> Desk:
    return Desk(sandbox.control_url)


@pytest.fixture(scope="session")
def truth(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = desk.ask("/truth")
    return found


def make_job(folder: Path, **changes: Any) -> CrawlJob:  # noqa: ANN401 - fields of the job
    """Build a job with everything under one folder."""
    values: dict[str, Any] = {
        "run": "run-1",
        "portal": "gdzwfw",
        "units": EVERY_UNIT,
        "evidence_root": folder / "evidence",
        "spool": folder / "spool.jsonl",
        "delay_s": 0.0,
        "concurrency": 8,
        "contact": "test@localhost",
    }
    return CrawlJob(**{**values, **changes})


@pytest.fixture
def job(sandbox: Sandbox, tmp_path: Path) -> MakeJob:
    """Makes jobs against the sandbox, with everything under the test's own folder."""

    def make(**changes: Any) -> CrawlJob:  # noqa: ANN401 - fields of the job
        return make_job(tmp_path, **{"origins": asdict(sandbox.origins), **changes})

    return make
