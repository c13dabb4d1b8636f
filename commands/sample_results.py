"""What people's checks of a sample come to, as lines for evaluators and as JSON for programs."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table as Grid

from domain.sample import ASPECT_TITLES_ZH, SampleCommitment
from domain.unit import Table, all_units
from engine.sampling.sample_proofs import prove_sample
from scoring.sampling.settlement import Key, RowProof, RowState
from storage.store import Store

UNITS = {unit.id: unit for unit in all_units()}
STATES: Mapping[RowState, str] = {
    RowState.COUNTS: "计入 k",
    RowState.TOO_FEW: "未达样本量",
    RowState.PENDING: "待复核",
    RowState.UNRELIABLE: "两人不一致，不采用",
}


def describe(proof: RowProof) -> dict[str, object]:
    """Write one row's proof with everything by which it can be computed again."""
    unit = UNITS.get(proof.unit)
    table = unit.table if unit is not None else Table.DEPARTMENTS
    low, high = proof.interval
    return {
        "unit": proof.unit,
        "unit_name": unit.name if unit is not None else proof.unit,
        "table": table.value,
        "row": proof.row_of(table),
        "aspect": proof.aspect.value,
        "aspect_title": ASPECT_TITLES_ZH[proof.aspect],
        "state": proof.state.value,
        "population": proof.population,
        "asked": proof.asked,
        "sampled": proof.settled,
        "confirmed": proof.confirmed,
        "mismatches": len(proof.mismatched),
        "mismatched": list(proof.mismatched),
        "pending": list(proof.pending),
        "unclear": proof.unclear,
        "open": proof.open,
        "interval": [low, high],
        "limit": proof.limit,
        "refuted": proof.refuted,
        "pairs": proof.reliability.pairs,
        "kappa": proof.reliability.kappa,
        "alpha": proof.reliability.alpha,
        "observations": list(proof.observations),
    }


def list_refuted(store: Store, commitment: SampleCommitment) -> list[dict[str, object]]:
    """Return the refuted declarations of a sample."""
    return [describe(proof) for proof in prove_sample(store, commitment) if proof.refuted]


def print_watched(watched: Iterable[Key]) -> None:
    """Name the items that offer what their guides deny; nothing of it is scored."""
    for unit, code, aspect in watched:
        name = UNITS[unit].name if unit in UNITS else unit
        line = f"少报（不计分）：{name} {code} 指南写“否”，实际可办：{ASPECT_TITLES_ZH[aspect]}"
        Console().print(line, soft_wrap=True, markup=False)


def print_results(sample: str, proofs: Iterable[RowProof]) -> None:
    """Print one line per body and declaration."""
    grid = Grid(title=f"抽样 {sample} 的核验结果")
    for heading in ("单位", "行", "核验内容", "状态", "属实/结论", "应核", "总体", "95% 区间", "不符/推翻", "α"):
        grid.add_column(heading)
    for proof in proofs:
        one = describe(proof)
        low, high = proof.interval
        alpha = "–" if proof.reliability.alpha is None else f"{proof.reliability.alpha:.2f}"
        grid.add_row(
            str(one["unit_name"]),
            f"{one['table']}{one['row']}",
            str(one["aspect_title"]),
            STATES[proof.state],
            f"{proof.confirmed}/{proof.settled}",
            str(proof.asked),
            str(proof.population),
            f"{low:.3f}–{high:.3f}",
            f"{len(proof.mismatched)}/{proof.limit}" + (" ★" if proof.refuted else ""),
            alpha,
        )
    Console().print(grid)
