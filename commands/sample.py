"""``yuece sample``: the draw of what people check, promised beforehand, repeatable afterwards (docs/sampling.md)."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from commands.imports import print_faults
from commands.options import JsonOutput, RunId
from commands.sample_files import publish_commitment, publish_draw, publish_salt, verify_folder
from commands.sample_results import describe, list_refuted, print_results, print_watched
from commands.sample_sheet import Reader, write_sheet
from commands.store_access import chosen_run, open_existing
from domain.errors import ExitCode, UsageError
from domain.sample import CHINA_TIME, SampleCommitment, SizeRule
from domain.unit import find_unit
from engine.sampling.sample_frame import declared_texts
from engine.sampling.sample_proofs import find_waiting, prove_sample, watch_sample
from engine.sampling.sample_round import chosen_commitment, commit_sample, draw_committed, reveal_salt
from exports.atomic_file import replacing
from intake.filled_table import MisfitsError, read_table
from intake.manual_intake import read_file, require_name
from intake.templates.volumes import VOLUMES
from scoring.sampling.frames import write_frame
from scoring.sampling.published import DISCREPANCY_TITLES_ZH, Discrepancy, verify_published, write_draw
from scoring.sampling.settlement import ItemState
from storage.store import Store

PUBLIC_MAX = 200
By = Annotated[str, typer.Option("--by", help="Who does it; stands in the record.")]
Sample = Annotated[str | None, typer.Option("--sample", help="Which sample, such as 2026H2-1; default: the latest.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder of the published files; default: <home>/samples.")]

app = typer.Typer(no_args_is_help=True, help="Draw what people check: commit, draw, check, reveal, verify.")


@app.command()
def commit(
    by: By,
    run_id: RunId = None,
    half_width: Annotated[str | None, typer.Option(help="Wished precision of a share, such as 0.10.")] = None,
    volumes: Annotated[Path | None, typer.Option(help="XLSX of cases per item, for strata by volume.")] = None,
    beacon: Annotated[str, typer.Option(help="A public value nobody knows yet, joined to the salt at the draw.")] = "",
    out: Out = None,
    json_output: JsonOutput = False,
) -> None:
    """Before the window: choose a secret salt, freeze the frame, and write the promise that is published."""
    size = SizeRule(half_width=read_width(half_width))
    with open_existing() as store:
        cases = read_cases(volumes)
        about = chosen_run(store, run_id)
        beacon = read_public(beacon)
        made = commit_sample(store, about, by=require_name(by), size=size, cases=cases, beacon=beacon)
        files = publish_commitment(folder_of(store, out), made, store.samples.frame(made.id))
    told = {"commitment": made.model_dump(mode="json"), "files": [str(file) for file in files]}
    late = "" if made.in_time else "（抽样窗口已开始：仅作演练）"
    tell(
        json_output,
        told,
        f"抽样 {made.id}：已对 {made.frame_items} 个事项的抽样框作出承诺{late}",
        f"盐值的 SHA-256：{made.salt_sha256}",
        f"抽样框的 SHA-256：{made.frame_sha256}",
        *(f"请公布：{file}" for file in files),
        f"抽样时须加入的公开随机数：{made.beacon or '（未约定）'}",
        "盐值保密，窗口结束后用 yuece sample reveal 公布。",
    )


@app.command()
def draw(
    by: By,
    sample: Sample = None,
    beacon_value: Annotated[str, typer.Option(help="The public value that the promise named.")] = "",
    out: Out = None,
    json_output: JsonOutput = False,
) -> None:
    """Draw what was promised, once; refused without a promise or when anything has changed since."""
    with open_existing() as store:
        commitment, value = chosen_commitment(store, sample), read_public(beacon_value)
        drawn, items = draw_committed(store, commitment, by=require_name(by), beacon_value=value)
        file = publish_draw(folder_of(store, out), drawn.commitment, items)
    checks = sum(len(item.checks) for item in items)
    visited = sum(bool(item.checks) for item in items)
    twice = sum(item.second for item in items)
    told = {"draw": drawn.model_dump(mode="json"), "items": len(items), "checks": checks, "file": str(file)}
    tell(
        json_output,
        told,
        f"抽样 {drawn.commitment}：{len(drawn.sizes)} 个单位共抽中 {visited} 个事项、{checks} 项申报",
        f"其中 {twice} 个事项由两人核验",
        f"名单：{file}",
        "下一步：yuece sample sheet --to 抽查表.xlsx；第二人用 --for second，复核用 --for recheck",
    )


@app.command()
def sheet(
    to: Annotated[Path, typer.Option("--to", help="The XLSX to be written.")],
    unit: Annotated[str | None, typer.Option("--unit", help="One body by id or name; default: all.")] = None,
    reader: Annotated[
        Reader, typer.Option("--for", help="first, second (items seen twice) or recheck.")
    ] = Reader.FIRST,
    sample: Sample = None,
    json_output: JsonOutput = False,
) -> None:
    """Write the check sheet for the observers; `yuece import checks FILE` reads it back."""
    with open_existing() as store:
        commitment = chosen_commitment(store, sample)
        items = store.samples.items(commitment.id, find_unit(unit).id if unit is not None else None)
        if not items:
            raise UsageError(f"sample {commitment.id} has no drawn item here; allowed: after `yuece sample draw`")
        waiting = find_waiting(store, commitment) if reader is Reader.RECHECK else ()
        data = write_sheet(items, declared_texts(store, commitment.run, items), reader, waiting)
    with replacing(to) as written:
        written.write_bytes(data)
    tell(
        json_output,
        {"sample": commitment.id, "items": len(items), "file": str(to)},
        f"抽查核验表：{to}（{len(items)} 个事项）",
        f"填好后：yuece import checks {to} --by 姓名 --pictures 图片文件夹",
    )


@app.command()
def reveal(by: By, sample: Sample = None, out: Out = None, json_output: JsonOutput = False) -> None:
    """After the window: publish the salt, so that anybody can make the draw again."""
    with open_existing() as store:
        commitment = chosen_commitment(store, sample)
        told = reveal_salt(store, commitment, by=require_name(by))
        drawn = store.samples.draw(commitment.id)
        value = drawn.beacon_value if drawn is not None else ""
        file = publish_salt(folder_of(store, out), commitment.id, told.salt, value)
    tell(
        json_output,
        {"reveal": told.model_dump(mode="json"), "file": str(file)},
        f"抽样 {told.commitment} 的盐值：{told.salt}",
        f"公布于 {local(told.revealed_at)}，请公布：{file}",
        f"核对：printf %s {told.salt} | sha256sum 应得 {commitment.salt_sha256}",
    )


@app.command()
def publish(sample: Sample = None, out: Out = None, json_output: JsonOutput = False) -> None:
    """Write the public files again, as far as the round has gone: promise and frame, draw, salt once it is revealed."""
    with open_existing() as store:
        commitment = chosen_commitment(store, sample)
        folder = folder_of(store, out)
        files = [*publish_commitment(folder, commitment, store.samples.frame(commitment.id))]
        drawn, told = store.samples.draw(commitment.id), store.samples.reveal(commitment.id)
        if drawn is not None:
            files.append(publish_draw(folder, commitment.id, store.samples.items(commitment.id)))
        if drawn is not None and told is not None:
            files.append(publish_salt(folder, commitment.id, told.salt, drawn.beacon_value))
    names = [str(file) for file in files]
    tell(json_output, {"sample": commitment.id, "files": names}, *(f"请公布：{name}" for name in names))


@app.command()
def verify(
    folder: Annotated[Path | None, typer.Argument(help="Folder of the published files; without it: the store.")] = None,
    sample: Sample = None,
    json_output: JsonOutput = False,
) -> None:
    """Make the draw again from what was published and compare; needs no store when a folder is given."""
    if folder is not None:
        commitment, found = verify_folder(folder)
        more: dict[str, Any] = {}
    else:
        with open_existing() as store:
            commitment = chosen_commitment(store, sample)
            found = verify_stored(store, commitment)
            more = {"refuted": list_refuted(store, commitment)}
    told = {"sample": commitment.id, "proved": not found, "discrepancies": [one.value for one in found], **more}
    good = f"抽样 {commitment.id}：重新抽取的结果与公布的名单逐项一致"
    tell(json_output, told, *([DISCREPANCY_TITLES_ZH[one] for one in found] or [good]))
    if found:
        raise typer.Exit(ExitCode.OUR_ERROR)


@app.command()
def results(sample: Sample = None, json_output: JsonOutput = False) -> None:
    """Show what the checks come to per body and declaration: k, exact interval, limit of refutation, agreement."""
    with open_existing() as store:
        commitment = chosen_commitment(store, sample)
        proofs, watched = prove_sample(store, commitment), watch_sample(store, commitment, ItemState.MISMATCH)
    if json_output:
        rows = [describe(proof) for proof in proofs]
        tell(True, {"sample": commitment.id, "rows": rows, "under_reported": [list(key) for key in watched]})
    else:
        print_results(commitment.id, proofs)
        print_watched(watched)


@app.command()
def refuted(sample: Sample = None, json_output: JsonOutput = False) -> None:
    """List declarations that the sample refutes: candidates for 虚假材料, on which a person decides."""
    with open_existing() as store:
        commitment = chosen_commitment(store, sample)
        found = list_refuted(store, commitment)
    lines = [
        f"{one['unit_name']} {one['table']}{one['row']} {one['aspect_title']}："
        f"{one['sampled']} 项中 {one['mismatches']} 项不符（达到 {one['limit']} 项即推翻）"
        for one in found
    ]
    end = "以上只是“虚假材料”的线索，是否认定由人决定，不自动扣分。" if found else "没有被抽查推翻的申报。"
    tell(json_output, {"sample": commitment.id, "refuted": found}, *lines, end)


def verify_stored(store: Store, commitment: SampleCommitment) -> tuple[Discrepancy, ...]:
    """Make the draw of the store again; raise ``UsageError`` before it was made."""
    drawn = store.samples.draw(commitment.id)
    if drawn is None:
        raise UsageError(f"sample {commitment.id} is not drawn yet; allowed: `yuece sample draw` first")
    return verify_published(
        commitment,
        frame=write_frame(store.samples.frame(commitment.id)),
        salt=store.samples.salt(commitment.id),
        draw=write_draw(store.samples.items(commitment.id)),
        beacon_value=drawn.beacon_value,
    )


def read_width(text: str | None) -> Decimal | None:
    """Read a wished half-width; raise ``UsageError`` for what is no share between 0 and 1."""
    if text is None:
        return None
    try:
        width = Decimal(text)
    except InvalidOperation:
        width = Decimal(0)
    if not 0 < width < 1:
        raise UsageError(f"half-width {text!r} does not fit; allowed: a share between 0 and 1, such as 0.10")
    return width


def read_public(text: str) -> str:
    """Read a public value or its name; raise ``UsageError`` for more than one line of 200 characters."""
    plain = " ".join(text.split())
    if len(plain) > PUBLIC_MAX or not plain.isprintable():
        raise UsageError(f"{text[:20]!r} does not fit; allowed: one line of at most {PUBLIC_MAX} characters")
    return plain


def read_cases(table: Path | None) -> Mapping[str, int]:
    """Read a table of cases per item; raise ``MisfitsError`` after naming every cell that does not fit."""
    if table is None:
        return {}
    try:
        rows = read_table(VOLUMES, read_file(table), name=table.name, also=lambda _: ())
    except MisfitsError as misfits:
        print_faults(misfits, chinese=True)
        raise
    return {row.thing.code: row.thing.cases for row in rows}


def folder_of(store: Store, out: Path | None) -> Path:
    """Return the folder of published files."""
    return out if out is not None else store.home / "samples"


def local(moment: datetime) -> str:
    """Write a moment in Beijing time."""
    return moment.astimezone(CHINA_TIME).strftime("%Y-%m-%d %H:%M")


def tell(as_json: bool, told: Mapping[str, object], *lines: str) -> None:
    """Print one JSON object, or lines for people."""
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    say: Callable[..., None] = Console().print
    for line in lines:
        say(line, soft_wrap=True, markup=False, highlight=False)
