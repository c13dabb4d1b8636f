"""Holds the audit against the truth of a freshly seeded sandbox: precision and recall per kind of planted fault.

Usage: ``make bench-audit [SEED=n]`` or ``python -m benchmarks.audit_truth [--seed N] [--size N] [--plant N]``. The
sandbox's truth is written by the side that plants; how findings are matched with it is said in ``finding_match.py``.
The crawl is made on several occasions, since a dead address is only called dead after three. Writes
``var/bench/audit.json`` and ends with 1 when a demand is missed: overall 0.99/0.99, no kind below 0.95, no finding on
a clean guide.
"""

import argparse
import secrets
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import orjson

from benchmarks.finding_match import Accusation, Comparison, compare, name_labels, read_plantings
from commands.nightly import make_plan
from crawler.rules.rule import rules
from domain.run import RunKind
from engine.collecting.addresses import visit_addresses
from engine.collecting.crawling import crawl_all
from engine.collecting.reading import read_documents
from engine.judging.examination import examine_night
from engine.night import finish
from engine.night_plan import FACES, MAIN_PORTAL, NightPlan, SandboxOptions, task_for
from engine.settings import Settings
from engine.stage import opened_run
from engine.visiting.probing import probe_tasks
from sandbox.serving import Sandbox, running_sandbox
from storage.store import Store

OUTPUT = Path("var/bench/audit.json")
OVERALL_MIN = 0.99
KIND_MIN = 0.95
OCCASIONS = 3
EXAMPLES = 3


@contextmanager
def announced(sandbox: Sandbox, folder: Path) -> Iterator[Path]:
    """Write the announcement by which a run finds a running sandbox."""
    file = folder / "sandbox.json"
    origins = {name: getattr(sandbox.origins, name) for name in sandbox.origins.__dataclass_fields__}
    file.write_bytes(orjson.dumps({"origins": origins, "test_account": sandbox.test_account}))
    yield file


def fetch_truth(sandbox: Sandbox) -> dict[str, Any]:
    """Ask the sandbox what is true."""
    with urlopen(f"{sandbox.control_url}/truth", timeout=60) as answer:
        truth: dict[str, Any] = orjson.loads(answer.read())
    return truth


class Clock:
    """A reporter that prints how long each phase took."""

    def __init__(self) -> None:
        self._phase, self._began = "", time.monotonic()

    def begin(self, phase: str, total: int) -> None:
        """Close the phase before and open the next."""
        self.close()
        self._phase, self._began = f"{phase} ({total})", time.monotonic()

    def advance(self, phase: str, amount: int = 1) -> None:
        """Single steps are not shown."""

    def note(self, text: str) -> None:
        """Show what went wrong."""
        print(f"    {text}")

    def close(self) -> None:
        """Print the phase that ends."""
        if self._phase:
            print(f"  {self._phase}: {time.monotonic() - self._began:.0f} s")
        self._phase = ""


def look(settings: Settings, plan: NightPlan) -> None:
    """Make one occasion: crawl, read, and look at every published address."""
    clock = Clock()
    with opened_run(settings, plan, clock, kind=RunKind.CRAWL) as opened:
        crawl_all(opened.night)
        read_documents(opened.night)
        visit_addresses(opened.night)
        finish(opened.night, opened.ledger())
    clock.close()


def look_and_judge(settings: Settings, plan: NightPlan, truth: Mapping[str, Any], faces: int) -> str:
    """Make the last occasion, compare faces on a sample, judge everything, and return the run's id."""
    clock = Clock()
    with opened_run(settings, plan, clock, kind=RunKind.CRAWL) as opened:
        night = opened.night
        crawl_all(night)
        read_documents(night)
        visit_addresses(night)
        chosen = choose_faces(truth, faces)
        guides = list(night.store.guides.of_run(night.run.id, portal=MAIN_PORTAL))
        probe_tasks(night, [task_for(one, FACES) for one in guides if one.item_id in chosen], phase="faces")
        summary = finish(night, opened.ledger(), examine_night(night))
    clock.close()
    print(f"last occasion: {summary['guides']}, {summary['findings']} findings, {summary['state']} {summary['note']}")
    return night.run.id


def choose_faces(truth: Mapping[str, Any], per_kind: int) -> frozenset[str]:
    """Choose the guides whose faces are compared: so many of each kind of face fault, and as many sound ones of all."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for guide in truth["guides"]:
        for defect in guide["defects"]:
            if "face" in defect and guide["crawl"] == "measured":
                kinds[defect["kind"]].append(guide["item_id"])
    odd = [guide for guide in truth["guides"] if any("writes" in near["kind"] for near in guide["near_misses"])]
    clean = [guide for guide in truth["guides"] if not guide["defects"] and guide["crawl"] == "measured"]
    sound = [guide["item_id"] for guide in (*odd, *clean[:: max(1, len(clean) // max(1, per_kind))]) if per_kind]
    return frozenset([*(item for items in kinds.values() for item in items[:per_kind]), *sound[: 2 * per_kind]])


def read_compared(home: Path, run: str) -> frozenset[str]:
    """Name the guides that the faces' probe visited."""
    with Store.open(home) as store:
        return frozenset(one.item_id for one in store.observations.of_run(run, probe=FACES) if one.item_id)


def read_accusations(home: Path, run: str) -> tuple[Accusation, ...]:
    """Read a run's findings out of the store."""
    checkpoints = {rule.id: rule.checkpoint for rule in rules.all()}
    with Store.open(home) as store:
        return tuple(
            Accusation(
                item_id=finding.item_id,
                rule=finding.rule_id,
                field=finding.field,
                checkpoint=checkpoints.get(finding.rule_id),
                sentence=finding.reason,
            )
            for finding in store.audits.findings(run, portal=MAIN_PORTAL)
        )


