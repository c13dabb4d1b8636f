"""Defects of place, hours and telephones (G6, G7, G8)."""

from dataclasses import replace

from sandbox.corpus.defects.fitness import has_window, is_power, must_come
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import Facts


def set_enquiry(draft: Draft, value: str) -> None:
    """Write the 咨询电话 in both its fields."""
    draft.item["LINK_TEL"] = draft.item["LINK_WAY"] = value


def without_hall_window(facts: Facts) -> Facts:
    """No window of the hall is named any more."""
    return replace(facts, comprehensive=False)


def set_complaint(draft: Draft, value: str) -> None:
    """Write the 投诉电话 in both its fields."""
    draft.item["TSTEL"] = draft.item["SUPERVISE_WAY"] = value


@defect(
    "place-blank",
    field="办理地点",
    where="AUDIT_CATALOG_LOBBY[].ADDRESS",
    checkpoint="G6",
    fits=has_window,
    touches=("窗口",),
    sentence="有办理窗口，办理地点却为空",
)
def spoil_place(draft: Draft) -> None:
    draft.windows[0]["ADDRESS"] = ""


@defect(
    "place-placeholder",
    field="办理地点",
    where="AUDIT_CATALOG_LOBBY[].ADDRESS",
    checkpoint="G6",
    fits=has_window,
    touches=("窗口",),
    sentence="办理地点只写了套话",
)
def spoil_place_placeholder(draft: Draft) -> None:
    draft.windows[0]["ADDRESS"] = "详见咨询电话"


@defect(
    "place-outside-region",
    field="办理地点",
    where="AUDIT_CATALOG_LOBBY[].ADDRESS",
    checkpoint="G6",
    fits=has_window,
    touches=("窗口",),
    sentence="办理地点不在阳江市",
)
def spoil_place_region(draft: Draft) -> None:
    draft.windows[0]["ADDRESS"] = "广州市天河区华利路61号广州市政务服务中心一楼5号窗口"


@defect(
    "place-without-number",
    field="办理地点",
    where="AUDIT_CATALOG_LOBBY[].ADDRESS",
    checkpoint="G6",
    fits=has_window,
    touches=("窗口",),
    sentence="办理地点没有道路和门牌号",
)
def spoil_place_number(draft: Draft) -> None:
    draft.windows[0]["ADDRESS"] = "阳江市区"


@defect(
    "hours-blank",
    field="办理时间",
    where="AUDIT_CATALOG_LOBBY[].TIME",
    checkpoint="G7",
    fits=has_window,
    touches=("窗口",),
    sentence="有办理窗口，办理时间却为空",
)
def spoil_hours(draft: Draft) -> None:
    draft.windows[0]["TIME"] = ""


@defect(
    "hours-placeholder",
    field="办理时间",
    where="AUDIT_CATALOG_LOBBY[].TIME",
    checkpoint="G7",
    fits=has_window,
    touches=("窗口",),
    sentence="办理时间只写了套话",
)
def spoil_hours_placeholder(draft: Draft) -> None:
    draft.windows[0]["TIME"] = "另行通知"


@defect(
    "window-handling-without-window",
    field="办理地点",
    also=("办理时间", "办理形式", "是否进驻政务大厅", "窗口办理"),
    where="AUDIT_CATALOG_LOBBY",
    checkpoint="G6",
    fits=must_come,
    touches=("窗口", "办理时间", "是否支持预约办理"),
    sentence="办理形式含窗口办理且须到现场，却没有任何窗口、地点和时间",
    claim=without_hall_window,
)
def spoil_windows(draft: Draft) -> None:
    draft.windows.clear()


@defect(
    "enquiry-phone-blank",
    field="咨询电话",
    where="AUDIT_ITEM.LINK_TEL",
    checkpoint="G8",
    fits=is_power,
    touches=("电话",),
    sentence="咨询电话为空",
)
def spoil_enquiry(draft: Draft) -> None:
    set_enquiry(draft, "")


@defect(
    "enquiry-phone-short",
    field="咨询电话",
    where="AUDIT_ITEM.LINK_TEL",
    checkpoint="G8",
    touches=("电话",),
    sentence="咨询电话少一位",
)
def spoil_enquiry_short(draft: Draft) -> None:
    set_enquiry(draft, draft.item["LINK_TEL"][:-1])


@defect(
    "enquiry-phone-long",
    field="咨询电话",
    where="AUDIT_ITEM.LINK_TEL",
    checkpoint="G8",
    touches=("电话",),
    sentence="咨询电话本地号码有 9 位",
)
def spoil_enquiry_long(draft: Draft) -> None:
    set_enquiry(draft, f"{draft.item['LINK_TEL']}88")


@defect(
    "enquiry-phone-double-dash",
    field="咨询电话",
    where="AUDIT_ITEM.LINK_TEL",
    checkpoint="G8",
    touches=("电话",),
    sentence="咨询电话有两个连字符",
)
def spoil_enquiry_dash(draft: Draft) -> None:
    set_enquiry(draft, draft.item["LINK_TEL"].replace("-", "--"))


@defect(
    "phone-foreign-area",
    field="咨询电话",
    where="AUDIT_ITEM.LINK_TEL",
    checkpoint="G8",
    touches=("电话",),
    sentence="阳江的实施主体留了外地区号的电话",
)
def spoil_enquiry_area(draft: Draft) -> None:
    number = draft.item["LINK_TEL"][-7:]
    set_enquiry(draft, f"020-8{number}" if int(number) % 2 else f"0755-8{number}")


@defect(
    "enquiry-equals-complaint",
    field="投诉电话",
    also=("咨询电话",),
    where="AUDIT_ITEM.TSTEL",
    checkpoint="G8",
    touches=("电话",),
    sentence="投诉电话与咨询电话相同",
)
def spoil_complaint_equal(draft: Draft) -> None:
    set_complaint(draft, draft.item["LINK_TEL"])


@defect(
    "complaint-phone-blank",
    field="投诉电话",
    where="AUDIT_ITEM.TSTEL",
    checkpoint="G8",
    fits=is_power,
    touches=("电话",),
    sentence="投诉电话为空",
)
def spoil_complaint(draft: Draft) -> None:
    set_complaint(draft, "")
