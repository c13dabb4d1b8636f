"""Eyes for the kinds that go deeper: files opened by other people's libraries, addresses, wording, faces.

As in ``test_corpus_defects.py`` an eye knows the served document alone.
"""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import msoffcrypto
import pypdf
import pypdfium2
from corpus_sight import Sight
from stdnum.cn import ric

from sandbox.model import Attachment

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
FULL_WIDTH = str.maketrans("０１２３４５６７８９－–：", "0123456789--:")


def form_of(file: Attachment) -> str:
    return file.name.rpartition(".")[2].lower()


def open_zip(file: Attachment) -> zipfile.ZipFile | None:
    try:
        return zipfile.ZipFile(io.BytesIO(file.content))
    except zipfile.BadZipFile:
        return None


def read_text(file: Attachment | None) -> str:
    """Read a file's text with libraries that had no part in making it; "" where none can."""
    if file is None or not file.content:
        return ""
    if file.content.startswith(b"%PDF"):
        try:
            return pypdfium2.PdfDocument(file.content)[0].get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            return ""
    archive = open_zip(file)
    names = ("word/document.xml", "xl/worksheets/sheet1.xml")
    parts = [archive.read(name).decode() for name in names if name in archive.namelist()] if archive else []
    return "\n".join(re.findall(r"<(?:w:)?t[^>]*>([^<]*)<", "".join(parts)))


def opens(file: Attachment) -> bool:
    if file.content.startswith(b"%PDF"):
        try:
            return len(pypdfium2.PdfDocument(file.content)) > 0
        except pypdfium2.PdfiumError:
            return False
    if file.content.startswith(b"PK"):
        return open_zip(file) is not None
    return True


def plain(file: Attachment | None) -> bool:
    return file is not None and file.status == 200 and file.behaviour == "plain" and bool(file.content)


def blank(sight: Sight, test: Callable[[Attachment], bool]) -> bool:
    file = sight.file("FORM_GUID")
    return file is not None and test(file)


def sample(sight: Sight, test: Callable[[Attachment], bool]) -> bool:
    file = sight.file("EXAMPLE_GUID")
    return file is not None and test(file)


def is_locked_pdf(file: Attachment) -> bool:
    if not file.content.startswith(b"%PDF"):
        return False
    try:
        reader = pypdf.PdfReader(io.BytesIO(file.content))
        return reader.is_encrypted and not reader.decrypt("")
    except pypdf.errors.PyPdfError:
        return False


def is_locked_docx(file: Attachment) -> bool:
    return (
        file.content.startswith(b"\xd0\xcf\x11\xe0") and msoffcrypto.OfficeFile(io.BytesIO(file.content)).is_encrypted()
    )


def list_entries(file: Attachment) -> list[zipfile.ZipInfo]:
    archive = open_zip(file) if file.content.startswith(b"PK") else None
    return archive.infolist() if archive else []


def says_nothing(file: Attachment) -> bool:
    return (
        plain(file)
        and opens(file)
        and form_of(file) in ("docx", "xlsx", "pdf")
        and not is_locked_pdf(file)
        and not (is_locked_docx(file) or file.content.startswith((b"<!DOCTYPE", b"\x89PNG")) or read_text(file).strip())
    )


def mistyped(file: Attachment) -> bool:
    names = set() if not file.content.startswith(b"PK") else {entry.filename for entry in list_entries(file)}
    real = "pdf" if file.content.startswith(b"%PDF") else "docx" if "word/document.xml" in names else "xlsx"
    known = file.content.startswith(b"%PDF") or bool(names & {"word/document.xml", "xl/workbook.xml"})
    return plain(file) and known and form_of(file) != real


def filled_in(text: str) -> bool:
    return any(re.search(rf"{label}：\S", text) for label in ("申请人", "联系电话", "日期", "姓名"))


def words(sight: Sight) -> str:
    return str(sight.item["ACCEPT_CONDITION"])


def flow(sight: Sight) -> str:
    return str(sight.item["WSBLLC"])


def hours(sight: Sight) -> str:
    return sight.windows[0]["TIME"].translate(FULL_WIDTH) if sight.windows else ""


