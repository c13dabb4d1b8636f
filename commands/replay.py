"""``yuece replay``: what one probe saw, step by step, and where its pictures and trace are."""

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from commands.options import JsonOutput
from commands.rerun_table import print_comparison
from commands.serve import announcement
from commands.store_access import open_existing
from domain.failure import REASON_TITLES_ZH
from domain.manifest import Member
from domain.observation import Observation
from domain.outcome import OUTCOME_TITLES_ZH
from engine.judging.rule_titles import rule_titles
from engine.settings import load_settings
from engine.visiting.rerun import compare_observations, earlier_of
from storage.member_check import read_members
from storage.store import Store
from web.serving import serve

STATUS_ZH = {"done": "完成", "failed": "失败", "skipped": "跳过"}


def run(
    observation: Annotated[str, typer.Argument(help="RUN/PORTAL/PROBE/ITEM, as printed by exports and the workbench.")],
    open_page: Annotated[bool, typer.Option("--open", help="Start the workbench and open it at this page.")] = False,
    json_output: JsonOutput = False,
) -> None:
    """Show the steps of an observation with its pictures, and where to see it in the workbench."""
    settings = load_settings()
    with open_existing(settings) as store:
        seen = store.observations.get(observation)
        pictures = {step.index: _place(store, step.screenshot) for step in seen.steps}
        trace = _place(store, seen.trace)
        members = read_members(store, seen)
        places = {member.name: _place(store, member.sha256) for member in members}
        before = earlier_of(store, seen)
    compared = compare_observations(before, seen) if before is not None else ()
    if json_output:
        found = {**seen.model_dump(mode="json"), "pictures": pictures, "trace_file": trace}
        proof = [{**member.model_dump(), "file": places[member.name]} for member in members]
        more = {"members": proof, "compared": [line.model_dump(mode="json") for line in compared]}
        sys.stdout.write(json.dumps({**found, **more}, ensure_ascii=False) + "\n")
        return
    _print(seen, pictures, trace)
    _print_members(seen, members, places)
    print_comparison(compared)
    if open_page:
        page = announcement(page_of(seen), open_browser=True)
        serve(settings.home, port=0, rule_titles=rule_titles(), announce=page)


def page_of(seen: Observation) -> str:
    """Return the workbench page of an observation."""
    return f"/runs/{seen.run}/observations/{seen.key}"


def _place(store: Store, sha256: str | None) -> str:
    path = store.evidence.path(sha256) if sha256 else None
    return str(path.resolve()) if path else ""


def _print(seen: Observation, pictures: dict[int, str], trace: str) -> None:
    console = Console()
    failure = f"（{REASON_TITLES_ZH[seen.failure]}）" if seen.failure else ""
    console.print(f"{seen.probe_id} v{seen.probe_version} · {seen.portal} · {seen.subject}", markup=False)
    console.print(f"结论 {OUTCOME_TITLES_ZH[seen.outcome]}{failure} {seen.reason}", markup=False)
    table = Table()
    for heading in ("步", "内容", "状态", "毫秒", "地址", "截图"):
        table.add_column(heading, overflow="fold")
    for step in seen.steps:
        status = STATUS_ZH[step.status.value]
        table.add_row(str(step.index), step.title, status, str(step.duration_ms), step.url, pictures[step.index])
    console.print(table)
    for refusal in seen.refusals:
        console.print(f"拦截 {refusal.method} {refusal.url} [{refusal.rule}]", markup=False, soft_wrap=True)
    console.print(f"trace {trace or '无'}", markup=False, soft_wrap=True)
    console.print(f"workbench: yuece serve, then {page_of(seen)}", markup=False, soft_wrap=True)


def _print_members(seen: Observation, members: Sequence[Member], places: dict[str, str]) -> None:
    console = Console()
    if not members:
        console.print("manifest 无", markup=False)
        return
    console.print(f"manifest {seen.manifest}（{len(members)} 个文件）", markup=False, soft_wrap=True)
    for member in members:
        console.print(f"  {member.name} {places[member.name] or '文件缺失'}", markup=False, soft_wrap=True)
