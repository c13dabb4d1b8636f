"""Nobody is visited without leave: mandate, quiet hours, switch; every door of the command line asks."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.errors import ExitCode, RefusedError, StoppedError, UsageError
from engine.authorisation import require_authorisation
from engine.leave import lies_in, quiet_now, require_leave, require_start, stop_file
from engine.settings import Authorisation, Settings
from yuece import make_app

HOSTS = ("www.gdzwfw.gov.cn", "static.gdzwfw.gov.cn", "tyrz.gd.gov.cn", "bsxt.gdzwfw.gov.cn")
OFFICE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in China
NIGHT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # 01:30


def settings_in(home: Path, **changes: object) -> Settings:
    return Settings.model_validate({"home": home, **changes})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in which commands find their settings and their store."""
    (tmp_path / "yuece.toml").write_text('quiet_hours = []\ncontact = "a@b.cn"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YUECE_HOME", str(tmp_path / "var"))
    return tmp_path


def yuece(*words: str) -> None:
    """Run a command as the command line does, and let its error through."""
    make_app()(words, standalone_mode=False)


@pytest.mark.parametrize(
    ("hours", "clock", "inside"),
    [
        ("08:30-12:00", "08:30", True),
        ("08:30-12:00", "12:00", False),
        ("22:00-06:00", "23:59", True),
        ("22:00-06:00", "05:59", True),
        ("22:00-06:00", "12:00", False),
        ("00:00-24:00", "17:17", True),
    ],
)
def test_hours(hours: str, clock: str, inside: bool) -> None:
    assert lies_in(hours, datetime.strptime(clock, "%H:%M").time()) is inside


def test_hours_that_cannot_be_read_are_named() -> None:
    with pytest.raises(UsageError, match="8-12"):
        lies_in("8-12", datetime.strptime("09:00", "%H:%M").time())


def test_office_hours_belong_to_citizens(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert quiet_now(settings, OFFICE) == "08:30-12:00"
    assert quiet_now(settings, NIGHT) is None
    with pytest.raises(StoppedError, match="quiet hours"):
        require_leave(settings, "live", now=OFFICE)
    with pytest.raises(RefusedError, match="no run begins"):
        require_start(settings, "live", now=OFFICE)
    require_start(settings, "live", now=NIGHT)
    require_start(settings, "sandbox", now=OFFICE)


def test_the_switch_ends_and_prevents_every_run(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    stop_file(settings).write_text("the portal's owner has called", encoding="utf-8")
    for target in ("live", "sandbox"):
        with pytest.raises(StoppedError, match="owner has called"):
            require_leave(settings, target, now=NIGHT)
        with pytest.raises(RefusedError, match="owner has called"):
            require_start(settings, target, now=NIGHT)


def test_a_mandate_covers_hosts_and_days(tmp_path: Path) -> None:
    mandate = {"mandate": "阳政数函〔2026〕1号", "valid_from": date(2026, 11, 1), "valid_to": date(2026, 11, 30)}
    whole = settings_in(tmp_path, authorisation=Authorisation(hosts=HOSTS, **mandate))
    day = date(2026, 11, 23)
    require_authorisation(whole, ["gdzwfw"], today=day)
    with pytest.raises(RefusedError, match="covers"):
        require_authorisation(whole, ["gdzwfw"], today=date(2026, 12, 1))
    overlays = {"gdzwfw": {"hosts": {"www": "https://new.example.cn"}}}
    with pytest.raises(RefusedError, match=r"new\.example\.cn"):
        require_authorisation(whole, ["gdzwfw"], overlays=overlays, today=day)
    part = settings_in(tmp_path, authorisation=Authorisation(hosts=HOSTS[:1], **mandate))
    with pytest.raises(RefusedError, match=r"tyrz\.gd\.gov\.cn"):
        require_authorisation(part, ["gdzwfw"], today=day)


@pytest.mark.parametrize(
    "words",
    [
        ("nightly", "--portal", "live"),
        ("crawl", "--target", "live"),
        ("doctor", "--portal", "gdzwfw", "--target", "live"),
        ("doctor", "--portal", "live"),
    ],
    ids=" ".join,
)
def test_every_door_asks_for_the_mandate_at_any_hour(
    home: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUECE_QUIET_HOURS", '["00:00-24:00"]')
    with pytest.raises(RefusedError, match="authorisation") as refusal:
        yuece(*words)
    assert refusal.value.exit_code is ExitCode.REFUSED
    assert not list(home.glob("var/evidence/**/*.*")), "nobody was visited"


def test_the_switch_has_a_command(home: Path) -> None:
    yuece("stop", "--reason", "演练")
    with pytest.raises(RefusedError, match="演练"):
        yuece("nightly", "--size", "small")
    yuece("stop", "--lift")
    assert not (home / "var" / "STOP").exists()
