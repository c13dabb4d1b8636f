"""The files that a guide offers: they can be fetched, opened and used, and are what their names say."""

from crawler.rules.example_files import (
    FORM_URL,
    PICTURE,
    RESULT_URL,
    dead,
    dossier,
    make_report,
    with_form,
    works,
)
from crawler.rules.occasions import judge_answers
from crawler.rules.published_file import PAPERS, RESULT_SAMPLES, PublishedFile, Question, files_with, judge_files
from crawler.rules.rule import DossierCheck, LooksAt, RuleKind, dossier_rule
from domain.dossier import Dossier
from domain.file_report import PROBLEM_TITLES_ZH, FileKind, FileProblem
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict
from files.names import fits_name, opens_all_the_same, promised_kinds

SOURCE = "portals.md §5（空白表格、示例样表：可打开、类型与名称一致）；methodology.md §3.7"
FETCHED = "提供了空白表格或示例样表、且文件已取到的办事指南；逐个文件计。"
MEBIBYTE = 1024 * 1024
TOLD_ELSEWHERE = {FileProblem.HTML_PAGE, FileProblem.EMPTY, FileProblem.DAMAGED}
"""Problems with rules of their own; what is left of a damaged file may look like another type."""


def problem(wanted: dict[FileProblem, str]) -> Question:
    """Make a question for problems that a file's bytes show by themselves; the words say what should be."""

    def ask(file: PublishedFile) -> str | None:
        if file.report is None:
            return None
        found = next((problem for problem in file.report.problems if problem in wanted), None)
        return f"{PROBLEM_TITLES_ZH[found]}，{wanted[found]}" if found else ""

    return ask


def asking(question: Question, state: FieldState = FieldState.MALFORMED) -> DossierCheck:
    """Make a check over blank forms and samples."""
    return lambda dossier: judge_files(dossier, question, state)


@dossier_rule(
    "attachment.answers",
    looks_at=LooksAt.ADDRESSES,
    title="空白表格和示例样表都能下载",
    failure_title="空白表格或示例样表下载不了",
    why="点了没有反应的表格等于没有提供，群众只能到窗口领。",
    source=SOURCE,
    applicability=(
        "提供了空白表格或示例样表的办事指南；三次不同时间访问都失败才算，被防火墙、验证码、限流或 robots.txt 挡住不算。"
    ),
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=dossier(dead(FORM_URL, 3)),
)
def check_answers(dossier: Dossier) -> Verdict:
    files = [(file.title, file.record) for file in files_with(dossier, PAPERS)]
    return judge_answers(files, "恢复文件或更换下载地址")


dossier_rule(
    "attachment.not-empty",
    looks_at=LooksAt.ADDRESSES,
    title="下载的文件不是空文件",
    failure_title="下载的文件是空的（0 字节）",
    why="下载下来什么也没有，群众没有表可填。",
    source=SOURCE,
    applicability=FETCHED,
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=with_form(make_report(None, bytes=0, kind=FileKind.UNKNOWN, problems=(FileProblem.EMPTY,))),
)(asking(problem({FileProblem.EMPTY: "应重新上传"}), FieldState.BLANK))

dossier_rule(
    "attachment.not-a-page",
    looks_at=LooksAt.ADDRESSES,
    title="下载得到的是文件，不是网页",
    failure_title="下载得到的是网页，不是文件",
    why="群众下载到的是一张报错或登录网页，打开后没有表格。",
    source=SOURCE,
    applicability=FETCHED,
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=with_form(make_report("文件不存在", kind=FileKind.HTML, problems=(FileProblem.HTML_PAGE,))),
)(asking(problem({FileProblem.HTML_PAGE: "应换成表格文件本身"})))

dossier_rule(
    "attachment.no-password",
    looks_at=LooksAt.ADDRESSES,
    title="下载的文件不需要密码",
    failure_title="下载的文件设有密码，打不开",
    why="群众没有密码，文件等于没有提供。",
    source=SOURCE,
    applicability="提供了空白表格或示例样表、且文件已取到的办事指南；只限制修改、不用密码就能打开的文件不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=with_form(make_report(None, problems=(FileProblem.ENCRYPTED,))),
)(asking(problem({FileProblem.ENCRYPTED: "应去掉密码后重新上传"})))

dossier_rule(
    "attachment.opens",
    looks_at=LooksAt.ADDRESSES,
    title="下载的文件能够打开",
    failure_title="下载的文件已损坏，打不开",
    why="打不开的表格，群众既看不到也填不了。",
    source=SOURCE,
    applicability=FETCHED,
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=with_form(make_report(None, problems=(FileProblem.DAMAGED,))),
)(asking(problem({FileProblem.DAMAGED: "应重新上传完整的文件"})))

dossier_rule(
    "attachment.has-content",
    looks_at=LooksAt.ADDRESSES,
    title="下载的文件里有内容",
    failure_title="下载的文件里没有任何内容",
    why="打开是一张白纸，群众不知道填什么。",
    source=SOURCE,
    applicability=FETCHED,
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=with_form(make_report("", problems=(FileProblem.NOTHING_INSIDE,))),
)(asking(problem({FileProblem.NOTHING_INSIDE: "应换成有内容的表格"}), FieldState.BLANK))

