"""static.gdzwfw.gov.cn: attachments of materials and the printed guide."""

import zlib
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.guideview import read_guide
from sandbox.model import Item
from sandbox.pdf import make_pdf
from sandbox.replica import replica_of
from sandbox.servers.pages import make_robots, show_not_found, show_server_error

FAILING_PRINTS = 11  # one code in so many cannot be printed: the real endpoint answers 500 for some, too


async def send_attachment(request: Request) -> Response:
    """`/guide/files/{guid}`: a file whose name is in the Content-Disposition only."""
    attachment = replica_of(request).corpus.attachments.get(request.path_params["guid"])
    if attachment is None:
        return show_not_found(request, "文件不存在。")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.name)}"}
    return Response(attachment.content, attachment.status, headers, media_type=attachment.media_type)


def cannot_print(code: str) -> bool:
    """Say whether the print of a code always fails; decided by the code alone."""
    return zlib.crc32(code.encode()) % FAILING_PRINTS == 0


def list_print_lines(item: Item, address: str) -> list[str]:
    """List the lines of the printed guide; the first one names its address, as on the real print."""
    guide = read_guide(item.detail, item.task_code)
    lines = [f"指南地址:{address}", guide["title"], ""]
    for section in guide["sections"]:
        lines.append(f"【{section['title']}】")
        for part in section["parts"]:
            lines += [f"{pair['label']}:{pair['text']}" for pair in part.get("pairs", [])]
            lines += [str(paragraph) for paragraph in part.get("paragraphs", [])]
    return lines


async def print_guide(request: Request) -> Response:
    """`/portal/wk-pdf?code=&template=guide-v2`."""
    replica, code = replica_of(request), request.query_params.get("code", "")
    item = replica.by_code.get(code)
    if item is None:
        return show_not_found(request, "未找到匹配的信息")
    if cannot_print(code):
        return show_server_error(request)
    content = make_pdf(list_print_lines(item, f"{replica.origins.www}/portal/v2/guide/{code}"))
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(item.name)}.pdf"}
    return Response(content, headers=headers, media_type="application/pdf")


ROUTES = [
    Route("/guide/files/{guid}", send_attachment),
    Route("/portal/wk-pdf", print_guide),
    make_robots(),
]
