"""A scored night over two bodies, small enough that its numbers are counted by hand."""

from domain.crawl import Listing
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.outcome import Outcome
from domain.unit import find_unit
from engine.results.scoring_choice import ScoringChoice
from engine.results.scoring_step import score_run
from storage.store import Store
from tests.exports.filled_store import (
    RULES,
    SECOND_NIGHT,
    fill_guides,
    make_listed,
    make_observation,
    make_run,
    read,
)

READ, UNREAD = "dept-01", "dept-09"
VISITS = ("0", "1", "0", "2", "0", "", "0", "1")
"""到办事现场次数 of the items that were read; one guide does not say."""

LOGINS = (
    (Outcome.PASS, "login_unified", True),
    (Outcome.PASS, "login_other", True),
    (Outcome.PASS, "login_unified", True),
    (Outcome.PASS, "external", False),
    (Outcome.PASS, "login_unified", True),
)
"""What was seen behind 在线办理: three of four entrances that ask for a login lead to the provincial one."""


def fill(store: Store) -> None:
    """One body that was read whole, and one of whose five guides a captcha kept two away."""
    store.runs.add(make_run(units=(READ, UNREAD)))
    store.audits.save_rule_set(RULES)
    run = store.runs.get(SECOND_NIGHT)
    for unit, items, unseen in ((READ, len(VISITS), 0), (UNREAD, 5, 2)):
        listed = [make_listed(unit, number) for number in range(items)]
        store.crawls.save_listing(run.id, Listing(portal="gdzwfw", unit=unit, total=items, rows=items, guides=items))
        store.crawls.save_listed(run.id, listed)
        fill_guides(store, run, listed, unseen)
    guides = {guide.item_id: guide for guide in store.guides.of_run(run.id)}
    store.guides.save(
        with_visits(guides[make_listed(READ, number).item_id], text) for number, text in enumerate(VISITS)
    )
    for number, (outcome, entrance, login) in enumerate(LOGINS):
        figures = {"entrance": entrance, "asks_login": login}
        seen = make_observation(make_listed(READ, number), outcome, probe="online-entrance", measures=figures)
        store.observations.save(seen)
    for number, outcome in ((5, Outcome.BLOCKED), (6, Outcome.NOT_APPLICABLE)):
        store.observations.save(make_observation(make_listed(READ, number), outcome, probe="online-entrance"))
    score_run(store, run.id, [find_unit(READ), find_unit(UNREAD)], (), choice=ScoringChoice(seed=7, draws=500))


def with_visits(guide: Guide, text: str) -> Guide:
    return guide.model_copy(update={"fields": {**guide.fields, FieldName.VISITS: read(text)}})
