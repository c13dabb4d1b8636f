"""The fault scenarios are what they say: each strikes its own item alone, and only while it is in force."""

import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.misbehaviours import Misbehaviour
from sandbox.scenarios.catalogue import ALL, BY_NAME
from sandbox.scenarios.scenario import PLACES
from sandbox.serving import Sandbox, running_sandbox

NAMES = ("guide-500", "guide-reset", "page-busy", "gb18030", "calendar-of-last-month")


def ask(url: str, body: object | None = None) -> Any:  # noqa: ANN401 - JSON of any shape
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=30) as answer:
        return json.loads(answer.read())


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox(["--size", "150", "--seed", "3"]) as running:
        yield running


@pytest.fixture(scope="module")
def codes(sandbox: Sandbox) -> dict[str, str]:
    told = ask(f"{sandbox.control_url}/scenarios/prepare", {"names": NAMES})
    guides = {row["item_id"]: row for row in ask(f"{sandbox.control_url}/truth")["guides"]}
    items = {**told["items"], "sound": told["spare"]["booking"]}
    return {name: guides[item]["handling_code"] or guides[item]["task_code"] for name, item in items.items()}


def guide(sandbox: Sandbox, code: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(f"{sandbox.origins.www}/portal/v2/guide/{code}", timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read()


def test_every_scenario_has_a_truth_with_its_reason() -> None:
    assert len(ALL) == len(BY_NAME) >= 60
    known = {name.value for name in Misbehaviour}
    for scenario in ALL:
        assert len(scenario.why) >= 10
        assert scenario.strikes or scenario.misbehaviours or scenario.change
        assert set(scenario.misbehaviours) <= known
        assert all(strike.place in PLACES for strike in scenario.strikes)
        assert "fail" not in scenario.also or scenario.truth != "fail"
    assert set(Counter(scenario.truth for scenario in ALL)) >= {"fail", "pass", "blocked", "inconclusive", "error"}


def test_nothing_happens_before_it_is_woken(sandbox: Sandbox, codes: dict[str, str]) -> None:
    ask(f"{sandbox.control_url}/scenarios/wake", {})
    assert {guide(sandbox, code)[0] for code in codes.values()} == {200}


def test_each_item_misbehaves_in_its_own_way(sandbox: Sandbox, codes: dict[str, str]) -> None:
    ask(f"{sandbox.control_url}/scenarios/wake", {"items": True})
    assert guide(sandbox, codes["guide-500"])[0] == 500
    with pytest.raises((ConnectionError, urllib.error.URLError)):
        guide(sandbox, codes["guide-reset"])
    assert "系统繁忙" in guide(sandbox, codes["page-busy"])[2].decode()
    _, media, body = guide(sandbox, codes["gb18030"])
    assert media.endswith("gb18030")
    assert "办事指南" in body.decode("gb18030")
    calendar = ask(f"{sandbox.origins.www}/rmpc/api/calendar?code={codes['calendar-of-last-month']}")
    sound = ask(f"{sandbox.origins.www}/rmpc/api/calendar?code={codes['sound']}")
    assert calendar["days"][0]["date"] < sound["days"][0]["date"]
    assert guide(sandbox, codes["sound"])[0] == 200


def test_a_whole_portal_can_be_down_and_up_again(sandbox: Sandbox, codes: dict[str, str]) -> None:
    ask(f"{sandbox.control_url}/scenarios/wake", {"everywhere": ["portal-500"]})
    assert guide(sandbox, codes["sound"])[0] == 500
    ask(f"{sandbox.control_url}/scenarios/wake", {})
    assert guide(sandbox, codes["sound"])[0] == 200


def test_unknown_scenarios_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(urllib.error.HTTPError, match="422"):
        ask(f"{sandbox.control_url}/scenarios/prepare", {"names": ["no-such"]})