def write_result(comparison: Comparison, seed: int, truth: Mapping[str, Any]) -> dict[str, Any]:
    """Write the result document."""
    near = {guide["item_id"] for guide in truth["guides"] if guide["near_misses"] and not guide["defects"]}
    false: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in comparison.false:
        false[one.rule].append(
            {"item_id": one.item_id, "names": "、".join(sorted(name_labels(one))), "sentence": one.sentence}
        )
    said: dict[str, list[str]] = defaultdict(list)
    for one in (*comparison.right, *comparison.false):
        said[one.item_id].append(f"{one.rule}: {one.sentence}")
    missed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for planting in comparison.missed:
        items = sorted(planting.right_on)
        missed[planting.kind].append({"items": items, "said": [text for item in items for text in said[item]]})
    return {
        "precision": round(comparison.precision, 5),
        "recall": round(comparison.recall, 5),
        "clean_findings": len(comparison.clean),
        "kinds": {
            kind: {"planted": score.planted, "precision": round(score.precision, 5), "recall": round(score.recall, 5)}
            for kind, score in comparison.kinds.items()
        },
        "seed": seed,
        "guides": len(truth["guides"]),
        "near_miss_findings": sum(one.item_id in near for one in comparison.clean),
        "missed": dict(missed),
        "false": dict(false),
    }


def list_shortfalls(result: Mapping[str, Any]) -> list[str]:
    """Name every demand that is missed."""
    faults = [
        f"overall {name} {result[name]:.4f} is below {OVERALL_MIN}"
        for name in ("precision", "recall")
        if result[name] < OVERALL_MIN
    ]
    faults += [
        f"{kind}: {name} {row[name]:.2f} is below {KIND_MIN}"
        for kind, row in result["kinds"].items()
        for name in ("precision", "recall")
        if row[name] < KIND_MIN
    ]
    if result["clean_findings"]:
        faults.append(f"{result['clean_findings']} findings on clean guides; none is allowed")
    return faults


def print_result(result: Mapping[str, Any], truth: Mapping[str, Any]) -> None:
    """Print the table, the false accusations by rule with examples, and the verdict."""
    sentences = truth["defect_kinds"]
    print(f"\n{'kind':38} {'planted':>7} {'precision':>9} {'recall':>7}  what is wrong")
    for kind, row in sorted(result["kinds"].items(), key=lambda pair: (pair[1]["recall"], pair[1]["precision"])):
        mark = " " if min(row["precision"], row["recall"]) >= KIND_MIN else "!"
        figures = f"{row['planted']:7} {row['precision']:9.3f} {row['recall']:7.3f}"
        print(f"{mark}{kind:37} {figures}  {sentences[kind]['sentence']}")
    clean = {guide["item_id"] for guide in truth["guides"] if not guide["defects"]}
    if result["false"]:
        print("\nfalse accusations by rule (on clean guides / all)")
    for rule, rows in sorted(result["false"].items(), key=lambda pair: -len(pair[1])):
        print(f"  {rule}: {sum(row['item_id'] in clean for row in rows)} / {len(rows)}")
        for sentence, count in Counter(row["sentence"] for row in rows).most_common(EXAMPLES):
            example = next(row["item_id"] for row in rows if row["sentence"] == sentence)
            print(f"    {count} × {sentence[:100]}  ({example})")
    kinds, plantings = len(result["kinds"]), sum(row["planted"] for row in result["kinds"].values())
    print(f"\nseed {result['seed']}: {result['guides']} guides, {plantings} plantings of {kinds} kinds")
    print(f"precision {result['precision']:.4f}, recall {result['recall']:.4f}", end=", ")
    print(f"{result['clean_findings']} findings on clean guides ({result['near_miss_findings']} on near misses)")


def main() -> int:
    """Make the comparison and say whether it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=None, help="default: a fresh one, printed")
    parser.add_argument("--size", default="5400", help="guides of the corpus")
    parser.add_argument("--plant", default="20", help="how often each kind is planted, as far as there is room")
    parser.add_argument("--faces", type=int, default=20, help="pages, prints and mobile pages compared of each kind")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    print(f"seed {seed}, {options.size} guides")
    with (
        tempfile.TemporaryDirectory(prefix="yuece-bench-") as name,
        running_sandbox(["--size", options.size, "--seed", str(seed), "--plant", options.plant]) as sandbox,
        announced(sandbox, Path(name)) as announcement,
    ):
        home = Path(name) / "home"
        settings = Settings(home=home, authorisation=None, link_occasion_gap_h=0)
        chosen = SandboxOptions(size=options.size, seed=seed, announcement=announcement)
        plan = make_plan(settings, portal="sandbox", units=None, sandbox=chosen)
        plan = plan.model_copy(update={"portals": (MAIN_PORTAL,)})
        for number in range(OCCASIONS - 1):
            print(f"occasion {number + 1}")
            look(settings, plan)
        truth = fetch_truth(sandbox)
        print(f"occasion {OCCASIONS}")
        run = look_and_judge(settings, plan, truth, options.faces)
        plantings = read_plantings(truth, read_compared(home, run))
        result = write_result(compare(plantings, read_accusations(home, run)), seed, truth)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))
    print_result(result, truth)
    faults = list_shortfalls(result)
    print("\n".join(["", *(f"MISSED: {fault}" for fault in faults)]) if faults else "every demand is met")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