def clocks(text: str) -> list[tuple[int, int]]:
    found = re.findall(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)", text)
    return [(int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in found]


def laws(sight: Sight) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = sight.item["LAW"]
    return rows


def online(sight: Sight) -> str:
    return str(sight.item["TRANSACT_WEB_URL"])


def reaches_service(sight: Sight) -> bool:
    return sight.item["ONLINECHECK"] == "1" and "/apprUnionApply?code=" in online(sight)


def booking(sight: Sight) -> str:
    return str(sight.extend["APPOINTMENT_URL"])


def note_days(text: str) -> int | None:
    found = re.search(r"(\d+)个工作日", text)
    return int(found[1]) if found else None


def contradicts(days: str, note: str) -> bool:
    return days.isdigit() and note_days(note) not in (None, int(days))


ORDER = ("addressee", "acceptance", "investigate", "decide", "accreditation", "delivery")
FORMER = (
    "工商行政管理局",
    "国土资源局",
    "卫生和计划生育局",
    "环境保护局",
    "安全生产监督管理局",
    "文化广电新闻出版局",
    "农业局",
)
REPEALED = ("合同法", "物权法", "民法总则", "收养法")

EYES: dict[str, Callable[[Sight], bool]] = {
    "blank-form-server-error": lambda g: blank(g, lambda file: file.status == 500),
    "blank-form-html-page": lambda g: blank(g, lambda file: file.content.startswith(b"<!DOCTYPE html")),
    "blank-form-wrong-type": lambda g: blank(g, mistyped),
    "blank-form-damaged": lambda g: blank(g, lambda file: plain(file) and not opens(file) and not is_locked_pdf(file)),
    "blank-form-nothing-inside": lambda g: blank(g, says_nothing),
    "blank-form-locked-pdf": lambda g: blank(g, is_locked_pdf),
    "blank-form-locked-docx": lambda g: blank(g, is_locked_docx),
    "blank-form-locked-zip": lambda g: blank(g, lambda file: any(one.flag_bits & 1 for one in list_entries(file))),
    "blank-form-zip-bomb": lambda g: blank(g, lambda file: any(one.file_size > 1 << 29 for one in list_entries(file))),
    "blank-form-path-tricks": lambda g: blank(
        g, lambda file: any(one.filename.startswith(("../", "/", "C:")) for one in list_entries(file))
    ),
    "blank-form-huge": lambda g: blank(g, lambda file: file.behaviour == "huge"),
    "blank-form-endless": lambda g: blank(g, lambda file: file.behaviour == "endless"),
    "blank-form-drip": lambda g: blank(g, lambda file: file.behaviour == "drip"),
    "sample-broken-link": lambda g: sample(g, lambda file: file.status == 404),
    "sample-empty-file": lambda g: sample(g, lambda file: file.status == 200 and not file.content),
    "sample-damaged": lambda g: sample(g, lambda file: plain(file) and not opens(file)),
    "sample-same-text": lambda g: blank(
        g, lambda one: sample(g, lambda two: one.content != two.content and read_text(one) == read_text(two) != "")
    ),
    "sample-not-filled-in": lambda g: sample(
        g, lambda file: "样表" in read_text(file) and not filled_in(read_text(file))
    ),
    "sample-of-another-form": lambda g: sample(g, lambda file: "轮椅车" in read_text(file)),
    "sample-with-identity-number": lambda g: sample(
        g, lambda file: any(ric.is_valid(one) for one in re.findall(r"\d{17}[\dX]", read_text(file)))
    ),
    "sample-with-mobile-number": lambda g: sample(
        g, lambda file: any(one != "13800138000" for one in MOBILE.findall(read_text(file)))
    ),
    "online-address-not-found": lambda g: "/moved/away" in online(g),
    "online-address-server-error": lambda g: "/broken?" in online(g),
    "online-address-switched-off": lambda g: online(g).startswith("http://127.0.0.1:9/"),
    "online-address-unknown-host": lambda g: ".invalid/" in online(g),
    "online-address-redirect-loop": lambda g: "/round?" in online(g),
    "online-address-gone-page": lambda g: "/retired?" in online(g),
    "online-address-site-root": lambda g: re.fullmatch(r"http://[^/]+/", online(g)) is not None,
    "online-address-relative": lambda g: online(g).startswith("/"),
    "booking-address-not-found": lambda g: "/moved/away" in booking(g),
    "booking-address-switched-off": lambda g: booking(g).startswith("http://127.0.0.1:9/"),
    "booking-address-intranet": lambda g: "//192.168." in booking(g),
    "online-entrance-not-open": lambda g: g.service == "not_open" and reaches_service(g),
    "online-entrance-error": lambda g: g.service == "error" and reaches_service(g),
    "booking-page-busy": lambda g: g.calendar is not None and g.calendar.fault == "busy_page",
    "booking-page-error": lambda g: g.calendar is not None and g.calendar.fault == "http_500",
    "mobile-claim-without-address": lambda g: "移动端办理地址" in flow(g) and not g.item["TRANSACT_APP_URL"],
    "condition-mojibake": lambda g: bool(words(g)) and max(map(ord, words(g))) < 256 and "ç" in words(g),
    "condition-lost-characters": lambda g: "\ufffd" in words(g),
    "condition-kun-jin-kao": lambda g: "锟斤拷" in words(g),
    "condition-invisible-characters": lambda g: "\u200b" in words(g),
    "condition-law-copied": lambda g: words(g).startswith("《") and "下列事项可以设定行政许可" in words(g),
    "condition-only-lawful": lambda g: words(g) == "符合法律、法规规定的条件。",
    "condition-keyboard-mash": lambda g: "asdf" in words(g),
    "condition-test-words": lambda g: "test001" in words(g),
    "condition-with-identity-number": lambda g: any(
        ric.is_valid(one) for one in re.findall(r"(?<![0-9A-Z])\d{17}[\dX]", words(g))
    ),
    "condition-trial-expired": lambda g: "试行至2019年" in words(g),
    "flow-lorem": lambda g: "ipsum" in flow(g),
    "flow-intranet-address": lambda g: "//192.168." in flow(g),
    "flow-with-mobile-number": lambda g: MOBILE.search(flow(g)) is not None,
    "flow-with-nbsp": lambda g: "&nbsp;" in flow(g),
    "flow-cut-off": lambda g: flow(g) != "" and not flow(g).endswith(("。", "labore.")) and "详见" not in flow(g),
    "name-invisible-characters": lambda g: "\u200b" in g.item["TASK_NAME"],
    "list-name-differs": lambda g: "（旧版指南）" in g.item["TASK_NAME"],
    "law-superseded": lambda g: any(row["LAWNAME"].removeprefix("中华人民共和国") in REPEALED for row in laws(g)),
    "law-name-blank": lambda g: any(not row["LAWNAME"] for row in laws(g)),
    "law-of-another-province": lambda g: any("广西" in row["LAWNAME"] for row in laws(g)),
    "law-number-malformed": lambda g: any(row["ACCORDINGNUMBER"].endswith("〔〕号") for row in laws(g)),
    "law-number-future": lambda g: any(
        "〔20" in row["ACCORDINGNUMBER"] and "〔209" in row["ACCORDINGNUMBER"] for row in laws(g)
    ),
    "law-clause-malformed": lambda g: any(row["TERMSNUMBER"] == "第条" for row in laws(g)),
    "hours-reversed": lambda g: any(end < begin for begin, end in clocks(hours(g)[:40])) and "午休" not in hours(g),
    "hours-impossible": lambda g: any(end > 24 * 60 for _, end in clocks(hours(g))),
    "hours-without-clock": lambda g: hours(g) == "上班时间",
    "hours-lunch-reversed": lambda g: "午休" in hours(g) and any(end < begin for begin, end in clocks(hours(g))),
    "hours-holiday-notice": lambda g: "放假" in hours(g),
    "hours-never": lambda g: "星期八" in hours(g),
    "enquiry-phone-dummy": lambda g: g.item["LINK_TEL"] == "0662-0000000",
    "enquiry-phone-fax": lambda g: "传真" in g.item["LINK_TEL"],
    "enquiry-phone-placeholder": lambda g: g.item["LINK_TEL"].startswith("详见"),
    "enquiry-email-malformed": lambda g: "@" in g.item["LINK_TEL"],
    "complaint-phone-short": lambda g: re.fullmatch(r"0662-\d{6}", g.item["TSTEL"]) is not None,
    "complaint-phone-long": lambda g: re.fullmatch(r"0662-\d{9}", g.item["TSTEL"]) is not None,
    "complaint-phone-foreign-area": lambda g: g.item["TSTEL"].startswith("0668-"),
    "place-in-another-county": lambda g: (
        g.item["AREACODE"] in ("441704", "441721", "441781")
        and any(
            row["ADDRESS"].startswith(
                tuple(f"阳江市{name}" for code, name in COUNTIES.items() if code != g.item["AREACODE"])
            )
            for row in g.windows[:1]
            if "所" not in row["NAME"] and row["ORG_NAME"] == g.listed["DEPT_NAME"]
        )
    ),
    "hall-without-hall-window": lambda g: (
        g.extend["IS_ENTRY_CENTER_TEXT"] == "是"
        and bool(g.windows)
        and not any("政务服务中心" in row["NAME"] + row["ADDRESS"] for row in g.windows)
    ),
    "body-former-name": lambda g: g.item["DEPT_NAME"].endswith(FORMER) and g.item["DEPT_NAME"] != g.listed["DEPT_NAME"],
    "body-code-mismatch": lambda g: g.item["TONGYI_CODE"] != g.item["TASK_CODE"][:18],
    "status-stopped": lambda g: g.item["TASK_STATE_TEXT"] != "在用",
    "version-in-future": lambda g: g.item["VERSION_DATE"] > "2090",
    "everyday-name-repeats": lambda g: g.extend["COMMONEXPRESSION"] == g.item["TASK_NAME"],
    "organisation-without-theme": lambda g: (
        "法人" in g.item["SERVE_TYPE_TEXT"] and not g.extend["THEME_LEGAL_TYPE_TEXT"]
    ),
    "theme-for-others": lambda g: (
        g.item["SERVE_TYPE_TEXT"] != ""
        and "自然人" not in g.item["SERVE_TYPE_TEXT"]
        and g.extend["THEME_NATURAL_TYPE_TEXT"] != ""
    ),
    "range-without-divisions": lambda g: any(not row["DIVISIONS"] for row in g.item["SCOPES"]),
    "range-wider-than-divisions": lambda g: any(row["SCOPERANGE_TEXT"] == "省内" for row in g.item["SCOPES"]),
    "remedies-blank": lambda g: g.power and not g.extend["XZFYBM"],
    "question-without-answer": lambda g: any(not row["ANSWER"] for row in g.detail["AUDIT_QA"]),
    "answer-repeats-question": lambda g: any(row["ANSWER"] == row["QUESTION"] for row in g.detail["AUDIT_QA"]),
    "offline-without-reason": lambda g: (
        g.item["ONLINECHECK_TEXT"] == "否" and not g.item["UNONLINEREASONOTHER"] and not g.extend["UNONLINEREASON"]
    ),
    "no-visit-and-no-way": lambda g: (
        g.extend["LIMIT_SCENE_NUM"] == "0" and g.item["HANDLE_TYPE_TEXT"] == "窗口办理" and g.item["ONLINECHECK"] == "0"
    ),
    "depth-without-online": lambda g: (
        g.item["ONLINECHECK_TEXT"] == "否" and g.item["WBSD_LEVEL_TEXT"] not in ("", "I级")
    ),
    "visits-placeholder": lambda g: "视情况" in g.extend["LIMIT_SCENE_NUM"],
    "courier-without-way": lambda g: g.extend["IS_EXPRESS_TEXT"] == "是" and "快递" not in g.item["HANDLE_TYPE_TEXT"],
    "window-flow-missing": lambda g: (
        g.power and "窗口办理" in g.item["HANDLE_TYPE_TEXT"] and not g.item["CKBLLC"] and bool(g.item["WSBLLC"])
    ),
    "steps-out-of-order": lambda g: (
        [row["STEP"] for row in g.steps] != sorted((row["STEP"] for row in g.steps), key=ORDER.index)
    ),
    "charge-standard-blank": lambda g: any(not row["FEE_STAND"] for row in g.detail["AUDIT_CHARGE"]),
    "charge-basis-blank": lambda g: any(not row["BY_LAW"] for row in g.detail["AUDIT_CHARGE"]),
    "free-with-charges": lambda g: g.item["IS_FEE_TEXT"] == "否" and bool(g.detail["AUDIT_CHARGE"]),
    "free-with-online-payment": lambda g: g.item["IS_FEE_TEXT"] == "否" and g.extend["IS_PAY_ONLINE_TEXT"] == "是",
    "promise-zero-days": lambda g: g.item["PROMISE_DAY"] == "0" and g.item["PROJECT_TYPE_TEXT"] == "承诺件",
    "promise-note-contradicts": lambda g: contradicts(g.item["PROMISE_DAY"], g.item["CRBJSXSM"]),
    "legal-note-contradicts": lambda g: contradicts(g.item["ANTICIPATE_DAY"], g.item["FDBLSXSM"]),
    "step-limit-placeholder": lambda g: any(row["TRANSACT_TIME_LIMIT"] == "按规定时限" for row in g.steps),
    "intermediary-unnamed": lambda g: any(
        not row["INTERMEDIARYSERVICES"] for row in g.detail["ZHONGJIE_SERVICE"] or ()
    ),
    "special-procedure-unnamed": lambda g: any(
        row["SHIXIAN"] and not row["SPECIALNAME"] for row in g.detail["AUDIT_SPECIAL_TIME"]
    ),
    "material-name-placeholder": lambda g: any(row["MATERIAL_NAME"] == "详见附件" for row in g.rows),
    "material-copies-absurd": lambda g: any(row["PAGE_COPYNUM"] == "99" for row in g.rows),
    "material-copies-placeholder": lambda g: any(row["PAGE_NUM"] == "若干" for row in g.rows),
    "material-issuer-contradicts": lambda g: any(
        row["SOURCE_TYPE"] == "20" and row["SOURCE_EXPLAIN"] == "由申请人自行准备" for row in g.rows
    ),
    "material-necessity-blank": lambda g: any(not row["IS_NEED"] for row in g.rows),
    "exempt-without-licence": lambda g: any(
        row["SUBMISSIONREQUIRED"] == "1" and row["ISRELATELICENSE"] == "0" and "共享" not in row["SOURCE_EXPLAIN"]
        for row in g.rows
    ),
    "absence-without-material": lambda g: (
        g.item["IS_ABSENCE_ACCEPT"] == "1" and not any(row["IS_NEED"] == "3" for row in g.rows)
    ),
    "page-other-phone": lambda g: differs(g, "page", "AUDIT_ITEM.LINK_TEL", g.item["LINK_TEL"]),
    "page-other-limit": lambda g: differs(g, "page", "AUDIT_ITEM.PROMISE_DAY", g.item["PROMISE_DAY"]),
    "page-other-place": lambda g: differs(g, "page", "AUDIT_CATALOG_LOBBY[0].ADDRESS", place(g)),
    "print-other-phone": lambda g: differs(g, "print", "AUDIT_ITEM.LINK_TEL", g.item["LINK_TEL"]),
    "print-other-limit": lambda g: differs(g, "print", "AUDIT_ITEM.PROMISE_DAY", g.item["PROMISE_DAY"]),
    "mobile-other-phone": lambda g: differs(g, "mobile", "AUDIT_ITEM.LINK_TEL", g.item["LINK_TEL"]),
    "mobile-other-limit": lambda g: differs(g, "mobile", "AUDIT_ITEM.PROMISE_DAY", g.item["PROMISE_DAY"]),
}
COUNTIES = {"441702": "江城区", "441704": "阳东区", "441721": "阳西县", "441781": "阳春市"}


def place(sight: Sight) -> str:
    return str(sight.windows[0]["ADDRESS"]) if sight.windows else ""


def differs(sight: Sight, face: str, path: str, published: str) -> bool:
    shown = sight.faces.get(face, {}).get(path)
    return shown is not None and re.sub(r"\W", "", shown) != re.sub(r"\W", "", published)
