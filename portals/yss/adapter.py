"""Registers 粤省事 as a portal."""

from pathlib import Path

from domain.portal import Portal
from portals.adapter import PortalAdapter, adapters
from portals.mobile_documents import MobileDocuments
from portals.unified_application import SIGN_IN_REQUEST
from portals.yss.citizen import YssCitizen

YSS = adapters.register(
    PortalAdapter(
        portal=Portal(id="yss", title="粤省事", channel="YSS", mobile=True),
        site_file=Path(__file__).with_name("site.toml"),
        documents=MobileDocuments("yss"),
        citizen=YssCitizen(),
        sign_in_requests=(SIGN_IN_REQUEST,),
        title="粤省事移动端",
        why="个人高频事项的移动端渠道；公开网络无其事项清单，只能核对申报情况。",
        source="portals.md §1.7",
    )
)
