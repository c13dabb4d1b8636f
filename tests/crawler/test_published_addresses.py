"""Which addresses a guide publishes, how they are shared out, and which of them may be visited at all."""

import pytest

from crawler.published_addresses import addresses_of, by_host, collect_addresses, read_address, share_out
from crawler.rules.example_files import BOOKING_URL, FORM_URL, ONLINE_URL, RESULT_URL, SAMPLE_URL
from crawler.rules.example_guide import example
from domain.address_visit import AddressUse
from domain.guide_fields import FieldName
from portals.published_host_policy import PublishedHostPolicy
from portals.site import Site

LIVE = Site(hosts={"www": "https://www.gdzwfw.gov.cn"}, paths={})
SANDBOX = Site(hosts={"www": "http://127.0.0.1:8700"}, paths={}, sandbox=True)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" http://113.106.1.2:8080/apply ", "http://113.106.1.2:8080/apply"),
        ("https://a.gov.cn/x#/home", "https://a.gov.cn/x"),
        ("电话预约：0662-3366123", None),
        ("无", None),
        ("", None),
        ("//a.gov.cn/x", None),
        ("www.a.gov.cn", None),
        ("https://a.gov.cn/x 或 https://b.gov.cn", None),
        ("ftp://a.gov.cn/x", None),
        ("http://[::1", None),
        ("http://", None),
        ("javascript:alert(1)", None),
    ],
)
def test_what_counts_as_an_address(text: str, address: str | None) -> None:
    assert read_address(text) == address


def test_a_guide_publishes_its_files_and_entrances() -> None:
    assert dict(addresses_of(example()())) == {
        FORM_URL: AddressUse.FORM,
        SAMPLE_URL: AddressUse.SAMPLE,
        RESULT_URL: AddressUse.RESULT_SAMPLE,
        ONLINE_URL: AddressUse.ONLINE,
        BOOKING_URL: AddressUse.BOOKING,
    }


def test_a_denied_service_has_no_entrance() -> None:
    denied = example({FieldName.ONLINE: "否", FieldName.BOOKABLE: "不支持"})()
    assert {AddressUse.ONLINE, AddressUse.BOOKING}.isdisjoint(use for _, use in addresses_of(denied))


def test_an_address_of_many_guides_is_one_address_with_all_its_uses() -> None:
    first, second = example(), example({FieldName.BOOKING_URL: ONLINE_URL})
    collected = collect_addresses([first(), second(), first()])
    assert len(collected) == 5
    assert set(collected[ONLINE_URL]) == {AddressUse.ONLINE, AddressUse.BOOKING}


def test_hosts_are_dealt_whole_and_take_turns() -> None:
    urls = [f"https://{host}.gov.cn:{port}/{n}" for host, port in (("a", 1), ("a", 2), ("b", 1)) for n in range(3)]
    urls += ["https://c.gov.cn/0"]
    shares = share_out(by_host(urls), 2)
    assert sorted(url for share in shares for url in share) == sorted(urls)
    hosts = [{url.split(".")[0] for url in share} for share in shares]
    assert hosts[0].isdisjoint(hosts[1])
    crowded = next(share for share in shares if any("//b." in url for url in share))
    assert crowded[0].split(".")[0] != crowded[1].split(".")[0]


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("https://www.gdzwfw.gov.cn/portal", None),
        ("http://1.1.1.1:8080/apply", None),
        ("http://127.0.0.1/", "address"),
        ("http://2130706433/", "address"),
        ("http://0x7f.1/", "address"),
        ("http://localhost:8080/", "address"),
        ("http://10.44.17.8/", "address"),
        ("http://192.168.1.1/", "address"),
        ("http://169.254.169.254/latest/meta-data/", "address"),
        ("http://100.64.0.1/", "address"),
        ("http://[::1]/", "address"),
        ("http://[::ffff:10.0.0.1]/", "address"),
        ("http://[fe80::1]/", "address"),
        ("http://0.0.0.0/", "address"),
        ("http://user:secret@1.1.1.1/", "host"),
        ("ftp://1.1.1.1/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("http://1.1.1.1:99999/", "host"),
        ("http://[::1", "host"),
    ],
)
def test_a_real_night_visits_public_hosts_only(url: str, rule: str | None) -> None:
    assert PublishedHostPolicy(LIVE).check("GET", url) == rule


def test_outside_hosts_can_be_left_out() -> None:
    policy = PublishedHostPolicy(LIVE, outside=False)
    assert policy.check("GET", "http://1.1.1.1/") == "outside"
    assert policy.check("GET", "http://www.gdzwfw.gov.cn:80/x") in (None, "address")  # its name may not resolve here


def test_nothing_is_ever_sent() -> None:
    assert PublishedHostPolicy(LIVE).check("POST", "http://1.1.1.1/") == "method"


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://127.0.0.1:8700/portal", None),
        ("http://127.0.0.1:8706/start", None),
        ("http://nobody.invalid/", None),
        ("http://127.0.0.1:22/", "sandbox"),
        ("http://10.0.0.1/", "sandbox"),
        ("https://www.gdzwfw.gov.cn/", "sandbox"),
    ],
)
def test_a_rehearsal_stays_on_the_sandbox(url: str, rule: str | None) -> None:
    policy = PublishedHostPolicy(SANDBOX, origins=("http://127.0.0.1:8700", "http://127.0.0.1:8706"))
    assert policy.check("GET", url) == rule
