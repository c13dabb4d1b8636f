"""Runs one probe after another on a warm browser and turns whatever happens into an observation with its proof."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from domain.errors import MachineError
from domain.evidence import Evidence, EvidenceKind
from domain.failure import BLAME, REASON_TITLES_ZH, FailureReason
from domain.observation import Observation, Refusal
from domain.outcome import Outcome
from portals.adapter import PortalAdapter
from portals.citizen import Account, NotOffered, Obstacle
from portals.host_policy import PRODUCT, HostPolicy, user_agent
from portals.manners import HostMeter, Manners
from portals.robots import RobotsShelf
from portals.site import Site
from probes.browser.browser_settings import BrowserSettings
from probes.browser.named_trouble import named_trouble
from probes.browser.playwright_browser import PlaywrightBrowser
from probes.browser.warm_browser import WarmBrowser
from probes.browser.watchdog import Watchdog
from probes.journey import Journey, OtherPortal
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.proof.circumstances import Clock
from probes.proof.evidence_check import find_damage
from probes.proof.evidence_writer import EvidenceWriter
from probes.proof.recorder import Recorder, name_failure
from probes.proof.sealing import VisitRecord, keep_certificates, seal, watch_hosts
from probes.proof.trace_scrubbing import Scrubber
from probes.safety.gate import Gate
from probes.safety.guard import GuardPolicy, guard_policy
from probes.safety.visit_policy import visit_hosts
from storage.evidence_store import EvidenceStore

NO_MANNERS = Manners()
Kept = tuple[Observation, tuple[Evidence, ...]]


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One probe on one item, for the how-many-th time."""

    probe: Probe
    task: ProbeTask
    attempt: int
    started_at: datetime


