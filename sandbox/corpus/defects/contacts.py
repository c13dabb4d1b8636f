"""Further defects of telephones and addresses of contact (G8) and of places (G6)."""

from collections.abc import Callable

from sandbox.corpus.bodies import make_places
from sandbox.corpus.defects.fitness import has_window
from sandbox.corpus.defects.place import set_complaint, set_enquiry, without_hall_window
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft

COUNTIES = ("441704", "441721", "441781")  # whose offices have no business in each other's towns; zones share them
Writing = Callable[[str], str]
"""Writes a telephone, given the seven local digits of the right one."""


def enquiry_defect(kind: str, sentence: str, write: Writing) -> None:
    """Register a way of writing a wrong enquiry telephone."""

    def spoil(draft: Draft) -> None:
        set_enquiry(draft, write(draft.item["LINK_TEL"][-7:]))

    defect(kind, field="咨询电话", where="AUDIT_ITEM.LINK_TEL", checkpoint="G8", touches=("电话",), sentence=sentence)(
        spoil
    )


def complaint_defect(kind: str, sentence: str, write: Writing) -> None:
    """Register a way of writing a wrong complaint telephone."""

    def spoil(draft: Draft) -> None:
        set_complaint(draft, write(draft.item["TSTEL"][-7:]))

    defect(kind, field="投诉电话", where="AUDIT_ITEM.TSTEL", checkpoint="G8", touches=("电话",), sentence=sentence)(
        spoil
    )


enquiry_defect("enquiry-phone-dummy", "咨询电话是占位的假号码", lambda _local: "0662-0000000")
enquiry_defect("enquiry-phone-fax", "咨询电话留的是传真", lambda local: f"传真：0662-{local}")
enquiry_defect("enquiry-phone-placeholder", "咨询电话写作“详见办事窗口”", lambda _local: "详见办事窗口")
enquiry_defect("enquiry-email-malformed", "咨询方式只有一个写错的电子邮箱", lambda _local: "yjbszx@163，com")
complaint_defect("complaint-phone-short", "投诉电话少一位", lambda local: f"0662-{local[:-1]}")
complaint_defect("complaint-phone-foreign-area", "投诉电话是邻市茂名的区号", lambda local: f"0668-{local}")
complaint_defect("complaint-phone-long", "投诉电话本地号码有 9 位", lambda local: f"0662-{local}66")


@defect(
    "place-in-another-county",
    field="办理地点",
    where="AUDIT_CATALOG_LOBBY[].ADDRESS",
    checkpoint="G6",
    fits=lambda plan: has_window(plan) and plan.office.area in COUNTIES and not plan.facts.in_hall,
    touches=("窗口",),
    sentence="县（市、区）的办理地点写成了别的县（市、区）",
)
def spoil_place_county(draft: Draft) -> None:
    own = draft.plan.office.area
    roads = sorted({(office.area, office.road) for place in make_places() for office in place.offices})
    road = next(road for area, road in roads if area in COUNTIES and area != own)
    draft.windows[0]["ADDRESS"] = f"{road}二楼203室"


@defect(
    "hall-without-hall-window",
    field="是否进驻政务大厅",
    also=("办理地点",),
    where="AUDIT_ITEM_EXTEND.IS_ENTRY_CENTER_TEXT",
    fits=lambda plan: has_window(plan) and plan.facts.in_hall,
    touches=("窗口",),
    sentence="写着进驻政务大厅，窗口却都不在政务服务中心",
    claim=without_hall_window,
)
def spoil_hall(draft: Draft) -> None:
    office = draft.plan.office
    draft.windows[0] |= {"NAME": f"{office.name}办事窗口", "ADDRESS": f"{office.road}三楼301室"}
    draft.item["LINK_WINDOW"] = ""
