"""What the pages must never do: run captured code, answer to a foreign name, or listen to other machines."""

import hashlib
import http.client
import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filled_store import SECOND_NIGHT
from playwright.sync_api import Page
from served_store import Kept

from domain.errors import MachineError, RefusedError, UsageError
from web.application import create_app
from web.serving import listen, serve

RUN = f"/runs/{SECOND_NIGHT}"


def ask(origin: str, path: str, *, host: str = "", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    address = urlsplit(origin)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    connection.request(method, path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_pictures_are_shown_and_traces_downloaded_as_captured(origin: str, kept: Kept) -> None:
    for sha256, media_type, disposition in (
        (kept.picture, "image/png", "inline"),
        (kept.trace, "application/zip", "attachment"),
    ):
        status, headers, body = ask(origin, f"/evidence/{sha256}")
        assert status == 200
        assert hashlib.sha256(body).hexdigest() == sha256
        assert headers["content-type"] == media_type
        assert headers["content-disposition"].startswith(disposition)
    assert ask(origin, f"/evidence/{kept.trace}.zip")[2] == ask(origin, f"/evidence/{kept.trace}")[2]


@pytest.mark.parametrize("name", ["page", "svg"])
def test_captured_pages_and_drawings_are_never_rendered(origin: str, kept: Kept, name: str) -> None:
    status, headers, body = ask(origin, f"/evidence/{getattr(kept, name)}")
    assert status == 200
    assert hashlib.sha256(body).hexdigest() == getattr(kept, name)
    assert headers["content-type"].startswith("text/plain")
    assert headers["content-disposition"].startswith("attachment")
    assert headers["content-security-policy"].startswith("sandbox")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.browser
def test_a_browser_downloads_a_captured_page_and_runs_nothing(page: Page, origin: str, kept: Kept) -> None:
    page.goto(origin)
    with page.expect_download() as download:
        page.evaluate(f"location.href = '/evidence/{kept.page}'")
    assert download.value.path().read_bytes().startswith(b"<html><script>")
    assert page.title() != "pwned"


def test_changed_bytes_are_not_shown(origin: str, kept: Kept) -> None:
    status, headers, body = ask(origin, f"/evidence/{kept.damaged}")
    assert status == 409
    assert headers["content-type"].startswith("text/html")
    assert "SHA-256" in body.decode()
    assert b"PNG" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/runs/nope",
        f"{RUN}/units/dept-99",
        f"{RUN}/observations/gdzwfw/online-application/nope",
        f"{RUN}/guides/gdzwfw/nope",
        "/evidence/" + "0" * 64,
        "/evidence/..%2F..%2Fyuece.db",
        "/evidence/nothash.zip",
        "/static/../application.py",
        "/static/..%2fapplication.py",
        "/trace-viewer/..%2f..%2fhtmlReport/index.html",
        "/docs",
        "/openapi.json",
    ],
)
def test_an_unknown_address_is_a_page_that_says_so(origin: str, path: str) -> None:
    status, headers, body = ask(origin, path)
    assert status == 404
    assert headers["x-content-type-options"] == "nosniff"
    assert "没有这个页面" in body.decode() or path.startswith(("/static", "/trace-viewer"))


def test_bytes_that_are_gone_are_not_found(origin: str, kept: Kept) -> None:
    assert ask(origin, f"/evidence/{kept.record_only}")[0] == 404


def test_crawled_words_in_an_address_stay_words(origin: str) -> None:
    _, _, body = ask(origin, "/runs/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert b"<script>" not in body
    assert b"&lt;script&gt;" in body
    _, _, filtered = ask(origin, f"{RUN}/findings?unit=%22%3E%3Cimg+src=x+onerror=alert(1)%3E")
    assert b"<img" not in filtered


@pytest.mark.parametrize("query", ["?page=x", "?page=1e9", f"?unit={'x' * 200}"])
def test_a_query_that_does_not_fit_is_answered_with_400(origin: str, query: str) -> None:
    assert ask(origin, f"{RUN}/findings{query}")[0] == 400


@pytest.mark.parametrize("path", ["/", RUN, f"{RUN}/findings", "/static/workbench.css", "/nope"])
def test_pages_forbid_scripts_and_frames(origin: str, path: str) -> None:
    _, headers, _ = ask(origin, path)
    policy = headers["content-security-policy"]
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert headers["referrer-policy"] == "no-referrer"


def test_the_viewers_policy_names_no_other_machine(origin: str) -> None:
    status, headers, _ = ask(origin, "/trace-viewer/index.html")
    assert status == 200
    assert "http" not in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5"])
def test_a_foreign_host_name_is_turned_away(origin: str, host: str) -> None:
    status, headers, body = ask(origin, "/", host=host)
    assert status == 400
    assert SECOND_NIGHT.encode() not in body
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(origin: str, method: str) -> None:
    assert ask(origin, RUN, method=method)[0] == 405


def test_a_taken_port_is_one_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MachineError, match=f"cannot serve on 127.0.0.1:{port}.*choose another port"):
            serve(home, port=port)
    with pytest.raises(MachineError, match="choose another port"):
        listen("127.0.0.1", 99_999)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
def test_other_machines_are_refused_unless_asked_for(home: Path, host: str) -> None:
    with pytest.raises(RefusedError, match="allowed: localhost"):
        serve(home, host=host, port=0)


def test_a_folder_without_a_store_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"yuece\.db"):
        create_app(tmp_path)


def test_every_message_is_there_in_both_languages_with_the_same_figures() -> None:
    from string import Formatter

    from web.messages import MESSAGES

    for key, (chinese, english) in MESSAGES.items():
        figures = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (chinese, english)]
        assert figures[0] == figures[1], key
        assert chinese, key
        assert english, key
    assert json.dumps({key: pair[1] for key, pair in MESSAGES.items()}).count("\\u4e") <= 2  # "中文" in the switch
