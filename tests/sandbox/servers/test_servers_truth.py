"""What the servers answer about the demo corpus agrees with what its truth document says a single visit finds."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.serving import Sandbox, running_sandbox

LIST = "/portal/api/v2/solr/getCommonAuditItem"
DETAIL = "/portal/api/v2/item-event/getAuditItemDetailCur"
CLIENT = httpx.Client()  # one for all: making a client costs more than a request


@pytest.fixture(scope="module")
def demo() -> Iterator[Sandbox]:
    """The small demo corpus."""
    with running_sandbox(["--corpus", "demo", "--size", "small"]) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def guides(demo: Sandbox) -> list[dict[str, Any]]:
    """The truth about each guide, with the area it is listed in."""
    truth = CLIENT.get(f"{demo.control_url}/truth").json()
    areas = {body["key"]: body["area_code"] for body in truth["bodies"]}
    found: list[dict[str, Any]] = [guide | {"area": areas[guide["body"]]} for guide in truth["guides"]]
    assert len(found) == 150
    return found


def code_of(guide: dict[str, Any]) -> str:
    """The code that the guide is published under."""
    return str(guide["handling_code"] or guide["task_code"])


def judge_search(demo: Sandbox, guide: dict[str, Any]) -> str:
    """Search for the guide's name and say what one sees in the first 20 places."""
    query = {"PAGENO": "1", "PAGESIZE": 20, "KEY_WORD": guide["name"], "AREA_CODE": guide["area"]}
    answer = CLIENT.post(demo.origins.www + LIST, json=query)
    if "验证码" in answer.text:
        return "blocked"
    if "系统繁忙" in answer.text:
        return "inconclusive"
    codes = [row["TASK_CODE"] for row in answer.json()["CUSTOM"]["AUDIT_ITEMLIST"]]
    return "pass" if code_of(guide) in codes else "fail"


def test_searches_end_as_the_truth_says(demo: Sandbox, guides: list[dict[str, Any]]) -> None:
    wrong = [
        (guide["name"], said, seen)
        for guide in guides
        if (said := guide["probes"]["search"]["gdzwfw"]["outcome"]) != (seen := judge_search(demo, guide))
    ]
    assert wrong == []


def test_calendars_end_as_the_truth_says(demo: Sandbox, guides: list[dict[str, Any]]) -> None:
    seen = 0
    for guide in guides:
        booking = guide["probes"]["booking"]["gdzwfw"]
        if booking["reason"] not in ("free_slots_shown", "no_free_slot"):
            continue
        days = CLIENT.get(f"{demo.origins.www}/rmpc/api/calendar?code={code_of(guide)}").json()["days"]
        free = sum(slot["free"] for day in days for slot in day["slots"])
        assert (free > 0) == (booking["outcome"] == "pass"), guide["name"]
        seen += 1
    assert seen > 20


def judge_entrance(demo: Sandbox, guide: dict[str, Any]) -> str:
    """Press 在线办理 without a session and give the reason that a visit would write down."""
    answer = CLIENT.get(f"{demo.origins.bsxt}/apprUnionApply?code={code_of(guide)}")
    target = answer.headers.get("Location", "")
    if answer.status_code >= 500:
        return "http_5xx"
    if target.startswith(f"{demo.origins.dept}/desk"):
        target = CLIENT.get(target).headers["Location"]  # a system of the department behind the unified login
    if target:
        elsewhere = (
            "own_login_reached" if target.startswith(f"{demo.origins.dept}/login") else "department_system_reached"
        )
        return "login_reached" if target.startswith(demo.origins.tyrz) else elsewhere
    if "form-downloads" in answer.text:
        return "incomplete"
    return "not_open" if "暂未开通" in answer.text else "app_only" if "粤省事App办理" in answer.text else "unknown"


def test_entrances_end_as_the_truth_says(demo: Sandbox, guides: list[dict[str, Any]]) -> None:
    services = {"login_reached", "own_login_reached", "department_system_reached", "not_open", "app_only", "http_5xx"}
    services |= {"incomplete"}
    told = {guide["item_id"]: guide["probes"]["entrance"]["gdzwfw"]["reason"] for guide in guides}
    broken = {guide["item_id"] for guide in guides if guide["crawl"] != "measured"}
    # Where a spoilt address leads is tested with the dead links; here each entrance is asked for at its right address.
    broken |= {guide["item_id"] for guide in guides if any("address" in one["kind"] for one in guide["defects"])}
    asked = [guide for guide in guides if told[guide["item_id"]] in services and guide["item_id"] not in broken]
    wrong = [
        (guide["name"], told[guide["item_id"]], seen)
        for guide in asked
        if (seen := judge_entrance(demo, guide)) != told[guide["item_id"]]
    ]
    assert wrong == []
    assert {told[guide["item_id"]] for guide in asked} >= {"login_reached", "not_open"}


def test_details_come_for_every_guide_that_is_not_planted_otherwise(
    demo: Sandbox, guides: list[dict[str, Any]]
) -> None:
    for guide in guides:
        code = code_of(guide)
        first, second = (
            CLIENT.get(demo.origins.www + DETAIL, params={"TASK_CODE": code}, headers={"User-Agent": "truth"})
            for _ in range(2)
        )
        answer = second if first.status_code != 200 else first
        begun = '"special_item_type":"TC"' if guide["task_type"] == "TC" else '"AUDIT_ITEM"'
        good = answer.status_code == 200 and begun in answer.text[:200] and answer.text.endswith("}")
        absent = answer.text.startswith('{"errCode":"0"')
        expected = {"measured": (True, False), "absent": (False, True), "not_measured": (False, False)}
        assert (good, absent) == expected[guide["crawl"]], guide["name"]
