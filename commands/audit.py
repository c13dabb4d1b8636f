"""``yuece audit``: judge stored guides again, or an exported or captured list, without any network."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from commands.audit_changes import print_changes
from commands.options import JsonOutput, RunId
from commands.progress import BarReporter
from commands.store_access import chosen_run, open_existing
from crawler.audit import audit_dossier, rule_set
from crawler.coverage import CoverageCount
from crawler.peers import PeerIndex
from crawler.rules.rule import rules
from domain.dossier import Dossier
from domain.errors import UsageError
from domain.finding import Finding
from domain.guide_fields import LABELS_ZH
from domain.run import Run
from engine.collecting.readability_step import read_again
from engine.judging.judging_again import JudgedAgain, judge_again
from engine.reporter import Reporter, SilentReporter
from engine.settings import Settings, load_settings
from portals.mapped_list import read_mapped
from storage.store import Store


def run(
    run_id: RunId = None,
    input_file: Annotated[Path | None, typer.Option("--input", help="A list of guides: JSONL, CSV or XLSX.")] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="TOML that maps its columns to guide fields.")
    ] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="Show only these rules; default: all.")] = None,
    json_output: JsonOutput = False,
) -> None:
    """Judge guides under today's rules: those of a stored run, saying what changed, or a list with a mapping."""
    wanted = frozenset(rules.get(name).id for name in rule or ())
    if (input_file is None) != (mapping is None):
        raise UsageError("--input and --mapping go together: a list and the mapping of its columns")
    if input_file is not None and mapping is not None:
        guides, findings = judge_list(input_file, mapping)
        _show_list(guides, [finding for finding in findings if not wanted or finding.rule_id in wanted], json_output)
    else:
        _show_run(_judge_run(run_id, quiet=json_output), wanted, json_output)


def judge_list(input_file: Path, mapping: Path) -> tuple[int, Iterator[Finding]]:
    """Read a list twice: once to know it as a whole, once to judge each guide; return its length and the findings."""
    count, peers = CoverageCount(), PeerIndex()
    for guide in read_mapped(input_file, mapping):
        count.add(guide)
        peers.add(guide)
    return count.guides, _judge_each(input_file, mapping, count, peers)


def _judge_each(input_file: Path, mapping: Path, count: CoverageCount, peers: PeerIndex) -> Iterator[Finding]:
    """Apply every rule to every guide; fields that none of the guides carries are our blindness."""
    unseen = count.unseen()
    with peers:
        for guide in read_mapped(input_file, mapping):
            dossier = Dossier(guide=guide.without(unseen), peers=peers.peers_of(guide))
            yield from audit_dossier(dossier, run="list")[1]


def _judge_run(run_id: str | None, *, quiet: bool) -> JudgedAgain:
    settings = load_settings()
    with open_existing(settings) as store:
        chosen = chosen_run(store, run_id)
        if quiet:
            return _look_again(store, chosen, settings, SilentReporter())
        with BarReporter() as reporter:
            return _look_again(store, chosen, settings, reporter)


def _look_again(store: Store, run: Run, settings: Settings, reporter: Reporter) -> JudgedAgain:
    judged = judge_again(store, run, reporter)
    read_again(store, run.id, settings.office_terms, reporter)
    return judged


def _show_run(result: JudgedAgain, wanted: frozenset[str], json_output: bool) -> None:
    lines = [line for line in result.changes if not wanted or line.rule in wanted]
    if not json_output:
        print_changes(result, lines)
        return
    counts = {name: value for name, value in asdict(result).items() if isinstance(value, int | str)}
    shown = {
        **counts,
        "stayed": result.stayed,
        "in_doubt": [part.field for part in result.in_doubt],
        "changes": [asdict(line) for line in lines],
    }
    sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")


def _show_list(guides: int, findings: list[Finding], json_output: bool) -> None:
    if json_output:
        result = {"guides": guides, "findings": [_line(finding) for finding in findings]}
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        return
    console = Console()
    console.print(_by_rule(findings))
    console.print(f"{guides} guides judged by {len(rule_set().members)} rules: {len(findings)} findings")


def _line(finding: Finding) -> dict[str, Any]:
    return {
        "subject": finding.subject,
        "field": LABELS_ZH[finding.field],
        "rule": finding.rule_id,
        "outcome": finding.outcome.value,
        "state": finding.state.value,
        "reason": finding.reason,
        "excerpt": finding.excerpt,
    }


def _by_rule(findings: Iterable[Finding]) -> Table:
    table = Table(title="审核结果 findings by rule", title_justify="left")
    for heading in ("规则", "问题", "件数"):
        table.add_column(heading, overflow="fold")
    for rule_id, count in Counter(finding.rule_id for finding in findings).most_common():
        table.add_row(rule_id, rules.get(rule_id).failure_title, str(count))
    return table
