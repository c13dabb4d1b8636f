"""国家基本目录对应情况 (D14/C8): what the province has claimed for this level must be found in a published guide."""

from decimal import Decimal

from domain.facts import UnitFacts
from domain.handed_list import ListEntry, ListKind
from scoring.arithmetic import maybe_decimal, share
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.examples import body_facts, measured_item
from scoring.handed_in import codes
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.item_codes import basic_code_of
from scoring.notes import CLAIMED_CODES_UNKNOWN
from scoring.presence import has_items

ROWS = {"D": 14, "C": 8}


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = claimed basic codes in a published guide / claimed basic codes; the claim is a list (methodology.md §3.6).

    A claimed code that only a guide bears which nobody could read is neither found nor missed: it leaves both.
    """
    census = take_census(facts, known=lambda item: bool(item.basic_code or item.national_code), needs=("basic_code",))
    claimed = codes(facts, ListKind.CLAIMED_CODES)
    published = {code for item in census.seen for code in (item.basic_code, item.national_code) if code}
    unread = {basic_code_of(item) for item in census.unseen} - published
    due = (claimed or frozenset()) - unread
    found = len(due & published)
    return Measurement(
        value=maybe_decimal(share(found, len(due))),
        numerator=Decimal(found) if claimed else None,
        denominator=Decimal(len(due)) if claimed else None,
        coverage=census.coverage,
        parts={
            "codes_claimed": None if claimed is None else Decimal(len(claimed)),
            "codes_published": Decimal(len({item.basic_code for item in census.seen if item.basic_code})),
            **census.parts,
        },
        inputs=census.inputs,
        excluded=census.excluded,
        withheld="" if claimed else CLAIMED_CODES_UNKNOWN,
    )


def claiming(*claimed: str) -> UnitFacts:
    """Make a body that publishes 440100001000, for which these codes were claimed."""
    body = body_facts([measured_item(1, basic_code="440100001000")])
    return body.model_copy(update={"lists": {ListKind.CLAIMED_CODES: tuple(ListEntry(key=code) for code in claimed)}})


def passing() -> UnitFacts:
    return claiming("440100001000")


def failing() -> UnitFacts:
    return claiming("440100001000", "440100002000")


indicators.register(
    Indicator(
        id="national-catalogue",
        title="国家基本目录对应情况",
        why="省里认领了的事项，市县没有公布，群众就找不到。",
        source="methodology.md §3.6 D14/C8；通知附件2第14项、附件3第8项",
        version=2,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
