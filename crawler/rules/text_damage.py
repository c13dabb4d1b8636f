"""Accuracy of the printed text: damage by wrong encodings, invisible characters, fillers nobody replaced."""

import re
from functools import lru_cache

from crawler.rules.example_guide import example
from crawler.rules.guide_text import CODES, ONLINE_ADDRESSES, RICH, whole_text
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.text_places import Place, finder, judge_places, word_place
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.verdict import Verdict, not_measured, passed

SOURCE = "portals.md §0.4、§5（事项名称等文字不得有乱码）；GB 18030-2022"
EVERY_GUIDE = "所有办事指南，凡来源展示的文字。"
BROKEN = re.compile(r"\ufffd|锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯|葺葺葺")
WINDOWS = r"\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"  # of code page 1252
LATIN = re.compile(rf"[\u00c0-\u00f4][\u0080-\u00bf{WINDOWS}]{{1,3}}")
LATIN_RUN = re.compile(rf"[\u0080-\u00ff{WINDOWS} ]{{3,}}")
GBK_SIGN = re.compile(r"[锛銆鐨勪涓鍦骞夸笢绗鏉鐢璇闃鏀垮姟鍔鐞鏂浜鍚][\u4e00-\u9fff\ue000-\uf8ff€]")
GBK_CHARACTERS_MIN, GBK_CHARACTERS_MAX = 5, 24
RESTORED_MIN = 3  # Chinese characters that come back: three can be no accident
INVISIBLE = re.compile(
    "(?<![\u0080-\u00ff])\u00ad(?![\u0080-\u00ff])|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|middot|times|ensp|emsp|hellip|#\d{2,5}|#x[0-9a-f]{2,4});", re.I
)
EMAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}")
AT = re.compile(r"(?P<before>[\w.+-]*)[@＠](?P<after>[\w.-]*)", re.A)
BLANK_SPACE = re.compile(r"(?:[XxＸ×＊*_]{2,}|○{2,}|〇{2,})(?=[省市县区局厅委路街镇号室])")
FILLER_SIGNS = (
    "XX",
    "xx",
    "ＸＸ",
    "××",
    "＊＊",
    "**",
    "__",
    "○○",
    "〇〇",
    "orem ipsum",
    "asdf",
    "qwer",
    "zxcv",
    "ASDF",
    "QWER",
    "请输入",
    "在此",
    "此处",
)
MASHED = re.compile(
    r"这是测试|测试测试|仅供测试|测试用数据|lorem ipsum|\b(?:asdf|qwer|zxcv)\w*"
    r"|(?:请在此|在此|此处)(?:输入|填写|录入)|请输入",
    re.I,
)
REPEATED = re.compile(r"([\u4e00-\u9fffA-Za-z])\1{4,}")
EXAMPLES = ONLINE_ADDRESSES | {
    FieldName.MATERIALS,
    FieldName.QUESTIONS,
    FieldName.LEGAL_BASIS,
}  # "XX公司" is at home there
TYPED = (
    FieldName.CONDITION,
    FieldName.VISIT_REASON,
    FieldName.ONLINE_FLOW,
    FieldName.WINDOW_FLOW,
    FieldName.PLACE,
)
TEST = re.compile(r"^\W*(?:测试|test)|(?:测试|test)\W*\d*$", re.I)
TEST_CHARACTERS = 12
SHORT_CHARACTERS = 40  # repeated letters are sought in short texts only: there they are all that somebody typed
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OTHER_LETTER = re.compile(r"[\u0080-\u2fff\ue000-\uf8ff]")


@lru_cache(maxsize=4096)
def undo_latin(run: str) -> str:
    """Return what UTF-8 text read as Latin-1 or Windows-1252 said before, ``""`` when it was none."""
    plain = run.strip(" ")  # not every white space: U+00A0 and U+0085 are bytes of the text that was
    for encoding in ("cp1252", "latin-1"):
        for cut in (len(plain), len(plain) - 1, len(plain) - 2):  # the last character may be cut off
            try:
                text = plain[:cut].encode(encoding).decode("utf-8")
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
            if any("\u4e00" <= char <= "\u9fff" for char in text):
                return text
    return ""


@lru_cache(maxsize=4096)
def undo_gbk(run: str) -> str:
    """Return what UTF-8 text read as GB 18030 said at the beginning of a run, ``""`` when the run is ordinary Chinese.

    Ordinary Chinese, written as GB 18030, is practically never valid UTF-8 for so long; the common words that are
    ("联通") have two characters.
    """
    best = ""
    for cut in range(GBK_CHARACTERS_MIN, min(len(run), GBK_CHARACTERS_MAX) + 1):
        try:
            text = run[:cut].encode("gb18030").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if len(CHINESE.findall(text)) >= RESTORED_MIN and not OTHER_LETTER.search(text):
            best = text
    return best


def find_damage(text: str) -> tuple[int, int, str] | None:
    """Return (start, end, what stood there before or "") of the first damaged place."""
    broken = BROKEN.search(text)
    if broken is not None:
        return broken.start(), broken.end(), ""
    if LATIN.search(text):
        for run in LATIN_RUN.finditer(text):
            before = undo_latin(run[0])
            if before:
                return run.start(), run.end(), before
    for sign in GBK_SIGN.finditer(text):
        before = undo_gbk(text[sign.start() : sign.start() + GBK_CHARACTERS_MAX])
        if before:
            return sign.start(), sign.start() + len(before) * 3 // 2, before
    return None


