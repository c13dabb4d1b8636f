"""The rules on 1,370 real guides of 2021: what was read by hand as a fault is found, and nothing else."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawler.audit import audit_guides
from domain.guide import Guide
from portals.mapped_list import read_mapped

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT.parent / "shared" / "data" / "gd_guides_2021.jsonl"
pytestmark = pytest.mark.skipif(
    not RECORDS.exists(), reason=f"the real records ({RECORDS.name}) are not in this checkout"
)

LIBRARY = "12440000455859735H2442119405000"  # prints the telephones of a museum in 阳江 (portals.md §5)
READ_BY_HAND: dict[str, set[str]] = {
    "phone.enquiry-dialable": {
        "11440000006939908P2442117160000",  # 020-837288891, named in portals.md §5
        "11440000006939908P2440117030001",  # 020-37288041/020-3728889
        "12440000669854702J2442185004000",  # 020-3607290
    },
    "phone.complaint-dialable": {
        "11440000006941354C244212405400001",  # 0020-12366, named in portals.md §5
        "11440000MB2D0234372442125085000",  # 020--12345-1
        "11440000MB2D0234372442125089000",
        "11440000006939799Q2442114332001",  # 020-8313603
        "11440000006939799Q2442114333001",
        "11440000006939799Q2442114336001",
    },
    "phone.enquiry-region": {"11440000006941354C244212405400001"},  # 0662-12366 at an address in 广州
    "phone.complaint-region": {"11440000006939561H2442193104000"},  # 029-87195203 beside 020-87197987
    "code.credit-check": {f"13440000515356094L244219964{digit}000" for digit in "345"},
    "online.address-specific": {
        "11440000734121119H2440178104001",  # http://www.shhxf119.com/
        "11440000734121119H2440178104002",
        "11440000MB2C87614P2440719024002",  # https://www.gdzwfw.gov.cn/
    },
    "complete.place": {  # one or two visits, and 无线下办理窗口
        "11440000553612461J2442111714000",
        "11440000MB2D0344212442172007000",
        "91440000730486030B2442199315000",
        "91440000730486030B2442199316000",
    },
}


@pytest.fixture(scope="module")
def guides() -> tuple[Guide, ...]:
    return tuple(read_mapped(RECORDS, ROOT / "portals" / "mappings" / "gd_2021.toml"))


@pytest.fixture(scope="module")
def fired(guides: tuple[Guide, ...]) -> Mapping[str, set[str]]:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for audit, findings in audit_guides(guides, "r"):
        for finding in findings:
            codes[finding.rule_id].add(audit.subject)
    return codes


@pytest.mark.parametrize("rule", READ_BY_HAND)
def test_just_the_faults_that_were_read(rule: str, fired: Mapping[str, set[str]]) -> None:
    assert fired[rule] == READ_BY_HAND[rule]


def test_hotlines_with_an_area_code_are_no_fault(guides: tuple[Guide, ...], fired: Mapping[str, set[str]]) -> None:
    hotlines = {guide.code for guide in guides if "020-12345" in (row.value for row in guide.fields.values())}
    accused = set().union(*(codes for rule, codes in fired.items() if rule.startswith("phone.")))
    assert len(hotlines) > 100
    assert not hotlines & accused - READ_BY_HAND["phone.complaint-dialable"]


def test_few_guides_are_accused(fired: Mapping[str, set[str]]) -> None:
    """One rule for all types would accuse hundreds: 421 blank legal limits, 873 guides without materials."""
    plain = {rule: codes for rule, codes in fired.items() if rule != "name.everyday-differs"}
    assert len(set().union(*plain.values())) < 100
    assert not {"complete.legal-limit", "complete.promise-limit", "limit.promise-within-legal"} & set(fired)
