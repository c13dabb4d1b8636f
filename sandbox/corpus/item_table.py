"""Builds AUDIT_ITEM, the main table of the detail document, out of a plan (portals.md §1.5, §5)."""

from sandbox.corpus.addresses import address_application
from sandbox.corpus.laws import make_law_row
from sandbox.corpus.phones import make_phone
from sandbox.corpus.plan import PENALTY, TYPE_TEXTS, UNIT_TEXTS, GuidePlan, Limit
from sandbox.corpus.stems import FAMILIES
from sandbox.model import Json, Origins

LEVEL_TEXTS = {"3": "市级", "4": "县级"}
PERSON = "自然人"
ORGANISATIONS = ("企业法人", "事业法人", "社会组织法人", "非法人企业")
NO_LIMIT = ("", "", "")


def name_served(plan: GuidePlan) -> str:
    """Write 服务对象 as the API does: texts joined by commas."""
    return ",".join(((PERSON,) if plan.serves_persons else ()) + (ORGANISATIONS if plan.serves_organisations else ()))


def name_ways(plan: GuidePlan) -> str:
    """Write 办理形式: 窗口 as there is a window, 网上 as there is an online address, 快递 as things can be posted."""
    ways = (("窗口办理", plan.has_window), ("网上办理", plan.facts.online), ("快递申请", plan.express))
    return ",".join(way for way, offered in ways if offered)


def split_limit(limit: Limit | None) -> tuple[str, str, str]:
    """Write a limit as (days, unit code, unit text); three blanks for none."""
    return (str(limit.days), limit.unit, UNIT_TEXTS[limit.unit]) if limit else NO_LIMIT


def explain_limit(limit: Limit | None, start: str) -> str:
    """Write the sentence that goes with a limit."""
    return f"自{start}之日起{limit.days}个{UNIT_TEXTS[limit.unit]}内办结" if limit else ""


def make_identity(plan: GuidePlan) -> Json:
    """Write names, codes, body and state."""
    stem, office = plan.entry.stem, plan.office
    return {
        "ITEM_ID": plan.item_id,
        "ROWGUID": plan.item_id,
        "CATANAME": stem.name,
        "TASK_NAME": plan.entry.name,
        "TASK_CODE": plan.task_code,
        "YW_CODE": plan.handling_code or "",
        "YW_NAME": plan.entry.name if plan.handling_code else "",
        "IS_HASYW": str(int(plan.facts.split)),
        "CATALOG_CODE": stem.basic,
        "NATION_CATALOG_CODE": "00" + stem.basic[2:],
        "NATION_TASK_CODE": plan.task_code,
        "TASK_TYPE": stem.task_type,
        "TASK_TYPE_TEXT": TYPE_TEXTS[stem.task_type],
        "SERVE_TYPE_TEXT": name_served(plan),
        "DEPT_CODE": office.org,
        "DEPT_NAME": office.name,
        "TONGYI_CODE": office.uscc,
        "DEPT_TYPE": "3" if plan.delegated else "1",
        "ENTRUST_NAME": "广东省人民政府" if plan.delegated else "",
        "USE_LEVEL": office.level,
        "USE_LEVEL_TEXT": LEVEL_TEXTS[office.level],
        "ITEMSOURCE": "上级委托" if plan.delegated else "法定本级行使",
        "AREACODE": office.area,
        "AREA_CODE_TEXT": office.area_text,
        "TASK_STATE": "1",
        "TASK_STATE_TEXT": "在用",
        "TASK_VERSION": str(plan.version),
        "VERSION_DATE": f"{plan.published} 09:00:00",
        "PUBLISHDATE": f"{plan.published} 09:00:00",
        "YEAR": plan.published[:4],
    }


