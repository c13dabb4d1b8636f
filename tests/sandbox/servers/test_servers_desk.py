"""智能客服 of the replica: it reads only, knows what its platform offers, and has every manner of answering."""

import httpx
import pytest

from sandbox.corpus.demo import make_demo
from sandbox.corpus_file import make_placeholder_origins
from sandbox.serving import Sandbox

ENDPOINT = "/znkf/api/chat"


def ask(sandbox: Sandbox, question: str) -> dict[str, object]:
    answer: dict[str, object] = httpx.post(sandbox.origins.www + ENDPOINT, json={"question": question}).json()
    return answer


def test_asking_changes_nothing(fresh: Sandbox) -> None:
    assert ask(fresh, "今天天气怎么样？")["links"]
    assert "text" in ask(fresh, "世界杯冠军是谁？")
    ledger = httpx.get(f"{fresh.control_url}/ledger").json()
    assert [entry for entry in ledger["state_changing"] if entry["path"].startswith(ENDPOINT)] == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b'{"about": "x"}', b"\xff"])
def test_a_body_that_is_no_question_is_refused(fresh: Sandbox, body: bytes) -> None:
    assert httpx.post(fresh.origins.www + ENDPOINT, content=body).status_code == 400


def test_the_desk_has_every_manner_and_each_its_grade() -> None:
    desk = make_demo(seed=2021, size=150, origins=make_placeholder_origins()).truth["desk"]
    facts = [fact for kinds in desk["items"].values() for fact in kinds.values()]
    graded = {fact["manner"]: fact["grade"] for fact in facts}
    right = dict.fromkeys(("card", "fact", "link", "clarify", "picky", "slow"), 1.0)
    wrong = dict.fromkeys(("contradicted", "wrong", "related", "refusal"), 0.0)
    expected = {**right, **wrong, "part": 0.5, "busy": None}
    assert graded == expected
    assert all(bool(fact["only_with"]) is (fact["manner"] == "picky") for fact in facts)


def test_yss_has_a_desk_and_yst_has_none(fresh: Sandbox) -> None:
    assert httpx.get(f"{fresh.origins.yss}/h5/desk").status_code == 200
    told = httpx.get(f"{fresh.origins.yss}/h5/desk/chat", params={"question": "世界杯冠军是谁？"}).json()
    assert told["links"] == []
    assert httpx.get(f"{fresh.origins.yst}/h5/desk").status_code == 404
