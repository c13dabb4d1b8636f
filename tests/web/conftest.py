"""A served store with hostile text, pictures and a real trace, and a browser whose way out is watched."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "exports"))

from filled_store import (
    BROKEN_OUT,
    FIRST_NIGHT,
    REVIEWED_ITEM,
    RULE_TITLES,
    SCRIPT,
    SECOND_NIGHT,
    fill_night,
    keep,
    make_listed,
    make_observation,
    make_refusal,
    make_review,
    make_run,
    make_step,
)
from served_store import Kept, Outside, record_trace

from domain.evidence import EvidenceKind
from domain.observation import StepStatus
from domain.outcome import Outcome
from domain.run import RunState
from storage.store import Store

SERVE = """
import json, sys
from pathlib import Path
from web.serving import serve
serve(Path(sys.argv[1]), port=0, rule_titles=json.loads(sys.argv[2]), announce=lambda url: print(url, flush=True))
"""


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    listener = socket.create_server(("127.0.0.1", 0))
    world = Outside(port=listener.getsockname()[1], connections=[])

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                world.connections.append(connection.recv(200).decode("latin-1"))

    threading.Thread(target=accept, daemon=True).start()
    yield world
    listener.close()


@pytest.fixture(scope="module")
def browser(outside: Outside) -> Iterator[Browser]:
    path = os.environ.get("YUECE_BROWSER") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium on this machine: set YUECE_BROWSER or install chromium-headless-shell")
    proxy = {"server": f"http://127.0.0.1:{outside.port}", "bypass": "localhost,127.0.0.1"}
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, proxy=proxy)  # type: ignore[arg-type]  # a TypedDict by shape
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def home(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two nights; the later one has an observation with steps, pictures, refusals, a trace and a remark."""
    folder = tmp_path_factory.mktemp("web")
    trace, pictures = record_trace(browser, folder)
    with Store.open(folder / "home") as store:
        fill_night(store, make_run(FIRST_NIGHT, days=-1, state=RunState.PARTIAL))
        fill_night(store, make_run(), items=20, unseen=1, observations=6)
        kept = [keep(store, picture, EvidenceKind.SCREENSHOT, "image/png") for picture in pictures]
        observation = make_observation(
            make_listed("dept-01", 0),
            Outcome.FAIL,
            reason=f"点击“在线办理”后没有反应{SCRIPT}{BROKEN_OUT}",
            trace=keep(store, trace, EvidenceKind.TRACE, "application/zip"),
            steps=(
                make_step(1, "打开办事指南", screenshot=kept[0]),
                make_step(2, f"检索事项名称{BROKEN_OUT}", screenshot=kept[0], note=SCRIPT),
                make_step(3, "点击“在线办理”", StepStatus.FAILED, screenshot=kept[1], url="javascript:alert(1)"),
                make_step(4, "核对申请页", StepStatus.SKIPPED),
            ),
            refusals=(make_refusal(),),
        )
        store.observations.save(observation)
        store.reviews.add(make_review(observation.id))
    return folder / "home"


@pytest.fixture(scope="module")
def kept(home: Path) -> Kept:
    """Artefacts of every sort, one of them damaged on disk and one without bytes."""
    with Store.open(home) as store:
        observation = store.observations.get(f"{SECOND_NIGHT}/gdzwfw/online-application/{REVIEWED_ITEM}")
        damaged = keep(store, b"\x89PNG as captured", EvidenceKind.SCREENSHOT, "image/png")
        file = store.evidence.path(damaged)
        assert file is not None
        file.write_bytes(b"\x89PNG as changed!")
        gone = keep(store, b"soon gone", EvidenceKind.PAGE, "text/html")
        lost = store.evidence.path(gone)
        assert lost is not None
        lost.unlink()
        return Kept(
            picture=observation.steps[0].screenshot or "",
            trace=observation.trace or "",
            page=keep(store, f"<html>{SCRIPT}</html>".encode(), EvidenceKind.PAGE, "text/html; charset=gbk"),
            svg=keep(store, b"<svg onload='alert(1)'/>", EvidenceKind.SCREENSHOT, "image/svg+xml"),
            damaged=damaged,
            record_only=gone,
        )


@pytest.fixture(scope="module")
def origin(home: Path) -> Iterator[str]:
    """The pages, served by a process of their own on a free port."""
    arguments = [sys.executable, "-c", SERVE, str(home), json.dumps(RULE_TITLES)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")
        server.terminate()