def make_terms(plan: GuidePlan) -> Json:
    """Write 办件类型, limits, conditions and charges."""
    facts = plan.facts
    legal, promise = split_limit(facts.legal), split_limit(facts.promise)
    return {
        "PROJECT_TYPE": "1" if facts.instant else "2",
        "PROJECT_TYPE_TEXT": "即办件" if facts.instant else "承诺件",
        "ANTICIPATE_DAY": legal[0],
        "ANTICIPATE_TYPE": legal[1],
        "ANTICIPATE_TYPE_TEXT": legal[2],
        "FDBLSXSM": explain_limit(facts.legal, "受理"),
        "PROMISE_DAY": promise[0],
        "PROMISE_TYPE": promise[1],
        "PROMISE_TYPE_TEXT": promise[2],
        "CRBJSXSM": explain_limit(facts.promise, "受理"),
        "ACCEPT_CONDITION": plan.condition,
        "IS_FEE": str(int(facts.charged)),
        "IS_FEE_TEXT": "是" if facts.charged else "否",
        "IS_NOTIFY_PROMISE": "0",
        "IS_FAST_APPROVE": "0",
        "IS_ABSENCE_ACCEPT": "0",
    }


def write_flow(plan: GuidePlan, *, online: bool) -> str:
    """Write 网上办理流程 or 窗口办理流程 in numbered steps."""
    begin = "登录广东政务服务网，选择办理情形，填写信息并提交材料" if online else "申请人到办理窗口提交材料"
    end = f"领取{plan.entry.stem.result}" if plan.entry.stem.result else "获知办理结果"
    steps = (
        f"申请：{begin}",
        "受理：工作人员核对材料，符合条件的予以受理",
        f"审查：{plan.office.name}进行审查",
        "决定：作出决定",
        f"送达：申请人{end}",
    )
    return "；".join(f"{position}.{step}" for position, step in enumerate(steps, 1)) + "。"


def make_channels(plan: GuidePlan, origins: Origins) -> Json:
    """Write how and where to apply, in person and online."""
    online = plan.facts.online
    address = address_application(origins, plan.application.kind, plan.public_code) if online else ""
    reason = (
        ""
        if online
        else "依职权办理，不需要申请"
        if plan.entry.stem.task_type == PENALTY
        else "需核验原件，暂不具备网上办理条件"
    )
    return {
        "HANDLE_TYPE_TEXT": name_ways(plan),
        "ONLINECHECK": str(int(online)),
        "ONLINECHECK_TEXT": "是" if online else "否",
        "WBSD_LEVEL_TEXT": f"{plan.facts.depth}级",
        "UNONLINEREASONOTHER": reason,
        "WSBLLC": write_flow(plan, online=True) if online else "",
        "CKBLLC": write_flow(plan, online=False) if plan.has_window else "",
        "TRANSACT_WEB_URL": address,
        "LOGIN_URL": f"{origins.tyrz}/pscp/sso/static/" if online else "",
        "TRANSACT_APP_URL": f"{origins.yss}/guide/{plan.public_code}" if plan.on_yss else "",
        "MOBILE_APPLT_WEBSITE": "",
        "TRANSACT_ADDR": "",
        "TRANSACT_TIME": "",
        "FLOW_CHART": "",
        "XHTSDZ": "",
        "LINK_WINDOW": f"{plan.office.hall}咨询台" if plan.facts.in_hall else "",
        "TSCKADDRESS": plan.office.road,
    }


def make_contact(plan: GuidePlan) -> Json:
    """Write 咨询 and 投诉 telephones, each in its two fields."""
    enquiry, complaint = make_phone(plan.office.name, "咨询"), make_phone(plan.office.name, "投诉")
    return {"LINK_TEL": enquiry, "LINK_WAY": enquiry, "TSTEL": complaint, "SUPERVISE_WAY": complaint}


def make_scopes(plan: GuidePlan) -> list[Json]:
    """Write 跨域通办: most items name a range, about a fifth none (fill rate .79, portals.md §1.5)."""
    if int(plan.item_id[:2], 16) < 54:
        return []
    shape = "全程网办" if plan.facts.online else "异地代收代办"
    return [
        {"SCOPERANGE_TEXT": "市内", "SCOPESHAPE_TEXT": shape, "DIVISIONS": [{"DIVISION_NAME": "阳江市"}]},
    ]


def make_item_table(plan: GuidePlan, origins: Origins) -> Json:
    """Build AUDIT_ITEM."""
    scopes = make_scopes(plan)
    laws = [make_law_row(key) for key in FAMILIES[plan.office.family].laws]
    return {
        **make_identity(plan),
        **make_terms(plan),
        **make_channels(plan, origins),
        **make_contact(plan),
        "LAW": laws,
        "SCOPES": scopes,
        "NEW_SCOPES": scopes,
    }
