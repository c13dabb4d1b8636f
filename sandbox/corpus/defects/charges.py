"""Defects of charges (beyond the seventeen checkpoints; portals.md §5, 是否收费)."""

from sandbox.corpus.defects.fitness import is_power
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import GuidePlan

FREE_ROW = {
    "FEE_NAME": "工本费",
    "FEE_STAND": "30元/件",
    "FEE_TYPE": "1",
    "FEE_TYPE_TEXT": "行政事业性收费",
    "IS_DESC": "0",
    "IS_DESC_TEXT": "否",
    "BY_LAW": "粤发改价格函〔2018〕130号",
}


def is_charged(plan: GuidePlan) -> bool:
    """Say whether the item is charged for."""
    return plan.facts.charged


def is_free(plan: GuidePlan) -> bool:
    """Say whether an application item is free."""
    return is_power(plan) and not plan.facts.charged


@defect(
    "charge-standard-blank",
    field="收费标准",
    also=("收费项目信息", "收费项目"),
    where="AUDIT_CHARGE[].FEE_STAND",
    fits=is_charged,
    touches=("是否收费",),
    sentence="收费项目没有写收多少",
)
def spoil_standard(draft: Draft) -> None:
    draft.document["AUDIT_CHARGE"][0]["FEE_STAND"] = ""


@defect(
    "charge-basis-blank",
    field="收费依据",
    also=("收费项目信息", "收费项目"),
    where="AUDIT_CHARGE[].BY_LAW",
    fits=is_charged,
    touches=("是否收费",),
    sentence="收费项目没有写依据",
)
def spoil_basis(draft: Draft) -> None:
    draft.document["AUDIT_CHARGE"][0]["BY_LAW"] = ""


@defect(
    "free-with-charges",
    field="收费项目信息",
    also=("是否收费", "收费项目"),
    where="AUDIT_CHARGE",
    fits=is_free,
    sentence="是否收费为否，却列着收费项目",
)
def spoil_free(draft: Draft) -> None:
    draft.document["AUDIT_CHARGE"] = [{**FREE_ROW, "FEE_ORG": draft.plan.office.name}]


@defect(
    "free-with-online-payment",
    field="是否支持网上支付",
    also=("是否收费",),
    where="AUDIT_ITEM_EXTEND.IS_PAY_ONLINE_TEXT",
    fits=is_free,
    sentence="不收费的事项，写着支持网上支付",
)
def spoil_payment(draft: Draft) -> None:
    draft.extend["IS_PAY_ONLINE_TEXT"] = "是"
