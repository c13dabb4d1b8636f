"""The submit firewall decides by data alone: one row per request that a portal page might send."""

import pytest

from portals.adapter import ReadOnlyRequest
from portals.host_policy import HostPolicy
from portals.site import Site
from probes.safety.guard import GuardPolicy, RequestFacts, changes_state, decide, guard_policy

WWW, TYRZ = "http://127.0.0.1:8701", "http://127.0.0.1:8703"
SITE = Site(
    hosts={"www": WWW, "tyrz": TYRZ},
    paths={"guide": "/portal/v2/guide/{code}", "home": "/?region={region}", "apply": "/apprUnionApply"},
    sandbox=True,
)
LISTING = ReadOnlyRequest(
    method="POST", role="www", path="/portal/api/v2/solr/list", media_type="application/json", body_bytes_max=100
)
LOGIN = ReadOnlyRequest(
    method="POST", role="tyrz", path="/tif/sso/login", media_type="application/x-www-form-urlencoded"
)


@pytest.fixture(scope="module")
def policy() -> GuardPolicy:
    hosts = HostPolicy(SITE, read_only=(LISTING, LOGIN))
    return guard_policy(SITE, hosts, read_only=(LISTING,), sign_in=(LOGIN,))


def listing(**changes: object) -> RequestFacts:
    usual = {
        "method": "POST",
        "url": f"{WWW}{LISTING.path}?t=1",
        "resource": "xhr",
        "media_type": "application/json",
        "body_bytes": 80,
    }
    return RequestFacts.model_validate(usual | changes)


@pytest.mark.parametrize(
    "facts",
    [
        RequestFacts(method="GET", url=f"{WWW}/portal/v2/guide/114417006ABC"),
        RequestFacts(method="HEAD", url=f"{WWW}/portal/v2/index"),
        RequestFacts(method="GET", url=f"{WWW}/apprUnionApply?code=1"),
        RequestFacts(method="GET", url=f"{WWW}/gaio/apply.html"),
        RequestFacts(method="GET", url=f"{WWW}/assets/submit.js", resource="script"),
        RequestFacts(method="GET", url=f"{WWW}/guide/files/c1a75a904add495ca21446c5e970ace5", resource="image"),
        RequestFacts(method="GET", url=f"{TYRZ}/tif/sso/connect/page/oauth2/authorize?response_type=code"),
        RequestFacts(method="GET", url="data:text/plain,submit"),
        RequestFacts(method="GET", url="about:blank"),
        listing(),
    ],
    ids=lambda facts: f"{facts.method} {facts.url[-40:]}",
)
def test_reading_goes_out(policy: GuardPolicy, facts: RequestFacts) -> None:
    assert decide(facts, policy) is None


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        (RequestFacts(method="POST", url=f"{WWW}/api/submit", body_bytes=9), "method"),
        (RequestFacts(method="PUT", url=f"{WWW}{LISTING.path}", media_type="application/json"), "method"),
        (RequestFacts(method="DELETE", url=f"{WWW}/portal/v2/index"), "method"),
        (listing(url=f"{WWW}{LISTING.path}/x"), "method"),
        (listing(url=f"{TYRZ}{LISTING.path}"), "method"),
        (listing(body_bytes=101), "body"),
        (listing(body_bytes=None), "body"),
        (listing(media_type="text/plain"), "body"),
        (listing(resource="ping"), "resource"),
        (RequestFacts(method="GET", url="http://127.0.0.1:9999/portal/v2/index"), "host"),
        (RequestFacts(method="GET", url="https://example.com/collect.gif", resource="image"), "host"),
        (RequestFacts(method="GET", url="file:///etc/passwd"), "scheme"),
        (RequestFacts(method="GET", url="ws://127.0.0.1:8701/x", resource="websocket"), "websocket"),
        (RequestFacts(method="GET", url=f"{WWW}/rmpc/api/cancel?id=1"), "changing-link"),
        (RequestFacts(method="GET", url=f"{WWW}/portal/rate?score=5", resource="image"), "changing-link"),
        (RequestFacts(method="GET", url=f"{WWW}/rmpc/cancelBooking.do?id=1"), "changing-link"),
        (RequestFacts(method="GET", url=f"{WWW}/api/order/%63onfirm"), "changing-link"),
        (RequestFacts(method="GET", url=f"{WWW}/portal/v2/guide/1?action=submit"), "changing-link"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.method} {value.url[-40:]}",
)
def test_everything_else_stays(policy: GuardPolicy, facts: RequestFacts, rule: str) -> None:
    assert decide(facts, policy) == rule


def test_the_sign_in_goes_out_only_while_signing_in(policy: GuardPolicy) -> None:
    login = RequestFacts(
        method="POST", url=f"{TYRZ}/tif/sso/login", media_type="application/x-www-form-urlencoded", body_bytes=160
    )
    assert decide(login, policy) == "sign-in-closed"
    assert decide(login, policy, signing_in=True) is None
    assert decide(RequestFacts(method="POST", url=f"{WWW}/api/submit"), policy, signing_in=True) == "method"


def test_without_an_account_no_sign_in_exists() -> None:
    policy = guard_policy(SITE, HostPolicy(SITE, read_only=(LOGIN,)), read_only=(), sign_in=())
    login = RequestFacts(method="POST", url=f"{TYRZ}/tif/sso/login", media_type=LOGIN.media_type, body_bytes=160)
    assert decide(login, policy, signing_in=True) == "method"


def test_a_live_site_reaches_no_private_address() -> None:
    live = Site(hosts={"www": "http://10.1.2.3"}, paths={})
    policy = guard_policy(live, HostPolicy(live))
    assert decide(RequestFacts(method="GET", url="http://10.1.2.3/portal/v2/index"), policy) == "address"


def test_a_code_is_no_verb() -> None:
    assert not changes_state(f"{WWW}/x/11440000MB2C91103Q3440112024004")
    assert not changes_state(f"{WWW}/ratepayer/submission/orders-of-the-day")
    assert changes_state(f"{WWW}/x/save-draft")
