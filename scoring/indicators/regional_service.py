"""区域通办 (D21/C15): published for other places, to the same standard everywhere, and really to be begun online."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.handed_list import ListKind
from scoring.arithmetic import ONE, as_decimal, maybe_decimal, mean, recount, share
from scoring.census import CENSUS_COVERAGE, Census, take_census
from scoring.entrances import leads_on
from scoring.examples import body_facts, measured_item, probe_result
from scoring.handed_in import codes, figure
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.item_codes import codes_of
from scoring.notes import REGIONAL_DUE_UNKNOWN
from scoring.presence import has_items
from scoring.probing import ONLINE_APPLICATION, ONLINE_ENTRANCE, scarcer, take_best
from scoring.spreads import certain, share_of, sum_up_terms
from scoring.weighted_terms import Term, join_terms, weight_within

ROWS = {"D": 21, "C": 15}
PUBLISHED_WEIGHT = Fraction("0.4")
STANDARD_WEIGHT = Fraction("0.3")
SUCCESS_WEIGHT = Fraction("0.3")
DUE = "regional_items_due"


def published_share(facts: UnitFacts, census: Census) -> Fraction | None:
    """Return the items published for 通办 / items due, by the list of those due or, without one, by their number.

    An item of the list whose guide, or one of whose guides, nobody could read leaves both, unless another one shows it.
    """
    across = [item for item in census.seen if item.across_regions]
    due = codes(facts, ListKind.REGIONAL_DUE)
    if due:
        published = {code for item in across for code in codes_of(item)}
        unread = {code for item in census.unseen for code in codes_of(item)}
        judged = due - (unread - published)
        return share(len(judged & published), len(judged))
    number = figure(facts, ROWS, DUE)  # handed in where there is no list
    items = {item.task_code or item.item_id for item in across}
    return min(Fraction(len(items)) / number, ONE) if number else None


def mean_standard(items: list[ItemFact]) -> Fraction | None:
    """Mean over the items of fields as elsewhere / fields compared; an item that nothing compares with is no case."""
    compared = Counter(item.standard for item in items if item.standard is not None and item.standard[1])
    return mean(recount(compared, lambda pair: Fraction(*pair)))


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = 0.4·published/due + 0.3·same standard + 0.3·probe success, both over 通办 items (methodology.md §3.6)."""
    census = take_census(facts, known=lambda item: item.across_regions is not None, needs=("across_regions",))
    across = [item for item in census.seen if item.across_regions]
    of_them = {item.item_id for item in across}
    probing = take_best(facts, ONLINE_APPLICATION, ONLINE_ENTRANCE)  # what counts is the way to the confirm page
    tried: list[ProbeFact] = [fact for fact in probing.counted if fact.item_id in of_them]
    opened = sum(map(leads_on, tried))
    published = Term(
        weight=PUBLISHED_WEIGHT, value=published_share(facts, census), no_case=figure(facts, ROWS, DUE) == 0
    )
    standard = Term(weight=STANDARD_WEIGHT, value=mean_standard(across))
    success = Term(weight=SUCCESS_WEIGHT, value=share(opened, len(tried)))
    terms = (published, standard, success)
    value, measured = join_terms(terms)
    coverage, minimum = scarcer(census.coverage, CENSUS_COVERAGE, probing)
    return Measurement(
        value=maybe_decimal(value),
        numerator=Decimal(len(across)),
        denominator=Decimal(len(census.seen)),
        coverage=coverage if tried else census.coverage,
        minimum_coverage=minimum if tried else CENSUS_COVERAGE,
        measured_share=as_decimal(measured),
        spread=sum_up_terms(
            (
                *(
                    certain("certain", one.value, weight_within(terms, one))
                    for one in (published, standard)
                    if one.value is not None and one.measured
                ),
                share_of("success", opened, len(tried), len(across), weight_within(terms, success)) if tried else None,
            )
        ),
        parts={
            "regional_items": Decimal(len(across)),
            "regional_published_share": maybe_decimal(published.value),
            "regional_standard": maybe_decimal(standard.value),
            "regional_success": maybe_decimal(success.value),
            **census.parts,
        },
        inputs=census.inputs + tuple(fact.observation for fact in tried),
        excluded=census.excluded + (probing.left_out if tried else ()),
        note=REGIONAL_DUE_UNKNOWN if published.value is None and not published.no_case else "",
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1)], [probe_result(ONLINE_APPLICATION, 1)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, standard=(1, 3))], passing().probes)


indicators.register(
    Indicator(
        id="regional-service",
        title="区域通办",
        why="在外地也能办、要求一个样，群众才不用两头跑。",
        source="methodology.md §3.6 D21/C15、§3.7 区域通办；通知附件2第21项、附件3第15项",
        version=2,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
