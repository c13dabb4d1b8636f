"""Which probe results on 广东政务服务网 may enter a score, and how much of the plan they cover."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.outcome import Outcome
from scoring.arithmetic import as_decimal

SCORED_PORTAL = "gdzwfw"
OTHER_PORTALS = ("yss", "yst")
PROBE_COVERAGE = Decimal("0.8")
"""Our own minimum over the planned probes: a captcha now and then must not hide a body, a blocked night must."""

KEYWORD_SEARCH = "keyword-search"
ONLINE_APPLICATION = "online-application"
BOOKING_CALENDAR = "booking-calendar"
ONLINE_ENTRANCE = "online-entrance"
THEME_SERVICE = "theme-service"
MOBILE_ENTRANCE = "mobile-entrance"  # also the topic under which people record it
PORTAL_CONSISTENCY = "portal-consistency"
OFFLINE_CONSISTENCY = "offline-consistency"  # recorded by people alone


@dataclass(frozen=True, kw_only=True)
class Probing:
    """The results of one probe on one body."""

    counted: tuple[ProbeFact, ...]  # passed or failed on 广东政务服务网
    excluded: tuple[ProbeFact, ...]  # blocked, inconclusive or our own error there
    planned: int  # planned there, without those that turned out not to apply
    elsewhere: Counter[tuple[str, Outcome]]  # (portal, pass or fail) on the other portals: reported, never scored

    @property
    def passed(self) -> int:
        return sum(fact.outcome is Outcome.PASS for fact in self.counted)

    @property
    def coverage(self) -> Decimal:
        """Counted / planned, in 0..1; 1 when nothing was planned."""
        return as_decimal(Fraction(len(self.counted), self.planned)) if self.planned else Decimal(1)

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(fact.observation for fact in self.counted)

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(fact.observation for fact in self.excluded)

    @property
    def parts(self) -> dict[str, Decimal | None]:
        """Counts for the score's ``parts``; a portal that was not probed is left out."""
        parts: dict[str, Decimal | None] = {
            "probes_planned": Decimal(self.planned),
            "probes_counted": Decimal(len(self.counted)),
            "probes_passed": Decimal(self.passed),
        }
        for portal in OTHER_PORTALS:
            passed, failed = self.elsewhere[portal, Outcome.PASS], self.elsewhere[portal, Outcome.FAIL]
            if passed + failed:
                parts[f"{portal}_counted"] = Decimal(passed + failed)
                parts[f"{portal}_passed"] = Decimal(passed)
        return parts


def take_probes(facts: UnitFacts, probe_id: str) -> Probing:
    """Sort a body's results of one probe; a result beyond the plan raises the plan."""
    ours = [fact for fact in facts.probes if fact.probe_id == probe_id]
    here = [fact for fact in ours if fact.portal == SCORED_PORTAL]
    not_applicable = sum(fact.outcome is Outcome.NOT_APPLICABLE for fact in here)
    return Probing(
        counted=tuple(fact for fact in here if fact.outcome.counts),
        excluded=tuple(fact for fact in here if fact.outcome.lowers_coverage),
        planned=max(facts.planned_probes.get(probe_id, 0), len(here)) - not_applicable,
        elsewhere=Counter((fact.portal, fact.outcome) for fact in ours if fact.portal != SCORED_PORTAL),
    )


def take_best(facts: UnitFacts, *probe_ids: str) -> Probing:
    """Sort the results of several probes that look at the same thing, one for each item: the first that counts.

    A planned look that was never made counts as one at an item that nobody else looked at.
    """
    order = {probe_id: place for place, probe_id in enumerate(probe_ids)}
    by_item: dict[tuple[str, str], ProbeFact] = {}
    for fact in sorted((fact for fact in facts.probes if fact.probe_id in order), key=lambda f: order[f.probe_id]):
        known = by_item.get((fact.portal, fact.item_id))
        if known is None or (fact.outcome.counts and not known.outcome.counts):
            by_item[fact.portal, fact.item_id] = fact
    best = tuple(by_item.values())
    here = [fact for fact in best if fact.portal == SCORED_PORTAL]
    not_applicable = sum(fact.outcome is Outcome.NOT_APPLICABLE for fact in here)
    looks = Counter(fact.probe_id for fact in facts.probes if fact.probe_id in order and fact.portal == SCORED_PORTAL)
    unmade = sum(max(facts.planned_probes.get(probe_id, 0) - looks[probe_id], 0) for probe_id in probe_ids)
    return Probing(
        counted=tuple(fact for fact in here if fact.outcome.counts),
        excluded=tuple(fact for fact in here if fact.outcome.lowers_coverage),
        planned=len(here) + unmade - not_applicable,
        elsewhere=Counter((fact.portal, fact.outcome) for fact in best if fact.portal != SCORED_PORTAL),
    )


def take_manual(facts: UnitFacts, topic: str) -> tuple[ProbeFact, ...]:
    """Return what people recorded about a topic and could judge.

    Manual observations are kept apart from the probes' (``UnitFacts.manual``), so that they enter a score only where an
    indicator asks for them here, and says so.
    """
    return tuple(fact for fact in facts.manual if fact.probe_id == topic and fact.outcome.counts)


def scarcer(census_coverage: Decimal, census_minimum: Decimal, probing: Probing) -> tuple[Decimal, Decimal]:
    """Return coverage and minimum of the source that is nearer to (or further below) its minimum."""
    by_guides = (census_coverage, census_minimum)
    by_probes = (probing.coverage, PROBE_COVERAGE)
    return min(by_guides, by_probes, key=lambda pair: pair[0] / pair[1])
