"""Guards a check against fields that the source does not show, so that our blindness never becomes a fault."""

from collections.abc import Callable
from functools import wraps

from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, not_measured

Check = Callable[[Guide], Verdict]
NOT_MEASURED = FieldState.NOT_MEASURED


def needing(*names: FieldName) -> Callable[[Check], Check]:
    """Make a check inconclusive unless the source shows every one of these fields."""
    unseen = not_measured(f"来源未展示：{'、'.join(LABELS_ZH[name] for name in names)}")
    first, *others = names

    def guard(check: Check) -> Check:
        @wraps(check)
        def judge(guide: Guide) -> Verdict:
            fields = guide.fields  # looked up here, not through Guide.measures: this runs a hundred times per guide
            field = fields.get(first)
            if field is None or field.state is NOT_MEASURED:
                return unseen
            for name in others:
                field = fields.get(name)
                if field is None or field.state is NOT_MEASURED:
                    return unseen
            return check(guide)

        return judge

    return guard
