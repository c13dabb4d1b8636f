"""Where an item is handled, as its guide tells it: in a hall, at a window for everything, nearby, across regions.

Only fields whose names on the portal are known are read (portals.md §1.5): AUDIT_CATALOG_LOBBY, IS_SUPPORT_ZDBL,
USE_LEVEL, NEW_SCOPES and HANDLE_AREA. What none of them shows stays ``None``.
"""

import re

from domain.guide import Guide, Window
from domain.guide_fields import FieldName

HALL = re.compile(r"(?:政务|行政|便民|公共|市民|审批|办税|企业)\w{0,6}(?:中心|大厅)|办事大厅|服务大厅")
COMPREHENSIVE = re.compile(
    r"综合(?:受理|服务|办事|业务|办理|收件)(?!中心)\w{0,5}窗|综合\d{0,3}号?窗|综窗|一窗(?:受理|通办|通取|办理|综合)"
)
"""Not every window of a body or hall that has 综合 in its name: 综合执法局办事窗口, 综合服务中心3号窗口."""
NEARBY = re.compile(
    r"(?:镇|乡|街道?|村|社区)\w{0,8}(?:服务(?:中心|站|点|厅|大厅)|代办点)|村委会|居委会|银行|自助(?:终端|服务|办理)|粤智助|便民服务(?:站|点)"
)
TOWN_LEVELS = re.compile(r"^(?:[56]|镇|乡|街道|村|社区)")
ACROSS = re.compile(r"跨省|全国|跨境|省内|全省|跨市|市内|全市|市域")
YES = frozenset({"是", "支持", "1"})
NO = frozenset({"否", "不支持", "0"})


def texts_of(window: Window) -> str:
    """Return what a window says about itself."""
    return f"{window.name} {window.address}"


def stands_in_hall(guide: Guide) -> bool | None:
    """Say whether a window with a name stands in a hall that the guide names."""
    if guide.windows is None:
        return None
    return any(bool(window.name) and HALL.search(texts_of(window)) for window in guide.windows)


def names_comprehensive_window(guide: Guide) -> bool | None:
    """Say whether the guide names a window that takes in every kind of business."""
    if guide.windows is None:
        return None
    return any(COMPREHENSIVE.search(texts_of(window)) for window in guide.windows)


def serves_nearby(guide: Guide) -> bool | None:
    """Say whether the guide lists a town, village, bank or self-service point.

    One sign settles it; "no" needs windows that are shown and a guide that speaks about self-service.
    """
    machine = guide.text(FieldName.SELF_SERVICE)
    if machine in YES or TOWN_LEVELS.match(guide.text(FieldName.LEVEL)):
        return True
    if guide.windows is None:
        return None
    if any(NEARBY.search(texts_of(window)) for window in guide.windows):
        return True
    return False if machine in NO else None


def serves_across_regions(guide: Guide) -> bool | None:
    """Say whether the item is published for 跨省、跨市 or 全市通办, by its block 跨域通办 where there is one."""
    if guide.ranges is not None:
        return any(ACROSS.search(scope.range) for scope in guide.ranges)
    if guide.measures(FieldName.RANGE):
        return bool(ACROSS.search(guide.text(FieldName.RANGE)))
    return None
