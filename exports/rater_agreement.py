"""How far two raters agree beyond chance: Cohen's kappa with its interval, for the reviewed rows.

The figures come from pycm: MIT licence, maintained, nothing beneath it but numpy; kappa and Krippendorff's alpha of two
raters in one place. scikit-learn and statsmodels would bring ten times as much for the same figure, and the two small
packages for alpha (krippendorff, agreement) are under the GPL.
"""

from collections.abc import Sequence
from math import isfinite

from domain.frozen import Frozen


class Agreement(Frozen):
    """Agreement of two raters on nominal grades; ``None`` where chance alone would agree everywhere, or for no pair."""

    pairs: int
    same: int
    kappa: float | None = None
    interval: tuple[float, float] | None = None  # 95 %, by the large-sample standard error
    alpha: float | None = None  # Krippendorff's, nominal


def measure_agreement(pairs: Sequence[tuple[float, float]]) -> Agreement:
    """Compare (one rater's, the other's) grades of the same things (methodology.md §4.4: κ is reported)."""
    same = sum(one == other for one, other in pairs)
    if not pairs:
        return Agreement(pairs=0, same=0)
    from pycm import ConfusionMatrix  # noqa: PLC0415 - numpy costs every start of the command line a third of a second

    matrix = ConfusionMatrix([f"{one:g}" for one, _ in pairs], [f"{other:g}" for _, other in pairs])
    interval = matrix.Kappa_CI
    return Agreement(
        pairs=len(pairs),
        same=same,
        kappa=known(matrix.Kappa),
        interval=(float(interval[0]), float(interval[1])) if known(matrix.Kappa_SE) is not None else None,
        alpha=known(matrix.Alpha),
    )


def known(value: object) -> float | None:
    """Return a figure, ``None`` for what the package spells as the word None or as no number."""
    return float(value) if isinstance(value, int | float) and isfinite(value) else None
