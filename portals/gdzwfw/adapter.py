"""Registers 广东政务服务网 as a portal."""

from pathlib import Path

from domain.portal import Portal
from portals.adapter import PortalAdapter, ReadOnlyRequest, adapters
from portals.gdzwfw.citizen import GdzwfwCitizen
from portals.gdzwfw.documents import FORM, GdzwfwDocuments
from portals.unified_application import SIGN_IN_REQUEST

SITE_FILE = Path(__file__).with_name("site.toml")

GDZWFW = adapters.register(
    PortalAdapter(
        portal=Portal(id="gdzwfw", title="广东政务服务网", channel="ZWFW"),
        site_file=SITE_FILE,
        documents=GdzwfwDocuments(),
        citizen=GdzwfwCitizen(),
        read_only=(
            ReadOnlyRequest(
                method="POST",
                role="www",
                path="/portal/api/v2/node/gdbsNav/current",
                media_type=FORM,
                body_bytes_max=64,
            ),
            ReadOnlyRequest(
                method="POST",
                role="www",
                path="/portal/api/v2/solr/getCommonAuditItem",
                media_type="application/json",
                body_bytes_max=1024,
            ),
            ReadOnlyRequest(
                method="POST",
                role="www",
                path="/znkf/api/chat",
                media_type="application/json",
                body_bytes_max=2048,
            ),
        ),
        sign_in_requests=(SIGN_IN_REQUEST,),
        title="广东政务服务网（全省一体化政务服务平台）",
        why="全省政务服务事项的统一公开渠道，办事指南以其发布内容为准。",
        source="portals.md §1.1–1.6",
    )
)
