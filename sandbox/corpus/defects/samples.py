"""Defects of filled samples (G17): missing, not a file, no sample at all, or a real person's."""

from collections.abc import Callable
from dataclasses import replace

from sandbox.corpus.attachments import MAKERS, make_attachment
from sandbox.corpus.defects.fitness import has_materials
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.identities import make_identity_number, make_mobile_number, make_person
from sandbox.corpus.materials import LABELS
from sandbox.corpus.randomness import hexadecimal
from sandbox.corpus.spoilt_files import cut_short, rewrite
from sandbox.model import Attachment

FOREIGN_FORM = (
    "残疾人机动轮椅车燃油补贴申请表",
    "样表",
    "姓名：李某某",
    "残疾类别：肢体",
    "残疾等级：二级",
    "轮椅车型号：示例-100",
    "购车日期：2023年6月1日",
    "排量：48毫升",
    "申请补贴年度：2023年度",
    "补贴标准：每辆每年260元",
    "户籍所在地：示例市示例区示例街道",
    "现住址：示例市示例区示例街道示例社区1号",
    "填表说明：一、本表由下肢残疾人或者其监护人填写，一式两份；二、须随附残疾人证、轮椅车购车发票和本人驾驶该车的照片；",
    "三、补贴资金由残疾人联合会直接拨付到申请人账户，不发放现金；四、弄虚作假的，追回补贴并取消三年申请资格。",
    "开户银行：示例银行",
    "监护人：王某某",
    "社区意见：情况属实，同意上报",
    "镇街残联意见：同意",
)
Change = Callable[[Draft, Attachment, Attachment], Attachment]


def sample_defect(kind: str, sentence: str) -> Callable[[Change], Change]:
    """Register a function that makes a spoilt sample out of the first material's blank form and its sample."""

    def register(change: Change) -> Change:
        def spoil(draft: Draft) -> None:
            row = draft.materials[0]
            blank, sample = (draft.files[row[key][0]["ATTACHGUID"]] for key in ("FORM_GUID", "EXAMPLE_GUID"))
            guid = hexadecimal("spoilt sample", kind, draft.plan.item_id)
            row["EXAMPLE_GUID"] = draft.attach(replace(change(draft, blank, sample), guid=guid))

        defect(
            kind,
            field="示例样本",
            where="AUDIT_MATERIAL[0].EXAMPLE_GUID",
            checkpoint="G17",
            fits=has_materials,
            touches=("表格文件",),
            sentence=sentence,
        )(spoil)
        return change

    return register


def fill(draft: Draft, sample: Attachment, values: tuple[str, ...]) -> Attachment:
    """Return the sample filled with other values."""
    filled = (f"{label}：{value}" for label, value in zip(LABELS, values, strict=True))
    lines = (draft.materials[0]["MATERIAL_NAME"], "样表", *filled, draft.plan.office.name)
    return replace(sample, content=MAKERS[sample.name.rpartition(".")[2]](lines))


@sample_defect("sample-broken-link", "示例样本的链接打不开（404）")
def break_link(_draft: Draft, _blank: Attachment, sample: Attachment) -> Attachment:
    return replace(sample, status=404, content=b"")


@sample_defect("sample-empty-file", "示例样本是 0 字节的文件")
def empty_file(_draft: Draft, _blank: Attachment, sample: Attachment) -> Attachment:
    return replace(sample, content=b"")


@sample_defect("sample-damaged", "示例样本只有前三分之一，打不开")
def damage(_draft: Draft, _blank: Attachment, sample: Attachment) -> Attachment:
    return replace(sample, content=cut_short(sample.content))


@sample_defect("sample-equals-blank", "示例样本与空白表格是同一个文件")
def repeat_blank(_draft: Draft, blank: Attachment, sample: Attachment) -> Attachment:
    return replace(sample, content=blank.content)


@sample_defect("sample-same-text", "示例样本只是空白表格另存了一次，内容完全相同")
def save_again(_draft: Draft, blank: Attachment, sample: Attachment) -> Attachment:
    return replace(sample, content=rewrite(blank.content))


@sample_defect("sample-not-filled-in", "示例样本写着样表，却一项也没有填")
def leave_blank(draft: Draft, _blank: Attachment, sample: Attachment) -> Attachment:
    return fill(draft, sample, ("",) * len(LABELS))


@sample_defect("sample-not-what-it-says", "示例样本的内容与文件类型不符")
def mistype(draft: Draft, _blank: Attachment, sample: Attachment) -> Attachment:
    picture = make_attachment(name=sample.name, form="png", lines=(draft.plan.item_id,))
    return replace(sample, content=picture.content)


@sample_defect("sample-of-another-form", "示例样本是另一张表")
def swap(_draft: Draft, _blank: Attachment, sample: Attachment) -> Attachment:
    return replace(sample, content=MAKERS[sample.name.rpartition(".")[2]](FOREIGN_FORM))


@sample_defect("sample-with-identity-number", "示例样本里留着真人的身份证号码")
def leave_identity(draft: Draft, _blank: Attachment, sample: Attachment) -> Attachment:
    who = ("sample", draft.plan.item_id)
    values = (make_person(*who), make_identity_number(*who), "0662-0000000", "新办", "2023年5月8日")
    return fill(draft, sample, values)


@sample_defect("sample-with-mobile-number", "示例样本里留着真人的手机号码")
def leave_mobile(draft: Draft, _blank: Attachment, sample: Attachment) -> Attachment:
    who = ("mobile", draft.plan.item_id)
    return fill(draft, sample, (make_person(*who), "（样例）", make_mobile_number(*who), "新办", "2023年5月8日"))
