"""``yuece audit``: judge stored guides again, or an exported or captured list, without any network."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from commands.options import JsonOutput, RunId
from commands.store_access import chosen_run, open_existing
from crawler.audit import audit_guide, rule_set
from crawler.coverage import unseen_fields
from crawler.rules.rule import rules
from domain.errors import UsageError
from domain.finding import Finding
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH
from engine.night_plan import MAIN_PORTAL
from portals.mapped_list import read_mapped


def run(
    run_id: RunId = None,
    input_file: Annotated[Path | None, typer.Option("--input", help="A list of guides: JSONL, CSV or XLSX.")] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="TOML that maps its columns to guide fields.")
    ] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="Only these rules; default: all.")] = None,
    json_output: JsonOutput = False,
) -> None:
    """Judge guides under today's rules: those of a stored run, or a list with a mapping."""
    wanted = frozenset(rules.get(name).id for name in rule or ())
    if (input_file is None) != (mapping is None):
        raise UsageError("--input and --mapping go together: a list and the mapping of its columns")
    if input_file is not None and mapping is not None:
        guides = tuple(read_mapped(input_file, mapping))
        findings = judge(guides, run="list")
    else:
        guides, findings = _judge_run(run_id)
    _show(guides, [finding for finding in findings if not wanted or finding.rule_id in wanted], json_output)


def judge(guides: tuple[Guide, ...], *, run: str) -> list[Finding]:
    """Apply every rule to every guide; fields that none of the guides carries are our blindness."""
    unseen = unseen_fields(guides)
    return [finding for guide in guides for finding in audit_guide(guide.without(unseen), run=run)[1]]


def _judge_run(run_id: str | None) -> tuple[tuple[Guide, ...], list[Finding]]:
    """Judge a stored run again and keep the new judgement beside the rule versions that made it."""
    with open_existing() as store:
        chosen = chosen_run(store, run_id)
        guides = tuple(store.guides.of_run(chosen.id, portal=MAIN_PORTAL))
        unseen = unseen_fields(guides)
        judged = [audit_guide(guide.without(unseen), run=chosen.id) for guide in guides]
        store.audits.save_rule_set(rule_set())
        findings = [finding for _, found in judged for finding in found]
        store.audits.save([audit for audit, _ in judged], findings)
    return guides, findings


def _show(guides: tuple[Guide, ...], findings: list[Finding], json_output: bool) -> None:
    if json_output:
        result = {"guides": len(guides), "findings": [_line(finding) for finding in findings]}
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        return
    console = Console()
    console.print(_by_rule(findings))
    console.print(f"{len(guides)} guides judged by {len(rule_set().members)} rules: {len(findings)} findings")


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
