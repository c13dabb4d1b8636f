"""A closed run is stamped by a real authority; `openssl ts -verify` and our own verifier agree, also on a forgery."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from domain.errors import UsageError
from domain.run import Run, RunKind, RunState
from engine.settings import Settings
from engine.time_stamping import stamp_run
from storage.run_manifest import close_evidence
from storage.store import Store
from storage.verification import verify

CONFIGURATION = """
[tsa]
default_tsa = local
[local]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[req]
distinguished_name = name
prompt = no
[name]
CN = Authority
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
authorityKeyIdentifier = keyid
"""


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


@dataclass
class Authority:
    """A root, a signer below it, and every question that came; ``answer_with`` replaces the honest answer."""

    folder: Path
    url: str = ""
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    answer_with: tuple[int, bytes] | None = None

    @property
    def roots(self) -> Path:
        return self.folder / "root.pem"

    def set_up(self) -> None:
        (self.folder / "openssl.cnf").write_text(CONFIGURATION, encoding="ascii")
        (self.folder / "serial").write_text("01\n", encoding="ascii")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "openssl.cnf")
        new_root = ("-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", "-extensions", "root")
        openssl(self.folder, "req", "-x509", *key, *new_root)
        openssl(self.folder, "req", *key, "-keyout", "signer.key", "-out", "signer.csr", "-subj", "/CN=Stamper")
        sign = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "signer.pem")
        openssl(
            self.folder, "x509", "-req", "-in", "signer.csr", *sign, "-extfile", "openssl.cnf", "-extensions", "signer"
        )

    def answer(self, question: bytes) -> bytes:
        (self.folder / "question.tsq").write_bytes(question)
        openssl(
            self.folder,
            *("ts", "-reply", "-config", "openssl.cnf", "-section", "local"),
            *("-queryfile", "question.tsq", "-out", "answer.tsr"),
        )
        return (self.folder / "answer.tsr").read_bytes()


@contextmanager
def stamping_authority(folder: Path) -> Iterator[Authority]:
    """Serve an authority on loopback."""
    authority = Authority(folder)
    authority.set_up()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append((self.headers["Content-Type"], question))
            status, reply = authority.answer_with or (200, authority.answer(question))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *words: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    authority.url = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()


class Notes:
    """A reporter that remembers what it was told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def begin(self, phase: str, total: int) -> None:
        return None

    def advance(self, phase: str, amount: int = 1) -> None:
        return None

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with stamping_authority(tmp_path_factory.mktemp("authority")) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> Run:
    now = datetime.now(UTC)
    begun = Run(
        id="run-1",
        kind=RunKind.PROBE,
        period="2021H1",
        target="sandbox",
        state=RunState.FINISHED,
        started_at=now,
        finished_at=now,
        units=(),
        portals=(),
        tool_version="0.1.0",
        tool_commit="abc",
        packages={},
        settings_hash="0",
        settings={},
    )
    store.runs.add(begun)
    return close_evidence(store, begun)


def stamped(store: Store, run: Run, authority: Authority, notes: Notes | None = None) -> Run:
    settings = Settings(home=store.home, time_stamp_url=authority.url, time_stamp_roots=authority.roots)
    closed = stamp_run(store, settings, run, notes or Notes())
    store.runs.update(closed)
    return closed


def openssl_accepts(folder: Path, answer: bytes, data: bytes, roots: Path) -> bool:
    (folder / "answer").write_bytes(answer)
    (folder / "data").write_bytes(data)
    command = ("openssl", "ts", "-verify", "-in", "answer", "-data", "data", "-CAfile", str(roots))
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False).returncode == 0


def test_a_stamp_is_accepted_by_openssl_and_by_us(store: Store, run: Run, authority: Authority, tmp_path: Path) -> None:
    closed = stamped(store, run, authority)
    assert closed.time_stamp is not None
    assert closed.manifest is not None
    answer, manifest = store.evidence.get(closed.time_stamp), store.evidence.get(closed.manifest)
    assert openssl_accepts(tmp_path, answer, manifest, authority.roots)
    assert not openssl_accepts(tmp_path, answer, manifest + b"x", authority.roots)
    report = verify(store, roots=authority.roots)
    assert (report.sound, report.stamped) == (True, 1)


def test_only_a_hash_leaves(store: Store, run: Run, authority: Authority) -> None:
    stamped(store, run, authority)
    kind, question = authority.asked[-1]
    assert kind == "application/timestamp-query"
    assert len(question) < 100
    assert bytes.fromhex(run.manifest or "") in question


def test_a_stamp_about_another_run_is_distrusted(store: Store, run: Run, authority: Authority) -> None:
    closed = stamped(store, run, authority)
    again = close_evidence(store, closed)
    store.runs.update(again.model_copy(update={"time_stamp": closed.time_stamp}))
    for roots in (authority.roots, None):  # without roots the bytes are compared all the same
        faults = [(fault.member, fault.damage.value) for fault in verify(store, roots=roots).broken]
        assert faults == [("RUN-MANIFEST.tsr", "distrusted")]


def test_an_authority_that_is_not_trusted_is_named(
    store: Store, run: Run, authority: Authority, tmp_path: Path
) -> None:
    stamped(store, run, authority)
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    other.set_up()
    assert [fault.damage.value for fault in verify(store, roots=other.roots).broken] == ["distrusted"]


@pytest.mark.parametrize("answer", [(503, b"busy"), (200, b""), (200, b"<html>login</html>")])
def test_an_authority_that_does_not_answer_leaves_the_run_closed_and_says_so(
    store: Store, run: Run, authority: Authority, answer: tuple[int, bytes]
) -> None:
    notes = Notes()
    authority.answer_with = answer
    try:
        closed = stamped(store, run, authority, notes)
    finally:
        authority.answer_with = None
    assert closed.time_stamp is None
    assert closed.manifest == run.manifest
    assert "has no time stamp" in notes.notes[0]
    assert verify(store).sound


def test_without_an_authority_nothing_is_asked(store: Store, run: Run, authority: Authority) -> None:
    before = len(authority.asked)
    assert stamp_run(store, Settings(home=store.home), run, Notes()) == run
    assert len(authority.asked) == before


def test_wrong_settings_are_refused_in_one_sentence(store: Store, run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="time_stamp_url"):
        stamp_run(store, Settings(home=store.home, time_stamp_url="file:///etc/passwd"), run, Notes())
    (tmp_path / "roots.pem").write_text("nothing", encoding="ascii")
    with pytest.raises(UsageError, match=r"roots\.pem"):
        verify(store, roots=tmp_path / "roots.pem")
