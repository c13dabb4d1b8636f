"""``python -m sandbox`` as a process: its start line, its refusals, its end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.corpus_file import dump_corpus, make_placeholder_origins
from sandbox.model import Corpus
from sandbox.serving import ROOT, Sandbox, running_sandbox


@pytest.fixture
def corpus_path(tiny_corpus: Corpus, tmp_path: Path) -> Path:
    """The tiny corpus in a file."""
    path = tmp_path / "tiny.json"
    dump_corpus(tiny_corpus, path, origins=make_placeholder_origins())
    return path


def run(*words: object) -> "subprocess.CompletedProcess[str]":
    """Run a sandbox that is expected to refuse."""
    command = [sys.executable, "-m", "sandbox", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def start(*words: object) -> "tuple[subprocess.Popen[str], dict[str, Any]]":
    """Start a sandbox and read its start line."""
    command = [sys.executable, "-m", "sandbox", *map(str, words)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


def find_free_run(length: int) -> int:
    """Find a port that begins a run of free ones, below those that the system hands out, elsewhere in each process."""
    start = 21000 + os.getpid() * 16 % 10000
    for first in range(start, 32000, 97):
        try:
            for port in range(first, first + length):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no free ports")


def test_the_start_line_is_announced_and_sigterm_ends_it_while_a_visitor_waits(
    corpus_path: Path, tmp_path: Path
) -> None:
    first = find_free_run(9)
    files = ("--announce", tmp_path / "start.json", "--truth", tmp_path / "truth.json")
    process, line = start("--port", first, "--corpus", corpus_path, *files)
    try:
        hosts = ["www", "static", "tyrz", "bsxt", "yss", "yst", "dept", "control", "closed"]
        assert line["origins"] == {host: f"http://127.0.0.1:{first + at}" for at, host in enumerate(hosts)}
        assert set(line) == {"origins", "test_account", "seed", "size", "corpus", "pid"}
        assert json.loads((tmp_path / "start.json").read_text()) == line
        assert json.loads((tmp_path / "truth.json").read_text())["seed"] == 7
        assert httpx.get(line["origins"]["control"] + "/health").json()["ok"]
        plan = {"*": ["booking_never_loads"]}
        httpx.post(line["origins"]["control"] + "/faults", json=plan).raise_for_status()
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{line['origins']['www']}/rmpc/api/calendar?code=item-1", timeout=0.5)
        with httpx.Client() as kept_alive:
            kept_alive.get(line["origins"]["www"] + "/robots.txt")
            os.kill(line["pid"], signal.SIGTERM)
            assert process.wait(15) == 0  # the calendar above would never have come
    finally:
        process.kill()
        process.communicate()


def test_a_taken_port_is_named_and_nothing_stays_bound(corpus_path: Path) -> None:
    first = find_free_run(9)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first + 3))
        taken.listen()
        result = run("--port", first, "--corpus", corpus_path)
    assert result.returncode == 1
    assert f"port {first + 3} for host bsxt" in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--size", "huge"], 2, "small, medium or a number"),
        (["--size", "-4"], 2, "small, medium or a number"),
        (["--size", "0"], 2, "small, medium or a number"),
        (["--port", "65535"], 2, "65527"),
        (["--corpus", "/nowhere/x.jsonl", "--port", "0"], 2, "/nowhere/x.jsonl"),
    ],
)
def test_bad_arguments_are_refused_in_one_sentence(words: list[str], code: int, said: str) -> None:
    result = run(*words)
    assert result.returncode == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_far_host_answers_late_and_the_control_desk_at_once(corpus_path: Path) -> None:
    with running_sandbox(["--corpus", str(corpus_path), "--latency-ms", "300"]) as sandbox:
        far = httpx.get(f"{sandbox.origins.www}/robots.txt").elapsed
        near = httpx.get(f"{sandbox.control_url}/health").elapsed
    assert near < timedelta(milliseconds=300) <= far


def test_an_unreadable_corpus_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"format":"yuece-sandbox-corpus/1","origins":{}}', encoding="utf-8")
    result = run("--port", 0, "--corpus", path)
    assert result.returncode == 2
    assert "cannot be used" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["faults.toml", "faults.json"])
def test_faults_come_from_a_file(corpus_path: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('"*" = ["page_waf"]' if name.endswith("toml") else '{"*": ["page_waf"]}', encoding="utf-8")
    process, line = start("--port", 0, "--corpus", corpus_path, "--faults", path)
    try:
        code = "11441700007076000X2440101000001"
        assert httpx.get(f"{line['origins']['www']}/portal/guide/{code}").status_code == 403
    finally:
        process.terminate()
        process.communicate()


@pytest.mark.parametrize("text", ['{"*": ["page_on_fire"]}', '{"someone": ["page_waf"]}', "[1]", "{"])
def test_bad_faults_are_refused(corpus_path: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "faults.json"
    path.write_text(text, encoding="utf-8")
    result = run("--port", 0, "--corpus", corpus_path, "--faults", path)
    assert result.returncode == 2
    assert "faults file" in result.stderr
    assert "Traceback" not in result.stderr


def test_it_ends_with_its_parent(corpus_path: Path, tmp_path: Path) -> None:
    announced = tmp_path / "start.json"
    words = ["--port", "0", "--corpus", str(corpus_path), "--announce", str(announced), "--exit-with-parent"]
    starter = (
        "import os, subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-m', 'sandbox', *{words!r}], stdout=subprocess.DEVNULL)\n"
        f"while not os.path.exists({str(announced)!r}): time.sleep(0.05)\n"
    )
    subprocess.run([sys.executable, "-c", starter], cwd=ROOT, timeout=60, check=True)
    health = json.loads(announced.read_text())["origins"]["control"] + "/health"
    for _ in range(40):
        try:
            httpx.get(health, timeout=1)
        except httpx.TransportError:
            return
        time.sleep(0.1)
    raise AssertionError("the sandbox outlived its parent")


def test_a_sandbox_that_cannot_start_says_why() -> None:
    with pytest.raises(RuntimeError, match="small, medium or a number"), running_sandbox(["--size", "none"]):
        pass


def test_running_sandbox_stops_its_process(tiny_corpus: Corpus) -> None:
    with running_sandbox(tiny_corpus) as sandbox:
        assert isinstance(sandbox, Sandbox)
        assert httpx.get(f"{sandbox.control_url}/health").status_code == 200
    assert sandbox.process.returncode == 0


@pytest.mark.slow
def test_every_page_of_the_demo_corpus_opens() -> None:
    with running_sandbox(["--corpus", "demo", "--size", "small"]) as sandbox, httpx.Client() as client:
        truth = client.get(f"{sandbox.control_url}/truth").json()
        for guide in truth["guides"]:
            code = guide["handling_code"] or guide["task_code"]
            broken = client.get(f"{sandbox.origins.www}/portal/guide/{code}").status_code
            assert broken in (200, 403, 404)
            assert client.get(f"{sandbox.origins.yss}/h5/service/{code}").status_code in (200, 404)
