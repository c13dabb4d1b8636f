"""Sets the stage of a run: the store, the run's record, the portals or their sandbox, and the cluster."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from crawler.job import ALL_LISTED
from domain.errors import StoppedError, UsageError
from domain.run import Run, RunKind, RunState
from domain.unit import Unit, find_unit
from engine.accounts import find_account
from engine.authorisation import require_authorisation
from engine.cluster import open_cluster
from engine.leave import require_start
from engine.night_context import NightContext
from engine.night_plan import NightPlan, Stage
from engine.provenance import begin_run
from engine.reporter import Reporter
from engine.sandbox_process import RunningSandbox, read_announcement, sandbox_for
from engine.settings import Settings
from portals.adapter import adapters
from probes.browser.browser_discovery import find_browser
from storage.store import Store


def real_portals() -> Stage:
    """Return the stage of a live run: the real hosts, and the test account of this machine if there is one."""
    return Stage(origins=None, account=find_account())


@dataclass(frozen=True, kw_only=True)
class OpenedRun:
    """A run on its stage; ``sandbox`` is ``None`` where the portals are real."""

    night: NightContext
    sandbox: RunningSandbox | None

    def ledger(self) -> int:
        """Count state-changing requests that the sandbox received; the real portals keep no ledger for us."""
        return self.sandbox.ledger() if self.sandbox else 0


@contextmanager
def opened_run(
    settings: Settings, plan: NightPlan, reporter: Reporter, *, kind: RunKind, resume: str | None = None
) -> Iterator[OpenedRun]:
    """Open everything a run needs and close it again; what cannot be had is refused before the run is written down."""
    with ExitStack() as stack:
        require_welcome(settings, plan)
        store = stack.enter_context(Store.open(settings.home))
        earlier = find_resumable(store, resume) if resume else None
        if earlier is not None:
            plan = NightPlan.model_validate(earlier.settings)
            require_welcome(settings, plan)
        browser = find_browser(settings.browser)
        sandbox = _sandbox_of(stack, settings, plan)
        client = stack.enter_context(open_cluster(settings.scheduler, settings.workers))
        run = earlier or _begin(store, plan, kind, f"{browser.name} {browser.version}")
        night = NightContext(
            settings=settings,
            store=store,
            run=run,
            plan=plan,
            stage=sandbox.stage if sandbox else real_portals(),
            units=units_of(plan),
            client=client,
            reporter=reporter,
        )
        try:
            yield OpenedRun(night=night, sandbox=sandbox)
        except StoppedError as stopped:
            store.runs.update(run.model_copy(update={"state": RunState.PARTIAL, "note": str(stopped)}))
            raise


def require_welcome(settings: Settings, plan: NightPlan) -> None:
    """Raise ``RefusedError`` (exit 5) for a live run without a mandate, at the wrong hour or after the switch.

    The mandate comes first: who has none is not helped by waiting for the end of the quiet hours.
    """
    for portal in plan.portals:
        adapters.get(portal)
    if plan.target == "live":
        require_authorisation(settings, plan.portals, overlays=plan.overlays)
    require_start(settings, plan.target)


def units_of(plan: NightPlan) -> tuple[Unit, ...]:
    """Return the bodies of a plan."""
    return tuple(find_unit(unit) for unit in plan.units if unit != ALL_LISTED)


def find_resumable(store: Store, run_id: str) -> Run:
    """Return the night to be finished; ``last`` is the latest one."""
    run = store.runs.latest(kind=RunKind.NIGHTLY) if run_id == "last" else store.runs.get(run_id)
    if run is None:
        raise UsageError("no night to resume: the store holds none")
    if run.kind is not RunKind.NIGHTLY:
        raise UsageError(f"run {run.id!r} is a {run.kind.value}; only a nightly run can be resumed")
    return run


def _begin(store: Store, plan: NightPlan, kind: RunKind, browser: str) -> Run:
    run = begin_run(
        kind=kind,
        period=plan.period,
        target=plan.target,
        units=plan.units,
        portals=plan.portals,
        plan=plan.model_dump(mode="json"),
        browser=browser,
    )
    store.runs.add(run)
    return run


def _sandbox_of(stack: ExitStack, settings: Settings, plan: NightPlan) -> RunningSandbox | None:
    if plan.target == "live":
        return None
    if plan.sandbox is None:
        raise UsageError("a run on the sandbox needs sandbox options")
    if plan.sandbox.announcement is not None:
        return read_announcement(plan.sandbox.announcement)
    return stack.enter_context(sandbox_for(plan.sandbox))
