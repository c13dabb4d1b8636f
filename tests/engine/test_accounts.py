"""A test account comes from the environment or the keyring and is shown nowhere."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from domain.errors import UsageError
from engine.accounts import NAME_VARIABLE, PASSWORD_VARIABLE, find_account, known_secrets
from engine.settings import load_settings
from portals.citizen import Account

ROOT = Path(__file__).resolve().parents[2]


class Drawer(KeyringBackend):
    """A keyring of this test's own."""

    priority = 1

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before = keyring.get_keyring()
    drawer = Drawer()
    keyring.set_keyring(drawer)
    yield drawer
    keyring.set_keyring(before)


def test_the_environment_comes_first(drawer: Drawer) -> None:
    keyring.set_password("yuece", "account-name", "from-keyring")
    keyring.set_password("yuece", "account-password", "secret-2")
    told = {NAME_VARIABLE: "from-environment", PASSWORD_VARIABLE: "secret-1"}
    assert find_account(told) == Account(username="from-environment", password="secret-1")
    assert find_account({}) == Account(username="from-keyring", password="secret-2")


def test_without_an_account_there_is_none(drawer: Drawer) -> None:
    assert find_account({}) is None
    assert drawer.entries == {}


@pytest.mark.parametrize("half", [{NAME_VARIABLE: "a"}, {PASSWORD_VARIABLE: "geheim-1"}])
def test_half_an_account_is_refused_and_not_repeated(drawer: Drawer, half: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=PASSWORD_VARIABLE) as refusal:
        find_account(half)
    assert "geheim-1" not in str(refusal.value)


def test_an_account_never_shows_itself(drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account(username="yj_tester", password="geheim-1")
    assert "geheim" not in repr(account) + str(account) + f"{(account,)}"
    assert "yj_tester" not in repr(account)
    monkeypatch.setenv(NAME_VARIABLE, "other")
    monkeypatch.setenv(PASSWORD_VARIABLE, "geheim-2")
    assert set(known_secrets(account)) == {"yj_tester", "geheim-1", "other", "geheim-2"}


def test_a_settings_file_with_an_account_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "yuece.toml").write_text('[account]\nname = "a"\npassword = "geheim-1"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="account") as refusal:
        load_settings()
    assert "geheim-1" not in str(refusal.value)


def test_a_traceback_shows_no_password(tmp_path: Path) -> None:
    code = (
        "from portals.citizen import Account\n"
        "a = Account(username='yj_tester', password='geheim-1')\n"
        "raise RuntimeError(f'cannot sign in with {a}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert "cannot sign in" in done.stderr
    assert "geheim-1" not in done.stderr.rpartition("RuntimeError")[2]
    assert json.loads(Account(username="a", password="b").model_dump_json()) == {"username": "a", "password": "b"}
