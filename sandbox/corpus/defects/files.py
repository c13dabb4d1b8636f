"""Defects of the files behind blank forms (G16): what a citizen gets who presses download."""

from collections.abc import Callable
from dataclasses import replace

from sandbox.corpus.archives import lock_zip, make_bomb, make_path_tricks
from sandbox.corpus.attachments import MAKERS, MEDIA_TYPES
from sandbox.corpus.defects.fitness import Fits, has_form_of, has_materials
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.locked_docx import lock_docx
from sandbox.corpus.locked_pdf import lock_pdf
from sandbox.corpus.randomness import hexadecimal, number
from sandbox.corpus.spoilt_files import NOT_FOUND_PAGE, cut_short
from sandbox.model import Attachment

PASSWORD = b"yj0662"
OTHER_FORM = {"docx": "pdf", "xlsx": "docx", "pdf": "docx"}
SHARED_FORMS = 2  # forms that never end are shared by many guides, as an office's general form is
Change = Callable[[Draft, Attachment], Attachment]


def blank_defect(kind: str, sentence: str, *, fits: Fits = has_materials) -> Callable[[Change], Change]:
    """Register a function that makes a spoilt file out of the first material's blank form."""

    def register(change: Change) -> Change:
        def spoil(draft: Draft) -> None:
            row = draft.materials[0]
            file = change(draft, draft.files[row["FORM_GUID"][0]["ATTACHGUID"]])
            row["FORM_GUID"] = draft.attach(file)

        defect(
            kind,
            field="空白表格",
            where="AUDIT_MATERIAL[0].FORM_GUID",
            checkpoint="G16",
            fits=fits,
            touches=("表格文件",),
            sentence=sentence,
        )(spoil)
        return change

    return register


def renew(draft: Draft, file: Attachment, content: bytes, suffix: str = "") -> Attachment:
    """Return the file with other bytes under a guid of its own, renamed where a suffix is given."""
    guid = hexadecimal("spoilt form", file.name, draft.plan.item_id)
    if not suffix:
        return replace(file, guid=guid, content=content)
    name = f"{file.name.rpartition('.')[0]}.{suffix}"
    return replace(file, guid=guid, content=content, name=name, media_type=MEDIA_TYPES[suffix])


def list_lines(draft: Draft) -> tuple[str, ...]:
    """List what a form of this guide says, for files that are made anew."""
    name = draft.materials[0]["MATERIAL_NAME"]
    return (name, "申请人：", "证件号码：", "联系电话：", "申请事项：", "日期：", draft.plan.office.name)


@blank_defect("blank-form-broken-link", "空白表格的链接打不开（404）")
def break_link(draft: Draft, file: Attachment) -> Attachment:
    return replace(renew(draft, file, b""), status=404)


@blank_defect("blank-form-server-error", "下载空白表格时服务器出错（500）")
def break_server(draft: Draft, file: Attachment) -> Attachment:
    return replace(renew(draft, file, b""), status=500)


@blank_defect("blank-form-empty-file", "空白表格是 0 字节的文件")
def empty_file(draft: Draft, file: Attachment) -> Attachment:
    return renew(draft, file, b"")


@blank_defect("blank-form-html-page", "下载空白表格得到的是一张写着文件不存在的网页，状态却是 200")
def send_page(draft: Draft, file: Attachment) -> Attachment:
    return replace(renew(draft, file, NOT_FOUND_PAGE), media_type="text/html; charset=utf-8")


@blank_defect("blank-form-wrong-type", "空白表格的内容与文件名所说的类型不符")
def mistype(draft: Draft, file: Attachment) -> Attachment:
    form = file.name.rpartition(".")[2]
    return renew(draft, file, MAKERS[OTHER_FORM[form]](list_lines(draft)))


@blank_defect("blank-form-damaged", "空白表格上传时中断，文件只有前三分之一，打不开")
def damage(draft: Draft, file: Attachment) -> Attachment:
    return renew(draft, file, cut_short(file.content))


@blank_defect("blank-form-nothing-inside", "空白表格打开是一张白纸")
def blank_out(draft: Draft, file: Attachment) -> Attachment:
    return renew(draft, file, MAKERS[file.name.rpartition(".")[2]](()))


@blank_defect("blank-form-locked-pdf", "空白表格（PDF）要密码才能打开", fits=has_form_of("pdf"))
def lock_as_pdf(draft: Draft, file: Attachment) -> Attachment:
    return renew(draft, file, lock_pdf(list_lines(draft), user=PASSWORD, owner=b"office"))


@blank_defect("blank-form-locked-docx", "空白表格（Word）要密码才能打开", fits=has_form_of("docx"))
def lock_as_docx(draft: Draft, file: Attachment) -> Attachment:
    return renew(draft, file, lock_docx(file.content))


@blank_defect("blank-form-locked-zip", "空白表格打在压缩包里，解压要密码")
def lock_as_zip(draft: Draft, file: Attachment) -> Attachment:
    return renew(draft, file, lock_zip(file.name, file.content, PASSWORD), "zip")


@blank_defect("blank-form-zip-bomb", "空白表格是展开后有 1 GiB 的压缩包")
def bomb(draft: Draft, file: Attachment) -> Attachment:
    return renew(draft, file, make_bomb(), "zip")


@blank_defect("blank-form-path-tricks", "空白表格的压缩包里有越出目录的路径")
def trick(draft: Draft, file: Attachment) -> Attachment:
    return renew(draft, file, make_path_tricks(), "zip")


def share(draft: Draft, file: Attachment, behaviour: str) -> Attachment:
    """Return one of the few shared files of a behaviour."""
    which = number(SHARED_FORMS, behaviour, draft.plan.item_id)
    guid, form = hexadecimal("shared form", behaviour, str(which)), "docx"
    shared = replace(file, guid=guid, name=f"通用申请表{which + 1}.{form}", media_type=MEDIA_TYPES[form])
    return replace(shared, content=b"", behaviour=behaviour)  # type: ignore[arg-type]  # the callers name three only


@blank_defect("blank-form-huge", "空白表格有 2 GiB")
def send_huge(draft: Draft, file: Attachment) -> Attachment:
    return share(draft, file, "huge")


@blank_defect("blank-form-endless", "空白表格下载没有尽头")
def send_endless(draft: Draft, file: Attachment) -> Attachment:
    return share(draft, file, "endless")


@blank_defect("blank-form-drip", "空白表格每秒只来一个字节，等不到头")
def send_drip(draft: Draft, file: Attachment) -> Attachment:
    return share(draft, file, "drip")
