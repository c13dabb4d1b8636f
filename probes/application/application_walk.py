"""One walk through an application form, page by page up to the confirm page, where it stops."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from domain.failure import FailureReason
from domain.measure_name import MeasureName
from domain.observation import Measure, ObservedRow
from portals.citizen import FormPage, Obstacle
from probes.application.accessibility import AxeViolation
from probes.application.form_complaints import AFTER_FILLING, BEFORE_FILLING, FormComplaints
from probes.application.form_effort import FormEffort
from probes.journey import Journey
from probes.proof.recorder import StepHandle

CONFIRM = "停在确认页，不提交"
EXPECTED = "到达确认页，不提交"
PAGES_MAX = 15  # no form is longer; one that is leads in circles


@dataclass(kw_only=True)
class Walk:
    """One walk. The first one looks closely and leaves a step per page; a repeated one is a single step."""

    number: int
    phone: bool
    first: bool
    effort: FormEffort = field(default_factory=FormEffort)
    complaints: FormComplaints = field(default_factory=FormComplaints)
    violations: list[tuple[str, AxeViolation]] = field(default_factory=list)  # (page title, rule)
    pages_checked: int = 0
    sideways_px: int | None = None
    clicks: int = 0
    obstacle: Obstacle | None = None

    @property
    def title(self) -> str:
        """Name the walk as an evaluator reads it."""
        return f"第 {self.number} 次填报（{'手机宽度' if self.phone else '桌面'}）"

    @property
    def rules(self) -> frozenset[str]:
        """Accessibility rules that some page broke."""
        return frozenset(violation.rule for _, violation in self.violations)

    def stopped_by(self, reason: FailureReason) -> bool:
        """Say whether the walk ended for this reason."""
        return self.obstacle is not None and self.obstacle.reason is reason

    def figures(self) -> dict[str, Measure]:
        """Return the raw figures of the walk."""
        return {
            **self.effort.figures(),
            MeasureName.CLICKS: self.clicks,
            "errors": int(self.stopped_by(FailureReason.REFUSED_BY_POLICY)),
            MeasureName.DEAD_ENDS: int(self.stopped_by(FailureReason.DEAD_END)),
            MeasureName.SESSION_LOST: self.stopped_by(FailureReason.SESSION_LOST),
            "sideways_px": self.sideways_px,
        }

    def row(self) -> ObservedRow:
        """Write the walk as a row."""
        reached = self.effort.reached_confirm
        seen = f"到达确认页，共 {self.effort.pages} 页" if reached else str(self.obstacle or "未到达确认页")
        return ObservedRow(
            kind="walk",
            asked=self.title,
            expected=EXPECTED,
            seen=seen,
            grade=1.0 if reached else 0.0,
            measures=self.figures(),
        )


@contextmanager
def follow(journey: Journey, walk: Walk) -> Iterator[Walk]:
    """Keep the walk as a row however it ends, with the obstacle that ended it."""
    clicks = 0 if walk.first else journey.clicks
    try:
        yield walk
    except Obstacle as obstacle:
        walk.obstacle = obstacle
        raise
    finally:
        walk.clicks += journey.clicks - clicks
        journey.add_row(walk.row())


def fill_pages(journey: Journey, walk: Walk) -> FormPage:
    """Fill and leave page after page; return the confirm page. The picture of a page shows it filled."""
    with page_step(journey, walk, "表单第 1 页") as step:
        page = fill_page(journey, walk, step)
    while not page.last:
        if walk.effort.pages >= PAGES_MAX:
            raise Obstacle(FailureReason.DEAD_END, f"表单超过 {PAGES_MAX} 页仍未到确认页")
        with page_step(journey, walk, f"从表单第 {walk.effort.pages} 页继续") as step:
            go_on(journey, walk)
            page = fill_page(journey, walk, step)
    return page


@contextmanager
def page_step(journey: Journey, walk: Walk, title: str) -> Iterator[StepHandle]:
    """Make a step of its own for a page of the first walk; a repeated walk is one step as a whole."""
    if not walk.first:
        yield StepHandle(title)
        return
    with journey.step(title) as step:
        yield step


def go_on(journey: Journey, walk: Walk) -> None:
    """Press 下一步 and take the time until the next page stands."""
    began = time.monotonic()
    try:
        journey.portal.next_form_page(journey.browser, journey.site)
    finally:
        walk.effort.wait(time.monotonic() - began)


def fill_page(journey: Journey, walk: Walk, step: StepHandle) -> FormPage:
    """Read the open page, look at it closely on the first walk and, unless it is the confirm page, fill it."""
    page = journey.portal.read_form(journey.browser, journey.site)
    walk.effort.add(page)
    step.title = CONFIRM if page.last else f"表单第 {walk.effort.pages} 页：{page.title}"
    measure_width(journey, walk)
    if walk.first:
        check_accessibility(journey, walk, page)
    if not page.last:
        answer_page(journey, walk)
    return page


def answer_page(journey: Journey, walk: Walk) -> None:
    """Fill the page; on the first walk wrongly before and after, which does not count as the citizen's clicks."""
    try_faults = walk.complaints.try_faults if walk.first else None
    clicks = journey.clicks
    if try_faults is not None:
        try_faults(journey, BEFORE_FILLING)
        walk.clicks -= journey.clicks - clicks
    walk.effort.fill(journey.portal.fill_form(journey.browser, journey.site))
    clicks = journey.clicks
    if try_faults is not None:
        try_faults(journey, AFTER_FILLING)
        walk.clicks -= journey.clicks - clicks


def measure_width(journey: Journey, walk: Walk) -> None:
    """Note on a telephone by how much the page is wider than the window."""
    if walk.phone:
        walk.sideways_px = max(walk.sideways_px or 0, journey.sideways_px())


def check_accessibility(journey: Journey, walk: Walk, page: FormPage) -> None:
    """Run axe-core on the open page."""
    found = journey.find_axe_violations()
    if found is not None:
        walk.pages_checked += 1
        walk.violations += [(page.title, violation) for violation in found]
