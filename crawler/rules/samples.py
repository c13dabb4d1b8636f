"""What stands in forms and samples: the sample is filled in, belongs to the material, and exposes nobody."""

from collections.abc import Iterator
from functools import lru_cache

from crawler.rules.example_files import BLANK, BLANK_TEXT, FILLED, FILLED_TEXT, make_report, with_form, with_sample
from crawler.rules.published_file import PAPERS, PublishedFile, files_with, judge_files
from crawler.rules.rule import LooksAt, RuleKind, dossier_rule
from domain.address_visit import AddressUse
from domain.dossier import Dossier
from domain.file_report import FileReport, PersonalDatum
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict
from files.comparison import ENOUGH_CHARACTERS, is_filled_in, same_text, says_what_it_is

SOURCE = "portals.md §5（示例样表不得与空白表格相同，应已填写）"
SAMPLES = (AddressUse.SAMPLE,)
HANDWRITING_BYTES = 50_000
"""A sample that is larger by so much may hold its filling as a picture, which nobody reads here."""

TITLED_CHARACTERS = 40
"""Enough of a sample with a title of its own, where the blank form shows how the paper is called."""

PERSONAL_TITLES_ZH = {"identity_number": "身份证号码", "mobile_number": "手机号码", "bank_card": "银行卡号"}
OTHER_FORM = "残疾人机动轮椅车燃油补贴发放登记表\n" + "姓名、户籍、车辆号牌、补贴年度、发放金额、领取人签名。" * 10


def blanks_for(dossier: Dossier, sample: PublishedFile) -> Iterator[PublishedFile]:
    """Yield the blank forms that are offered with a sample, as far as they could be inspected."""
    for file in files_with(dossier, (AddressUse.FORM,)):
        if file.owner == sample.owner and file.report is not None and file.report.usable:
            yield file


def comparable(blank: FileReport, sample: FileReport) -> bool:
    """Say whether the texts of two files tell all that a citizen sees in them."""
    return sample.bytes - blank.bytes < HANDWRITING_BYTES


@dossier_rule(
    "sample.not-the-blank",
    looks_at=LooksAt.ADDRESSES,
    title="示例样表与空白表格内容不同",
    failure_title="示例样表就是空白表格",
    why="拿空白表充当样表，群众还是不会填。",
    source=SOURCE,
    applicability=(
        "同一份材料既有空白表格又有示例样表、且文件都取到的办事指南；链接到同一地址的由 material.sample-differs 判断。"
    ),
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=with_sample(FILLED),
    failing=with_sample(BLANK),
)
def check_not_the_blank(dossier: Dossier) -> Verdict:
    def ask(sample: PublishedFile) -> str | None:
        report = sample.report
        blanks = [file for file in blanks_for(dossier, sample) if file.link.url != sample.link.url]
        if report is None or not report.usable or not blanks:
            return None
        return next((words for file in blanks if file.report and (words := say_same(file.report, report))), "")

    return judge_files(dossier, ask, FieldState.INCONSISTENT, SAMPLES)


def say_same(blank: FileReport, sample: FileReport) -> str:
    """Say that two files are one, or read alike; ``""`` when they differ."""
    if blank.sha256 == sample.sha256:
        return "与空白表格是同一个文件，应上传填写好的样表"
    if comparable(blank, sample) and same_text(blank, sample):
        return "文字与空白表格完全相同，没有填写，应上传填写好的样表"
    return ""


@dossier_rule(
    "sample.filled-in",
    looks_at=LooksAt.ADDRESSES,
    title="示例样表已经填写",
    failure_title="示例样表没有填写",
    why="样表上没有示例内容，群众不知道每一栏该怎么填。",
    source=SOURCE,
    applicability="同一份材料既有空白表格又有示例样表、且两者都能读出文字的办事指南；图片和扫描件不判断。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=with_sample(FILLED),
    failing=with_sample(make_report(f"{BLANK_TEXT}\n（样表）XXX", bytes=24_600)),
)
def check_filled_in(dossier: Dossier) -> Verdict:
    def ask(sample: PublishedFile) -> str | None:
        blanks = [file.report for file in blanks_for(dossier, sample) if file.report]
        report = sample.report
        if report is None or not blanks or any(same_text(blank, report) for blank in blanks):
            return None  # an equal file is told by a rule of its own
        told = {is_filled(blank, report) for blank in blanks if comparable(blank, report)} - {None}
        return None if not told else "" if True in told else "没有填写示例内容，应逐栏填上示例"

    return judge_files(dossier, ask, FieldState.BLANK, SAMPLES)


