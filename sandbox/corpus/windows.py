"""Where and when an item is handled: rows of AUDIT_CATALOG_LOBBY, which holds address and hours (portals.md §1.5)."""

from sandbox.corpus.phones import make_phone
from sandbox.corpus.plan import GuidePlan
from sandbox.corpus.randomness import hexadecimal, number
from sandbox.model import Json

HOURS = "星期一至星期五（法定节假日除外）上午8:30-12:00，下午14:30-17:30"
BUSES = "可乘坐2路、11路公交车到政务服务中心站下车"


def make_window_row(plan: GuidePlan) -> Json:
    """Write the window of an item: in the hall of the region, or in the office's own premises."""
    office = plan.office
    window = number(40, "window", office.name) + 1
    in_hall = plan.facts.in_hall
    room = f"一楼综合受理{window}号窗口" if in_hall else f"{window % 9 + 1}楼{window % 9 + 1}{window:02d}室"
    return {
        "ROWGUID": hexadecimal("window", plan.item_id),
        "DEPT_CODE": office.org,
        "DIVISION_CODE": office.area,
        "NAME": f"{office.hall}综合受理{window}号窗口" if in_hall else f"{office.name}办事窗口",
        "ADDRESS": f"{office.road}{office.hall if in_hall else ''}{room}",
        "TIME": HOURS,
        "TEL": make_phone(office.name, "窗口"),
        "TIME_DELAY_BUS": BUSES,
        "ORG_NAME": office.name,
        "WINDOW_CODE": f"{window:03d}",
        "WINDOWTYPE": "1",
    }


def make_window_rows(plan: GuidePlan) -> list[Json]:
    """Write all windows of an item; none when it needs no visit and has no counter."""
    return [make_window_row(plan)] if plan.has_window else []
