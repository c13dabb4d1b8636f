"""Accuracy of what an item is called and where it belongs: list, page and document agree, and the body is of here."""

import re
import unicodedata
from datetime import date

from crawler.rules.applicability import is_bound
from crawler.rules.codes import code_of
from crawler.rules.dates import day_of, read_day
from crawler.rules.example_guide import BASIC_CODE, CREDIT_CODE, example
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.region import AREA_CODES, CITY_NAME, NAMES, PREFIXES_BY_NAME, region_of
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say, shorten
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
WHERE_TO_GO = re.compile(r"市[\u4e00-\u9fff]{0,10}(?:政务服务中心|行政服务中心|办事大厅|政务大厅|服务窗口|综合窗口)")
PROSE = (FieldName.CONDITION, FieldName.ONLINE_FLOW, FieldName.WINDOW_FLOW)
DEADLINE = re.compile(
    r"(?:试行|有效期|申报|申请|受理|报名|办理|实施)(?:时间|期限|日期)?(?:为|是|[:：])?[^，。；\n]{0,16}?(?:截?至|到|截止(?:时间|日期)?(?:为|[:：])?|止于)\s*"
    r"(20\d{2})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?"
)


def plain_title(text: str) -> str:
    """Bring a title to the form that is compared: white space and width differences are none."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@audit_rule(
    "name.list-agrees",
    title="列表中的名称与指南的事项名称一致",
    failure_title="列表中的名称与指南的事项名称不一致",
    why="点的是这一项，打开的是那一项，群众不知道办的是哪一件。",
    source="portals.md §5（事项名称等于列表标题）",
    applicability="来源既有列表标题又有事项名称的办事指南；列表多写业务办理项括注的不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.NAME,
    passing=example(),
    failing=example(listed_title="道路运输经营许可"),
)
@needing(FieldName.NAME)
def check_list_name(guide: Guide) -> Verdict:
    if not guide.listed_title:
        return not_measured("没有读到列表中的名称")
    listed, own = plain_title(guide.listed_title), plain_title(guide.text(FieldName.NAME))
    if not own:
        return not_applicable("事项名称空白，由完备度规则判断")
    if own in (listed, BRACKETED.sub("", listed)):
        return passed()
    reason = f"事项名称写的是“{shorten(own)}”，列表中是“{shorten(listed)}”，应使两处一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=guide.listed_title)


@audit_rule(
    "name.everyday-differs",
    title="日常用语不是事项名称的重复",
    failure_title="日常用语只是重复了事项名称",
    why="日常用语是给群众搜索用的，照抄官方名称等于没有。",
    source="portals.md §5（日常用语与事项名称不同）",
    applicability="写了日常用语的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.EVERYDAY_NAME,
    passing=example(),
    failing=example({FieldName.EVERYDAY_NAME: "公共场所卫生许可（新办）"}),
)
@needing(FieldName.NAME, FieldName.EVERYDAY_NAME)
def check_everyday(guide: Guide) -> Verdict:
    text = guide.text(FieldName.EVERYDAY_NAME)
    if not is_filled(text):
        return not_applicable("没有写日常用语")
    if plain_title(text) != plain_title(guide.text(FieldName.NAME)):
        return passed()
    return failed(FieldState.INCONSISTENT, say(FieldName.EVERYDAY_NAME, text, "写群众平时的说法，不要重复事项名称"))


@audit_rule(
    "code.listed-agrees",
    title="列表和网址中的编码与指南的实施编码一致",
    failure_title="列表和网址中的编码与指南的实施编码不一致",
    why="编码对不上，打开的就不是列表上的那一项。",
    source="portals.md §5（网址编码 = 页面编码 = 接口编码）",
    applicability="来源展示实施编码的办事指南；33 位业务办理项编码只比前 31 位。",
    kind=RuleKind.ACCURACY,
    field=FieldName.TASK_CODE,
    passing=example(),
    failing=example(code=f"{CREDIT_CODE}3440112099001"),
)
@needing(FieldName.TASK_CODE)
def check_listed_code(guide: Guide) -> Verdict:
    code = code_of(guide)
    if not code or len(guide.code) < 31:
        return not_applicable("实施编码空白或不成形，另有规则判断")
    own = {code[:31], guide.text(FieldName.HANDLING_CODE)[:31]}
    if guide.code[:31] in own:
        return passed()
    reason = f"实施编码写的是“{code}”，列表和网址中是“{guide.code}”，应使两处一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=guide.code)


@audit_rule(
    "code.leaf",
    title="基本编码是具体事项的编码",
    failure_title="基本编码是目录父项的编码",
    why="父项只是分类，不能申请，挂在上面的指南对不上国家目录里的事项。",
    source="portals.md §3.2、§5（父项编码以 Y 结尾）",
    applicability="基本编码成形的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.BASIC_CODE,
    passing=example(),
    failing=example({FieldName.BASIC_CODE: f"{BASIC_CODE[:-1]}Y"}),
)
@needing(FieldName.BASIC_CODE)
def check_leaf(guide: Guide) -> Verdict:
    code = guide.text(FieldName.BASIC_CODE)
    if len(code) != len(BASIC_CODE):
        return not_applicable("基本编码空白或不成形，另有规则判断")
    if not code.endswith("Y"):
        return passed()
    reason = say(FieldName.BASIC_CODE, code, "改为具体事项（子项）的编码")
    return failed(FieldState.INCONSISTENT, reason, excerpt=code)


@audit_rule(
    "department.in-region",
    title="实施主体属于本地区",
    failure_title="实施主体是别的城市的部门",
    why="本市的指南署着外市部门的名，多半是整份抄来的。",
    source="portals.md §5（实施主体须在本地区机构名录内）",
    applicability="城市（含县区）发布的办事指南；省级列表不作判断。",
    kind=RuleKind.ACCURACY,
    field=FieldName.DEPARTMENT,
    passing=example(),
    failing=example({FieldName.DEPARTMENT: "茂名市卫生健康局"}),
)
@needing(FieldName.DEPARTMENT)
def check_department(guide: Guide) -> Verdict:
    region, text = region_of(guide), guide.text(FieldName.DEPARTMENT)
    if region not in AREA_CODES or not text:
        return not_applicable("省级事项、地区不明或实施主体空白")
    named = CITY_NAME.match(text)
    if named is None or PREFIXES_BY_NAME[named[1]] == region:
        return passed()
    reason = say(FieldName.DEPARTMENT, text, f"写{NAMES[region]}市的实施主体")
    return failed(FieldState.INCONSISTENT, reason, excerpt=text)


@audit_rule(
    "text.other-city",
    title="条件和流程没有把人指到别的城市",
    failure_title="条件或流程写着别的城市的办事大厅",
    why="照着走会走到外市去，多半是抄别处的指南没有改。",
    source="portals.md §0.8、§5（跨字段核对：抄写错误）",
    applicability="城市（含县区）发布、写了条件或流程的办事指南；省级列表不作判断。",
    kind=RuleKind.ACCURACY,
    field=FieldName.WINDOW_FLOW,
    passing=example(),
    failing=example({FieldName.WINDOW_FLOW: "申请人到茂名市政务服务中心综合窗口提交申请—受理—审查—决定—送达"}),
)
def check_other_city(guide: Guide) -> Verdict:
    region = region_of(guide)
    if region not in AREA_CODES:
        return not_applicable("省级事项或地区不明")
    shown = [name for name in PROSE if guide.measures(name)]
    if not shown:
        return not_measured("来源未展示条件和流程")
    for name in shown:
        text = guide.text(name)
        for match in WHERE_TO_GO.finditer(text):
            city = text[max(0, match.start() - 2) : match.start()]
            if PREFIXES_BY_NAME.get(city, region) != region:
                reason = f"{LABELS_ZH[name]}写着到“{city}{match[0]}”，应改为{NAMES[region]}市的办理场所。"
                return failed(FieldState.INCONSISTENT, reason, excerpt=match[0], field=name, checked=len(shown))
    return passed(checked=len(shown))


@audit_rule(
    "item.publish-date",
    title="发布日期不在将来",
    failure_title="发布日期在将来",
    why="还没到的日期不可能已经发布，群众无从判断内容新旧。",
    source="portals.md §5（发布日期不在将来）",
    applicability="写了发布日期的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.PUBLISH_DATE,
    passing=example(),
    failing=example({FieldName.PUBLISH_DATE: "2096-01-01"}),
)
@needing(FieldName.PUBLISH_DATE)
def check_publish_date(guide: Guide) -> Verdict:
    text = guide.text(FieldName.PUBLISH_DATE)
    day = read_day(text)
    if day is None:
        return not_applicable("没有写发布日期")
    if day <= day_of(guide):
        return passed()
    return failed(FieldState.INCONSISTENT, say(FieldName.PUBLISH_DATE, text, "不晚于今天"), excerpt=text)


def deadline_in(text: str) -> tuple[str, date] | None:
    """Return the phrase and the day until which a text says something can be done; the last one counts."""
    found = list(DEADLINE.finditer(text))
    if not found:
        return None
    last = max(found, key=lambda match: (int(match[1]), int(match[2]), int(match[3] or 31)))
    year, month, day = int(last[1]), int(last[2]), int(last[3] or 28)
    try:
        return last[0], date(year, month, day)
    except ValueError:
        return None


@audit_rule(
    "item.current",
    title="名称、条件和时间没有已经过去的截止日期",
    failure_title="写着的申报或有效期限已经过去",
    why="期限过了还挂在网上，群众准备好材料才知道办不了。",
    source="portals.md §5（事项状态：列出即在用）；methodology.md §3.7（内容过期）",
    applicability="名称或受理条件写明截止日期的依申请事项。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example({FieldName.CONDITION: "申请时间为2026年3月1日至2090年12月31日，场所符合国家卫生标准。"}),
    failing=example({FieldName.CONDITION: "本事项试行至2019年12月31日，场所符合国家卫生标准。"}),
)
@needing(FieldName.NAME, FieldName.CONDITION)
def check_current(guide: Guide) -> Verdict:
    found = [(name, end) for name in (FieldName.NAME, FieldName.CONDITION) if (end := deadline_in(guide.text(name)))]
    if not found or not is_bound(guide):
        return not_applicable("没有写截止日期，或非依申请事项")
    past = [(name, phrase) for name, (phrase, day) in found if day < day_of(guide)]
    if not past:
        return passed(checked=len(found))
    name, phrase = past[0]
    reason = f"{LABELS_ZH[name]}写着“{phrase}”，已经过期，应更新期限，或下架这一事项。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=phrase, field=name, checked=len(found), failed=len(past))