class ProbeRunner:
    """One warm browser of one thread. ``run`` never raises for what a portal does; it raises ``MachineError`` for us.

    ``browser`` names a Chromium ("" looks for one), ``contact`` goes into the User-Agent, ``budget_s`` is the time on
    the wall for one probe; ``settings`` replaces all three. ``hosts`` makes the host policy of a task; the default lets
    out the portal's own hosts, those of ``companions`` (portals that may show the same item) and the address that the
    guide itself declares for 在线办理. ``last_resort`` ends what even killing the browser does not. ``warm`` is a
    browser that the runners of one thread share and that whoever made it closes.
    """

    def __init__(
        self,
        *,
        adapter: PortalAdapter,
        site: Site,
        evidence: EvidenceStore,
        run: str,
        account: Account | None = None,
        browser: str = "",
        contact: str = "",
        budget_s: float = BrowserSettings().budget_s,
        settings: BrowserSettings | None = None,
        hosts: Callable[[PortalAdapter, Site, ProbeTask], HostPolicy] | None = None,
        companions: tuple[OtherPortal, ...] = (),
        manners: Manners = NO_MANNERS,
        last_resort: Callable[[], None] | None = None,
        warm: WarmBrowser | None = None,
    ) -> None:
        self._adapter = adapter
        self.site = site
        self._evidence = evidence
        self._run = run
        self._account = account
        self._settings = settings or choose_settings(browser=browser, contact=contact, budget_s=budget_s)
        self._companions = companions
        self._last_resort = (last_resort,) if last_resort is not None else ()
        sites = tuple(other.site for other in companions)
        self._lead_in = site.lead_in.union(*(other.site.lead_in for other in companions))
        self._hosts = hosts or partial(visit_hosts, companions=sites)
        self._robots = RobotsShelf(manners.robots, agent=self._settings.user_agent or PRODUCT)
        self._meter = HostMeter(manners)
        self._shares = warm is not None
        self.browser = warm or WarmBrowser(self._settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._shares:
            self.browser.close()

    def run(self, task: ProbeTask, attempt: int = 1) -> Kept:
        """Make one probe and return its observation with every artefact; raise ``UsageError`` for an unknown probe."""
        visit = Visit(probe=probes.get(task.probe_id), task=task, attempt=attempt, started_at=datetime.now(UTC))
        if not visit.probe.applies(task):
            result = ProbeResult(outcome=Outcome.NOT_APPLICABLE, reason="指南未声明此项服务，无需探测")
            return self._observe(visit, result), ()
        policy = self._policy(task)
        bites = (self.browser.kill, self.browser.kill_driver, *self._last_resort)
        with Watchdog(self._settings.budget_s, *bites) as watchdog:
            try:
                context, gate = self.browser.open_context(mobile=self._adapter.portal.mobile, pins=policy.hosts.pins())
                gate.open(policy)
                observation, evidence = self._make(visit, context, gate)
                observation = self._checked(observation, evidence)
            except MachineError as error:
                if not watchdog.bitten:
                    raise
                observation, evidence = self._observe(visit, judge(error)), ()
        if watchdog.bitten:
            self.browser.close()
            sentence = f"探测超过总时限 {self._settings.budget_s:g} 秒，浏览器已被终止"
            observation = as_error(observation, FailureReason.OUT_OF_TIME, sentence)
        return observation, evidence

    def _make(self, visit: Visit, context: BrowserContext, gate: Gate) -> Kept:
        settings = self._settings_of(visit.probe)
        began = Clock()
        try:
            browser = PlaywrightBrowser(context, settings, entrances=self._lead_in, refuse=gate.refuse_control)
        except PlaywrightError as error:
            return self._observe(visit, judge(error)), ()
        hosts = watch_hosts(browser.page, bare=settings.bare)
        writer = EvidenceWriter(self._evidence, self._run)
        recorder = Recorder(browser, writer, secrets=self._known_secrets(), bare=settings.bare)
        record = VisitRecord(
            probe=visit.probe, adapter=self._adapter, settings=settings, recorder=recorder, hosts=hosts, began=began
        )
        try:
            result = self._travel(visit, browser, recorder, gate)
            return self._conclude(visit, context, gate, record, result)
        finally:
            writer.close()

    def _conclude(
        self, visit: Visit, context: BrowserContext, gate: Gate, record: VisitRecord, result: ProbeResult
    ) -> Kept:
        """Close the page, write down what was seen, and seal it."""
        recorder = record.recorder
        scrubber = Scrubber(recorder.secrets | session_secrets(context))
        keep_certificates(record)
        trace = recorder.end_trace(scrubber)
        with suppress(PlaywrightError):
            context.close()
        refusals = scrub_refusals(gate.close(), scrubber)
        if refusals:
            recorder.keep(
                list_refusals(refusals),
                kind=EvidenceKind.REFUSALS,
                media_type="application/json",
                url=visit.task.key,
                name="refusals.json",
            )
        observation = self._observe(visit, result).model_copy(
            update={
                "reason": scrubber.text(result.reason),
                "steps": recorder.steps(scrubber),
                "refusals": refusals,
                "trace": recorder.settle_trace(trace),
                "faces": result.faces,
                "finished_at": datetime.now(UTC),
            }
        )
        return seal(observation, record, scrubber), record.evidence

    def _settings_of(self, probe: Probe) -> BrowserSettings:
        """Return the settings of a visit: a probe that takes times is made without anything that slows pages."""
        bare = {"bare": True, "snapshots": False}
        return self._settings.model_copy(update=bare) if probe.timing else self._settings

    def _travel(self, visit: Visit, browser: PlaywrightBrowser, recorder: Recorder, gate: Gate) -> ProbeResult:
        """Make the journey: the one place where exceptions become outcomes."""
        journey = Journey(
            browser=browser,
            portal=self._adapter.citizen,
            documents=self._adapter.documents,
            site=self.site,
            companions=self._companions,
            account=self._account,
            recorder=recorder,
            gate=gate,
            phone=self._adapter.portal.mobile,
        )
        try:
            recorder.start(snapshots=self._settings.snapshots, bodies=visit.probe.archive)
            result = visit.probe.journey(journey, visit.task)
        except Exception as error:
            result = judge(error)
        journey.finish()
        if gate.waited_s:
            journey.note(held_back_s=round(gate.waited_s, 2))  # our own politeness, in every time of this visit
        rows = (*journey.rows, *result.rows)
        return result.model_copy(update={"measures": journey.measures | dict(result.measures), "rows": rows})

    def _policy(self, task: ProbeTask) -> GuardPolicy:
        return guard_policy(
            self.site,
            self._hosts(self._adapter, self.site, task),
            read_only=self._adapter.read_only,
            sign_in=self._adapter.sign_in_requests if self._account is not None else (),
            robots=self._robots,
            meter=self._meter,
        )

    def _known_secrets(self) -> frozenset[str]:
        return frozenset({self._account.username, self._account.password}) if self._account else frozenset()

    def _observe(self, visit: Visit, result: ProbeResult) -> Observation:
        task, probe = visit.task, visit.probe
        return Observation(
            run=self._run,
            portal=task.portal,
            unit=task.unit,
            subject=task.code,
            item_id=task.item_id,
            probe_id=probe.id,
            probe_version=probe.version,
            attempt=visit.attempt,
            outcome=result.outcome,
            failure=result.failure,
            reason=result.reason,
            value=result.value,
            unit_of_value=probe.unit_of_value if result.value is not None else "",
            measures=result.measures,
            rows=result.rows,
            inputs=task.model_dump(mode="json"),
            started_at=visit.started_at,
            finished_at=datetime.now(UTC),
            browser=self.browser.name,
        )

    def _checked(self, observation: Observation, evidence: tuple[Evidence, ...]) -> Observation:
        """Open every artefact again; a probe whose proof cannot be read is not done."""
        damage = find_damage(observation, evidence, self._evidence)
        if damage:
            return as_error(observation, FailureReason.OUR_BUG, f"证据复核失败：{damage}")
        timing = probes.get(observation.probe_id).timing
        if observation.outcome.counts and observation.trace is None and not timing:
            return as_error(observation, FailureReason.OUR_BUG, "证据复核失败：没有操作记录")
        return observation


def choose_settings(*, browser: str, contact: str, budget_s: float) -> BrowserSettings:
    """Make the browser's settings; with a contact the browser says honestly who visits."""
    return BrowserSettings(executable=browser, user_agent=user_agent(contact) if contact else "", budget_s=budget_s)


def judge(error: Exception) -> ProbeResult:
    """Turn what ended a journey early into a result, by the table in domain/failure.py."""
    if isinstance(error, NotOffered):
        return ProbeResult(outcome=Outcome.NOT_APPLICABLE, reason=str(error) or "该平台没有此项服务")
    reason = name_failure(error)
    detail = (
        str(error) if isinstance(error, Obstacle) else f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    )
    return ProbeResult(outcome=BLAME[reason], failure=reason, reason=f"{REASON_TITLES_ZH[reason]}：{detail}")


def as_error(observation: Observation, failure: FailureReason, reason: str) -> Observation:
    """Turn an observation into our own error."""
    return observation.model_copy(
        update={"outcome": Outcome.ERROR, "failure": failure, "reason": reason, "value": None}
    )


def session_secrets(context: BrowserContext) -> set[str]:
    """Return the values of all cookies, which must not be kept."""
    try:
        with named_trouble("读取会话"):
            return {cookie.get("value", "") for cookie in context.cookies()}
    except Obstacle:
        return set()


def scrub_refusals(refusals: tuple[Refusal, ...], scrubber: Scrubber) -> tuple[Refusal, ...]:
    """Return the refusals with their addresses scrubbed."""
    return tuple(refusal.model_copy(update={"url": scrubber.text(refusal.url)}) for refusal in refusals)


def list_refusals(refusals: tuple[Refusal, ...]) -> bytes:
    """Write the refused requests as one JSON list."""
    return json.dumps([refusal.model_dump(mode="json") for refusal in refusals], ensure_ascii=False).encode()
