"""Builds the whole detail document of a guide: every table of ``getAuditItemDetailCur`` (portals.md §1.4a)."""

from dataclasses import dataclass, field

from sandbox.corpus.attachments import make_attachment
from sandbox.corpus.extend_table import judge_result, make_extend_table
from sandbox.corpus.item_table import make_item_table
from sandbox.corpus.materials import NO_PAPERS, make_file_row, make_files, make_material_row
from sandbox.corpus.plan import PENALTY, PUBLIC_SERVICE, Facts, GuidePlan, Planted
from sandbox.corpus.randomness import hexadecimal, number
from sandbox.corpus.windows import make_window_rows
from sandbox.model import Attachment, Json, Origins

STEPS = (
    ("addressee", "收件", "applitAndAccept", "申请与受理", "收件凭证"),
    ("acceptance", "受理", "applitAndAccept", "申请与受理", "受理通知书"),
    ("investigate", "审查", "reviewAndDecision", "审查与决定", "审查意见"),
    ("decide", "决定", "reviewAndDecision", "审查与决定", "决定文书"),
    ("accreditation", "制证", "ConfermentAndService", "颁证与送达", "结果文书"),
    ("delivery", "送达", "ConfermentAndService", "颁证与送达", "送达回证"),
)
SUBJECTS = {"CERTIFICATE": ("10", "证照"), "APPROVAL": ("20", "批文")}


@dataclass(kw_only=True)
class Draft:
    """A guide being written: its document, list record and files, which defects may still spoil."""

    plan: GuidePlan
    facts: Facts
    document: Json
    record: Json = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    origins: Origins
    defects: list[Planted] = field(default_factory=list)
    near_misses: list[tuple[str, str]] = field(default_factory=list)  # (kind, why it is no defect)
    touched: set[str] = field(default_factory=set)  # fields that are spoken for
    faces: dict[str, dict[str, str]] = field(default_factory=dict)  # face → path → what it shows instead

    @property
    def item(self) -> Json:
        """AUDIT_ITEM."""
        table: Json = self.document["AUDIT_ITEM"]
        return table

    @property
    def extend(self) -> Json:
        """AUDIT_ITEM_EXTEND."""
        table: Json = self.document["AUDIT_ITEM_EXTEND"]
        return table

    @property
    def materials(self) -> list[Json]:
        """AUDIT_MATERIAL."""
        rows: list[Json] = self.document["AUDIT_MATERIAL"]
        return rows

    @property
    def windows(self) -> list[Json]:
        """AUDIT_CATALOG_LOBBY."""
        rows: list[Json] = self.document["AUDIT_CATALOG_LOBBY"]
        return rows

    def attach(self, file: Attachment) -> list[Json]:
        """Put a file on the static host and return the list that links it."""
        self.files[file.guid] = file
        return [make_file_row(file, self.origins)]


def make_step_rows(plan: GuidePlan) -> list[Json]:
    """Write AUDIT_ITEM_FLOWSHEET; the limits of the steps add up to the promised days or less."""
    promise = plan.facts.promise
    if promise is None or plan.entry.stem.task_type == PENALTY:
        return []
    steps = [step for step in STEPS if plan.entry.stem.result or step[0] != "accreditation"]
    share = promise.days * 10 // len(steps) / 10
    return [
        {
            "STEP": code,
            "STEP_TEXT": text,
            "UNTI_LINK": unit,
            "UNTI_LINK_TEXT": unit_text,
            "TRANSACTOR": f"{plan.office.name}经办人",
            "TRANSACT_TIME_LIMIT": f"{share:g}个工作日",
            "TRANSACT_RESULT": result,
            "CHECK_STANDARD": "材料齐全、符合法定形式",
            "TRANSPORT_TYPE": ("窗口领取,快递" if plan.express else "窗口领取") if code == "delivery" else "",
        }
        for code, text, unit, unit_text, result in steps
    ]


def make_result_rows(draft: Draft) -> list[Json]:
    """Write AUDIT_ITEM_RESULT with a sample of the result document."""
    name = draft.plan.entry.stem.result
    if not name:
        return []
    kind, text = judge_result(name)
    subject, subject_text = SUBJECTS.get(kind, ("30", "其他"))
    sample = make_attachment(name=f"{name}（样本）", form="png", lines=(name, "样本"))
    return [
        {
            "NAME": name,
            "RESULT_TYPE": kind,
            "RESULT_TYPE_TEXT": text,
            "SUBJECT_RESULT_TYPE": subject,
            "SUBJECT_RESULT_TYPE_TEXT": subject_text,
            "RESULT_SAMPLE": draft.attach(sample),
            "RESULT_BLANK": [],
            "CARD_VALIDDATE": "五年" if kind == "CERTIFICATE" else "",
        }
    ]


def make_charge_rows(plan: GuidePlan) -> list[Json]:
    """Write AUDIT_CHARGE for items that are charged for."""
    if not plan.facts.charged:
        return []
    amount = 10 * (number(20, "fee", plan.entry.stem.name) + 1)
    return [
        {
            "FEE_NAME": f"{plan.entry.stem.result or plan.entry.stem.name}工本费",
            "FEE_STAND": f"{amount}元/件",
            "FEE_TYPE": "1",
            "FEE_TYPE_TEXT": "行政事业性收费",
            "IS_DESC": "0",
            "IS_DESC_TEXT": "否",
            "BY_LAW": f"粤发改价格函〔2018〕{amount + 100}号",
            "FEE_ORG": plan.office.name,
        }
    ]


