"""主题式服务 (D18/C12): of the themed services that are found, how many can be used up to the confirm page."""

from decimal import Decimal
from fractions import Fraction

from domain.crawl import GuideOutcome
from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.arithmetic import ZERO, as_decimal, maybe_decimal, share
from scoring.examples import body_facts, measured_item, probe_result
from scoring.handed_in import figure
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.measures import read_flag
from scoring.notes import NO_THEMES, THEMES_DUE_UNKNOWN, THEMES_MAY_HIDE
from scoring.presence import in_theme_list, listing_proved
from scoring.probing import PROBE_COVERAGE, THEME_SERVICE, take_probes
from scoring.spreads import share_of, sum_up_terms

ROWS = {"D": 18, "C": 12}
USABLE_WEIGHT = Fraction("0.6")


def is_found(fact: ProbeFact) -> bool:
    """Say whether the service is found; one that failed before anybody looked for it counts as found."""
    return read_flag(fact, MeasureName.FOUND) is not False


def is_usable(fact: ProbeFact) -> bool:
    """Say whether a service can be used; one that failed without the figure cannot."""
    usable = read_flag(fact, MeasureName.USABLE)
    return fact.outcome is Outcome.PASS if usable is None else usable


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = 0.4·found/due + 0.6·usable/found (methodology.md §3.6); the table's term adds the first where due is known.

    Usable are tried on a draw, found is a census: what the portal lists and nobody tried is found as well. A body that
    has themes due and surely lists none has found none: 0. An unread guide may be one, so that it proves nothing.
    """
    probing = take_probes(facts, THEME_SERVICE)
    found = [fact for fact in probing.counted if is_found(fact)]
    usable = sum(map(is_usable, found))
    due = figure(facts, ROWS, "themes_due")
    looked = {fact.item_id for fact in probing.counted}
    unlooked = sum(item.package and item.item_id not in looked for item in facts.items)
    all_read = listing_proved(facts) and all(item.outcome is not GuideOutcome.NOT_MEASURED for item in facts.items)
    none_listed = bool(due) and all_read and not any(item.package for item in facts.items)
    nothing_found = none_listed if not probing.counted else not found and not unlooked
    value = ZERO if nothing_found else share(usable, len(found))
    online = len(found) + unlooked
    certain = all_read or (due is not None and online >= due)
    return Measurement(
        value=maybe_decimal(value),
        numerator=Decimal(usable),
        denominator=Decimal(len(found)),
        coverage=probing.coverage,
        measured_share=as_decimal(USABLE_WEIGHT),
        spread=sum_up_terms((share_of("themes_usable", usable, len(found), len(found) + unlooked),)),
        parts={
            "themes_online": Decimal(online) if certain else None,
            "themes_found": Decimal(len(found)),
            "themes_usable": Decimal(usable),
            **probing.parts,
        },
        inputs=probing.inputs,
        excluded=probing.left_out,
        note=(THEMES_DUE_UNKNOWN if due is None else "" if certain else THEMES_MAY_HIDE) if probing.planned else "",
        withheld="" if probing.planned or none_listed else NO_THEMES,
    )


def passing() -> UnitFacts:
    good = {MeasureName.FOUND: True, MeasureName.USABLE: True}
    return body_facts([measured_item(1, package=True)], [probe_result(THEME_SERVICE, 1, measures=good)])


def failing() -> UnitFacts:
    short = {MeasureName.FOUND: True, MeasureName.USABLE: False}
    bad = probe_result(THEME_SERVICE, 2, Outcome.FAIL, measures=short)
    return body_facts([measured_item(1, package=True)], [*passing().probes, bad])


indicators.register(
    Indicator(
        id="theme-service",
        title="主题式服务",
        why="只列链接的“一件事”还是几件事；一张表、一次办完才算。",
        source="methodology.md §3.6 D18/C12、§3.7 主题式服务；通知附件2第18项、附件3第12项",
        version=2,
        rows=ROWS,
        minimum_coverage=PROBE_COVERAGE,
        applies=in_theme_list,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
