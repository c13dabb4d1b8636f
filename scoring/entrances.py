"""What a look at 在线办理 of one item says: does it lead on, which login does it ask for, does one login do."""

from collections.abc import Iterable

from domain.entrance import EntranceKind
from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.measures import read_flag, read_number, read_text


def leads_on(fact: ProbeFact) -> bool:
    """Say whether 在线办理 leads to a form or a login; blank forms to take away are no application."""
    kind = read_text(fact, MeasureName.ENTRANCE)
    return fact.outcome is Outcome.PASS and kind != EntranceKind.DOWNLOAD_ONLY


def reaches_form(fact: ProbeFact) -> bool:
    """Say whether 在线办理 reaches a form or a login: a way that ends inside the form has passed the entrance."""
    pages = read_number(fact, MeasureName.PAGES)
    return leads_on(fact) or (pages is not None and pages > 0)


def uses_unified_login(fact: ProbeFact) -> bool | None:
    """Say whether the login that an entrance asks for is the provincial one; ``None``: it asks for none."""
    if not read_flag(fact, MeasureName.ASKS_LOGIN):
        return None
    return read_text(fact, MeasureName.ENTRANCE) == EntranceKind.LOGIN_UNIFIED


def untried_items(facts: UnitFacts, tried: Iterable[ProbeFact]) -> int:
    """Count the items declared online at whose entrance nobody looked: any of them may ask for a login."""
    seen = {fact.item_id for fact in tried}
    return sum(bool(item.online) and item.item_id not in seen for item in facts.items if not item.package)


def opens_with_one_login(fact: ProbeFact) -> bool | None:
    """Say whether one provincial login opens the item; ``None``: it asks for none, or nobody could try."""
    return read_flag(fact, MeasureName.SINGLE_SIGN_ON)