def make_question_rows(plan: GuidePlan) -> list[Json]:
    """Write AUDIT_QA: permits always have one, a third of the others too."""
    if plan.entry.stem.task_type != "01" and int(plan.item_id[2:4], 16) > 85:
        return []
    return [
        {
            "QAID": hexadecimal("question", plan.item_id),
            "ORDERNUM": "1",
            "QUESTION": f"{plan.entry.stem.name}可以委托他人办理吗？",
            "ANSWER": "可以。委托办理的，应当出示委托人签署的授权委托书和双方身份证件。",
        }
    ]


def make_special_rows(plan: GuidePlan) -> list[Json]:
    """Write AUDIT_SPECIAL_TIME: the portal always gives one row, mostly blank."""
    days = plan.special_days
    return [
        {
            "ITEMGUID": plan.item_id,
            "SPECIALNAME": "专家评审" if days else "",
            "TYPE": "2" if days else "",
            "SHIXIAN": str(days) if days else "",
            "SX": str(days) if days else "",
            "SXDW": "G" if days else "",
            "SXDW_TEXT": "工作日" if days else "",
        }
    ]


def make_intermediary_rows(plan: GuidePlan) -> list[Json] | None:
    """Write ZHONGJIE_SERVICE; the portal answers null for items without an intermediary."""
    if not plan.intermediary:
        return None
    code = f"44{number(10**6, 'intermediary', plan.intermediary):06d}"
    return [{"INTERMEDIARYSERVICES": plan.intermediary, "INTERMEDIARYSERVICESCODE": code, "JOINT": ""}]


def make_material_rows(draft: Draft) -> list[Json]:
    """Write AUDIT_MATERIAL and put its files on the static host."""
    plan = draft.plan
    rows = [make_material_row(paper, order, plan.item_id) for order, paper in enumerate(plan.papers, 1)]
    for row, paper in zip(rows, plan.papers, strict=True):
        if paper.form:
            blank, sample = make_files(paper, plan.office.name)
            row["FORM_GUID"], row["EXAMPLE_GUID"] = draft.attach(blank), draft.attach(sample)
    return [{"ORDERNUM": "1", "MATERIAL_NAME": NO_PAPERS}] if plan.says_no_papers else rows


def make_draft(plan: GuidePlan, origins: Origins) -> Draft:
    """Write the clean document of a plan."""
    draft = Draft(plan=plan, facts=plan.facts, document={}, origins=origins)
    others = [{"YW_CODE": code, "YW_NAME": name} for code, name in plan.siblings]
    draft.document = {
        "AUDIT_ITEM": make_item_table(plan, origins),
        "AUDIT_ITEM_EXTEND": make_extend_table(plan, origins),
        "AUDIT_MATERIAL": make_material_rows(draft),
        "AUDIT_CATALOG_LOBBY": make_window_rows(plan),
        "AUDIT_ITEM_FLOWSHEET": make_step_rows(plan),
        "AUDIT_ITEM_RESULT": make_result_rows(draft),
        "AUDIT_CHARGE": make_charge_rows(plan),
        "AUDIT_QA": make_question_rows(plan),
        "OTHER_GUIDES": others or None,
        "ZHONGJIE_SERVICE": make_intermediary_rows(plan),
        "AUDIT_SPECIAL_TIME": make_special_rows(plan),
    }
    draft.record = make_record(draft)
    note_public_service(draft)
    return draft


def make_record(draft: Draft) -> Json:
    """Write the guide's element of AUDIT_ITEMLIST (keys as in portals.md §1.4)."""
    plan, item = draft.plan, draft.item
    stem = plan.entry.stem
    return {
        "ITEM_ID": plan.item_id,
        "TASK_CODE": plan.public_code,
        "ORGCODE": plan.office.org,
        "TASK_TYPE": item["TASK_TYPE"],
        "TASK_TYPE_TEXT": item["TASK_TYPE_TEXT"],
        "LIMIT_SCENE_NUM": draft.extend["LIMIT_SCENE_NUM"],
        "TASK_STATE": "1",
        "CATANAME": stem.name,
        "CATAID": stem.basic,
        "parentCatalogId": f"{stem.basic[:-1]}Y",
        "parentCatalogName": stem.name,
        "subCatalogName": stem.name,
        "subTaskName": plan.entry.variant or None,
        "TASK_NAME": plan.entry.name,
        "DEPT_NAME": plan.office.name,
        "AREA_CODE_TEXT": plan.office.area_text,
        "AREACODE": plan.office.area,
        "URL": item["TRANSACT_WEB_URL"] or None,
        "ONLINECHECK": item["ONLINECHECK"],
        "TASK_TAG": None,
        "TASK_VERSION": item["TASK_VERSION"],
        "VERSION_DATE": item["VERSION_DATE"],
    }


def note_public_service(draft: Draft) -> None:
    """Record what a public service may lack without fault (portals.md §0 item 7)."""
    plan = draft.plan
    if plan.entry.stem.task_type != PUBLIC_SERVICE:
        return
    lacks = (
        ("public-service-without-limits", plan.facts.promise is None, "公共服务可以没有办结时限"),
        ("public-service-without-materials", not plan.papers, "公共服务可以不要求材料"),
        ("public-service-without-conditions", not plan.condition, "公共服务可以没有受理条件"),
    )
    draft.near_misses += [(kind, why) for kind, lacking, why in lacks if lacking]
