"""The same bodies with one choice made otherwise: other totals, to be ranked against the published ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.score import Score
from domain.scoring_basis import ScoringBasis
from domain.sensitivity import Choice
from scoring.uncertainty.other_values import by_line, by_share, by_steps, by_sums, with_bound
from scoring.uncertainty.rows_in_total import Body, Value, Weigh

WEIGHT_SPREAD = 0.20
WEIGHT_DRAWS = 1_000
OVERLAPS: Mapping[str, tuple[tuple[int, int], ...]] = {
    "D": ((28, 34), (29, 31), (11, 12)),
    "C": ((25, 31), (26, 28)),
}
"""一窗受理/综合受理, 网上可办/全程网办, 统一身份认证/单点登录: one fault can cost points twice (methodology §1, no. 8).
"""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Totals under another choice: one row a draw, one column a body; a single row where nothing is drawn."""

    choice: Choice
    title: str  # Chinese
    totals: NDArray[np.float64]
    note: str = ""


def try_values(bodies: Sequence[Body], basis: ScoringBasis) -> Iterator[Trial]:
    """Try other maps, other means and the bounds of k."""
    targets = basis.targets
    yield one_trial(Choice.MAPS, "不用目标值，直接取比值（share）", bodies, value=lambda s: by_share(s, targets))
    yield one_trial(Choice.MAPS, "lin(x; 0.5, 1)", bodies, value=by_line)
    yield one_trial(Choice.MAPS, "五档 steps", bodies, value=by_steps)
    yield one_trial(Choice.RATIOS, "比值平均改为合计之比", bodies, value=lambda s: by_sums(s, targets))
    yield one_trial(Choice.CONSISTENCY, "k 取 95 % 区间下限", bodies, value=lambda s: with_bound(s, upper=False))
    yield one_trial(Choice.CONSISTENCY, "k 取 95 % 区间上限", bodies, value=lambda s: with_bound(s, upper=True))


def try_weights(bodies: Sequence[Body], basis: ScoringBasis, table: str, seed: int) -> Iterator[Trial]:
    """Try drawn weights, each level-2 group left out, and overlapping rows merged."""
    yield draw_weights(bodies, seed)
    groups = {one.row: one.level2 for one in basis.rows if one.table == table}
    entered = {score.row for body in bodies for score in body.rows}
    for group in dict.fromkeys(groups[row] for row in sorted(groups) if row in entered):
        yield leave_out(bodies, group, groups)
    pairs = {row for pair in OVERLAPS[table] for row in pair}
    yield one_trial(
        Choice.OVERLAPS,
        "重叠指标合并为一项",
        bodies,
        weigh=lambda s: s.weight_entered / 2 if s.row in pairs else s.weight_entered,
    )


def one_trial(
    choice: Choice,
    title: str,
    bodies: Sequence[Body],
    *,
    weigh: Weigh | None = None,
    value: Value | None = None,
) -> Trial:
    """Reckon every body's total once with other weights or values."""
    totals = np.array([[body.total_with(weigh=weigh, value=value) for body in bodies]])
    return Trial(choice=choice, title=title, totals=totals)


def leave_out(bodies: Sequence[Body], group: str, groups: Mapping[int, str]) -> Trial:
    """Leave one level-2 group out; a body that has nothing else keeps its total."""

    def weigh(score: Score) -> float:
        return 0.0 if groups.get(score.row) == group else score.weight_entered

    return one_trial(Choice.GROUP_LEFT_OUT, f"去掉“{group}”", bodies, weigh=weigh)


def draw_weights(bodies: Sequence[Body], seed: int) -> Trial:
    """Draw all weights from a Dirichlet distribution round the notice's, a mean row's standing off by 20 %."""
    rows = sorted({score.row: score.weight for body in bodies for score in body.rows}.items())
    if len(rows) < 2:
        return one_trial(Choice.WEIGHTS, "权重 ±20 %", bodies)
    shares = np.array([weight for _, weight in rows]) / sum(weight for _, weight in rows)
    concentration = (len(rows) - 1) / WEIGHT_SPREAD**2 - 1
    stream = np.random.default_rng([seed, 1])
    factors = stream.dirichlet(concentration * shares, size=WEIGHT_DRAWS) / shares
    place = {row: index for index, (row, _) in enumerate(rows)}
    totals = np.empty((WEIGHT_DRAWS, len(bodies)))
    for index, body in enumerate(bodies):
        columns = factors[:, [place[score.row] for score in body.rows]]
        weights = columns * np.array([score.weight_entered for score in body.rows])
        values = np.array([score.value or 0.0 for score in body.rows])
        totals[:, index] = 100 * (weights @ values) / weights.sum(axis=1) + body.outside if body.rows else body.total
    return Trial(choice=Choice.WEIGHTS, title="权重 ±20 %", totals=totals, note=f"狄利克雷抽样 {WEIGHT_DRAWS} 次")
