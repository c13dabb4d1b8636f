"""The mobile platforms of the sandbox show what its truth says: who carries a service, and what reads otherwise."""

import re
from dataclasses import asdict
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import orjson
import pytest

from sandbox.misbehaviours import Misbehaviour
from sandbox.portal_differences import show_materials, show_text
from sandbox.serving import Sandbox, running_sandbox


@pytest.fixture(scope="module")
def served() -> Sandbox:  # type: ignore[misc]  # a generator by its yield
    with running_sandbox(["--size", "400", "--seed", "5"]) as running:
        yield running


def read(url: str) -> tuple[int, str]:
    try:
        with urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def truth_of(served: Sandbox) -> list[dict]:  # type: ignore[type-arg]  # JSON
    guides: list[dict] = orjson.loads(read(f"{served.control_url}/truth")[1])["guides"]  # type: ignore[type-arg]
    return guides


def test_carriers_answer_and_others_do_not(served: Sandbox) -> None:
    origins = asdict(served.origins)
    guides = [guide for guide in truth_of(served) if guide["crawl"] == "measured"]
    carried = [guide for guide in guides if guide["portals"]["carriers"]]
    assert carried
    assert len(carried) < len(guides)
    for guide in [*carried[:15], *[one for one in guides if not one["portals"]["carriers"]][:15]]:
        code = guide["handling_code"] or guide["task_code"]
        for portal in ("yss", "yst"):
            status, page = read(f"{origins[portal]}/h5/service/{code}")
            assert status == (200 if portal in guide["portals"]["carriers"] else 404)
            assert (guide["name"] in page) == (status == 200)


@pytest.mark.parametrize("name", ["mobile_gone", "mobile_unsearchable", "mobile_wide", "portal_writes_otherwise"])
def test_every_oddity_is_planted_and_served(served: Sandbox, name: str) -> None:
    truth = orjson.loads(read(f"{served.control_url}/truth")[1])
    planted = [row["item_id"] for row in truth["misbehaviours"] if row["name"] == name]
    assert planted
    guide = next(one for one in truth["guides"] if one["item_id"] == planted[0])
    code, origins = guide["handling_code"] or guide["task_code"], asdict(served.origins)
    portal = (guide["portals"]["carriers"] or ["yss"])[0]
    status, page = read(f"{origins[portal]}/h5/service/{code}")
    assert status == (404 if name == "mobile_gone" else 200)
    assert ("width:900px" in page) == (name == "mobile_wide")
    listed = [read(f"{origins[portal]}/h5/search?keyword={quote(guide['name'])}")[1]]
    assert (code in listed[0]) == (name in ("mobile_wide", "portal_writes_otherwise"))


def quote(text: str) -> str:
    from urllib.parse import quote as encode

    return encode(text)


def test_differences_set_at_the_desk_are_shown(served: Sandbox) -> None:
    guide = next(one for one in truth_of(served) if one["portals"]["mobile"]["outcome"] == "pass")
    code, portal = guide["handling_code"] or guide["task_code"], guide["portals"]["carriers"][0]
    address = f"{asdict(served.origins)[portal]}/h5/service/{code}"
    before = read(address)[1]
    body = orjson.dumps({code: ["portal_other_status", "portal_other_fee"]})
    try:
        urlopen(Request(f"{served.control_url}/faults", data=body), timeout=10).close()
        after = read(address)[1]
    finally:
        urlopen(Request(f"{served.control_url}/faults", data=b"{}"), timeout=10).close()
    assert re.findall(r"事项状态</dt><dd>(.*?)</dd>", before) != ["暂停"]
    assert re.findall(r"事项状态</dt><dd>(.*?)</dd>", after) == ["暂停"]
    assert re.findall(r"是否收费</dt><dd>(.*?)</dd>", before) != re.findall(r"是否收费</dt><dd>(.*?)</dd>", after)


def test_other_words_and_other_values_are_told_apart() -> None:
    otherwise, limit = {Misbehaviour.PORTAL_WRITES_OTHERWISE}, {Misbehaviour.PORTAL_OTHER_LIMIT}
    assert show_text("承诺办结时限", "5(工作日)", otherwise) == "5 个工作日内"
    assert show_text("承诺办结时限", "5(工作日)", limit) == "14(工作日)"
    assert show_text("咨询电话", "0662-3366001", otherwise) == "（0662）3366001"
    assert show_materials(["甲", "乙"], otherwise) == ["1、乙", "2、甲"]
    assert show_materials(["甲", "乙"], {Misbehaviour.PORTAL_OTHER_MATERIALS})[1:] == ["乙"]
