"""The parts of an official name that citizens type: without its brackets, and without the words of procedure."""

import re

BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
AGAINST = re.compile(r"^对(?P<what>.+)的[^的]{2,4}$")
PROCEDURE = re.compile(
    r"(?:核发|签发|换发|补发|发放|颁发|审批|审核|审查|审定|核准|批准|许可|认定|确认|登记|注册|备案|设立|成立|查询|查阅|申请|申报"
    r"|申领|受理|办理|办证|报名|咨询|奖励|给付|支付|年审|授予|出具|开具|给予|核定|核实|转递|处理|服务|检查|验收|公示)$"
)
SHORTEST = 3
SEPARATOR = re.compile(r"[、，,；;/／|｜\s]+")
SAYS_NOTHING = frozenset({"", "无", "暂无", "没有", "-", "—", "同上"})


def strip_brackets(name: str) -> str:
    """Return a name without what stands in brackets: 教师资格认定（初中） → 教师资格认定."""
    bare = BRACKETED.sub("", BRACKETED.sub("", name)).strip()
    return bare or name.strip()


def main_part(name: str) -> str:
    """Return what a name is about: 出版物零售经营许可（新办） → 出版物零售经营; never shorter than three characters."""
    part = strip_brackets(name)
    against = AGAINST.match(part)
    if against is not None and len(against["what"]) >= SHORTEST:
        return against["what"]
    while len(shorter := PROCEDURE.sub("", part)) >= SHORTEST and shorter != part:
        part = shorter
    return part


def everyday_words(field: str) -> tuple[str, ...]:
    """Split 日常用语 into its words; a placeholder is none."""
    return tuple(dict.fromkeys(word for word in SEPARATOR.split(field) if word not in SAYS_NOTHING))
