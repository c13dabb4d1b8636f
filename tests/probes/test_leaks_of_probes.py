"""Nothing that a probe with an account leaves behind holds a secret, by a scan that knows nothing of our scrubbing."""

import zipfile
from io import BytesIO

import pytest
from probe_stage import Guides, task_of

from domain.evidence import EvidenceKind
from portals.citizen import Account
from portals.synthetic_identity import NOBODY
from probes.run_probe import ProbeRunner
from storage.evidence_store import EvidenceStore
from storage.leak_scan import LeakScan

pytestmark = pytest.mark.browser
CITIZEN = ("测试员甲", "44179919900101999", "19900000000")  # what the sandbox knows of its test citizen


def test_an_application_with_an_account_leaks_nothing(
    runner: ProbeRunner, guides: Guides, evidence: EvidenceStore, account: Account
) -> None:
    observation, records = runner.run(task_of(guides.plain("application"), "online-application"))
    assert observation.measures["reached_confirm"] is True
    scan = LeakScan((account.username, account.password, *CITIZEN, NOBODY.id_number))
    for record in records:
        scan.read(evidence.get(record.sha256), record.kind.value)
    report = scan.report()
    assert report.leaks == ()
    assert {EvidenceKind.TRACE, EvidenceKind.HAR} <= {record.kind for record in records}
    assert report.scanned > 20, "the members of the trace were read one by one"


def test_the_scan_would_see_what_was_typed(evidence: EvidenceStore, account: Account) -> None:
    """A trace that nobody scrubbed, as Playwright writes it, does not pass."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trace.trace", f'{{"params":{{"value":"{account.password}"}}}}')
        archive.writestr("resources/a.dat", f"username={account.username}&x=1")
    scan = LeakScan((account.username, account.password))
    scan.read(buffer.getvalue(), "trace")
    assert len(scan.report().leaks) == 2
