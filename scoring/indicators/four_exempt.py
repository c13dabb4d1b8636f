"""“四免”专项优化 (D9/C6): materials, forms, signatures and seals that nobody has to bring any more."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.item_type import is_application
from domain.measure_name import MeasureName
from scoring.arithmetic import ONE, ZERO, as_decimal, maybe_decimal, mean, recount
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.examples import body_facts, measured_item, probe_result
from scoring.handed_in import figure
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.measures import read_number
from scoring.notes import FORMS_NOT_TRIED, SIGNATURES_UNKNOWN, join_notes
from scoring.presence import has_application_items
from scoring.probing import ONLINE_APPLICATION, scarcer, take_probes
from scoring.spreads import certain, ratio_of, sum_up_terms
from scoring.weighted_terms import Term, join_terms, weight_within

ROWS = {"D": 9, "C": 6}
QUARTER = Fraction(1, 4)
SIGNATURES = ("items_signed_without_handwriting", "items_needing_signature")
SEALS = ("items_without_paper_seal", "items_needing_seal")


def fields_of(task: ProbeFact) -> tuple[Fraction, Fraction] | None:
    """Return (fields that came filled, fields that could be filled from the login); ``None`` when not counted."""
    filled, fillable = read_number(task, MeasureName.PREFILLED), read_number(task, MeasureName.PREFILLABLE)
    return None if filled is None or fillable is None else (min(filled, fillable), fillable)


def material_term(pairs: list[tuple[int, int]]) -> Term:
    """Mean over items of materials marked 免提交 / materials that an authority issues."""
    cases = Counter(pair for pair in pairs if pair[1])
    return Term(
        weight=QUARTER, value=mean(recount(cases, lambda pair: Fraction(*pair))), no_case=bool(pairs) and not cases
    )


def form_term(fields: list[tuple[Fraction, Fraction]]) -> Term:
    """Fields that came filled / fields that could be, over the forms that were walked."""
    fillable = sum((whole for _, whole in fields), ZERO)
    filled = sum((part for part, _ in fields), ZERO)
    return Term(weight=QUARTER, value=filled / fillable if fillable else None, no_case=bool(fields) and not fillable)


def imported_term(facts: UnitFacts, names: tuple[str, str]) -> Term:
    """Return a share that only the systems behind the counters know: both figures are imports."""
    part, whole = figure(facts, ROWS, names[0]), figure(facts, ROWS, names[1])
    known = part is not None and bool(whole)
    return Term(
        weight=QUARTER,
        value=min(part / whole, ONE) if known and part is not None and whole else None,
        no_case=whole == 0,
    )


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = 0.25·(m + f + h + e); a part without a case is dropped and the rest re-scaled (methodology.md §3.6, §3.7)."""
    census = take_census(
        facts, member=is_application, known=lambda item: item.exempt_materials is not None, needs=("exempt_materials",)
    )
    probing = take_probes(facts, ONLINE_APPLICATION)
    pairs = [item.exempt_materials for item in census.seen if item.exempt_materials is not None]
    walked = {fact.observation: counts for fact in probing.counted if (counts := fields_of(fact)) is not None}
    fields = list(walked.values())
    materials, forms = material_term(pairs), form_term(fields)
    by_hand = (imported_term(facts, SIGNATURES), imported_term(facts, SEALS))
    terms = (materials, forms, *by_hand)
    value, measured = join_terms(terms)
    coverage, minimum = scarcer(census.coverage, CENSUS_COVERAGE, probing)
    return Measurement(
        value=maybe_decimal(value),
        numerator=Decimal(sum(part for part, _ in pairs)),
        denominator=Decimal(sum(whole for _, whole in pairs)),
        coverage=coverage if fields else census.coverage,
        minimum_coverage=minimum if fields else CENSUS_COVERAGE,
        measured_share=as_decimal(measured),
        spread=sum_up_terms(
            (
                *(
                    certain("certain", one.value, weight_within(terms, one))
                    for one in (materials, *by_hand)
                    if one.value is not None and one.measured
                ),
                ratio_of("forms", fields, weight_within(terms, forms)) if forms.measured else None,
            )
        ),
        parts={
            "materials_exempt": maybe_decimal(materials.value),
            "fields_prefilled": maybe_decimal(forms.value),
            "signatures_exempt": maybe_decimal(by_hand[0].value),
            "seals_exempt": maybe_decimal(by_hand[1].value),
            **census.parts,
        },
        inputs=census.inputs + tuple(walked),
        excluded=census.excluded + (probing.left_out if fields else ()),
        note=join_notes(
            "" if forms.measured or forms.no_case else FORMS_NOT_TRIED,
            SIGNATURES_UNKNOWN if any(one.value is None and not one.no_case for one in by_hand) else "",
        ),
    )


def passing() -> UnitFacts:
    filled = {MeasureName.PREFILLED: 3, MeasureName.PREFILLABLE: 3}
    return body_facts([measured_item(1)], [probe_result(ONLINE_APPLICATION, 1, measures=filled)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1, exempt_materials=(0, 2))], passing().probes)


indicators.register(
    Indicator(
        id="four-exempt",
        title="“四免”专项优化",
        why="政府发的证不再要群众交，系统有的信息不再要群众填。",
        source="methodology.md §3.6 D9/C6、§3.7 四免；通知附件2第9项、附件3第6项",
        version=1,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_application_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
