"""Rule ids with the sentence that a failed guide is told, for exports and pages that may not import the rules."""

from collections.abc import Mapping

from crawler.rules.rule import rules


def rule_titles() -> Mapping[str, str]:
    """Return failure titles by rule id."""
    return {rule.id: rule.failure_title for rule in rules.all()}
