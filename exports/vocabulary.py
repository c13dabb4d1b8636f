"""What the stored vocabularies are called in each language, so that exports and pages use the same words."""

from collections.abc import Mapping
from enum import StrEnum

from domain.crawl import GuideOutcome
from domain.explanation import LEFT_OUT_TITLES_ZH, SOURCE_TITLES_ZH, LeftOut, SourceKind
from domain.failure import REASON_TITLES_ZH, FailureReason
from domain.guide_face import FACE_TITLES_ZH, GuideFace
from domain.guide_fields import LABELS_EN, LABELS_ZH, STATE_TITLES_ZH, FieldName, FieldState
from domain.imported_figure import ImportChannel
from domain.observation import Channel, StepStatus
from domain.outcome import OUTCOME_TITLES_ZH, Outcome
from domain.readability import READABILITY_PART_TITLES_ZH, ReadabilityPart
from domain.reading_field import READING_FIELD_TITLES_ZH, ReadingField
from domain.run import RunKind, RunState
from domain.score import ScoreState
from domain.sensitivity import CHOICE_TITLES_ZH, Choice
from domain.total import GAP_CHANNEL_TITLES_ZH, TOTAL_KIND_TITLES_ZH, GapChannel, TotalKind, TotalList
from domain.unit import Table
from exports.language import Language
from exports.row_kinds import ROW_KIND_TITLES

# A StrEnum member equals its text, and the vocabularies share texts ("not_applicable", "partial"): one table for all of
# them would mix them up, so each vocabulary keeps a table of its own.
TITLES_ZH: Mapping[type[StrEnum], Mapping[str, str]] = {
    Outcome: {member.value: title for member, title in OUTCOME_TITLES_ZH.items()},
    FailureReason: {member.value: title for member, title in REASON_TITLES_ZH.items()},
    FieldState: {member.value: title for member, title in STATE_TITLES_ZH.items()},
    FieldName: {member.value: title for member, title in LABELS_ZH.items()},
    GuideFace: {member.value: title for member, title in FACE_TITLES_ZH.items()},
    ReadingField: {member.value: title for member, title in READING_FIELD_TITLES_ZH.items()},
    ReadabilityPart: {member.value: title for member, title in READABILITY_PART_TITLES_ZH.items()},
    GuideOutcome: {"measured": "已采集", "absent": "查无此事项", "not_measured": "未能采集"},
    ScoreState: {"scored": "已计分", "not_applicable": "不适用", "insufficient": "数据不足"},
    RunState: {"running": "进行中", "finished": "已完成", "partial": "部分完成", "quarantined": "已隔离"},
    RunKind: {"nightly": "夜间测评", "crawl": "采集", "probe": "探测", "audit": "规则复核", "manual": "人工报送"},
    StepStatus: {"done": "完成", "failed": "失败", "skipped": "跳过"},
    Table: {"D": "市直部门", "C": "县（市、区）"},
    Channel: {"program": "程序探测", "manual": "人工观察"},
    TotalKind: {member.value: title for member, title in TOTAL_KIND_TITLES_ZH.items()},
    TotalList: {"A": "A 榜", "B": "B 榜"},
    GapChannel: {member.value: title for member, title in GAP_CHANNEL_TITLES_ZH.items()},
    LeftOut: {member.value: title for member, title in LEFT_OUT_TITLES_ZH.items()},
    SourceKind: {member.value: title for member, title in SOURCE_TITLES_ZH.items()},
    Choice: {member.value: title for member, title in CHOICE_TITLES_ZH.items()},
    ImportChannel: {"visit": "现场走访", "statistics": "系统统计", "monitoring": "日常工作监测"},
}
TITLES_EN: Mapping[type[StrEnum], Mapping[str, str]] = {
    FieldName: {member.value: title for member, title in LABELS_EN.items()},
    Table: {"D": "departments", "C": "counties"},
}
PORTAL_TITLES: Mapping[Language, Mapping[str, str]] = {
    Language.ZH: {
        "gdzwfw": "广东政务服务网",
        "yss": "粤省事",
        "yst": "粤商通",
        "counter": "办事窗口",
        "telephone": "电话",
        "visit": "抽查核验现场",
    },
    Language.EN: {
        "gdzwfw": "Guangdong Government Services",
        "yss": "Yue Sheng Shi",
        "yst": "Yue Shang Tong",
        "counter": "Counter",
        "telephone": "Telephone",
        "visit": "Sample visit",
    },
}
PROBE_TITLES: Mapping[Language, Mapping[str, str]] = {
    Language.ZH: {
        "keyword-search": "关键词检索",
        "online-application": "在线申办",
        "booking-calendar": "预约日历",
        "guide-faces": "办事指南所见核对",
        "online-entrance": "在线办理入口",
        "theme-service": "主题式服务",
        "chatbot": "智能客服",
        "chatbot-controls": "智能客服范围外提问",
        "mobile-entrance": "移动端入口",
        "portal-consistency": "跨平台一致性",
        "page-times": "用时（单独计时）",
        "offline-consistency": "线上线下一致性",
        "counter-service": "窗口服务",
        "phone-answered": "咨询电话接听",
        "sample-check": "抽查核验",
    },
    Language.EN: {
        "keyword-search": "Keyword search",
        "online-application": "Online application",
        "booking-calendar": "Booking calendar",
        "guide-faces": "Guide as displayed",
        "online-entrance": "Online entrance",
        "theme-service": "Themed service",
        "chatbot": "Service desk",
        "chatbot-controls": "Service desk, questions outside its business",
        "mobile-entrance": "Mobile entrance",
        "portal-consistency": "Portals agree",
        "page-times": "Times, taken alone",
        "offline-consistency": "Online and offline agree",
        "counter-service": "Service at the counter",
        "phone-answered": "Telephone answered",
        "sample-check": "Sample check",
    },
}


def title(member: StrEnum | None, language: Language) -> str:
    """Name a member of any stored vocabulary; ``""`` for ``None``."""
    if member is None:
        return ""
    spelled = member.value.replace("_", " ")
    table = TITLES_ZH if language is Language.ZH else TITLES_EN
    return table.get(type(member), {}).get(member.value, spelled)


def portal_title(portal: str, language: Language) -> str:
    """Name a portal; one that is not in the table keeps its id, so that a new adapter shows up at once."""
    return PORTAL_TITLES[language].get(portal, portal)


def probe_title(probe_id: str, language: Language) -> str:
    """Name a probe; one that is not in the table keeps its id.

    The control page is named here and not in the table, where its id would also rename rows of the service desk.
    """
    if probe_id == "control":
        return "对照页面" if language is Language.ZH else "Control page"
    return PROBE_TITLES[language].get(probe_id, probe_id)


def row_kind_title(kind: str, language: Language) -> str:
    """Name what a row of a probe is about; a kind that nobody has named keeps its code."""
    if kind in set(FieldName):
        return title(FieldName(kind), language)
    tables = (PORTAL_TITLES[language], PROBE_TITLES[language], ROW_KIND_TITLES[language])
    return next((table[kind] for table in tables if kind in table), kind)


def yes_or_no(answer: bool, language: Language) -> str:
    """Spell a truth value."""
    words = ("是", "否") if language is Language.ZH else ("yes", "no")
    return words[0] if answer else words[1]
