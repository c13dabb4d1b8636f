"""The browser connects to the address that was checked, even when the name turns to another one meanwhile."""

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright
from probe_stage import FAST

from portals.host_policy import Address, AddressBook, HostPolicy
from portals.site import Site
from probes.browser.browser_discovery import find_browser
from probes.browser.warm_browser import WarmBrowser, holds_pins, pin_arguments
from probes.safety.guard import guard_policy

pytestmark = pytest.mark.browser
PUBLIC = "203.0.113.7"  # TEST-NET-3: nobody lives there (RFC 5737), and here it stands for a portal's address


class Turning(AddressBook):
    """A name whose address changes from one look to the next, as in DNS rebinding."""

    def __init__(self, *answers: str) -> None:
        super().__init__()
        self.answers = list(answers)

    def addresses(self, host: str) -> tuple[Address, ...]:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return (ipaddress.ip_address(answer),)


class Home(BaseHTTPRequestHandler):
    """A machine of this network that no portal may lead to."""

    visits = 0

    def do_GET(self) -> None:
        type(self).visits += 1
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Home)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"portal.test:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_name_that_turns_to_a_private_address_is_refused_at_the_next_look() -> None:
    policy = HostPolicy(Site(hosts={"www": "http://portal.test"}, paths={}), book=Turning("93.184.215.14", "127.0.0.1"))
    assert policy.check("GET", "http://portal.test/") is None
    assert policy.check("GET", "http://portal.test/") == "address"
    assert policy.pins() == {}


def test_the_sandbox_has_no_pins() -> None:
    assert HostPolicy(Site(hosts={"www": "http://127.0.0.1:1"}, paths={}, sandbox=True)).pins() is None


def test_a_browser_is_kept_as_long_as_its_addresses_are_true() -> None:
    assert holds_pins({"a": "1.1.1.1", "b": "2.2.2.2"}, {"a": ("1.1.1.1", "1.0.0.1")})
    assert not holds_pins({"a": "1.1.1.1"}, {"a": ("1.0.0.1",)})
    assert not holds_pins({"a": "1.1.1.1"}, {"b": ("1.1.1.1",)})
    assert not holds_pins(None, {"a": ("1.1.1.1",)})
    assert holds_pins(None, None)
    assert not holds_pins({}, None)


def test_the_name_alone_would_lead_home(home: str) -> None:
    """What the test below guards against is real: a browser that asks the resolver again goes where the name leads."""
    Home.visits = 0
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        browser = playwright.chromium.launch(
            executable_path=path, args=["--host-resolver-rules=MAP portal.test 127.0.0.1"]
        )
        browser.new_page().goto(f"http://{home}/")
        browser.close()
    assert Home.visits >= 1


@pytest.mark.parametrize("address", ["portal.test", "127.0.0.1", "localhost"])
def test_a_pinned_browser_never_comes_home(home: str, address: str) -> None:
    """The guard is told that everything is public, so that only the pins are left to hold."""
    Home.visits = 0
    port = home.rpartition(":")[2]
    site = Site(hosts={"www": f"http://{address}:{port}"}, paths={})
    policy = HostPolicy(site, book=Turning("93.184.215.14"))
    browser = WarmBrowser(FAST)
    try:
        context, gate = browser.open_context(mobile=False, pins={"portal.test": (PUBLIC,)})
        gate.open(guard_policy(site, policy))
        with pytest.raises(PlaywrightError, match=r"ERR_|Timeout"):
            context.new_page().goto(f"http://{address}:{port}/", timeout=2_500)
    finally:
        browser.close()
    assert Home.visits == 0


def test_pins_are_written_as_chromium_reads_them() -> None:
    pins = {"a.cn": "1.2.3.4", "b.cn": "2400:da00::1"}
    assert pin_arguments(pins) == ("--host-resolver-rules=MAP a.cn 1.2.3.4,MAP b.cn [2400:da00::1],MAP * ~NOTFOUND",)
    assert pin_arguments(None) == ()
