"""Guards a check against fields that the source does not show, so that our blindness never becomes a fault."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.rules.guide_text import remember
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, not_measured

NOT_MEASURED = FieldState.NOT_MEASURED


@remember
def shown_fields(guide: Guide) -> frozenset[FieldName]:
    """Return the fields that the source shows."""
    return frozenset([name for name, field in guide.fields.items() if field.state is not NOT_MEASURED])


@dataclass(frozen=True, slots=True)
class GuardedCheck:
    """A check with the fields that it needs; ``unseen`` is its verdict where the source does not show them all."""

    check: Callable[[Guide], Verdict]
    needs: frozenset[FieldName]
    unseen: Verdict

    def __call__(self, guide: Guide) -> Verdict:
        return self.check(guide) if self.needs <= shown_fields(guide) else self.unseen


def needing(*names: FieldName) -> Callable[[Callable[[Guide], Verdict]], GuardedCheck]:
    """Make a check inconclusive unless the source shows every one of these fields."""
    unseen = not_measured(f"来源未展示：{'、'.join(LABELS_ZH[name] for name in names)}")

    def guard(check: Callable[[Guide], Verdict]) -> GuardedCheck:
        return GuardedCheck(check, frozenset(names), unseen)

    return guard
