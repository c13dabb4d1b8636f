"""``yuece verify`` names a leak by kind and artefact, shows nothing of it, and leaves with an error."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.evidence import EvidenceKind
from storage.store import Store
from tests.storage.conftest import Samples
from yuece import make_app

SECRET = "Geheim-2021"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YUECE_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("YUECE_ACCOUNT_NAME", "yj_tester")
    monkeypatch.setenv("YUECE_ACCOUNT_PASSWORD", SECRET)
    return tmp_path / "var"


def keep(home: Path, body: bytes) -> str:
    with Store.open(home) as store:
        run = Samples().run()
        store.runs.add(run)
        record = store.evidence.put(
            body,
            kind=EvidenceKind.CONSOLE,
            media_type="application/json",
            url="",
            run=run.id,
            captured_at=datetime.now(UTC),
        )
        store.artefacts.save((record,))
    return record.sha256


def test_a_leak_is_named_and_not_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sha256 = keep(home, f'{{"text": "signed in with {SECRET}"}}'.encode())
    with pytest.raises(SystemExit) as left:
        make_app()(["verify"])
    said = capsys.readouterr().out
    assert left.value.code == 1
    assert f"leak credential *** in console {sha256}" in said.replace("\n", "")
    assert SECRET not in said


def test_without_a_leak_nothing_is_wrong(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(home, b'{"text": "signed in"}')
    make_app()(["verify"], standalone_mode=False)
    assert "1 texts read for secrets (0 pictures and prints hold no text), 0 found" in capsys.readouterr().out
