"""Accuracy of windows: a guide that sends citizens to a window says which, when, and within its own region."""

import re

from crawler.rules.example_guide import WINDOW, example
from crawler.rules.handling import NO_WINDOW
from crawler.rules.phone_number import read_phones
from crawler.rules.placeholder import is_filled
from crawler.rules.region import AREA_CODES, NAMES, cities_in, region_of
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say
from domain.guide import Guide, Window
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §5（办理地点、办理时间、办理形式）；methodology.md §3.7"
LOCATED = re.compile(
    r"[路街道巷弄里]|大道|号|楼|室|房|[大小]厦|[大小]院|广场|中心|大厅|园区?|[村镇乡屯社]|分局|派出所|工业区|商场|公寓|码头|车站|场馆|馆|栋|座|层"
)
DIGIT = re.compile(r"\d")
VAGUE = re.compile(r"(?:各|相应|所在地|当地|有关|辖区).{0,12}(?:所在地|服务窗口|办事窗口|部门|机构|政务服务中心)\W*")


def addresses_of(guide: Guide) -> tuple[str, ...] | None:
    """Return the addresses that a guide prints; ``None`` when the source shows neither windows nor place."""
    if guide.windows:
        return tuple(window.address for window in guide.windows)
    if guide.measures(FieldName.PLACE):
        return (guide.text(FieldName.PLACE),)
    return None


@audit_rule(
    "window.given",
    title="办理形式含窗口办理的事项列明了窗口的地点和时间",
    failure_title="办理形式含窗口办理，却没有窗口的地点或时间",
    why="说能到窗口办，就要说到哪个窗口、几点去。",
    source=SOURCE,
    applicability="办理形式含窗口办理，且来源展示窗口的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.HANDLING_FORM,
    passing=example(),
    failing=example(windows=(WINDOW.model_copy(update={"address": ""}),)),
)
def check_given(guide: Guide) -> Verdict:
    form = guide.field(FieldName.HANDLING_FORM)
    if not form.measured or guide.windows is None:
        return not_measured("来源未展示办理形式或窗口")
    if "窗口" not in form.value:
        return not_applicable("不设窗口")
    if not guide.windows:
        return failed(
            FieldState.INCONSISTENT,
            f"办理形式写的是“{form.value}”，办理窗口空白，应列出窗口的地点和时间。",
            excerpt=form.value,
        )
    wrong = sum(not is_whole(window) for window in guide.windows)
    if not wrong:
        return passed(checked=len(guide.windows))
    reason = f"{wrong} 个办理窗口没有写全地点和时间，应逐个写明。"
    return failed(FieldState.BLANK, reason, excerpt=form.value, checked=len(guide.windows), failed=wrong)


def is_whole(window: Window) -> bool:
    """Say whether a window tells where and when."""
    return is_filled(window.address) and is_filled(window.hours)


@audit_rule(
    "window.in-region",
    title="办理地点在本地区之内",
    failure_title="办理地点写的是别的城市",
    why="本市的事项却指到外市的窗口，多半是抄错了指南。",
    source=SOURCE,
    applicability="城市（含县区）发布、写了办理地点的办事指南；省级列表不作判断。",
    kind=RuleKind.ACCURACY,
    field=FieldName.PLACE,
    passing=example(),
    failing=example(
        {FieldName.PLACE: "广州市天河区华利路61号"},
        windows=(WINDOW.model_copy(update={"address": "广州市天河区华利路61号"}),),
    ),
)
def check_in_region(guide: Guide) -> Verdict:
    addresses, region = addresses_of(guide), region_of(guide)
    if addresses is None:
        return not_measured("来源未展示办理地点")
    if region not in AREA_CODES:
        return not_applicable("省级事项或地区不明")
    foreign = [text for text in addresses if (cities := cities_in(text)) and region not in cities]
    if not foreign:
        return passed(checked=len(addresses))
    reason = say(FieldName.PLACE, foreign[0], f"写{NAMES[region]}市内的地点")
    return failed(FieldState.INCONSISTENT, reason, excerpt=foreign[0], checked=len(addresses), failed=len(foreign))


@audit_rule(
    "window.located",
    title="办理地点写明了道路、门牌或楼宇",
    failure_title="办理地点太笼统，找不到地方",
    why="只写到市、区，群众找不到窗口。",
    source=SOURCE,
    applicability="写了办理地点的办事指南；写明不设窗口的不适用。",
    kind=RuleKind.ACCURACY,
    field=FieldName.PLACE,
    passing=example(),
    failing=example({FieldName.PLACE: "阳江市区"}, windows=(WINDOW.model_copy(update={"address": "阳江市区"}),)),
)
def check_located(guide: Guide) -> Verdict:
    addresses = addresses_of(guide)
    if addresses is None:
        return not_measured("来源未展示办理地点")
    printed = [text for text in addresses if is_filled(text) and not NO_WINDOW.match(text)]
    if not printed:
        return not_applicable("没有写办理地点")
    vague = [text for text in printed if not LOCATED.search(text.removeprefix("办理地点")) or is_vague(text)]
    if not vague:
        return passed(checked=len(printed))
    return failed(
        FieldState.MALFORMED,
        say(FieldName.PLACE, vague[0], "写明道路、门牌或楼宇"),
        excerpt=vague[0],
        checked=len(printed),
        failed=len(vague),
    )


def is_vague(text: str) -> bool:
    """Say whether an address only points to "the office concerned"."""
    return bool(VAGUE.fullmatch(text.removeprefix("办理地点").lstrip(":： "))) and not DIGIT.search(text)


@audit_rule(
    "window.phone-dialable",
    title="窗口电话的号码完整可拨",
    failure_title="窗口电话有号码多位、少位或写法错误",
    why="号码错一位，群众就打不通窗口。",
    source="portals.md §5（电话说明）",
    applicability="窗口写了电话的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.PLACE,
    passing=example(),
    failing=example(windows=(WINDOW.model_copy(update={"phone": "0662-336612"}),)),
)
def check_phone(guide: Guide) -> Verdict:
    if guide.windows is None:
        return not_measured("来源未展示窗口")
    printed = [window.phone for window in guide.windows if is_filled(window.phone)]
    if not printed:
        return not_applicable("窗口没有写电话")
    wrong = [text for text in printed if any(phone.fault for phone in read_phones(text)) or not read_phones(text)]
    if not wrong:
        return passed(checked=len(printed))
    return failed(
        FieldState.MALFORMED,
        f"办理窗口的电话写的是“{wrong[0]}”，号码不完整，应改为可以拨通的号码。",
        excerpt=wrong[0],
        checked=len(printed),
        failed=len(wrong),
    )
