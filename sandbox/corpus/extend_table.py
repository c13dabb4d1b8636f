"""Builds AUDIT_ITEM_EXTEND, the second table of the detail document, out of a plan (portals.md §1.5)."""

from sandbox.corpus.addresses import address_booking
from sandbox.corpus.item_table import make_scopes
from sandbox.corpus.phones import make_phone
from sandbox.corpus.plan import PENALTY, PUBLIC_SERVICE, GuidePlan
from sandbox.corpus.stems import FAMILIES
from sandbox.model import Json, Origins

YES_NO = {True: "是", False: "否"}


def judge_result(name: str) -> tuple[str, str]:
    """Name the kind of a result document as (RESULT_TYPE, text) by its name."""
    kinds = (
        (("证明", "回执", "凭证", "证明书"), ("PROOF", "证明文件")),
        (("证", "证书", "执照"), ("CERTIFICATE", "证件执照")),
        (("批复", "决定书", "意见", "意见书", "同意书"), ("APPROVAL", "批文批复")),
    )
    return next((kind for endings, kind in kinds if name.endswith(endings)), ("WORK_RESULT", "其他文件"))


def make_visits(plan: GuidePlan) -> Json:
    """Write how often one must come, and why."""
    visits = plan.facts.visits
    return {
        "LIMIT_SCENE_NUM": str(visits),
        "LIMIT_SCENE_NUM_TEXT": f"{visits}次",
        "LIMIT_SCENE_EXPLAIN": plan.visit_reason,
        "SCENE_REASON": plan.visit_reason,
    }


def make_offers(plan: GuidePlan, origins: Origins) -> Json:
    """Write booking, hall, post and payment."""
    facts = plan.facts
    return {
        "IS_SCHEDULE": str(int(facts.bookable)),
        "IS_SCHEDULE_TEXT": YES_NO[facts.bookable],
        "APPOINTMENT_URL": address_booking(origins, plan.public_code) if facts.bookable else "",
        "IS_ENTRY_CENTER_TEXT": YES_NO[facts.in_hall],
        "IS_EXPRESS_TEXT": YES_NO[plan.express],
        "IS_PAY_ONLINE_TEXT": YES_NO[facts.charged and facts.online],
        "IS_SUPPORT_ZDBL_TEXT": YES_NO[facts.nearby],
        "UNONLINEREASON": "" if facts.online else "不具备网上办理条件",
    }


def make_remedies(plan: GuidePlan) -> Json:
    """Write 复议 and 诉讼 for administrative powers; public services have none."""
    if plan.entry.stem.task_type == PUBLIC_SERVICE:
        return dict.fromkeys(("XZFYBM", "XZFYDH", "XZFYDZ", "XZSSBM", "XZSSDH", "XZSSDZ"), "")
    return {
        "XZFYBM": "阳江市人民政府行政复议办公室",
        "XZFYDH": make_phone("阳江市人民政府", "复议"),
        "XZFYDZ": "阳江市江城区东风二路60号",
        "XZSSBM": "阳江市江城区人民法院",
        "XZSSDH": make_phone("阳江市江城区人民法院", "诉讼"),
        "XZSSDZ": "阳江市江城区石湾北路88号",
    }


def make_extend_table(plan: GuidePlan, origins: Origins) -> Json:
    """Build AUDIT_ITEM_EXTEND."""
    family, stem = FAMILIES[plan.office.family], plan.entry.stem
    system = (
        "" if not plan.facts.online else "广东省统一申办受理平台" if plan.application.kind == "form" else "部门业务系统"
    )
    return {
        "ITEM_ID": plan.item_id,
        "COMMONEXPRESSION": stem.everyday,
        **make_visits(plan),
        **make_offers(plan, origins),
        "THEME_NATURAL_TYPE_TEXT": family.person_theme if plan.serves_persons else "",
        "THEME_LEGAL_TYPE_TEXT": family.organisation_theme if plan.serves_organisations else "",
        "HANDLE_AREA_TEXT": "全县" if plan.office.level == "4" and not make_scopes(plan) else "全市",
        "WSFWSD": "1,2,3,4,5,6" if plan.facts.online else "1",
        "XTMC": system,
        "RESULT_NAME": stem.result,
        "RESULT_TYPE_TEXT": judge_result(stem.result)[1] if stem.result else "",
        **make_remedies(plan),
        "SQRQL": "" if stem.task_type == PENALTY else "申请人有权了解办理进度和结果",
        "SQRYW": "" if stem.task_type == PENALTY else "申请人应当如实提交材料，并对真实性负责",
        "ZXCKADDRESS": plan.office.road,
    }
