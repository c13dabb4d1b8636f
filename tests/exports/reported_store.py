"""Two scored half-years of seven bodies: real scores and standings over a few stored guides, probes and pictures."""

import io
from collections.abc import Iterable
from datetime import timedelta

from filled_store import (
    START,
    fill_night,
    keep,
    make_finding,
    make_listed,
    make_observation,
    make_run,
    make_step,
)
from PIL import Image, ImageDraw

from domain.evidence import EvidenceKind
from domain.facts import UnitFacts
from domain.outcome import Outcome
from domain.period import Period
from domain.run import Run
from domain.sample import SampleCommitment, hash_salt
from engine.results.ranking_step import describe_basis, save_ranked
from engine.results.scoring_choice import ScoringChoice
from scoring.score_units import score_units
from scoring.total_rules import TotalRules
from storage.store import Store
from tests.scoring.full_bodies import DEPARTMENT_FIGURES, TARGETS, full_body

FIRST, SECOND = "20260720T013000Z-aaaa", "20261122T173005Z-bbbb"
PERIODS = {FIRST: "2026H1", SECOND: "2026H2"}
DEPARTMENTS = ("dept-01", "dept-05", "dept-09", "dept-23", "dept-41")
COUNTIES = ("county-1", "county-2")
BODIES = (*DEPARTMENTS, *COUNTIES)
SEEN = "dept-09"
"""The body that is looked at closely."""
SALT_HASH = hash_salt("0f" * 32)
TELL_TALE = "页面打不开，提示编号 zx81"


def fill_two_periods(store: Store) -> None:
    """Fill both half-years; in the second one every body has more guides that can be booked."""
    for run, bookable in ((FIRST, 0), (SECOND, 1)):
        days = -120 if run == FIRST else 0
        night = make_run(run, days=days, period=PERIODS[run], units=BODIES, settings_hash="5e771465")
        fill_night(store, night, units=BODIES, items=4, unseen=1, observations=6)
        show_failures(store, run)
        reckon(store, night, bookable)
    store.samples.commit(commitment(), "0f" * 32, ())


def reckon(store: Store, run: Run, bookable: int) -> None:
    """Score and rank the run's bodies by the real door."""
    targets, rules = TARGETS, TotalRules()
    facts = list(bodies(bookable))
    scores, totals = score_units(facts, run=run.id, period=Period.parse(run.period), targets=targets, rules=rules)
    save_ranked(store, describe_basis(store, run, ScoringChoice(draws=200), targets, rules), scores, totals)


def bodies(bookable: int) -> Iterable[UnitFacts]:
    """Bodies of different merit; the first department has everything handed in."""
    for number, unit in enumerate(BODIES):
        figures = DEPARTMENT_FIGURES if unit == "dept-01" else {}
        made = full_body(unit, figures)
        first, second = made.items
        worse = second.model_copy(update={"bookable": bool(bookable), "visits": number % 3, "in_hall": number % 2 == 0})
        yield made.model_copy(update={"items": (first, worse)})


def show_failures(store: Store, run: str) -> None:
    """Give one body a failed probe with a screenshot, a marked picture, and the platform a fault of its own."""
    listed = make_listed(SEEN, 0)
    page = keep(store, draw_page(run), EvidenceKind.SCREENSHOT, "image/png", run)
    failed = make_observation(
        listed, Outcome.FAIL, run=run, reason=TELL_TALE, steps=(make_step(1, "打开办事指南", screenshot=page),)
    )
    store.observations.save(failed)
    marked = make_finding(make_listed(SEEN, 1), 2, run=run, picture=page)
    audits = {audit.item_id: audit for audit in store.audits.of_run(run, unit=SEEN)}
    kept = [one for one in store.audits.findings(run, unit=SEEN) if one.item_id == marked.item_id]
    store.audits.save([audits[marked.item_id]], [*kept, marked])
    control = make_observation(
        listed, Outcome.INCONCLUSIVE, run=run, probe="control", unit=None, reason="门户首页打不开", started_at=START
    )
    store.observations.save(control)


def draw_page(text: str) -> bytes:
    """A screenshot of a long page."""
    image = Image.new("RGB", (900, 2600), "white")
    ImageDraw.Draw(image).text((20, 20), text, fill="black")
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def commitment() -> SampleCommitment:
    """A promise whose salt is still secret."""
    return SampleCommitment(
        id="2026H2-1",
        period="2026H2",
        target="sandbox",
        run=SECOND,
        salt_sha256=SALT_HASH,
        frame_sha256="ab" * 32,
        frame_items=12,
        made_at=START - timedelta(days=3),
        made_by="张评估",
        in_time=True,
    )
