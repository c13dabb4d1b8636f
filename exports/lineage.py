"""Gathers from the store everything that one score rests on: text, figures, versions, inputs, and what was left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.crawl import GuideOutcome, GuideVisit
from domain.errors import UsageError, unknown
from domain.explanation import Excluded, Explanation, LeftOut, SourceKind, Used
from domain.failure import BLAME, REASON_TITLES_ZH
from domain.finding import Finding
from domain.formula import names_of
from domain.handed_list import LIST_PREFIX
from domain.imported_figure import IMPORTED
from domain.imported_part import IMPORTED_PART_TITLES_ZH
from domain.observation import Observation
from domain.outcome import Outcome
from domain.run import Run
from domain.score import Score
from domain.score_part import SCORE_PART_TITLES_ZH
from domain.scoring_basis import RowDefinition, ScoringBasis
from domain.unit import find_unit
from exports.recomputation import recompute
from storage.store import Store

MAIN_PORTAL = "gdzwfw"
OBSERVATION_SLASHES = 3
"""An observation's id is run/portal/probe/item; an item's own id stands alone."""

OUTCOME_REASONS = {
    Outcome.BLOCKED: LeftOut.BLOCKED,
    Outcome.INCONCLUSIVE: LeftOut.INCONCLUSIVE,
    Outcome.ERROR: LeftOut.ERROR,
    Outcome.NOT_APPLICABLE: LeftOut.NOT_APPLICABLE,
}


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What the store knows about a body's guides and observations in one run, by id."""

    visits: Mapping[str, GuideVisit]
    observations: Mapping[str, Observation]


def find_score(store: Store, run: str, unit: str, indicator: str) -> Score:
    """Find one stored score; ``unit`` by id or name, ``indicator`` by id or by row, such as D27.

    Raises ``UsageError`` with what is allowed where there is none.
    """
    body = find_unit(unit)
    scores = list(store.scores.of_run(run, unit=body.id))
    if not scores:
        raise UsageError(f"run {run!r} holds no scores of {body.id!r}; {_what_helps(store, run, body.id)}")
    for score in scores:
        if indicator in (score.indicator, f"{score.table}{score.row}"):
            return score
    raise unknown("indicator", indicator, [f"{score.table}{score.row} {score.indicator}" for score in scores])


def _what_helps(store: Store, run: str, unit: str) -> str:
    """Say what to do about a body without scores: a run that never looked at it will never have any."""
    measured = store.runs.get(run).units
    if unit in measured:
        return f"`yuece score --run {run}` computes them"
    return f"the run measured: {', '.join(measured)}"


def explain_score(store: Store, score: Score) -> Explanation:
    """Return everything that a score rests on."""
    basis = store.standings.basis(score.run)
    definition = basis.definition(score.table, score.row) if basis else None
    sources = read_sources(store, store.runs.get(score.run), score)
    return Explanation(
        score=score,
        unit_name=find_unit(score.unit).name,
        definition=definition,
        tool_version=basis.tool_version if basis else "",
        rule_sets=basis.rule_sets if basis else (),
        targets=used_targets(basis, definition),
        targets_placeholder=basis.targets_placeholder if basis else False,
        part_titles={name: part_title(name) for name in score.parts},
        used=tuple(describe_used(one, sources) for one in dict.fromkeys(score.inputs)),
        excluded=(*describe_all_excluded(score, sources), *not_applicable(score, sources)),
        not_reached=count_not_reached(score),
        findings=tuple(finding.id for finding in findings_behind(store, score, definition)),
        recomputation=recompute(score, basis),
    )


def read_sources(store: Store, run: Run, score: Score) -> Sources:
    """Read the visits and observations that the score's ids may lead to."""
    wanted = (*score.inputs, *score.excluded)
    visits = {visit.item_id: visit for visit in store.crawls.visits(run.id, portal=MAIN_PORTAL, unit=score.unit)}
    observed = {seen.id: seen for seen in store.observations.of_run(run.id, unit=score.unit)}
    for id in wanted:
        if kind_of(id) is SourceKind.OBSERVATION and id not in observed and (seen := other_observation(store, id)):
            observed[id] = seen
    return Sources(visits=visits, observations=observed)


def other_observation(store: Store, id: str) -> Observation | None:
    """Return an observation of a hand-in or of the portal as a whole; ``None`` where the store has none of that id."""
    try:
        return store.observations.get(id)
    except UsageError:
        return None


def kind_of(id: str) -> SourceKind:
    """Tell what an id leads to."""
    if id.startswith((IMPORTED, LIST_PREFIX)):
        return SourceKind.IMPORT
    return SourceKind.OBSERVATION if id.count("/") >= OBSERVATION_SLASHES else SourceKind.GUIDE


