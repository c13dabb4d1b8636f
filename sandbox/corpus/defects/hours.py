"""Defects of hours that are filled in and still tell nobody when to come (G7)."""

from sandbox.corpus.defects.fitness import has_window
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft

ODD_HOURS = {
    "hours-reversed": ("上午8:30-12:00，下午17:30-14:30", "下午的时间先关门后开门"),
    "hours-impossible": ("星期一至星期五 上午8:30-12:00，下午14:30-25:30", "写了不存在的钟点"),
    "hours-without-clock": ("上班时间", "只写“上班时间”，没有几点到几点"),
    "hours-lunch-reversed": ("星期一至星期五 8:30-17:30（午休14:30-12:00）", "午休先结束后开始"),
    "hours-holiday-notice": ("2023年国庆节期间（9月29日至10月6日）放假，窗口暂停办理", "贴的是往年的放假通知"),
    "hours-never": ("星期八 8:30-12:00", "写的日子从不到来"),
}


def register_hours(kind: str, text: str, sentence: str) -> None:
    """Register one kind of odd hours."""

    def spoil(draft: Draft) -> None:
        draft.windows[0]["TIME"] = text

    defect(
        kind,
        field="办理时间",
        where="AUDIT_CATALOG_LOBBY[].TIME",
        checkpoint="G7",
        fits=has_window,
        touches=("窗口",),
        sentence=f"办理时间{sentence}",
    )(spoil)


for _kind, (_text, _sentence) in ODD_HOURS.items():
    register_hours(_kind, _text, _sentence)
