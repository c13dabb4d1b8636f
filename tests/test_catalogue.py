"""Every plug-in says what it is, why it is, where it comes from, and proves that it can pass and fail."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.rules.rule import AuditRule, RuleKind, judge, rules
from domain.outcome import Outcome
from portals.adapter import adapters
from probes.probe import probes
from scoring.indicator import Indicator, Targets, indicators
from scoring.targets import load_targets

ROOT = Path(__file__).resolve().parent.parent
ID_FORM = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLUG_INS = [*rules.all(), *probes.all(), *indicators.all(), *adapters.all()]


def name_of(plug_in: object) -> str:
    return f"{type(plug_in).__name__}:{plug_in.id}"  # type: ignore[attr-defined] # every plug-in has an id


@pytest.mark.parametrize("plug_in", PLUG_INS, ids=name_of)
def test_every_plug_in_speaks_for_itself(plug_in: AuditRule | Indicator) -> None:
    assert ID_FORM.fullmatch(plug_in.id)
    assert CHINESE.search(plug_in.title), "evaluators read Chinese"
    assert len(plug_in.why) >= 8
    assert len(plug_in.source) >= 5
    assert plug_in.version >= 1


@pytest.mark.parametrize("plug_in", [*rules.all(), *probes.all(), *indicators.all()], ids=name_of)
def test_every_plug_in_is_documented(plug_in: AuditRule | Indicator) -> None:
    page = ROOT / plug_in.docs
    assert page.is_file()
    assert plug_in.id in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", rules.all(), ids=name_of)
def test_every_rule_can_pass_and_fail(rule: AuditRule) -> None:
    assert judge(rule, rule.passing()).outcome is Outcome.PASS
    verdict = judge(rule, rule.failing())
    assert verdict.outcome is Outcome.FAIL
    assert CHINESE.search(verdict.reason), "a fault is explained in a Chinese sentence"
    assert verdict.failed >= 1
    assert verdict.checked >= verdict.failed


@pytest.mark.parametrize("indicator", indicators.all(), ids=name_of)
def test_every_indicator_can_give_full_marks_and_less(indicator: Indicator) -> None:
    # One indicator is withheld until people have calibrated it; here it has to show what it can do.
    targets: Targets = replace(load_targets(), readability_calibrated=True)
    best = indicator.compute(indicator.passing(), targets)
    less = indicator.compute(indicator.failing(), targets)
    assert best.value == 1
    assert less.value is not None
    assert less.value < 1


def test_the_seventeen_checkpoints_have_one_completeness_rule_each() -> None:
    covered = [rule.checkpoint for rule in rules.all() if rule.kind is RuleKind.COMPLETENESS]
    assert sorted(covered, key=str) == sorted((f"G{number}" for number in range(1, 18)), key=str)


def test_there_are_enough_rules() -> None:
    assert len(rules.all()) >= 20


def test_the_three_portals_and_all_probes_are_there() -> None:
    assert {adapter.id for adapter in adapters.all()} == {"gdzwfw", "yss", "yst"}
    assert {probe.id for probe in probes.all()} == {
        "keyword-search",
        "online-application",
        "booking-calendar",
        "guide-faces",
        "online-entrance",
        "theme-service",
        "mobile-entrance",
        "portal-consistency",
        "page-times",
        "control",
        "chatbot",
        "chatbot-controls",
    }


def test_every_file_of_a_plug_in_package_registers_or_serves() -> None:
    """A rule file that nobody discovers would be a rule that never judges."""
    discovered = {rule.check.__module__ for rule in rules.all()}
    files = {path.stem for path in (ROOT / "crawler" / "rules").glob("completeness*.py")}
    assert files
    assert all(any(module.endswith(f".{stem}") for module in discovered) for stem in files)
