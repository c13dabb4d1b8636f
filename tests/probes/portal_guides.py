"""Tasks about the sandbox's guides with what a crawl would know of them, read from its own detail endpoint."""

import urllib.request
from datetime import UTC, datetime
from urllib.parse import quote

from probe_stage import Bench, Desk, Guide

from domain.known_facts import facts_of
from engine.visiting.companions import companions_of
from portals.adapter import adapters
from portals.documents import DocumentContext
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner

DETAIL = "/portal/api/v2/item-event/getAuditItemDetailCur?TASK_CODE="


def code_of(guide: Guide) -> str:
    return str(guide["handling_code"] or guide["task_code"])


def known_task(guide: Guide, probe_id: str, www: str) -> ProbeTask:
    """Plan a probe as a night would, out of the guide's own document."""
    with urllib.request.urlopen(f"{www}{DETAIL}{quote(code_of(guide))}", timeout=10) as answer:
        body = answer.read()
    context = DocumentContext(
        unit=guide["body"],
        item_id=guide["item_id"],
        code=code_of(guide),
        url="",
        document="0" * 64,
        captured_at=datetime.now(UTC),
    )
    known = facts_of(adapters.get("gdzwfw").documents.parse(body, context))
    return ProbeTask(
        portal="gdzwfw",
        unit=guide["body"],
        probe_id=probe_id,
        item_id=guide["item_id"],
        code=code_of(guide),
        title=guide["name"],
        known=known,
    )


def companion_runner(bench: Bench) -> ProbeRunner:
    """A warm browser on 广东政务服务网 that may look at the mobile platforms too."""
    return bench.runner(companions=companions_of(adapters.get("gdzwfw"), bench.origins))


def set_faults(desk: Desk, code: str, *names: str) -> None:
    """Let one guide misbehave; no names take it back."""
    listed = ", ".join(f'"{name}"' for name in names)
    desk.ask("/faults", f'{{"{code}": [{listed}]}}'.encode() if names else b"{}")
