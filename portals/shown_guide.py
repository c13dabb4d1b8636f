"""Reads the open page of a guide as it is displayed, by the labels that its templates print (portals.md §1.6)."""

from domain.failure import FailureReason
from domain.guide_fields import LABELS_ZH, FieldName
from portals.citizen import CitizenBrowser, FactPlan, Obstacle, ShownFact, ShownGuide
from portals.labels import FIELDS_BY_COLUMN, FIELDS_BY_PRINTED_LABEL
from portals.site import Site

READ_LABELS = (*FIELDS_BY_PRINTED_LABEL, *FIELDS_BY_COLUMN)
NAME = LABELS_ZH[FieldName.NAME]
FACTS_MIN = 3  # a guide page that shows fewer known labels is another page than the one we know


def fact_plan(site: Site) -> FactPlan:
    """Return where facts stand, out of the selectors of ``site.toml``."""
    names = ("label", "column", "law", "material", "toggle")
    return FactPlan.model_validate({name: site.selectors.get(f"shown_{name}", "") for name in names})


def read_open_guide(browser: CitizenBrowser, site: Site) -> ShownGuide:
    """Unfold the page and read it; raise ``Obstacle`` when it shows next to nothing that we know."""
    plan = fact_plan(site)
    if plan.toggle:
        browser.unfold(plan.toggle, site.selectors["unfold_word"])
    facts = browser.shown_facts(plan, READ_LABELS)
    if len(facts) < FACTS_MIN:
        raise Obstacle(FailureReason.LAYOUT_CHANGED, f"页面已加载，但只认出 {len(facts)} 个栏目")
    title = browser.text(site.selectors["guide_title"])
    if not any(fact.label == NAME for fact in facts):
        facts = (ShownFact(label=NAME, text=title), *facts)
    return ShownGuide(title=title, facts=facts)
