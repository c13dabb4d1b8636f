"""A look from the door: what it says of hosts that answer, keep us out, are gone, and that nobody vouches for."""

import urllib.request
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from domain.errors import ExitCode
from engine.doctor.check_line import CheckState
from engine.doctor.live_look import Look, look_at_portal, page_path
from portals.adapter import adapters
from portals.robots import RobotsShelf
from sandbox.serving import Sandbox, running_sandbox
from tests.portals.test_robots import answering
from yuece import make_app

LOOK = Look(agent="YueceBot/0.1 (+a@b.cn)", delay_s=0, robots=RobotsShelf())


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox(["--size", "80", "--seed", "5"]) as running:
        yield running


def test_what_answers_is_told_host_by_host(sandbox: Sandbox) -> None:
    adapter = adapters.get("gdzwfw")
    with urllib.request.urlopen(urllib.request.Request(f"{sandbox.control_url}/access-log/clear", data=b"")):
        pass
    lines = {line.name: line for line in look_at_portal(adapter, adapter.site(asdict(sandbox.origins)), LOOK)}
    assert lines["site file"].state is CheckState.UNKNOWN
    assert "unverified against the live site" in lines["site file"].said
    assert lines["www"].state is CheckState.OK
    assert "阳江市政务服务网" in lines["www"].said
    with urllib.request.urlopen(f"{sandbox.control_url}/access-log") as answer:
        log = answer.read().decode()
    assert log.count('"host":"www"') == 2, "robots.txt and one page, no more"
    assert log.count('"path":"/robots.txt"') == 4


def test_a_host_that_keeps_robots_out_is_left_alone(sandbox: Sandbox) -> None:
    adapter = adapters.get("gdzwfw")
    with answering(200, "User-agent: *\nDisallow: /\n") as server:
        site = adapter.site({**asdict(sandbox.origins), "www": server.origin})
        line = next(line for line in look_at_portal(adapter, site, LOOK) if line.name == "www")
        assert [asked.split()[0] for asked in server.asked] == ["/robots.txt"]
    assert line.state is CheckState.FAILED
    assert line.exit_code is ExitCode.REFUSED
    assert "robots.txt" in line.said


def test_a_host_that_is_gone_is_unreachable(sandbox: Sandbox) -> None:
    adapter = adapters.get("gdzwfw")
    site = adapter.site({**asdict(sandbox.origins), "static": "http://127.0.0.1:9"})
    line = next(line for line in look_at_portal(adapter, site, LOOK) if line.name == "static")
    assert line.exit_code is ExitCode.UNREACHABLE
    assert "unreachable" in line.said


def test_a_portal_without_a_known_host_is_told_so() -> None:
    adapter = adapters.get("yss")
    site = adapter.site().model_copy(update={"hosts": {"yss": ""}})
    lines = list(look_at_portal(adapter, site, LOOK))
    assert [line.state for line in lines] == [CheckState.UNKNOWN, CheckState.UNKNOWN]
    assert "no public host is known" in lines[1].said


def test_the_one_page_is_the_home_of_the_region() -> None:
    site = adapters.get("gdzwfw").site()
    assert page_path(site, "www") == "/?region=441700"
    assert page_path(site, "tyrz") == "/"


def test_the_command_says_clearly_that_nothing_is_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names under .invalid belong to nobody (RFC 6761), whether this machine has a line or not."""
    hosts = {role: f"https://{role}.portal.invalid" for role in ("www", "static", "tyrz", "bsxt")}
    table = "\n".join(f'{role} = "{origin}"' for role, origin in hosts.items())
    for portal in ("gdzwfw", "yss", "yst"):
        known = adapters.get(portal).site().hosts
        own = "\n".join(line for line in table.splitlines() if line.partition(" ")[0] in known)
        (tmp_path / f"{portal}.toml").write_text(f"[hosts]\n{own}\n", encoding="utf-8")
    files = "\n".join(f'[portals.{portal}]\nsite_file = "{portal}.toml"\n' for portal in ("gdzwfw", "yss", "yst"))
    names = ", ".join(f'"{role}.portal.invalid"' for role in hosts)
    mandate = f'[authorisation]\nmandate = "演练"\nhosts = [{names}]\nvalid_from = 2020-01-01\nvalid_to = 2099-01-01\n'
    settings = 'contact = "a@b.cn"\nquiet_hours = []\n[live_pace]\ndelay_s = 0\nconcurrency = 1\nvisitors = 1\n'
    (tmp_path / "yuece.toml").write_text(settings + mandate + files, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YUECE_HOME", str(tmp_path / "var"))
    with pytest.raises(SystemExit) as left:
        make_app()(["doctor", "--portal", "live"])
    said = capsys.readouterr().out
    assert left.value.code == ExitCode.UNREACHABLE
    assert "www.portal.invalid is unreachable from here" in said
    assert said.count("unverified against the live site") == 3
    assert "no public host is known" in said