@lru_cache(maxsize=8192)
def belongs(report: FileReport, material: str, *, enough: int = ENOUGH_CHARACTERS) -> bool | None:
    """Say whether a file has to do with a material; the same form serves many guides."""
    return says_what_it_is(report, material, enough=enough)


def fits_its_blank(dossier: Dossier, sample: PublishedFile) -> bool:
    """Say whether the blank form that is offered with a sample bears the material's name: then the sample must, too."""
    return any(belongs(file.report, sample.owner) for file in blanks_for(dossier, sample) if file.report)


@lru_cache(maxsize=8192)
def is_filled(blank: FileReport, sample: FileReport) -> bool | None:
    """Say whether a sample is filled in; the same pair serves many guides."""
    return is_filled_in(blank, sample)


@dossier_rule(
    "attachment.of-this-material",
    looks_at=LooksAt.ADDRESSES,
    title="表格和样表确实是这份材料的",
    failure_title="表格或样表是另一份材料的",
    why="下载到别的表格，群众填了也白填，到窗口被退回。",
    source="portals.md §5（空白表格、示例样表与材料对应）",
    applicability="文件能读出足够文字、开头有表名的空白表格和示例样表；材料名称过于笼统的不判断。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=with_form(make_report(BLANK_TEXT)),
    failing=with_form(make_report(OTHER_FORM)),
)
def check_of_this_material(dossier: Dossier) -> Verdict:
    def ask(file: PublishedFile) -> str | None:
        if file.report is None:
            return None
        told = belongs(file.report, file.owner)
        if told is None and file.use is AddressUse.SAMPLE and fits_its_blank(dossier, file):
            told = belongs(file.report, file.owner, enough=TITLED_CHARACTERS)
        if told is None:
            return None
        first = file.report.text.strip().partition("\n")[0][:30]
        return "" if told else f"内容是“{first}”，与材料不符，应换成本材料的文件"

    return judge_files(dossier, ask, FieldState.INCONSISTENT)


@dossier_rule(
    "attachment.no-personal-data",
    looks_at=LooksAt.ADDRESSES,
    title="表格和样表没有泄露真实个人信息",
    failure_title="表格或样表里有疑似真实的个人信息",
    why="拿真人办过的表当样表，等于把他的证件号、电话公开给所有人。",
    source="个人信息保护法第十三条、第二十八条；portals.md §5（样表使用虚构信息）",
    applicability=(
        "文件能读出文字的空白表格和示例样表；号码须通过校验且不是常见示例。空白表格只看身份证号码，因为可能印有经办人电话和收款账号。"
    ),
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=with_sample(FILLED),
    failing=with_sample(
        make_report(
            FILLED_TEXT,
            personal=(PersonalDatum(kind="identity_number", masked="440102********1234"),),
        )
    ),
)
def check_personal(dossier: Dossier) -> Verdict:
    def ask(file: PublishedFile) -> str | None:
        if file.report is None or file.report.characters is None:
            return None
        found = [datum for datum in file.report.personal if counts(datum, file.use)]
        shown = "、".join(f"{PERSONAL_TITLES_ZH[datum.kind]}{datum.masked}" for datum in found[:2])
        return f"里有疑似真实的{shown}，应改用虚构的信息" if found else ""

    return judge_files(dossier, ask, FieldState.MALFORMED, PAPERS)


def counts(datum: PersonalDatum, use: AddressUse) -> bool:
    """Say whether a number in a file of this use is likely to be a citizen's."""
    return datum.kind in PERSONAL_TITLES_ZH and (use is AddressUse.SAMPLE or datum.kind == "identity_number")
