"""全程网办率 (D31/C28): depth IV counts only where the guide itself does not ask for a visit or for paper."""

from decimal import Decimal

from domain.facts import ItemFact, UnitFacts
from scoring.arithmetic import maybe_decimal, share
from scoring.census import CENSUS_COVERAGE, application_or_public, take_census
from scoring.consistency import check_row
from scoring.entrances import leads_on
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import RESULT_BY_POST_UNCHECKED, join_notes
from scoring.presence import has_application_or_public_items
from scoring.probing import ONLINE_APPLICATION, ONLINE_ENTRANCE, take_best
from scoring.spreads import spread_of

ROWS = {"D": 31, "C": 28}
FULL_DEPTH = 4
FACTS = ("online_depth", "visits", "paper_only_material")


def is_fully_online(item: ItemFact) -> bool | None:
    """Say whether an item is done wholly online; one sure "no" settles it, "yes" needs all three facts."""
    needs = (
        None if item.online_depth is None else item.online_depth == FULL_DEPTH,
        None if item.visits is None else item.visits == 0,
        None if item.paper_only_material is None else not item.paper_only_material,
    )
    if False in needs:
        return False
    return None if None in needs else True


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = depth IV, no visit, no paper-only material / 依申请 and 公共服务 items, times k (methodology.md §3.6)."""
    census = take_census(
        facts,
        member=application_or_public,
        known=lambda item: is_fully_online(item) is not None,
        needs=FACTS,
        silence_is_no=True,
    )
    deep = [item for item in census.seen if item.online_depth == FULL_DEPTH]
    online = sum(bool(is_fully_online(item)) for item in deep)
    declared = {item.item_id for item in deep if is_fully_online(item)}
    looks = take_best(facts, ONLINE_APPLICATION, ONLINE_ENTRANCE)  # truth by dry run, where there was one
    tried = [fact for fact in looks.counted if fact.item_id in declared]
    consistency = check_row(facts, ROWS, online, map(leads_on, tried))
    whole = share(online, len(census.seen))
    return Measurement(
        value=maybe_decimal(None if whole is None else whole * consistency.factor),
        numerator=Decimal(online),
        denominator=Decimal(len(census.seen)),
        coverage=census.coverage,
        spread=spread_of(whole, consistency.factors),
        parts={
            "depth_four_share": maybe_decimal(share(len(deep), len(census.seen))),
            "depth_four_with_visit": Decimal(sum(bool(item.visits) for item in deep)),
            "depth_four_on_paper": Decimal(sum(bool(item.paper_only_material) for item in deep)),
            **census.parts,
            **consistency.parts,
        },
        inputs=census.inputs + tuple(fact.observation for fact in tried) + consistency.inputs,
        excluded=census.excluded,
        note=join_notes(consistency.note, RESULT_BY_POST_UNCHECKED),
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, visits=1), measured_item(3, paper_only_material=True)])


indicators.register(
    Indicator(
        id="fully-online",
        title="全程网办率",
        why="申报四级却还要跑现场、交纸质，就不是全程网办。",
        source="methodology.md §3.6 D31/C28、§3.7；通知附件2第31项、附件3第28项",
        version=4,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_application_or_public_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
