"""事项类型 by Guangdong's own table, which differs from the national one at 20 and 21 (portals.md §3.2)."""

GUANGDONG_ITEM_TYPES: dict[str, str] = {
    "01": "行政许可",
    "02": "行政处罚",
    "03": "行政强制",
    "04": "行政征收",
    "05": "行政给付",
    "06": "行政检查",
    "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决",
    "10": "其他行政权力",
    "20": "其他行政权力",
    "21": "公共服务",
}
PERMIT = "01"
PUBLIC_SERVICE = "21"
APPLICATION_TYPES = frozenset({"01", "05", "07", "08", "09", "10", "20"})
"""依申请: power items that start with a citizen's application."""


def is_application(code: str) -> bool:
    """Say whether items of this type are 依申请政务服务事项."""
    return code in APPLICATION_TYPES


def is_power(code: str) -> bool:
    """Say whether items of this type are administrative powers (行政权力), whoever begins them."""
    return code in GUANGDONG_ITEM_TYPES and code != PUBLIC_SERVICE


def is_public_service(code: str) -> bool:
    """Say whether items of this type are 公共服务事项."""
    return code == PUBLIC_SERVICE
