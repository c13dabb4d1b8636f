"""Maintenance notices as portals word them: an announced pause excuses while it lasts, and no longer."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.failure import FailureReason, reason_on_page
from domain.maintenance import PORTAL_TIME, MaintenanceWindow, announces_pause, in_window

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=PORTAL_TIME)


@pytest.mark.parametrize(
    "notice",
    [
        "系统维护公告：2026年11月23日14:00至2026年11月23日18:00暂停服务，敬请谅解。",
        "因系统升级维护，11月23日12时—18时暂停办理业务。",
        "系统将于2026-11-23 08:00 至 2026-11-24 08:00 进行升级维护。",
        "系统维护：2026年11月20日至25日，期间暂停网上办理。",
        "平台升级 2026/11/23（周一）下午2:00～18:30",
        "系统升级：自2026年11月22日起暂停服务。",
        "平台迁移，2026年11月21日0时至11月25日24时停止服务",
    ],
)
def test_a_notice_whose_time_has_come_excuses(notice: str) -> None:
    assert announces_pause(notice, NOW)
    assert reason_on_page(notice, NOW) is FailureReason.MAINTENANCE


@pytest.mark.parametrize(
    "notice",
    [
        "系统维护中，请稍后再试。",
        "系统维护公告：2020年1月3日22:00至1月4日6:00。",
        "系统维护时间：2026年11月23日22:00-24:00，请稍后再试。",
        "系统维护，热线0662-12345，请稍后再试。",
        "系统维护：2026年13月45日14:00至18:00",
    ],
)
def test_no_time_or_another_time_excuses_nothing(notice: str) -> None:
    assert not announces_pause(notice, NOW)
    assert reason_on_page(notice, NOW) is not FailureReason.MAINTENANCE


def test_a_date_on_an_ordinary_page_is_no_notice() -> None:
    assert not announces_pause("开业登记 办理时间：2026年11月23日14:00至18:00 阳江市市场监督管理局", NOW)


def test_an_announced_window_covers_its_portal_and_two_hours_more() -> None:
    window = MaintenanceWindow(portal="gdzwfw", start=NOW, end=NOW + timedelta(hours=1), source="公告")
    assert in_window((window,), "gdzwfw", NOW + timedelta(hours=2, minutes=59)) is window
    assert in_window((window,), "gdzwfw", NOW + timedelta(hours=4)) is None
    assert in_window((window,), "yss", NOW) is None
    assert window.covers("gdzwfw", NOW.astimezone(UTC))
