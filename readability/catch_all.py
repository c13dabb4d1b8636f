"""Finds phrases that say nothing a citizen could check: 其他相关材料, 按有关规定, 视情况."""

import re

PHRASES = re.compile(
    r"(?:按照?|依照|根据|依据|符合)(?:国家|省|市|本省|我省|我市|有关|相关|现行|法律|法规|规章|政策|部门|、|和|及|的)*(?:规定|要求|政策)"
    r"(?![的]?[《〔第])"
    r"|(?:国家|省|市)(?:的|和|及|、|省|市)*(?:有关|相关|现行)(?:法律|法规|规章|政策|、|和|及|的)*规定"
    r"|(?:其他|其它|有关|相关)(?:有关|相关|必要|所需|应|需|须|要|提交|提供|补充|证明|的)*(?:材料|资料|文件|证明|证件|手续|条件|情形|要求)"
    r"|视(?:具体|实际|个案)?情况|另行(?:通知|告知|规定)|待定"
    r"|以(?:窗口|现场|实际|办理部门|经办人员)[^，。；！？\n]{0,8}为准"
)
HINTS = ("规定", "其他", "其它", "有关", "相关", "情况", "另行", "待定", "为准", "要求", "政策")
"""A text without any of these holds no phrase: asking this first is ten times faster."""


def find_catch_alls(text: str) -> tuple[str, ...]:
    """Return the phrases in order, each once."""
    if not any(hint in text for hint in HINTS):
        return ()
    return tuple(dict.fromkeys(match[0] for match in PHRASES.finditer(text)))
