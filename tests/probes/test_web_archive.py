"""Pages as a web archive: three readers that are not ours open it and see what the portal sent."""

import gzip
import io
import json
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from probe_stage import TRACED, Bench, Guides, task_of
from proof_stage import make_run
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from domain.errors import MachineError, UsageError
from domain.observation import Observation
from exports.web_archive import write_wacz
from storage.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("empty_ledger")]
SETTINGS = TRACED  # the archive is made of what the trace kept


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("archive")) as opened:
        opened.runs.add(make_run("run-1"))
        yield opened


@pytest.fixture(scope="module")
def observation(bench: Bench, guides: Guides, store: Store) -> Observation:
    runner = bench.runner(evidence=store.evidence, run="run-1")
    seen, evidence = runner.run(task_of(guides.plain("search"), "guide-faces"))
    store.artefacts.save(evidence)
    store.observations.save(seen)
    return seen


@pytest.fixture(scope="module")
def archive(store: Store, observation: Observation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_wacz(store, observation, tmp_path_factory.mktemp("out") / "guide.wacz")


@pytest.fixture(scope="module")
def warc(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("warc") / "data.warc.gz"
    with zipfile.ZipFile(archive) as package:
        file.write_bytes(package.read("archive/data.warc.gz"))
    return file


def test_wacz_validate_accepts_it(archive: Path) -> None:
    command = [sys.executable, "-m", "wacz.main", "validate", "-f", str(archive)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False, cwd=archive.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Valid" in done.stdout or "valid" in done.stdout, done.stdout


def test_warcio_and_fastwarc_read_the_same_records_and_their_digests_hold(warc: Path) -> None:
    with warc.open("rb") as file:
        slow = [(record.rec_type, record.rec_headers.get_header("WARC-Target-URI")) for record in ArchiveIterator(file)]
    with warc.open("rb") as file:
        records = FastIterator(file, record_types=WarcRecordType.any_type, verify_digests=True)
        fast = [(record.headers.get("WARC-Type"), record.headers.get("WARC-Target-URI")) for record in records]
    assert fast == slow
    assert {"warcinfo", "request", "response", "resource"} == {kind for kind, _url in slow}
    checker = Checker(argparse_like(str(warc)))
    checker.process_all()
    assert checker.exit_value == 0


class argparse_like:  # noqa: N801 - stands for the options of `warcio check`
    def __init__(self, file: str) -> None:
        self.inputs, self.verbose = [file], False


def test_answers_are_those_that_the_portal_gives(warc: Path) -> None:
    """Truth: the same addresses asked again without a browser."""
    compared = 0
    with warc.open("rb") as file:
        for record in ArchiveIterator(file):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if record.rec_type != "response" or record.http_headers.get_statuscode() != "200":
                continue
            if not url.endswith((".js", ".json", ".css")):
                continue
            with urllib.request.urlopen(url, timeout=10) as answer:
                assert record.content_stream().read() == answer.read(), url
            compared += 1
    assert compared >= 3


def test_the_index_leads_to_every_page(archive: Path, observation: Observation) -> None:
    with zipfile.ZipFile(archive) as package:
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").decode().splitlines()][1:]
        index = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
        raw = package.read("archive/data.warc.gz")
        assert package.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
    found = {entry["url"]: entry for entry in (json.loads(line.split(" ", 2)[2]) for line in index)}
    assert any(observation.subject in page["url"] for page in pages)
    for page in pages:
        place = found[page["url"]]
        start = int(place["offset"])
        record = next(iter(ArchiveIterator(io.BytesIO(raw[start : start + int(place["length"])]))))
        assert record.rec_headers.get_header("WARC-Target-URI") == page["url"]


def test_without_pages_there_is_no_archive(store: Store, observation: Observation, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no trace"):
        write_wacz(store, observation.model_copy(update={"trace": None}), tmp_path / "a.wacz")
    broken = observation.model_copy(update={"trace": observation.steps[0].screenshot})
    with pytest.raises(MachineError, match="cannot be read"):
        write_wacz(store, broken, tmp_path / "b.wacz")
    assert list(tmp_path.iterdir()) == []
