"""Shows what a repeated probe saw again and what it did not."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from engine.visiting.rerun import Compared, Sameness

VERDICTS_ZH = {Sameness.SAME: "相同", Sameness.DIFFERENT: "不同", Sameness.TIME: "时长"}


def print_comparison(lines: Sequence[Compared]) -> None:
    """Print the differences first, then what stayed the same as one line; nothing for nothing."""
    if not lines:
        return
    console = Console()
    told = {verdict: [line for line in lines if line.verdict is verdict] for verdict in Sameness}
    counts = "，".join(f"{VERDICTS_ZH[verdict]} {len(found)} 项" for verdict, found in told.items())
    console.print(f"与上次对比：{counts}", markup=False)
    changed = [*told[Sameness.DIFFERENT], *told[Sameness.TIME]]
    if changed:
        table = Table()
        for heading in ("", "项目", "上次", "本次"):
            table.add_column(heading, overflow="fold")
        for line in changed:
            table.add_row(VERDICTS_ZH[line.verdict], line.what, line.before, line.after)
        console.print(table)
    console.print("相同：" + "，".join(line.what for line in told[Sameness.SAME]), markup=False)