def part_title(name: str) -> str:
    """Return a part's Chinese title; one that nobody titled shows its name."""
    return SCORE_PART_TITLES_ZH.get(name) or IMPORTED_PART_TITLES_ZH.get(name) or name


def used_targets(basis: ScoringBasis | None, definition: RowDefinition | None) -> dict[str, str]:
    """Return the targets that the row's arithmetic names."""
    if basis is None or definition is None:
        return {}
    named = {name for formula in definition.expressions for name in names_of(formula)} | set(definition.targets)
    return {name: value for name, value in basis.targets.items() if {name, f"target_{name}"} & named}


def describe_used(id: str, sources: Sources) -> Used:
    """Say what an id leads to that entered the score."""
    kind = kind_of(id)
    if kind is SourceKind.OBSERVATION and (seen := sources.observations.get(id)):
        return Used(id=id, kind=kind, title=title_of(seen.item_id, sources), outcome=seen.outcome)
    return Used(id=id, kind=kind, title=title_of(id, sources))


def title_of(item_id: str, sources: Sources) -> str:
    """Return an item's name."""
    visit = sources.visits.get(item_id)
    return visit.title if visit else ""


def describe_all_excluded(score: Score, sources: Sources) -> Iterator[Excluded]:
    """Say of everything that was left out why."""
    return (describe_excluded(id, sources) for id in dict.fromkeys(score.excluded))


def describe_excluded(id: str, sources: Sources) -> Excluded:
    """Say why an id was left out; an observation that counts is one of too small a sample."""
    kind = kind_of(id)
    if kind is SourceKind.OBSERVATION:
        seen = sources.observations.get(id)
        if seen is None:
            return Excluded(id=id, kind=kind, reason=LeftOut.NOT_COUNTED)
        reason = OUTCOME_REASONS.get(seen.outcome, LeftOut.NOT_COUNTED)
        told = seen.reason or (REASON_TITLES_ZH[seen.failure] if seen.failure else "")
        return Excluded(id=id, kind=kind, title=title_of(seen.item_id, sources), reason=reason, detail=told)
    visit = sources.visits.get(id)
    if visit is None:
        return Excluded(id=id, kind=kind, reason=LeftOut.NOT_MEASURED)
    reason, detail = reason_of_visit(visit)
    return Excluded(id=id, kind=kind, title=visit.title, reason=reason, detail=detail)


def reason_of_visit(visit: GuideVisit) -> tuple[LeftOut, str]:
    """Tell a guide that we could not see from one that does not exist and from one that is silent."""
    if visit.outcome is GuideOutcome.ABSENT:
        return LeftOut.ABSENT, ""
    if visit.outcome is GuideOutcome.MEASURED:
        return LeftOut.NOT_STATED, ""
    if visit.failure is None:
        return LeftOut.NOT_MEASURED, ""
    blocked = BLAME.get(visit.failure) is Outcome.BLOCKED
    return LeftOut.BLOCKED if blocked else LeftOut.NOT_MEASURED, REASON_TITLES_ZH[visit.failure]


def not_applicable(score: Score, sources: Sources) -> Iterator[Excluded]:
    """Yield the observations of the same probes that turned out not to apply: a score does not even name them."""
    named = {*score.inputs, *score.excluded}
    probes = {seen.probe_id for id, seen in sources.observations.items() if id in named}
    for id, seen in sources.observations.items():
        if (
            seen.outcome is Outcome.NOT_APPLICABLE
            and seen.portal == MAIN_PORTAL
            and seen.probe_id in probes
            and id not in named
        ):
            yield describe_excluded(id, sources)


def count_not_reached(score: Score) -> dict[str, int]:
    """Count what has no id of its own: guides that the listing never gave and planned probes that were never made."""
    counts = {"items_missing": int(score.parts.get("items_missing") or 0)}
    planned = score.parts.get("probes_planned")
    if planned is not None:
        blind = sum(kind_of(id) is SourceKind.OBSERVATION for id in score.excluded)
        counts["probes_not_made"] = max(int(planned - (score.parts.get("probes_counted") or 0)) - blind, 0)
    return {name: count for name, count in counts.items() if count}


def findings_behind(store: Store, score: Score, definition: RowDefinition | None) -> Iterable[Finding]:
    """Return the faults of the rules that the row reads, on the guides that entered it."""
    if definition is None or not definition.rules:
        return ()
    entered = set(score.inputs)
    rules = set(definition.rules)
    found = store.audits.findings(score.run, portal=MAIN_PORTAL, unit=score.unit)
    return (finding for finding in found if finding.rule_id in rules and finding.item_id in entered)
