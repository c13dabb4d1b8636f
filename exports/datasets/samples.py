"""The items drawn for people's checks in the run's period, one row each, with the hash that put them there."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.sample import SampleCommitment, SampledItem
from exports.columns import flag, integer, item_column, link, moment, run_column, text, texts, unit_columns
from exports.dataset import Column, Dataset, datasets
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class DrawnRow:
    """A drawn item, and the promise that it was drawn under."""

    commitment: SampleCommitment
    item: SampledItem


def commitments_of(store: Store, run: str) -> tuple[SampleCommitment, ...]:
    """Return the commitments of the run's period and target."""
    source = store.runs.get(run)
    return store.samples.commitments(source.period, source.target)


def rows(store: Store, run: str) -> Iterator[DrawnRow]:
    """Stream the drawn items."""
    for commitment in commitments_of(store, run):
        yield from (DrawnRow(commitment=commitment, item=item) for item in store.samples.items(commitment.id))


def _count(store: Store, run: str) -> int:
    return sum(len(store.samples.items(commitment.id)) for commitment in commitments_of(store, run))


COMMITMENT: Column[DrawnRow] = text(
    "commitment", "抽样编号", "Sample", lambda row, _: row.commitment.id, "评估期与第几次抽样", width=12
)

SAMPLES: Dataset[DrawnRow] = datasets.register(
    Dataset(
        id="samples",
        zh="抽查事项",
        en="Samples",
        about="本评估期按公开承诺抽出、供人工抽查的事项；抽样窗口结束前不应交给被评单位。盐不在其中。",
        natural_key=("commitment", "unit_id", "code"),
        rows=rows,
        count=_count,
        columns=(
            COMMITMENT,
            *unit_columns(lambda row: row.item.unit, always=True),
            text("code", "事项编码", "Code", lambda row, _: row.item.code, "业务办理项编码，无则为实施编码", width=36),
            item_column(lambda row: row.item.item_id),
            text("title", "事项名称", "Item", lambda row, _: row.item.title, "事项名称", width=36),
            link(
                "url", "办事指南链接", "Guide", lambda row, _: row.item.url or None, "办事指南网址", empty="空 = 无网址"
            ),
            text("stratum", "层", "Stratum", lambda row, _: row.item.stratum, "事项类型代码/办件量层"),
            text(
                "draw_hash",
                "抽取散列",
                "Draw hash",
                lambda row, _: row.item.order,
                "SHA-256(评估期|单位|编码|盐)",
                width=24,
            ),
            texts(
                "checks",
                "抽查内容",
                "Checks",
                lambda row, _: row.item.checks,
                "属于哪些声明的样本（代码见 sample_checks）",
            ),
            texts("spare", "替补", "Spare", lambda row, _: row.item.spare, "在哪些样本中作替补"),
            texts("watched", "反向观察", "Watched", lambda row, _: row.item.watched, "申报为否、只观察不计分的声明"),
            flag("second", "第二观察员", "Second observer", lambda row, _: row.item.second, "另有一人独立核对"),
            integer(
                "frame_items", "抽样框事项数", "Frame", lambda row, _: row.commitment.frame_items, "抽样框的事项总数"
            ),
            text(
                "frame_sha256",
                "抽样框SHA-256",
                "Frame SHA-256",
                lambda row, _: row.commitment.frame_sha256,
                "抽样框文件的 SHA-256（docs/sampling.md）",
                width=24,
            ),
            text(
                "salt_sha256",
                "盐的SHA-256",
                "Salt's SHA-256",
                lambda row, _: row.commitment.salt_sha256,
                "事先公布的盐的 SHA-256",
                width=24,
            ),
            moment(
                "committed_at",
                "承诺时间（北京时间）",
                "Committed (Beijing time)",
                lambda row, _: row.commitment.made_at,
                "作出承诺的时刻；JSONL、Parquet 为 UTC",
            ),
            flag("in_time", "窗口前承诺", "In time", lambda row, _: row.commitment.in_time, "承诺是否早于抽样窗口"),
            run_column(),
        ),
    )
)
