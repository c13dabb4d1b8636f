"""Counts how often a text sends its reader to a law or an official paper instead of saying what it means."""

import re

CITATION = re.compile(
    r"《[^《》]{2,90}(?:法|条例|规定|办法|细则|规则|决定|决议|通知|意见|通则|准则|规范|标准|规程|公告|令|解释|批复|方案|目录|公约|协定)"
    r"(?:（[^（）]{1,14}）|〔[^〔〕]{1,14}〕)?》"
)


def count_citations(text: str) -> int:
    """Count titles between 《》 that name a law, a rule or an official paper; forms and certificates do not count."""
    return len(CITATION.findall(text)) if "《" in text else 0