@audit_rule(
    "text.encoding-damage",
    title="文字没有因编码错误而成为乱码",
    failure_title="文字因编码错误成为乱码",
    why="“锟斤拷”“å¹¿ä¸œ”之类的乱码谁也读不懂，缺的可能正是群众要找的那句话。",
    source=SOURCE,
    applicability=EVERY_GUIDE,
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example({FieldName.CONDITION: "申请人须持有“联通”宽带合同，并在广东省内居住。"}),
    failing=example({FieldName.CONDITION: "申请人须在å¹¿ä¸œ省内居住满一年。"}),
)
def check_damage(guide: Guide) -> Verdict:
    return judge_places(guide, find_damage, "是编码错误造成的乱码，应按原文重新录入", frozenset(), odd_only=True)


@audit_rule(
    "text.invisible",
    title="文字中没有看不见的字符",
    failure_title="文字中夹有看不见的字符",
    why="零宽字符、软连字符使复制的电话、编码和名称搜不到、打不通，眼睛却看不出来。",
    source=SOURCE,
    applicability=EVERY_GUIDE,
    kind=RuleKind.ACCURACY,
    field=FieldName.NAME,
    passing=example(),
    failing=example({FieldName.NAME: "公共场所\u200b卫生许可（新办）"}),
)
def check_invisible(guide: Guide) -> Verdict:
    fault = "夹有看不见的字符（零宽、软连字符或方向控制符），应删去"
    return judge_places(guide, finder(INVISIBLE), fault, frozenset(), odd_only=True)


@audit_rule(
    "text.entity",
    title="文字中没有露出实体符号",
    failure_title="文字中露出 &nbsp; 之类的实体符号",
    why="名称、地址、电话里的 &nbsp; 会原样显示，搜索和拨号都会出错。",
    source=SOURCE,
    applicability="所有办事指南的文字；受理条件、办理流程等富文本里带有网页标记的，由网页还原，不算露出。",
    kind=RuleKind.ACCURACY,
    field=FieldName.NAME,
    passing=example({FieldName.CONDITION: "<p>年满十八周岁的自然人，&nbsp;有固定住所。</p>"}),
    failing=example({FieldName.NAME: "公共场所卫生许可&nbsp;（新办）"}),
)
def check_entity(guide: Guide) -> Verdict:
    rich = frozenset(name for name in RICH if "<" in (guide.field(name).raw or ""))
    return judge_places(guide, finder(ENTITY), "露出实体符号，应改为普通文字", rich | ONLINE_ADDRESSES | CODES)


@lru_cache(maxsize=65_536)
def find_typed(text: str) -> Place | None:
    """Find one letter typed over and over, or a word for a test, where it is all that somebody typed."""
    match = REPEATED.search(text) if len(text) <= SHORT_CHARACTERS else None
    match = match or (TEST.search(text) if len(text) <= TEST_CHARACTERS else None)
    return (match.start(), match.end(), "") if match else None


def find_filler(text: str) -> Place | None:
    """Find a space left to fill in, a word for one, or keys hit at random."""
    match = BLANK_SPACE.search(text) or MASHED.search(text)
    return (match.start(), match.end(), "") if match else None


@audit_rule(
    "text.filler",
    title="文字中没有待填的空位和随意敲打的字符",
    failure_title="文字中留着“××局”之类待填的空位或随意敲打的字符",
    why="模板里的空位没有填，群众不知道说的是哪个部门、哪条路。",
    source="portals.md §0.4（占位语）；methodology.md §3.7（模板用语）",
    applicability="所有办事指南的文字；材料名称、常见问题中的举例不在此列。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example(),
    failing=example({FieldName.CONDITION: "申请人应当向××市××局提交申请，经营场所符合国家卫生标准。"}),
)
def check_filler(guide: Guide) -> Verdict:
    fault = "是没有填写的空位或随意敲打的字符，应写明实际内容"
    for name in TYPED:
        found = find_typed(guide.text(name))
        if found is not None:
            return word_place(name, guide.text(name), found, fault)
    whole = whole_text(guide)
    if not any(sign in whole for sign in FILLER_SIGNS):
        return passed() if whole else not_measured("来源没有展示任何文字")
    return judge_places(guide, find_filler, fault, EXAMPLES)


def find_bad_email(text: str) -> Place | None:
    """Find an "@" that stands in no well-formed e-mail address (RFC 5322 addr-spec with a domain)."""
    if "@" not in text and "＠" not in text:
        return None
    good = {(match.start(), match.end()) for match in EMAIL.finditer(text)}
    for match in AT.finditer(text):
        inside = any(start <= match.start("after") - 1 < end for start, end in good)
        if not inside and (match["before"] or match["after"]):
            return match.start(), match.end(), ""
    return None


@audit_rule(
    "text.email-form",
    title="电子邮箱写法正确",
    failure_title="电子邮箱缺少域名或用户名",
    why="邮箱少一段，群众的信寄不到。",
    source=SOURCE + "；RFC 5322",
    applicability="文字中写了电子邮箱的办事指南；网址中的 @ 不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ENQUIRY_PHONE,
    passing=example({FieldName.ENQUIRY_PHONE: "0662-3366123，yjzwfw@yangjiang.gov.cn"}),
    failing=example({FieldName.ENQUIRY_PHONE: "0662-3366123，yjzwfw@yangjiang"}),
)
def check_email(guide: Guide) -> Verdict:
    return judge_places(guide, find_bad_email, "里的电子邮箱不完整，应写全“用户名@域名”", ONLINE_ADDRESSES)
