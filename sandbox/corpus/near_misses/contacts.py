"""Telephones, places and hours that look wrong and are right (portals.md §5, phone note)."""

from dataclasses import replace

from sandbox.corpus.defects.fitness import has_window
from sandbox.corpus.defects.place import set_complaint, set_enquiry
from sandbox.corpus.document import Draft
from sandbox.corpus.near_misses.registry import near_miss, note

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
HALL_PHONE = "0662-3366000"
PHONES = ("电话", "咨询电话", "投诉电话")
ENQUIRIES = {
    "extension-phone": ("分机号写作“转2”", "0662-{local}转2"),
    "several-phones": ("两个号码以分号相连", "0662-{local}；0662-3410000"),
    "bracket-phone": ("区号写在括号里", "（0662）{local}"),
    "dash-variant-phone": ("连字符是破折号", "0662–{local}"),
    "sentence-phone": ("号码写在句子里", "请拨打12345或者0662-{local}"),
    "hotline-phone": ("12333 一类的服务热线没有区号", "12333"),
    "national-400-phone": ("400 号码没有区号", "400-700-0662"),
    "voice-menu-phone": ("热线后面跟着语音菜单的按键", "0662-12345-9-0"),
    "shared-hall-phone": ("政务服务中心的总机由多个单位共用", HALL_PHONE),
    "phone-without-area": ("本地号码没有写区号，但号码完整", "{local}"),
    "phone-with-hours": ("号码后面注明了接听时间", "0662-{local}（工作日8:30-17:30）"),
    "spaced-phone": ("区号与号码之间是空格", "0662 {local}"),
}
HOURS = {
    "summer-hours": (
        "夏令时和冬令时的办公时间不同",
        "5月1日至9月30日：周一至周五 8:00-12:00，15:00-18:00；10月1日至次年4月30日：周一至周五 8:30-12:00，14:30-17:30",
    ),
    "hours-in-words": ("钟点写成汉字", "星期一至星期五，上午八点半至十二点，下午两点半至五点半"),
    "weekend-hours": ("周六也开放", "周一至周六 9:00-12:00，13:30-17:00"),
    "round-the-clock": ("自助服务区二十四小时开放", "周一至周五 9:00-17:00；24小时自助服务区全天开放"),
    "full-width-hours": ("钟点用全角数字和冒号", "周一至周五　８：３０－１２：００，１４：３０－１７：３０"),
    "no-lunch-break": ("中午不休息", "工作日 9:00-17:00（中午不休息）"),
}


def local(draft: Draft) -> str:
    """Return the seven local digits of the enquiry telephone."""
    return str(draft.item["LINK_TEL"])[-7:]


def register_phone(kind: str, why: str, pattern: str) -> None:
    """Register a way of writing the enquiry telephone."""
    note(kind, why, *PHONES, write=lambda draft: set_enquiry(draft, pattern.format(local=local(draft))))


def register_hours(kind: str, why: str, text: str) -> None:
    """Register a way of writing the hours."""
    note(kind, why, "办理时间", "窗口", fits=has_window, write=lambda draft: draft.windows[0].update({"TIME": text}))


for _kind, (_why, _text) in ENQUIRIES.items():
    register_phone(_kind, _why, _text)
for _kind, (_why, _text) in HOURS.items():
    register_hours(_kind, _why, _text)
note(
    "full-width-phone",
    "全角数字",
    *PHONES,
    write=lambda draft: set_enquiry(draft, f"0662-{local(draft)}".translate(FULL_WIDTH)),
)


@near_miss("hotline-as-both-phones", "咨询与投诉同为 12345 热线", *PHONES)
def write_hotlines(draft: Draft) -> None:
    set_enquiry(draft, "0662-12345")
    set_complaint(draft, "0662-12345")


@near_miss("second-window-in-town", "镇街便民服务中心也可以办理", "办理地点", "窗口", fits=has_window)
def write_sub_office(draft: Draft) -> None:
    office = draft.plan.office
    road = f"阳江市{office.town}文明路8号便民服务中心2号窗口"
    name = f"{office.town}便民服务中心"
    draft.windows.append({**draft.windows[0], "NAME": name, "ADDRESS": road, "WINDOW_CODE": "901"})
    draft.facts = replace(draft.facts, nearby=True)


@near_miss("place-without-city", "地点从区县写起，没有写阳江市", "办理地点", "窗口", fits=has_window)
def write_short_place(draft: Draft) -> None:
    draft.windows[0]["ADDRESS"] = draft.windows[0]["ADDRESS"].removeprefix("阳江市")


@near_miss("place-with-tower", "地点写着座、层和字母窗口号", "办理地点", "窗口", fits=has_window)
def write_tower(draft: Draft) -> None:
    draft.windows[0]["ADDRESS"] = f"{draft.plan.office.road}{draft.plan.office.hall}A座3层B12窗口"
