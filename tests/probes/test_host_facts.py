"""With whom a visit spoke is read from a real TLS connection and held against the server's own certificate."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from probes.browser.browser_discovery import find_browser
from probes.proof.circumstances import Clock, clock_facts, portal_skews_s
from probes.proof.host_facts import host_of
from probes.proof.sealing import watch_hosts

pytestmark = pytest.mark.browser
HOUR_S = 3600


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<title>x</title><p>x")

    def log_message(self, format: str, *words: object) -> None:
        return None


@dataclass(frozen=True)
class Host:
    origin: str
    certificate: bytes  # PEM


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("tls")
    new = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9")
    names = ("-subj", "/CN=zwfw.example", "-addext", "subjectAltName=IP:127.0.0.1,DNS:zwfw.example")
    subprocess.run(
        ["openssl", *new, *names, "-keyout", "key", "-out", "pem"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=60,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem", folder / "key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Host(f"https://127.0.0.1:{server.server_address[1]}", (folder / "pem").read_bytes())
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        browser = playwright.chromium.launch(executable_path=path)
        yield browser.new_context(ignore_https_errors=True)
        browser.close()


def test_address_cipher_and_certificate_are_those_of_the_connection(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    facts = watch_hosts(page, bare=False)
    page.goto(host.origin)
    page.wait_for_timeout(300)
    told = facts.seen[host.origin]
    assert told["address"] == "127.0.0.1"
    assert told["tls"]["protocol"] in ("TLS 1.2", "TLS 1.3")
    assert "AES" in told["tls"]["cipher"] or "CHACHA" in told["tls"]["cipher"]
    assert told["tls"]["subjectName"] == told["tls"]["issuer"] == "zwfw.example"
    days = (told["tls"]["validTo"] - told["tls"]["validFrom"]) / 86_400
    assert days == pytest.approx(9, abs=0.1)
    assert set(told["tls"]["names"]) == {"127.0.0.1", "zwfw.example"}
    chain = facts.certificates()[host_of(host.origin)]
    assert ssl.PEM_cert_to_DER_cert(chain.decode()) == ssl.PEM_cert_to_DER_cert(host.certificate.decode())


def test_a_portal_whose_clock_is_wrong_gives_itself_away() -> None:
    """Three answers of RFC 9110 dates: an hour ahead, one out of a cache, one that is no date."""

    def entry(date: str) -> dict[str, object]:
        return {
            "startedDateTime": "2026-11-23T01:00:00.000Z",
            "timings": {"send": 0, "wait": 500, "dns": -1},
            "request": {"url": "https://zwfw.example/x"},
            "response": {"headers": [{"name": "Date", "value": date}]},
        }

    dates = ("Mon, 23 Nov 2026 02:00:00 GMT", "Mon, 23 Nov 2026 01:30:00 GMT", "yesterday")
    assert portal_skews_s(entry(date) for date in dates) == {"zwfw.example": HOUR_S}


def test_a_wall_clock_that_was_set_shows() -> None:
    began = Clock()
    ended = Clock(utc=began.utc.replace(year=began.utc.year + 1), monotonic_s=began.monotonic_s + 2)
    assert clock_facts(began, ended)["wall_minus_monotonic_s"] > 300 * 24 * HOUR_S
    assert clock_facts(began, Clock())["wall_minus_monotonic_s"] == pytest.approx(0, abs=0.05)
