"""Files that look spoilt and serve the citizen well."""

from collections.abc import Callable
from dataclasses import replace

from sandbox.corpus.archives import pack_files
from sandbox.corpus.attachments import MAKERS, MEDIA_TYPES, make_attachment
from sandbox.corpus.defects.faces import has_full_page, is_printable, show_phone
from sandbox.corpus.defects.files import list_lines
from sandbox.corpus.defects.fitness import has_form_of, has_materials
from sandbox.corpus.defects.samples import fill
from sandbox.corpus.document import Draft
from sandbox.corpus.locked_pdf import lock_pdf
from sandbox.corpus.near_misses.registry import near_miss
from sandbox.corpus.randomness import hexadecimal
from sandbox.model import Attachment

FILES = ("表格文件",)
BLANK, SAMPLE = "FORM_GUID", "EXAMPLE_GUID"


def change(draft: Draft, field: str, make: Callable[[Attachment], Attachment]) -> None:
    """Put another file in place of the first material's blank form or sample."""
    row = draft.materials[0]
    old = draft.files[row[field][0]["ATTACHGUID"]]
    row[field] = draft.attach(replace(make(old), guid=hexadecimal("odd file", field, draft.plan.item_id)))


@near_miss("sample-is-other-file-type", "样表是填好的表格的照片", *FILES, fits=has_materials)
def swap_sample(draft: Draft) -> None:
    row = draft.materials[0]
    picture = make_attachment(name=f"{row['MATERIAL_NAME']}（样表）", form="png", lines=(draft.plan.item_id, "样表"))
    row[SAMPLE] = draft.attach(picture)


@near_miss("form-with-owner-password", "PDF 只限制修改，打开不要密码", *FILES, fits=has_form_of("pdf"))
def guard(draft: Draft) -> None:
    content = lock_pdf(list_lines(draft), user=b"", owner=b"office")
    change(draft, BLANK, lambda file: replace(file, content=content))


@near_miss("form-in-archive", "压缩包里是同一份表格的两种格式", *FILES, fits=has_materials)
def pack(draft: Draft) -> None:
    lines = list_lines(draft)
    packed = pack_files({f"{lines[0]}.{form}": MAKERS[form](lines) for form in ("docx", "pdf")})
    change(
        draft,
        BLANK,
        lambda file: replace(file, content=packed, name=f"{lines[0]}.zip", media_type=MEDIA_TYPES["zip"]),
    )


@near_miss("form-with-upper-case-ending", "扩展名是大写", *FILES, fits=has_materials)
def shout(draft: Draft) -> None:
    def make(file: Attachment) -> Attachment:
        stem, _, ending = file.name.rpartition(".")
        return replace(file, name=f"{stem}.{ending.upper()}")

    change(draft, BLANK, make)


@near_miss("form-as-octet-stream", "服务器不说明文件类型", *FILES, fits=has_materials)
def stay_silent(draft: Draft) -> None:
    change(draft, BLANK, lambda file: replace(file, media_type="application/octet-stream"))


@near_miss("sample-with-dummy-numbers", "样表里的号码是公开的示例号码", *FILES, fits=has_materials)
def fill_in_dummies(draft: Draft) -> None:
    values = ("张三", "44170019900101XXXX", "13800138000", "新办", "XXXX年X月X日")
    change(draft, SAMPLE, lambda file: fill(draft, file, values))


@near_miss("sample-with-office-phone", "样表里留的是单位电话", *FILES, fits=has_materials)
def fill_in_office(draft: Draft) -> None:
    values = ("示例公司", draft.plan.office.uscc, draft.item["LINK_TEL"], "新办", "2024年3月1日")
    change(draft, SAMPLE, lambda file: fill(draft, file, values))


@near_miss("one-name-for-both-files", "空白表和样表文件名相同，内容不同", *FILES, fits=has_materials)
def name_alike(draft: Draft) -> None:
    row = draft.materials[0]
    name = row[BLANK][0]["ATTACHNAME"]
    change(draft, SAMPLE, lambda file: replace(file, name=name))


@near_miss(
    "page-writes-phone-otherwise", "网页上的电话只是写法不同", "电话", "咨询电话", "所见page", fits=has_full_page
)
def write_page(draft: Draft) -> None:
    path, phone, _ = show_phone(draft)
    draft.faces["page"] = {path: f"（{phone[:4]}）{phone[5:]}"}


@near_miss(
    "print-writes-phone-otherwise", "打印件上的电话只是写法不同", "电话", "咨询电话", "所见print", fits=is_printable
)
def write_print(draft: Draft) -> None:
    path, phone, _ = show_phone(draft)
    draft.faces["print"] = {path: phone.replace("-", "－")}
