"""How a score is computed again from the figures that it keeps, written so that a spreadsheet can do it.

Names are those of ``Score.parts``, of the targets with ``target_`` before them, ``numerator``, ``denominator`` and
``k`` (confirmed / checked, 1 where nobody looked or too few). The first one that gives the value is the one that
applied. A row without an expression follows from its ``Spread``, or from its imported terms.
"""

from collections.abc import Mapping

from scoring.catalogue import RowClass

SHORTNESS = "(1 - MIN(mean_promise_days / target_promise_days, 1))"
OPEN_DATA = (
    "0.5 * MIN(LN(1 + data_sets) / LN(1 + target_open_data_sets), 1)"
    " + 0.3 * MIN(LN(1 + data_rows) / LN(1 + target_open_data_rows), 1)"
)
PLAIN = ("numerator / denominator * k", "MIN(numerator / denominator, 1)")

EXPRESSIONS: Mapping[str, tuple[str, ...]] = {
    "fewer-visits": ("(1 - MIN(mean_visits, 1)) * k",),
    "instant": ("MIN(immediate_share / target_immediate_share, 1) * k",),
    "less-time": (
        f"(0.7 * MIN(MAX(mean_time_saving / target_time_saving, 0), 1) + 0.3 * {SHORTNESS}) * k",
        f"{SHORTNESS} * k",
    ),
    "guide-completeness-accuracy": (
        "(completeness + accuracy * k) / 2",
        "completeness",
        "accuracy * k",
    ),
    "guide-readability": (
        "0.3 * standardised + 0.3 * situations_with_guides + 0.4 * mean_readability",
        "(0.3 * standardised + 0.3 * situations_with_guides) / 0.6",
        "(0.3 * standardised + 0.4 * mean_readability) / 0.7",
        "(0.3 * situations_with_guides + 0.4 * mean_readability) / 0.7",
        "standardised",
        "situations_with_guides",
        "mean_readability",
    ),
    "booking": ("(0.7 * bookable_share + 0.3 * slots_share) * k", "bookable_share * k"),
    "online-available": ("declared_share * k",),
    **dict.fromkeys(
        (
            "apply-ease",
            "query-precision",
            "mobile",
            "four-exempt",
            "regional-service",
            "online-offline-consistency",
        ),
        (),
    ),
    "theme-service": ("themes_usable / themes_found", "MIN(themes_usable, 1)"),  # none found: none usable
    "open-data": (f"{OPEN_DATA} + 0.2 * data_usable_share", OPEN_DATA),
    "power-list": ("MIN(MAX(numerator / denominator / target_power_list_cut, 0), 1)",),
}


def expressions_of(indicator: str, row_class: RowClass) -> tuple[str, ...]:
    """Return the ways in which an indicator's value can follow from its figures; a plain ratio where it has no own."""
    if row_class is RowClass.JUDGEMENT:
        return ("numerator / denominator",)
    if row_class is RowClass.IMPORT:
        return ()
    return EXPRESSIONS.get(indicator, PLAIN)
