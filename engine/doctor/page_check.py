"""Walks a citizen's ways through a portal in a real browser, to know before a night whether our selectors still fit."""

from collections.abc import Iterable, Iterator

from domain.errors import ExitCode
from domain.failure import FailureReason
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.observation import Observation, StepStatus
from domain.outcome import Outcome
from engine.doctor.check_line import CheckLine, CheckState, failed, failed_because, passed, unknown
from engine.doctor.portal_check import PortalSample
from engine.night_plan import YES, task_for
from engine.settings import Settings
from engine.visiting.companions import companions_of
from portals.citizen import Account
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner
from probes.search.query_kind import QueryKind
from storage.evidence_store import EvidenceStore

PAGES = {
    "guide-faces": "guide page",
    "keyword-search": "search page",
    "online-application": "application entry and unified login",
    "booking-calendar": "booking page",
}
"""Probe → what it tells about; a probe that needs a declared service takes a guide that declares it."""
TRIES = 2
DECLARED = {"online-application": FieldName.ONLINE, "booking-calendar": FieldName.BOOKABLE}


def check_pages(
    settings: Settings, sample: PortalSample, guides: Iterable[Guide], account: Account | None
) -> Iterator[CheckLine]:
    """Yield one line per kind of page; nothing is submitted, and nothing is written to the store."""
    known = tuple(guides)
    origins = None if sample.origins is None else dict(sample.origins)
    with ProbeRunner(
        adapter=sample.adapter,
        site=sample.adapter.site(origins, sample.overlays.get(sample.adapter.id)),
        evidence=EvidenceStore(sample.folder / "evidence"),
        run="check",
        account=account,
        browser=settings.browser,
        contact=settings.contact,
        budget_s=settings.probe_budget_s,
        companions=companions_of(sample.adapter, origins, sample.overlays),
        manners=sample.manners,
    ) as runner:
        for probe in PAGES:
            yield check_page(runner, probe, choose_guides(known, probe))


def check_page(runner: ProbeRunner, probe: str, guides: Iterable[Guide]) -> CheckLine:
    """Make a probe on one guide after the other until one is as it should be; one alone may be at fault itself."""
    line = unknown(PAGES[probe], "no guide of the sample declares this service")
    for guide in guides:
        line = word_page(PAGES[probe], runner.run(plan_look(guide, probe))[0])
        if line.state is CheckState.OK:
            break
    return line


def plan_look(guide: Guide, probe: str) -> ProbeTask:
    """Plan a probe; a search asks for the official name alone, since nine more words meet the same selectors."""
    task = task_for(guide, probe)
    return task.model_copy(update={"search": task.search.model_copy(update={"kinds": (QueryKind.OFFICIAL,)})})


def choose_guides(guides: Iterable[Guide], probe: str) -> list[Guide]:
    """Return a few guides with which a probe has something to do."""
    field = DECLARED.get(probe)
    return [guide for guide in guides if field is None or guide.text(field) == YES][:TRIES]


def word_page(name: str, seen: Observation) -> CheckLine:
    """Say what a probe tells about our selectors; what it says about the portal is not the question here."""
    broken = next((step.title for step in seen.steps if step.status is StepStatus.FAILED), "")
    said = f"{seen.reason}" + (f" (step: {broken})" if broken else "")
    if seen.outcome is Outcome.NOT_APPLICABLE or seen.failure is FailureReason.REFUSED_BY_POLICY:
        return unknown(name, said)
    if seen.failure is FailureReason.LAYOUT_CHANGED:
        return failed_because(name, seen.failure, said)
    if seen.outcome is Outcome.ERROR:
        return failed(name, said, ExitCode.OUR_ERROR)
    if seen.outcome in (Outcome.PASS, Outcome.FAIL):
        return passed(name, f"our selectors fit ({said or seen.outcome.value})")
    return failed_because(name, seen.failure, said) if seen.failure else unknown(name, said)
