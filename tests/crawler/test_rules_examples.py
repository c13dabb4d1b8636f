"""Every rule can pass and can fail, says so in words, and the printed catalogue is the registered one."""

from pathlib import Path

import pytest

from crawler.rules.catalogue import write_catalogue
from crawler.rules.example_guide import good_guide
from crawler.rules.rule import AuditRule, RuleKind, judge, rules
from domain.dossier import Dossier
from domain.outcome import Outcome

ROOT = Path(__file__).resolve().parents[2]
ALL = rules.all()


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_passing_example_passes(rule: AuditRule) -> None:
    verdict = judge(rule, rule.passing())
    assert verdict.outcome is Outcome.PASS, verdict.reason
    assert verdict.failed == 0
    assert verdict.checked >= 1


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_failing_example_fails_with_a_reason(rule: AuditRule) -> None:
    verdict = judge(rule, rule.failing())
    assert verdict.outcome is Outcome.FAIL, verdict.reason
    assert verdict.reason
    assert 1 <= verdict.failed <= verdict.checked


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_words_for_evaluators(rule: AuditRule) -> None:
    assert rule.title != rule.failure_title
    assert rule.why.endswith("。")
    assert rule.source
    assert rule.version >= 1


def test_a_good_guide_has_no_fault() -> None:
    verdicts = {rule.id: judge(rule, Dossier(guide=good_guide())) for rule in ALL}
    faults = {id: verdict.reason for id, verdict in verdicts.items() if verdict.outcome is Outcome.FAIL}
    assert faults == {}


def test_one_completeness_rule_per_checkpoint() -> None:
    complete = [rule.checkpoint for rule in ALL if rule.kind is RuleKind.COMPLETENESS]
    assert sorted(complete) == sorted(f"G{number}" for number in range(1, 18))


def test_enough_rules() -> None:
    accurate = [rule for rule in ALL if rule.kind is RuleKind.ACCURACY]
    assert len(accurate) >= 25
    assert len(ALL) >= 32


def test_catalogue_is_up_to_date() -> None:
    printed = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert printed == write_catalogue(), "run: python -m crawler.rules.catalogue > docs/rules.md"
