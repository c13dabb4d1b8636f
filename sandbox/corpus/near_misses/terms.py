"""Limits, codes, charges and materials that look contradictory and agree."""

from dataclasses import replace

from sandbox.corpus.defects.fitness import has_materials, is_power
from sandbox.corpus.defects.identity import recode
from sandbox.corpus.document import Draft
from sandbox.corpus.near_misses.registry import near_miss
from sandbox.corpus.plan import PUBLIC_SERVICE, GuidePlan, Limit

LIMITS = ("法定办结时限", "承诺办结时限", "办件类型")


def has_both(plan: GuidePlan) -> bool:
    """Say whether an application item that promises more than a day states both limits."""
    return is_power(plan) and plan.facts.legal is not None and (plan.facts.promise or Limit(days=0)).days > 1


def may_lack_legal(plan: GuidePlan) -> bool:
    """Say whether the item's kind may have no legal limit: other powers and public services."""
    return plan.entry.stem.task_type in ("20", PUBLIC_SERVICE) and plan.facts.legal is not None


@near_miss(
    "legal-limit-none-reasoned",
    "没有法定时限，并说明了理由",
    *LIMITS,
    fits=may_lack_legal,
    standard=True,
    claim=lambda facts: replace(facts, legal=None),
)
def write_legal_none(draft: Draft) -> None:
    draft.item.update(dict.fromkeys(("ANTICIPATE_DAY", "ANTICIPATE_TYPE", "ANTICIPATE_TYPE_TEXT"), ""))
    draft.item["FDBLSXSM"] = "无法定办结时限：现行法律法规未对本事项规定办结时限"


@near_miss(
    "mixed-limit-units",
    "法定时限以自然日计，承诺时限以工作日计",
    *LIMITS,
    fits=has_both,
    standard=True,
    claim=lambda facts: replace(facts, legal=Limit(days=90, unit="Z")),
)
def write_mixed_units(draft: Draft) -> None:
    draft.item.update({"ANTICIPATE_DAY": "90", "ANTICIPATE_TYPE": "Z", "ANTICIPATE_TYPE_TEXT": "自然日"})
    draft.item["FDBLSXSM"] = "自受理之日起90个自然日内办结"


@near_miss(
    "equal-limits",
    "承诺时限等于法定时限",
    *LIMITS,
    "办理环节",
    fits=has_both,
    claim=lambda facts: replace(facts, promise=facts.legal),
)
def write_equal_limits(draft: Draft) -> None:
    days = draft.item["ANTICIPATE_DAY"]
    draft.item.update({"PROMISE_DAY": days, "CRBJSXSM": f"自受理之日起{days}个工作日内办结"})


@near_miss(
    "instant-on-the-spot", "即办件的说明写“当场办结”", *LIMITS, fits=lambda plan: is_power(plan) and plan.facts.instant
)
def write_on_the_spot(draft: Draft) -> None:
    draft.item["CRBJSXSM"] = "材料齐全的，当场办结"


@near_miss(
    "temporary-code", "TE 开头的临时代码没有校验位", "编码", "实施编码", fits=lambda plan: plan.office.level == "4"
)
def write_temporary_code(draft: Draft) -> None:
    temporary = f"TE{draft.plan.office.area}{draft.plan.office.org[:8]}99"
    recode(draft, temporary + draft.item["TASK_CODE"][18:])
    draft.item["TONGYI_CODE"] = temporary


@near_miss("intermediary-none-said", "中介服务明写“无”", "中介服务", fits=lambda plan: not plan.intermediary)
def write_no_intermediary(draft: Draft) -> None:
    draft.document["ZHONGJIE_SERVICE"] = [{"INTERMEDIARYSERVICES": "无", "INTERMEDIARYSERVICESCODE": "", "JOINT": ""}]


@near_miss("steps-use-whole-promise", "各环节时限之和恰好等于承诺时限", "办理环节", "承诺办结时限", fits=has_both)
def write_full_steps(draft: Draft) -> None:
    rows = draft.document["AUDIT_ITEM_FLOWSHEET"]
    for row in rows:
        row["TRANSACT_TIME_LIMIT"] = "0个工作日"
    rows[2]["TRANSACT_TIME_LIMIT"] = f"{draft.item['PROMISE_DAY']}个工作日"


@near_miss("electronic-material-zero-copies", "电子材料不需要份数", "份数", "材料二", fits=has_materials)
def write_electronic(draft: Draft) -> None:
    row = draft.materials[1]
    row |= {"ZZHDZB": "2", "ZZHDZB_TEXT": "电子化", "PAGE_NUM": "0", "PAGE_COPYNUM": "0", "PAGE_FORMAT": "电子文件"}


def has_issued(plan: GuidePlan) -> bool:
    """Say whether a material is issued by government."""
    return any(paper.source == "20" for paper in plan.papers)


@near_miss("exempt-material-zero-copies", "免提交的材料不需要份数", "份数", "材料二", fits=has_issued)
def write_exempt(draft: Draft) -> None:
    row = next(row for row in draft.materials if row["SOURCE_TYPE"] == "20")
    row |= {"SUBMISSIONREQUIRED": "1", "ISRELATELICENSE": "1", "ISRELATELICENSE_TEXT": "是"}
    row |= {"PAGE_NUM": "0", "PAGE_COPYNUM": "0"}


@near_miss("exempt-by-shared-data", "免提交，数据来自共享平台而不是电子证照", "是否免提交", "材料二", fits=has_issued)
def write_shared_data(draft: Draft) -> None:
    row = next(row for row in draft.materials if row["SOURCE_TYPE"] == "20")
    row |= {"SUBMISSIONREQUIRED": "1", "ISRELATELICENSE": "0", "ISRELATELICENSE_TEXT": "否"}
    row["SOURCE_EXPLAIN"] = f"{row['SOURCE_EXPLAIN']}（通过省政务大数据中心共享获取，申请人免提交）"


@near_miss("absence-with-material", "容缺受理，并标明了可以后补的材料", "材料必要性", "材料二", fits=has_materials)
def write_absence(draft: Draft) -> None:
    draft.item["IS_ABSENCE_ACCEPT"] = "1"
    draft.materials[1] |= {"IS_NEED": "3", "IS_NEED_TEXT": "容缺后补"}


@near_miss("many-copies", "确需六份原件的图纸", "份数", "材料二", fits=has_materials)
def write_many(draft: Draft) -> None:
    draft.materials[0]["PAGE_NUM"] = "6"


@near_miss(
    "other-in-material-name",
    "材料名称里有“其他”，但写明了是什么",
    "材料名称",
    "材料二",
    fits=has_materials,
    standard=True,
)
def write_other(draft: Draft) -> None:
    draft.materials[1]["MATERIAL_NAME"] = "其他共有人同意处分的公证书"
