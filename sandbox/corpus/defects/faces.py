"""Defects that the data does not show: the page, the print or the mobile page says something else."""

from sandbox.corpus.defects.fitness import is_timed
from sandbox.corpus.defects.registry import Fits, defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import PENALTY, GuidePlan
from sandbox.faces import cannot_print
from sandbox.model import Json

SOURCES = {"page": "办事指南网页", "print": "办事指南打印件", "mobile": "粤省事页面"}


def show_phone(draft: Draft) -> tuple[str, str, str]:
    """Give the path of the enquiry telephone, its value, and another number of seven digits."""
    phone = draft.item["LINK_TEL"]
    return (
        "AUDIT_ITEM.LINK_TEL",
        phone,
        f"{phone[:5]}33{phone[7:]}" if phone[5:7] != "33" else f"{phone[:5]}88{phone[7:]}",
    )


def show_limit(draft: Draft) -> tuple[str, str, str]:
    """Give the path of the promised days, their number, and more of them."""
    days = draft.item["PROMISE_DAY"]
    return "AUDIT_ITEM.PROMISE_DAY", days, str(int(days) + 9)


def show_place(draft: Draft) -> tuple[str, str, str]:
    """Give the path of the place, its text, and the office's former seat."""
    return "AUDIT_CATALOG_LOBBY[0].ADDRESS", draft.windows[0]["ADDRESS"], "阳江市江城区创业北路16号旧办公楼二楼"


FIELDS = {
    "phone": ("咨询电话", "G8", show_phone),
    "limit": ("承诺办结时限", "G5", show_limit),
    "place": ("办理地点", "G6", show_place),
}


def is_on_mobile(plan: GuidePlan) -> bool:
    """Say whether 粤省事 shows the guide."""
    return plan.on_yss and plan.application.kind != "app_only"


def has_full_page(plan: GuidePlan) -> bool:
    """Say whether the page shows every section; the simple guides of penalties leave most of them out."""
    return plan.entry.stem.task_type != PENALTY


def is_printable(plan: GuidePlan) -> bool:
    """Say whether the guide can be printed."""
    return not cannot_print(plan.public_code)


def register_face(face: str, about: str, fits: Fits) -> None:
    """Register the defect that one face shows another value in one field."""
    label, checkpoint, show = FIELDS[about]

    def spoil(draft: Draft) -> Json:
        path, published, shown = show(draft)
        draft.faces.setdefault(face, {})[path] = shown
        return {"face": face, "published": published, "shown": shown, "source": SOURCES[face]}

    defect(
        f"{face}-other-{about}",
        field=label,
        where=f"{face}: {label}",
        checkpoint=checkpoint,
        fits=fits,
        touches=("电话" if about == "phone" else "窗口" if about == "place" else "办件类型", f"所见{face}"),
        sentence=f"{SOURCES[face]}上的{label}与数据不一致",
    )(spoil)


register_face("page", "phone", has_full_page)
register_face("page", "limit", is_timed)
register_face("page", "place", lambda plan: has_full_page(plan) and plan.has_window)
register_face("print", "phone", is_printable)
register_face("print", "limit", lambda plan: is_timed(plan) and is_printable(plan))
register_face("mobile", "phone", is_on_mobile)
register_face("mobile", "limit", lambda plan: is_on_mobile(plan) and is_timed(plan))
