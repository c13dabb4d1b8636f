"""What people found on drawn items, one row per item, declaration and observer; second looks stand beside."""

from collections.abc import Iterator

from domain.sample import ASPECT_TITLES_EN, ASPECT_TITLES_ZH, VERDICT_TITLES_EN, VERDICT_TITLES_ZH, SampleCheck
from exports.code_list import CodeList
from exports.columns import code, moment, run_column, text, texts, unit_columns
from exports.dataset import Dataset, datasets
from exports.datasets.samples import commitments_of
from storage.store import Store

ASPECTS = CodeList(
    id="Aspect",
    zh={aspect.value: title for aspect, title in ASPECT_TITLES_ZH.items()},
    en={aspect.value: title for aspect, title in ASPECT_TITLES_EN.items()},
)
VERDICTS = CodeList(
    id="Verdict",
    zh={verdict.value: title for verdict, title in VERDICT_TITLES_ZH.items()},
    en={verdict.value: title for verdict, title in VERDICT_TITLES_EN.items()},
)


def rows(store: Store, run: str) -> Iterator[SampleCheck]:
    """Stream what observers found in the run's period."""
    for commitment in commitments_of(store, run):
        yield from store.samples.checks(commitment.id)


SAMPLE_CHECKS: Dataset[SampleCheck] = datasets.register(
    Dataset(
        id="sample_checks",
        zh="抽查结果",
        en="Sample checks",
        about="观察员在抽查事项上的所见，每人每项声明一行；后一次不替换前一次。",
        natural_key=("commitment", "unit_id", "code", "aspect", "observer", "observation", "observed_at"),
        rows=rows,
        count=lambda store, run: sum(1 for _ in rows(store, run)),
        columns=(
            text("commitment", "抽样编号", "Sample", lambda row, _: row.commitment, "评估期与第几次抽样", width=12),
            *unit_columns(lambda row: row.unit, always=True),
            text("code", "事项编码", "Code", lambda row, _: row.code, "事项编码", refers="samples.code", width=36),
            code("aspect", "抽查内容", "Aspect", lambda row, _: row.aspect, "核对哪项声明", codes=ASPECTS, width=24),
            code("verdict", "结论", "Verdict", lambda row, _: row.verdict, "属实、不符或无法判断", codes=VERDICTS),
            text("observer", "观察员", "Observer", lambda row, _: row.observer, "谁看的"),
            text("seen", "所见", "Seen", lambda row, _: row.seen, "看到什么；空串 = 未写", width=40),
            text("source", "在何处看", "Where", lambda row, _: row.source, "窗口、号码或设备；空串 = 未写", width=30),
            moment(
                "observed_at",
                "观察时间（北京时间）",
                "Observed (Beijing time)",
                lambda row, _: row.observed_at,
                "观察时刻；JSONL、Parquet 为 UTC",
            ),
            text("note", "说明", "Note", lambda row, _: row.note, "说明；空串 = 无", width=40),
            texts("pictures", "照片SHA-256", "Pictures", lambda row, _: row.pictures, "照片字节的 SHA-256"),
            text(
                "observation",
                "记录编号",
                "Observation",
                lambda row, _: row.observation,
                "报送所成的人工观察记录",
                refers="observations.id",
                width=48,
            ),
            text("recorded_by", "报送人", "Recorded by", lambda row, _: row.recorded_by, "谁报送"),
            moment(
                "recorded_at",
                "报送时间（北京时间）",
                "Recorded (Beijing time)",
                lambda row, _: row.recorded_at,
                "报送时刻；JSONL、Parquet 为 UTC",
            ),
            run_column(),
        ),
    )
)
