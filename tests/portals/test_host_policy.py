"""Which requests may leave: hosts, schemes, methods and addresses."""

import socket

import pytest

from portals.adapter import ReadOnlyRequest
from portals.host_policy import HostPolicy
from portals.site import Site

SANDBOX = Site(hosts={"www": "http://127.0.0.1:8700", "yss": ""}, paths={}, sandbox=True)
LIVE = Site(hosts={"www": "https://www.gdzwfw.gov.cn"}, paths={})
LISTING = ReadOnlyRequest(method="POST", role="www", path="/list", media_type="application/json")


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://127.0.0.1:8700/x", None),
        ("http://127.0.0.1:8701/x", "host"),
        ("http://localhost:8700/x", "host"),
        ("http://127.0.0.1:8700@evil.example/", "host"),
        ("http://user:secret@127.0.0.1:8700/", "host"),
        ("http://127.0.0.1:99999/", "host"),
        ("https:///x", "host"),
        ("ftp://127.0.0.1:8700/x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//127.0.0.1:8700/", "scheme"),
    ],
)
def test_only_the_sites_own_hosts(url: str, rule: str | None) -> None:
    assert HostPolicy(SANDBOX).check("GET", url) == rule


def test_methods_are_judged_only_where_reading_requests_are_named() -> None:
    policy = HostPolicy(SANDBOX, read_only=(LISTING,))
    assert policy.check("POST", "http://127.0.0.1:8700/list?page=1") is None
    assert policy.check("POST", "http://127.0.0.1:8700/list/delete") == "method"
    assert policy.check("PUT", "http://127.0.0.1:8700/list") == "method"
    assert policy.check("HEAD", "http://127.0.0.1:8700/other") is None
    assert HostPolicy(SANDBOX).check("POST", "http://127.0.0.1:8700/other") is None


@pytest.mark.parametrize("resource", ["ping", "beacon", "websocket"])
def test_what_a_page_sends_by_itself_stays(resource: str) -> None:
    assert HostPolicy(SANDBOX).check("GET", "http://127.0.0.1:8700/", resource=resource) == "resource"


def test_extra_hosts_are_origins_or_names() -> None:
    policy = HostPolicy(SANDBOX, extra_hosts=("http://127.0.0.1:9000", "files.example"))
    assert policy.check("GET", "http://127.0.0.1:9000/a") is None
    assert policy.check("GET", "https://files.example/a") is None
    assert policy.check("GET", "http://files.example/a") is None
    assert policy.check("GET", "https://files.example:8443/a") == "host"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.9",
            "172.16.5.5",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]"),
    ],
)
def test_a_live_portal_never_leads_into_a_private_network(address: str) -> None:
    policy = HostPolicy(LIVE, extra_hosts=(f"http://{address}",))
    assert policy.check("GET", f"http://{address}/") == "address"


def test_a_name_that_points_home_is_refused() -> None:
    name = socket.gethostname()
    policy = HostPolicy(LIVE, extra_hosts=("localhost", name))
    assert policy.check("GET", "http://localhost/") == "address"


def test_public_addresses_may_be_visited() -> None:
    assert HostPolicy(LIVE, extra_hosts=("http://210.76.74.108",)).check("GET", "http://210.76.74.108/a") is None


def test_one_live_site_among_several_keeps_the_address_rule() -> None:
    policy = HostPolicy(SANDBOX, LIVE)
    assert policy.check("GET", "http://127.0.0.1:8700/") == "address"
