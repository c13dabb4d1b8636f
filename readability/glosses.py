"""Tells whether a guide explains an office term where it uses it first."""

import re

from readability.punctuation import HAN

EXPLAINS = re.compile(r"即|就是|是指|指的是|^指|也就是|又称|也叫|俗称|简称|例如|比如|^如(?![有需果未无不实])|包括")
QUALIFIES = re.compile(
    r"原件|复印|份|工作日|附件|详见|盖章|签字|签名|如有|如需|适用|必[交要须]|可选|扫描|上传|版本|第.{1,4}[条款号]|[〔【\[]|年\d"
)
BRACKET = re.compile(r"[”》」]?（([^（）]{2,80})）")
MEANING = re.compile(
    r"[”》」]?[，,]?(?:是指|指的是|系指|就是|也就是|即(?:为|是)?|俗称|又称|也叫)(?!可|日|时|将|办|使|便)"
)
LONG_ENOUGH = 6
HAN_CHARACTER = re.compile(f"[{HAN}]")


def is_explained(text: str, start: int, end: int) -> bool:
    """Say whether the use of a term at ``text[start:end]`` comes with an explanation.

    An explanation follows at once: 容缺受理（缺次要材料也先收件）, 容缺受理是指…, or the term is introduced by
    以下简称. A bracket that only counts or limits (原件1份, 如有) explains nothing.
    """
    if "简称" in text[max(0, start - 6) : start]:
        return True
    if MEANING.match(text, end):
        return True
    bracket = BRACKET.match(text, end)
    return bracket is not None and _explains(bracket[1])


def _explains(content: str) -> bool:
    if EXPLAINS.search(content):
        return True
    return not QUALIFIES.search(content) and len(HAN_CHARACTER.findall(content)) >= LONG_ENOUGH


def is_asked(term: str, questions: str) -> bool:
    """Say whether the guide's questions ask what a term means: 什么是容缺受理？"""
    if term not in questions:
        return False
    word = re.escape(term)
    return (
        re.search(
            rf"(?:什么是|何为|何谓|啥是)[“《「]?{word}|{word}[”》」]?(?:是什么|指什么|是指|什么意思|是啥)", questions
        )
        is not None
    )
