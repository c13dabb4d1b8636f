"""A running sandbox, its desk and truth, and probe runners with a warm Chromium against it."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from portals.adapter import adapters
from portals.citizen import Account
from portals.site import Site
from probes.run_probe import ProbeRunner
from sandbox.serving import Sandbox, running_sandbox
from storage.evidence_store import EvidenceStore

sys.path.insert(0, str(Path(__file__).parent))
from probe_stage import FAST, Bench, Desk, Guides


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox(["--size", "150", "--seed", "11"]) as running:
        yield running


@pytest.fixture(scope="session")
def desk(sandbox: Sandbox) -> Desk:
    return Desk(sandbox.control_url)


@pytest.fixture(scope="session")
def guides(desk: Desk) -> Guides:
    truth = desk.ask("/truth")
    return Guides(tuple(truth["guides"]), {row["item_id"]: row["name"] for row in truth["misbehaviours"]})


@pytest.fixture(scope="session")
def account(sandbox: Sandbox) -> Account:
    return Account(**sandbox.test_account)


@pytest.fixture(scope="session")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> EvidenceStore:
    return EvidenceStore(tmp_path_factory.mktemp("evidence"))


@pytest.fixture(scope="session")
def site(sandbox: Sandbox) -> Site:
    return adapters.get("gdzwfw").site(asdict(sandbox.origins))


@pytest.fixture(scope="module")
def bench(
    request: pytest.FixtureRequest, sandbox: Sandbox, evidence: EvidenceStore, account: Account
) -> Iterator[Bench]:
    """Opens warm browsers, one at a time, since a thread has room for one Playwright."""
    settings = getattr(request.module, "SETTINGS", FAST)
    opened = Bench(origins=asdict(sandbox.origins), evidence=evidence, account=account, settings=settings)
    yield opened
    opened.close()


@pytest.fixture
def runner(bench: Bench) -> ProbeRunner:
    """A warm browser on 广东政务服务网, signed in where the portal asks for it."""
    return bench.runner()


@pytest.fixture
def empty_ledger(desk: Desk) -> Iterator[Desk]:
    """Whatever the test does through the probes, nothing may have been changed on a portal."""
    desk.ask("/ledger/clear", b"")
    yield desk
    assert desk.changes() == []
