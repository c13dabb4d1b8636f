"""Evidence files: whole or absent, the same bytes once, and no change stays hidden."""

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from domain.errors import UsageError
from domain.evidence import Evidence, EvidenceKind
from storage.evidence_store import DamagedEvidenceError, EvidenceStore, MissingEvidenceError
from storage.store import Store
from storage.verification import verify
from tests.storage.conftest import NOW

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0500f0004850180"
    "84a98c210000000049454e44ae426082"
)
HTML = ("<html>阳江市政务服务网" + "办事指南" * 500 + "</html>").encode()


def _put(store: EvidenceStore, data: bytes, media_type: str = "text/html", url: str = "https://p/") -> Evidence:
    return store.put(data, kind=EvidenceKind.DOCUMENT, media_type=media_type, url=url, run="run-1", captured_at=NOW)


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


@pytest.fixture
def files(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


def _path(files: EvidenceStore, evidence: Evidence) -> Path:
    path = files.path(evidence.sha256)
    assert path is not None
    return path


@pytest.mark.parametrize(
    ("media_type", "suffix"),
    [
        ("text/html; charset=utf-8", ".zst"),
        ("application/json", ".zst"),
        ("", ".zst"),
        ("image/png", ".png"),
        ("IMAGE/PNG", ".png"),
        ("image/webp", ".webp"),
        ("application/zip", ".zip"),
    ],
)
@pytest.mark.parametrize("data", [b"", PNG, HTML, os.urandom(3 << 20)], ids=["nothing", "png", "html", "3MB"])
def test_bytes_come_back(files: EvidenceStore, data: bytes, media_type: str, suffix: str) -> None:
    evidence = _put(files, data, media_type)
    assert evidence.sha256 == hashlib.sha256(data).hexdigest()
    assert evidence.bytes == len(data)
    assert files.get(evidence.sha256) == data
    path = _path(files, evidence)
    assert path == files.root / evidence.sha256[:2] / f"{evidence.sha256}{suffix}"
    if suffix == ".zst":  # a third party can read it
        assert zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read() == data
    else:
        assert path.read_bytes() == data


def test_text_takes_less_room(files: EvidenceStore) -> None:
    assert _path(files, _put(files, HTML)).stat().st_size < len(HTML) / 10


def test_the_same_bytes_are_kept_once_whatever_they_are_called(files: EvidenceStore) -> None:
    first = _put(files, PNG, "image/png")
    before = _path(files, first).stat()
    second = _put(files, PNG, "application/octet-stream", url="https://other/")
    after = _path(files, first).stat()
    assert second.url == "https://other/"
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(_files(files.root)) == 1


def test_a_repeat_heals_a_damaged_file(files: EvidenceStore) -> None:
    evidence = _put(files, HTML)
    _path(files, evidence).write_bytes(b"")
    _put(files, HTML)
    assert files.get(evidence.sha256) == HTML


@pytest.mark.parametrize("name", ["", "../../../etc/passwd", "0" * 63, "A" * 64, "0" * 64 + "/x", "0" * 64 + "\n"])
def test_what_is_no_hash_is_missing(files: EvidenceStore, name: str) -> None:
    assert files.path(name) is None
    with pytest.raises(MissingEvidenceError):
        files.get(name)


def test_every_changed_byte_of_a_compressed_file_is_seen(files: EvidenceStore) -> None:
    evidence = _put(files, HTML)
    path = _path(files, evidence)
    whole = path.read_bytes()
    for position in range(len(whole)):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        path.write_bytes(bytes(damaged))
        with pytest.raises(DamagedEvidenceError):
            files.get(evidence.sha256)


@pytest.mark.parametrize("media_type", ["text/html", "image/png"])
def test_a_file_cut_short_or_grown_is_damaged(files: EvidenceStore, media_type: str) -> None:
    evidence = _put(files, HTML, media_type)
    path = _path(files, evidence)
    whole = path.read_bytes()
    for damaged in (b"", whole[:1], whole[:-1], whole + b"\0", whole + whole):
        path.write_bytes(damaged)
        with pytest.raises(DamagedEvidenceError):
            files.get(evidence.sha256)


def test_a_header_that_claims_a_terabyte_allocates_nothing(files: EvidenceStore) -> None:
    evidence = _put(files, HTML)
    # RFC 8878 §3.1.1: magic, descriptor 0xE0 (single segment, 8-byte content size), size, then an empty last block.
    frame = bytes.fromhex("28b52ffd e0") + (1 << 40).to_bytes(8, "little") + bytes.fromhex("010000")
    _path(files, evidence).write_bytes(frame)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, hard))
    try:
        with pytest.raises(DamagedEvidenceError):
            files.get(evidence.sha256)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


