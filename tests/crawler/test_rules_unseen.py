"""What the source does not show is never a fault: hiding fields turns no rule from any outcome into a failure."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.rules.rule import judge, rules
from domain.dossier import Dossier
from domain.guide import TABLE_FIELDS, UNSEEN
from domain.guide_fields import FieldName, MaterialPart
from domain.outcome import Outcome

ALL = rules.all()
MAKERS = [maker for rule in ALL for maker in (rule.passing, rule.failing)]
PARTS = [part for part in MaterialPart if part is not MaterialPart.NAME]


def hide(dossier: Dossier, names: frozenset[FieldName], parts: frozenset[MaterialPart]) -> Dossier:
    """Return the dossier as a source would give it that shows neither these fields nor these parts of materials."""
    guide = dossier.guide
    tables: dict[str, object] = {table: None for table, name in TABLE_FIELDS.items() if name in names}
    if {FieldName.PLACE, FieldName.HOURS} & names:
        tables["windows"] = None
    fields = {name: UNSEEN if name in names else field for name, field in guide.fields.items()}
    hidden = guide.model_copy(update={"fields": fields, **tables})
    if hidden.materials:
        rows = tuple(row.model_copy(update=dict.fromkeys(parts)) for row in hidden.materials)
        hidden = hidden.model_copy(update={"materials": rows})
    return Dossier(guide=hidden)


@settings(max_examples=300, deadline=None)
@given(
    maker=st.sampled_from(MAKERS),
    names=st.frozensets(st.sampled_from(list(FieldName))),
    parts=st.frozensets(st.sampled_from(PARTS)),
)
def test_hiding_fields_makes_no_new_fault(
    maker: Callable[[], Dossier], names: frozenset[FieldName], parts: frozenset[MaterialPart]
) -> None:
    whole = maker()
    seen = hide(whole, names, parts)
    for rule in ALL:
        after = judge(rule, seen)
        assert after.outcome is not Outcome.ERROR, (rule.id, after.reason)
        if after.outcome is Outcome.FAIL:
            assert judge(rule, whole).outcome is Outcome.FAIL, (rule.id, after.reason)


def test_a_guide_of_which_nothing_is_seen_has_no_verdict() -> None:
    blind = hide(rules.get("complete.codes").failing(), frozenset(FieldName), frozenset())
    judged = {rule.id: judge(rule, blind).outcome for rule in ALL if judge(rule, blind).outcome.counts}
    assert judged == {}


def test_every_failing_example_becomes_inconclusive_without_its_field() -> None:
    for rule in ALL:
        verdict = judge(rule, hide(rule.failing(), frozenset(FieldName), frozenset()))
        assert verdict.outcome in (Outcome.INCONCLUSIVE, Outcome.NOT_APPLICABLE), rule.id
