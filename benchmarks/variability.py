"""How much scores and totals move between nights of a sandbox in which nothing changed.

Usage: ``python -m benchmarks.variability [--home DIR] [--nights 2] [--size 400] [--seed 2021] [--salts …]``.
Makes as many nights as the store of ``--home`` still lacks, each by ``yuece nightly`` in a process of its own, then
compares every later night with the first: per indicator |difference| of the value (0..1) over the bodies scored in both
nights, and how many changed their state; per body |difference| of the total (points of 100). Prints Markdown and
writes ``var/bench/variability.json``.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from domain.run import Run, RunKind
from domain.score import Score, UnitTotal
from storage.store import Store

OUT = Path("var/bench/variability.json")
UNITS = ("dept-01", "dept-05", "dept-21", "county-1", "county-4")
Key = tuple[str, str]  # body, indicator


@dataclass(frozen=True, kw_only=True)
class Movement:
    """How far one indicator moved over the bodies."""

    indicator: str
    scored: int  # pairs of nights in which the body had a value both times
    moved: int  # of them, with another value
    largest: float
    mean: float
    restated: int  # pairs in which the state changed: scored, not applicable, insufficient
    largest_coverage: float
    parts_moved: tuple[str, ...]  # named terms of the formula that differ anywhere


@dataclass(frozen=True, kw_only=True)
class TotalMovement:
    """How far one body's total moved."""

    unit: str
    first: float | None
    largest: float | None  # None: a night has no total
    ranks: tuple[int | None, ...]


def make_nights(home: Path, nights: int, salts: Sequence[str], arguments: Sequence[str]) -> None:
    """Make the nights that the store lacks."""
    for number in range(len(nights_of(home)), nights):
        command = [sys.executable, "-m", "yuece", "nightly", "--portal", "sandbox", *arguments]
        chosen = {"YUECE_HOME": str(home), "YUECE_SALT": salts[min(number, len(salts) - 1)]}
        subprocess.run(command, env={**os.environ, **chosen}, check=True, stdout=subprocess.DEVNULL)
        print(f"a night made; load {os.getloadavg()[0]:.1f}", file=sys.stderr)


def nights_of(home: Path) -> list[Run]:
    """Return the nights of a store, the oldest first; none where there is no store yet."""
    if not (home / "yuece.db").is_file():
        return []
    with Store.open(home) as store:
        return [run for run in reversed(tuple(store.runs.all())) if run.kind is RunKind.NIGHTLY]


def compare_scores(first: Mapping[Key, Score], later: Iterable[Mapping[Key, Score]]) -> list[Movement]:
    """Compare every later night's scores with the first night's, indicator by indicator."""
    pairs: dict[str, list[tuple[Score, Score]]] = defaultdict(list)
    for night in later:
        if night.keys() != first.keys():
            raise SystemExit("the nights did not score the same rows of the same bodies")
        for key, score in first.items():
            pairs[key[1]].append((score, night[key]))
    return [compare_indicator(indicator, found) for indicator, found in sorted(pairs.items())]


def compare_indicator(indicator: str, pairs: Sequence[tuple[Score, Score]]) -> Movement:
    """Compare one indicator's scores, each with its fellow of another night."""
    valued = [(one.value, two.value) for one, two in pairs if one.value is not None and two.value is not None]
    steps = [abs(one - two) for one, two in valued if one is not None and two is not None]
    return Movement(
        indicator=indicator,
        scored=len(steps),
        moved=sum(step > 0 for step in steps),
        largest=max(steps, default=0.0),
        mean=sum(steps) / len(steps) if steps else 0.0,
        restated=sum(one.state is not two.state for one, two in pairs),
        largest_coverage=max(abs(one.coverage - two.coverage) for one, two in pairs),
        parts_moved=tuple(sorted({name for one, two in pairs for name in moved_parts(one, two)})),
    )


def moved_parts(one: Score, two: Score) -> set[str]:
    """Name the terms of two scores that differ."""
    return {name for name in one.parts.keys() | two.parts.keys() if one.parts.get(name) != two.parts.get(name)}


def compare_totals(nights: Sequence[Mapping[str, UnitTotal]]) -> list[TotalMovement]:
    """Compare the totals of each body over all nights."""
    found = []
    for unit, first in sorted(nights[0].items()):
        values = [night[unit].value for night in nights]
        known = [value for value in values if value is not None]
        found.append(
            TotalMovement(
                unit=unit,
                first=first.value,
                largest=max(known) - min(known) if len(known) == len(values) else None,
                ranks=tuple(night[unit].rank for night in nights),
            )
        )
    return found


def print_tables(movements: Sequence[Movement], totals: Sequence[TotalMovement]) -> None:
    """Print both tables in Markdown; indicators without a value in any pair are only counted."""
    print("| indicator | pairs scored | moved | mean | largest | states changed | coverage moved | terms that moved |")
    print("|---|---|---|---|---|---|---|---|")
    for one in movements:
        if one.scored or one.restated or one.parts_moved:
            print(
                f"| {one.indicator} | {one.scored} | {one.moved} | {one.mean:.4f} | {one.largest:.4f}"
                f" | {one.restated} | {one.largest_coverage:.2f} | {', '.join(one.parts_moved)} |"
            )
    blank = sum(not one.scored for one in movements)
    print(f"\n{blank} indicators had no value in both nights of any pair.\n")
    print("| body | total | moved | ranks |\n|---|---|---|---|")
    for total in totals:
        values = ["–" if value is None else f"{value:.3f}" for value in (total.first, total.largest)]
        print(f"| {total.unit} | {values[0]} | {values[1]} | {', '.join(map(str, total.ranks))} |")


def main() -> None:
    """Make what is missing, compare, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("var/variability"))
    parser.add_argument("--nights", type=int, default=2)
    parser.add_argument("--size", default="400")
    parser.add_argument("--seed", default="2021")
    parser.add_argument("--salts", nargs="+", default=("yuece",), help="of the draw, one per night; the last repeats")
    parser.add_argument("--units", nargs="+", default=UNITS)
    options = parser.parse_args()
    named = [part for unit in options.units for part in ("--units", unit)]
    make_nights(options.home, options.nights, options.salts, ["--size", options.size, "--seed", options.seed, *named])
    runs = nights_of(options.home)
    if len(runs) < 2:
        raise SystemExit("two nights at least are needed for a comparison")
    with Store.open(options.home) as store:
        scores = [{(one.unit, one.indicator): one for one in store.scores.of_run(run.id)} for run in runs]
        totals = [{one.unit: one for one in store.scores.totals(run.id)} for run in runs]
    movements, moved = compare_scores(scores[0], scores[1:]), compare_totals(totals)
    print_tables(movements, moved)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    told = {"nights": [run.id for run in runs], "indicators": list(map(asdict, movements))}
    OUT.write_text(json.dumps(told | {"totals": list(map(asdict, moved))}, indent=1) + "\n")


if __name__ == "__main__":
    main()
