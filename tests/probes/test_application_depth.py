"""What the simulated application observes of a form is what the sandbox says about that form."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from probe_stage import Bench, Desk, Guide, Guides, task_of

from domain.evidence import Evidence, EvidenceKind
from domain.observation import Observation
from domain.outcome import Outcome
from storage.evidence_store import EvidenceStore

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("empty_ledger"),
    pytest.mark.timeout(900),
]
APPLY = "online-application"
Walk = tuple[Guide, Observation, tuple[Evidence, ...]]
PLAIN = (
    *("pages", "fields", "required", "prefilled", "uploads", "login_ways", "second_login", "slow_pages"),
    *("limits_told", "common_formats", "result_without_visit", "scenario_choice"),
)
"""Names that mean the same in the truth and in the measures."""
RENAMED = {
    "draft": "draft_kept",
    "licence": "licence_offered",
    "receipt": "receipt_promised",
    "messages": "messages_offered",
    "rating": "rating_entry",
    "returns_to_item": "returned_to_item",
    "sideways": "sideways_scrolling",
}
COMPLAINTS = {
    "required_complaint": "empty_field_named",
    "id_complaint": "wrong_id_named",
    "type_complaint": "wrong_type_named",
    "size_complaint": "too_large_named",
}
NAMED = {"field": True, "vague": False, "alert": False, "silent": False, "unchecked": None, "bubble": True, None: None}
"""A sentence at the field that says what to do is observed as such; what only a server checks is not observed."""
OTHERS = ("progress_reachable", "second_login")


def has_sound_form(guide: Guide, guides: Guides) -> bool:
    reached = guide["probes"]["application"]["gdzwfw"]["reason"] == "confirm_page_reached"
    return bool(guide.get("form")) and reached and guide["item_id"] not in guides.misbehaviours


def choose_varied(guides: Guides) -> list[Guide]:
    """Choose the shortest forms that together show every kind of answer that the sandbox knows."""
    sound = [guide for guide in guides.rows if has_sound_form(guide, guides)]
    traits = {guide["item_id"]: traits_of(guide) for guide in sound}
    return min((list(complete(first, sound, traits)) for first in sound), key=count_steps)


def complete(first: Guide, sound: list[Guide], traits: Mapping[str, set[tuple[str, Any]]]) -> Iterator[Guide]:
    """Begin with a form and add the one that shows most of what is missing, until nothing is."""
    missing = set().union(*traits.values()) - traits[first["item_id"]]
    yield first
    while missing:
        best = max(sound, key=lambda guide: (len(traits[guide["item_id"]] & missing), -count_steps([guide])))
        missing -= traits[best["item_id"]]
        yield best


def count_steps(chosen: list[Guide]) -> int:
    """Count what is done three times over: pages that are loaded and looked through, and fields that are filled."""
    return sum(10 * guide["form"]["pages"] + guide["form"]["fields"] for guide in chosen)


def traits_of(guide: Guide) -> set[tuple[str, Any]]:
    figures = figures_of(guide["form"])
    shown = {(name, figures[name]) for name in (*COMPLAINTS.values(), *RENAMED.values(), *OTHERS)}
    return shown | {("broken rules", min(len(guide["form"]["broken_rules"]), 2))}


@pytest.fixture(scope="module")
def walks(bench: Bench, guides: Guides, desk: Desk) -> list[Walk]:
    desk.ask("/ledger/clear", b"")
    return [(guide, *bench.runner().run(task_of(guide, APPLY))) for guide in choose_varied(guides)]


@pytest.fixture(scope="module")
def walked(walks: list[Walk]) -> list[tuple[Guide, Observation]]:
    return [(guide, observation) for guide, observation, _kept in walks]


def figures_of(form: Mapping[str, Any]) -> dict[str, Any]:
    """Translate the sandbox's truth about a form into the names of our measures."""
    plain = {name: form[name] for name in PLAIN}
    renamed = {ours: form[name] for name, ours in RENAMED.items()}
    named = {ours: NAMED[form[name]] for name, ours in COMPLAINTS.items()}
    return plain | renamed | named | {"progress_reachable": form["progress"] == "alive"}


def test_every_figure_is_the_truth(walked: list[tuple[Guide, Observation]]) -> None:
    for guide, observation in walked:
        assert observation.outcome is Outcome.PASS, (guide["name"], observation.reason)
        expected = figures_of(guide["form"])
        assert {name: observation.measures.get(name) for name in expected} == expected, guide["name"]
        rules = sorted(row.asked for row in observation.rows if row.kind == "axe")
        assert rules == guide["form"]["broken_rules"]
        assert observation.measures["serious_axe_rules"] == len(rules)


def test_the_chosen_forms_show_every_kind_of_answer(walked: list[tuple[Guide, Observation]]) -> None:
    """The comparison above would prove little on forms that are all alike."""
    for name in COMPLAINTS.values():
        assert {observation.measures[name] for _, observation in walked} == {True, False, None}, name
    for name in (*RENAMED.values(), *OTHERS):
        assert {True, False} <= {observation.measures[name] for _, observation in walked}, name


def test_three_walks_with_raw_figures(walked: list[tuple[Guide, Observation]]) -> None:
    for guide, observation in walked:
        walks = [row for row in observation.rows if row.kind == "walk"]
        assert [row.asked for row in walks] == ["第 1 次填报（桌面）", "第 2 次填报（桌面）", "第 3 次填报（手机宽度）"]
        for row in walks:
            assert row.grade == 1.0, (guide["name"], row.seen)
            assert (row.measures["pages"], row.measures["fields"]) == (guide["form"]["pages"], guide["form"]["fields"])
            klm_s = row.measures["klm_s"]
            assert isinstance(klm_s, float)
            assert klm_s > 0
        assert len({row.measures["clicks"] for row in walks[:2]}) == 1  # what was tried wrongly is no citizen's click
        assert [row.measures["sideways_px"] is None for row in walks] == [True, True, False]


def test_a_silent_page_and_a_popup_are_told_apart(walked: list[tuple[Guide, Observation]]) -> None:
    for guide, observation in walked:
        rows = {row.asked.partition("：")[0]: row for row in observation.rows if row.kind == "form-fault"}
        row = rows["必填项留空"]
        style = guide["form"]["required_complaint"]
        assert (
            row.grade
            == {"field": 1.0, "bubble": 1.0, "vague": 0.5, "alert": 0.5, "silent": 0.0, "unchecked": None}[style]
        )
        assert row.measures["popup"] == {"unchecked": None}.get(style, style == "alert")


def test_the_list_of_violations_is_kept(walks: list[Walk], evidence: EvidenceStore) -> None:
    broken, kept = next((guide, kept) for guide, _seen, kept in walks if len(guide["form"]["broken_rules"]) > 1)
    listed = [record for record in kept if record.kind is EvidenceKind.ACCESSIBILITY]
    document = json.loads(evidence.get(listed[0].sha256))
    assert {one["rule"] for one in document["violations"]} == set(broken["form"]["broken_rules"])
    assert all(one["places"] for one in document["violations"])


@pytest.mark.slow
def test_a_slow_page_is_counted_and_asked_for_once(bench: Bench, guides: Guides) -> None:
    slow = guides.misbehaving("apply_slow_page")
    observation, _kept = bench.runner().run(task_of(slow, APPLY))
    assert observation.outcome is Outcome.PASS, observation.reason
    assert observation.measures["slow_pages"] == slow["form"]["slow_pages"] == 1
    assert observation.measures["walks"] == 1
    waiting_s = observation.measures["waiting_s"]
    assert isinstance(waiting_s, float)
    assert waiting_s > 15
