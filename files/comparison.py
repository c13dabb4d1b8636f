"""Compares published files by their reports: blank against sample, and a paper against the name it is offered under."""

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from domain.file_report import FileProblem, FileReport
from files.report import TEXT_KEPT

HIDES_TEXT = frozenset(FileProblem) - {FileProblem.UNSAFE_PATHS, FileProblem.NOTHING_INSIDE}
NOT_WORD = re.compile(r"[\W_]+")
SAME_FORM_SHARE = 0.6  # of the blank's pairs of characters must stand in the sample, or they are two different papers
FILLED_CHARACTERS_MIN = 4  # a name and a number's worth; less may be a hair's difference between two editions
PLACEHOLDER = re.compile(r"[Xx×Ｘ某＊*○◯□0０]*")  # what a sample writes where nothing is filled in
SAMPLE_MARK = re.compile(r"样表|样本|样张|样例|示例|示范|范本|范例|范文|仅供参考")  # what a sample calls itself

TITLE_LINES = 6  # a title stands near the top, behind an office's name or a form's number
TITLE_CHARACTERS = range(4, 41)
TITLE_ENDING = re.compile(r"(?:表|书|函|单|证明|委托|协议|合同|声明|报告|名单|目录|方案|申请|登记|清单)$")
BRACKETS = re.compile(r"[（(《〈【\[][^）)》〉】\]]*[）)》〉】\]]")
QUOTES = re.compile(r"[《》〈〉“”\"'【】]")
# Words that every paper may bear and that tell no paper from another.
GENERIC = re.compile(
    r"空白表格|空表|空白|示例|样本|样表|范本|模板|格式|填写|附件|附表|原件|复印件|扫描件|电子版|广东省|阳江市|[一二三四五六七八九十]、|"
    r"申请表|申请书|登记表|审批表|备案表|承诺书|委托书|申请|登记|审批|备案|表|书|\d"
)
CATCH_ALL = re.compile(r"其[他它]|相关|有关|相应|规定的")  # a name under which any paper may be offered
ENOUGH_CHARACTERS = 150  # a shorter text may be a cover sheet
NAME_CHARACTERS_MIN = 3  # what is left of a name without generic words
NAME_SHARE = 0.5  # of the name's pairs of characters that the text must hold to have to do with it


def same_text(a: FileReport, b: FileReport) -> bool | None:
    """Say whether two files read alike, whatever their layout; None where one of them has no text to be read."""
    if a.sha256 == b.sha256:
        return True
    if not (is_readable(a) and is_readable(b)):
        return None
    return a.text_sha256 == b.text_sha256


def is_readable(report: FileReport) -> bool:
    """Say whether a report holds text that was read to its end."""
    return not HIDES_TEXT.intersection(report.problems) and bool(report.characters)


def is_filled_in(blank: FileReport, sample: FileReport) -> bool | None:
    """Say whether a sample holds what somebody filled into the blank form.

    False when both read alike, when the sample holds nothing that the blank does not hold, or when all it adds are
    placeholders such as XXX. None when it cannot be told: pictures, damaged files, two different papers, long texts
    that differ by a few characters only.
    """
    if same_text(blank, sample):
        return False
    if not (is_readable(blank) and is_readable(sample)):
        return None
    before, after = (words(SAMPLE_MARK.sub("", report.text)) for report in (blank, sample))
    if share_held(before, after) < SAME_FORM_SHARE:
        return None
    if read_to_its_end(blank) and read_to_its_end(sample):
        return judge_additions(before, after)
    return True if (sample.characters or 0) - (blank.characters or 0) >= FILLED_CHARACTERS_MIN else None


@lru_cache(maxsize=4096)
def judge_additions(before: str, after: str) -> bool | None:
    """Judge what a sample says that its blank does not say; the same pair of forms serves many guides."""
    told = [piece for piece in additions(before, after) if not PLACEHOLDER.fullmatch(piece)]
    if not told:
        return False
    return True if sum(map(len, told)) >= FILLED_CHARACTERS_MIN else None


def additions(before: str, after: str) -> list[str]:
    """Return the stretches of one text that were put into the other or stand in another's place."""
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [after[start:end] for tag, _, _, start, end in changes if tag in {"insert", "replace"} and end > start]


def read_to_its_end(report: FileReport) -> bool:
    """Say whether the text that is kept is the whole text."""
    return len(report.text) < TEXT_KEPT


def words(text: str) -> str:
    """Return letters, digits and Chinese characters only."""
    return NOT_WORD.sub("", text)


def pairs(text: str) -> Counter[str]:
    """Count the pairs of neighbouring characters."""
    return Counter(first + second for first, second in pairwise(text))


def share_held(part: str, whole: str) -> float:
    """Return the share of a text's pairs of characters that another text holds, 1.0 for a text without pairs."""
    wanted = pairs(part)
    total = sum(wanted.values())
    return sum((wanted & pairs(whole)).values()) / total if total else 1.0


def says_what_it_is(report: FileReport, expected_name: str, *, enough: int = ENOUGH_CHARACTERS) -> bool | None:
    """Say whether a paper has to do with the material it is offered for.

    False only when the text has ``enough`` characters, bears a title of a form near its top, and neither the title nor
    the text holds half of what is particular to the expected name; None when it cannot be told.
    """
    core = particular(expected_name)
    if not is_readable(report) or len(core) < NAME_CHARACTERS_MIN or CATCH_ALL.search(expected_name):
        return None
    if share_held(core, particular(report.text)) >= NAME_SHARE:
        return True
    title = particular(find_title(report.text))
    if len(title) < NAME_CHARACTERS_MIN or (report.characters or 0) < enough or not read_to_its_end(report):
        return None
    return None if pairs(core) & pairs(title) else False


def particular(text: str) -> str:
    """Return what is particular to a name: without remarks in brackets, generic words and punctuation."""
    bare = BRACKETS.sub("", QUOTES.sub("", text))
    return words(GENERIC.sub("", bare))


def find_title(text: str) -> str:
    """Return the first line near the top that ends as the titles of forms do, or an empty string."""
    for line in text.splitlines()[:TITLE_LINES]:
        bare = BRACKETS.sub("", QUOTES.sub("", line)).strip()
        candidate = re.sub(r"\s+", "", bare)
        if len(candidate) in TITLE_CHARACTERS and TITLE_ENDING.search(candidate):
            return candidate
    return ""