# Verification


@pytest.fixture
def proven(store: Store) -> tuple[Store, list[Evidence]]:
    kept = [_put(store.evidence, HTML), _put(store.evidence, PNG, "image/png"), _put(store.evidence, b"{}")]
    again = kept[0].model_copy(update={"url": "https://p/again"})
    store.artefacts.save([*kept, again])
    return store, [*kept, again]


def test_sound_evidence_verifies(proven: tuple[Store, list[Evidence]]) -> None:
    store, _ = proven
    report = verify(store, "run-1")
    assert (report.checked, report.missing, report.changed) == (4, (), ())
    assert report.sound
    assert verify(store) == report


def test_verification_names_what_is_missing_and_what_changed(proven: tuple[Store, list[Evidence]]) -> None:
    store, (html, png, json, again) = proven
    _flip_middle_byte(_path(store.evidence, html))
    _flip_middle_byte(_path(store.evidence, png))
    _path(store.evidence, json).unlink()
    report = verify(store)
    assert report.checked == 4
    assert report.missing == (json,)
    assert set(report.changed) == {html, again, png}
    assert not report.sound


def test_verification_survives_a_folder_in_the_place_of_a_file(proven: tuple[Store, list[Evidence]]) -> None:
    store, (html, *_) = proven
    path = _path(store.evidence, html)
    path.unlink()
    path.mkdir()
    assert html in verify(store).missing


def test_verification_looks_at_one_run_alone(proven: tuple[Store, list[Evidence]]) -> None:
    store, _ = proven
    store.runs.add(store.runs.get("run-1").model_copy(update={"id": "run-2"}))
    assert verify(store, "run-2").checked == 0
    with pytest.raises(UsageError, match="unknown run"):
        verify(store, "run-3")


def _flip_middle_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x01
    path.write_bytes(bytes(data))


# Disks that do not take the bytes, and many writers


FULL_DISK = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from domain.errors import MachineError
from domain.evidence import EvidenceKind
from storage.evidence_store import EvidenceStore
limit = int(sys.argv[2])
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    EvidenceStore(Path(sys.argv[1])).put(bytes(range(256)) * 40_000, kind=EvidenceKind.SCREENSHOT,
        media_type="image/png", url="", run="r", captured_at=datetime.now(UTC))
except MachineError as error:
    print(error)
"""


def _put_ten_megabytes(root: Path, limit: int) -> str:
    command = [sys.executable, "-c", FULL_DISK, str(root), str(limit)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_a_file_that_the_system_cuts_off_leaves_no_half(tmp_path: Path) -> None:
    assert _put_ten_megabytes(tmp_path / "e", 1 << 20).endswith("File too large")
    assert _files(tmp_path) == []


def test_a_full_disk_is_one_sentence_and_leaves_no_half(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "yuece-test", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a small file system cannot be mounted here (needs root)")
    try:
        message = _put_ten_megabytes(disk, 0)
        assert message == f"evidence cannot be written to {disk}: No space left on device"
        assert _files(disk) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from domain.evidence import EvidenceKind
from storage.evidence_store import EvidenceStore
store = EvidenceStore(Path(sys.argv[1]))
for number in range(150):
    store.put(str(number).encode() * 2000, kind=EvidenceKind.PAGE, media_type="text/html", url="", run="r",
        captured_at=datetime.now(UTC))
"""


def test_several_processes_may_write_the_same_bytes(files: EvidenceStore) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(files.root)]) for _ in range(3)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    kept = _files(files.root)
    assert len(kept) == 150
    for number in range(150):
        data = str(number).encode() * 2000
        assert files.get(hashlib.sha256(data).hexdigest()) == data