dossier_rule(
    "attachment.safe",
    looks_at=LooksAt.ADDRESSES,
    title="下载的文件打开时不会损害电脑",
    failure_title="下载的压缩包或文档带有危险结构",
    why="展开后大得不正常、或把文件写到别处的压缩包，会拖垮群众的电脑。",
    source="portals.md §5（空白表格：可打开）",
    applicability=FETCHED,
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=with_form(make_report(None, kind=FileKind.ZIP, problems=(FileProblem.BOMB,))),
)(
    asking(
        problem(
            {
                FileProblem.BOMB: "应检查来源后重新上传正常的文件",
                FileProblem.UNSAFE_PATHS: "应重新打包后上传",
            }
        )
    )
)


@dossier_rule(
    "attachment.size",
    looks_at=LooksAt.ADDRESSES,
    title="下载的文件大小适当",
    failure_title="下载的文件过大",
    why="几十兆以上的表格，群众用手机下载既慢又费流量，常常下不完。",
    source="portals.md §5；超过取件上限（20 MiB）即计",
    applicability=FETCHED,
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=with_form(make_report(None, bytes=60 * MEBIBYTE, problems=(FileProblem.TOO_LARGE,))),
)
def check_size(dossier: Dossier) -> Verdict:
    def ask(file: PublishedFile) -> str | None:
        if file.report is None:
            return None
        large = FileProblem.TOO_LARGE in file.report.problems
        return f"至少有 {file.report.bytes // MEBIBYTE} MB，应压缩到 20 MB 以内" if large else ""

    return judge_files(dossier, ask, FieldState.MALFORMED)


def name_of(file: PublishedFile) -> str:
    """Return the name by which a citizen's computer decides what opens the file: the first that has a known ending."""
    sent = file.record.latest.file_name if file.record else ""
    names = (file.link.name, sent, file.link.url)
    return next((name for name in names if promised_kinds(name)), "")


@dossier_rule(
    "attachment.type-as-named",
    looks_at=LooksAt.ADDRESSES,
    title="文件的真实类型与文件名一致",
    failure_title="文件的真实类型与文件名不一致",
    why="名叫 .xls 实为别的文件，双击后报错，多数群众就此放弃。",
    source=SOURCE,
    applicability=(
        "提供了空白表格或示例样表、且文件已取到的办事指南；照样能打开的不算：jpg 与 png 互换、.doc 实为 docx 或 rtf、"
        "WPS 与 Word 互存。"
    ),
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=dossier(),
    failing=with_form(make_report(None, kind=FileKind.PDF)),
)
def check_type(dossier: Dossier) -> Verdict:
    def ask(file: PublishedFile) -> str | None:
        report, name = file.report, name_of(file)
        if report is None or TOLD_ELSEWHERE & set(report.problems):
            return None
        fits = fits_name(report.kind, name)
        if fits is None:
            return None
        return "" if fits or opens_all_the_same(report.kind, name) else say_type(report.kind, name)

    return judge_files(dossier, ask, FieldState.INCONSISTENT)


def say_type(kind: FileKind, name: str) -> str:
    """Say what a file is and what its name says."""
    return f"文件名以 .{name.rpartition('.')[2][:8]} 结尾，实际是 {kind.value} 文件，应改正文件名或换成相应的文件"


@dossier_rule(
    "result.sample-answers",
    looks_at=LooksAt.ADDRESSES,
    title="结果样本都能下载",
    failure_title="结果样本下载不了",
    why="结果样本让群众知道会拿到什么，打不开等于没有提供。",
    source="portals.md §5（办理结果样本）",
    applicability="提供了结果样本的办事指南；三次不同时间访问都失败才算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.RESULTS,
    passing=dossier(),
    failing=dossier(dead(RESULT_URL, 3)),
)
def check_result_answers(dossier: Dossier) -> Verdict:
    files = [(file.title, file.record) for file in files_with(dossier, RESULT_SAMPLES)]
    return judge_answers(files, "恢复文件或更换下载地址")


@dossier_rule(
    "result.sample-opens",
    looks_at=LooksAt.ADDRESSES,
    title="结果样本能够打开并有内容",
    failure_title="结果样本打不开或没有内容",
    why="结果样本让群众知道会拿到什么，打不开等于没有提供。",
    source="portals.md §5（办理结果样本）",
    applicability="提供了结果样本、且文件已取到的办事指南；逐个文件计。",
    kind=RuleKind.ACCURACY,
    field=FieldName.RESULTS,
    passing=dossier(),
    failing=dossier(works(RESULT_URL, PICTURE.model_copy(update={"problems": (FileProblem.DAMAGED,)}))),
)
def check_result_opens(dossier: Dossier) -> Verdict:
    every = dict.fromkeys(FileProblem, "应重新上传")
    return judge_files(dossier, problem(every), FieldState.MALFORMED, RESULT_SAMPLES)
