"""Whether a body has any item of the kind that a row speaks of; only a whole listing can prove that it has none."""

from collections.abc import Callable

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, UnitFacts
from domain.item_type import GUANGDONG_ITEM_TYPES, PERMIT, is_application, is_power
from scoring.census import Member, application_or_public, missing_guides
from scoring.indicator import Applies


def listing_proved(facts: UnitFacts) -> bool:
    """Say whether we know every guide that the portal lists for the body; a body that it does not show lists none."""
    return missing_guides(facts) == 0


def may_have(facts: UnitFacts, without: Callable[[ItemFact], bool]) -> bool:
    """Return False only when the listing is proved and every listed guide is surely of another kind."""
    return not listing_proved(facts) or not all(without(item) for item in facts.items)


def surely_not(member: Member) -> Callable[[ItemFact], bool]:
    """Build the test that a guide lies outside the population, by its type or since it does not exist."""

    def outside(item: ItemFact) -> bool:
        if item.item_type_code in GUANGDONG_ITEM_TYPES:
            return not member(item.item_type_code)
        return item.outcome is GuideOutcome.ABSENT

    return outside


def always(facts: UnitFacts) -> bool:
    return True


def has_items(facts: UnitFacts) -> bool:
    return may_have(facts, lambda item: False)


def has_permit_items(facts: UnitFacts) -> bool:
    return may_have(facts, surely_not(lambda code: code == PERMIT))


def has_application_items(facts: UnitFacts) -> bool:
    return may_have(facts, surely_not(is_application))


def has_application_or_public_items(facts: UnitFacts) -> bool:
    return may_have(facts, surely_not(application_or_public))


def has_power_list(facts: UnitFacts) -> bool:
    """Say whether the body may have powers: by its guides, or by the base that another channel handed in."""
    handed_in = any(figures.get("power_items_base", 0) > 0 for figures in facts.imported.values())
    return handed_in or may_have(facts, surely_not(is_power))


def has_online_items(facts: UnitFacts) -> bool:
    return may_have(facts, lambda item: item.online is False or item.outcome is GuideOutcome.ABSENT)


def in_theme_list(facts: UnitFacts) -> bool:
    """Say whether the body may publish a themed service, or has one due by what another channel handed in."""
    due = any(figures.get("themes_due", 0) > 0 for figures in facts.imported.values())
    return due or may_have(facts, lambda item: item.outcome is not GuideOutcome.NOT_MEASURED and not item.package)


def says_none(facts: UnitFacts, figure: str) -> bool:
    """Say whether another channel handed in that there is none of it."""
    return any(figures.get(figure) == 0 for figures in facts.imported.values())


def has_requests(facts: UnitFacts) -> bool:
    return not says_none(facts, "requests")


def issues_licences(facts: UnitFacts) -> bool:
    return not says_none(facts, "kinds_due")


def uses_cloud(facts: UnitFacts) -> bool:
    return not says_none(facts, "cloud_resources")


def has_cases(facts: UnitFacts) -> bool:
    """Say whether the body may have cases: without any item there is none, and it may be told that there was none."""
    return has_items(facts) and not says_none(facts, "cases_finished")


PRESENCE: dict[str, Applies] = {
    test.__name__: test
    for test in (
        always,
        has_items,
        has_permit_items,
        has_application_items,
        has_application_or_public_items,
        has_power_list,
        has_online_items,
        in_theme_list,
        has_requests,
        issues_licences,
        uses_cloud,
        has_cases,
    )
}
"""``TableRow.applies_if`` → test, by the guides of 广东政务服务网 or by what other channels said."""
