"""static.gdzwfw.gov.cn: attachments of materials and the printed guide."""

from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.faces import cannot_print, read_face
from sandbox.guideview import read_guide
from sandbox.model import Attachment, Item
from sandbox.pdf import make_pdf
from sandbox.replica import replica_of
from sandbox.servers.file_streams import stream_file
from sandbox.servers.pages import make_robots, show_not_found, show_server_error
from sandbox.validators import is_still_good, make_validators

UPLOADED = datetime(2024, 6, 3, 1, 30, tzinfo=UTC)


async def send_attachment(request: Request) -> Response:
    """`/guide/files/{guid}`: a file whose name is in the Content-Disposition only."""
    attachment = replica_of(request).corpus.attachments.get(request.path_params["guid"])
    if attachment is None:
        return show_not_found(request, "文件不存在。")
    if attachment.status != 200:
        return show_missing_file(request, attachment)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.name)}"}
    stream = stream_file(attachment, headers)
    if stream is not None:
        return stream
    validators = make_validators(attachment.content, UPLOADED)
    if is_still_good(request, validators):
        return Response(status_code=304, headers=validators)
    return Response(attachment.content, headers=headers | validators, media_type=attachment.media_type)


def show_missing_file(request: Request, attachment: Attachment) -> Response:
    """Answer for a file that is gone or cannot be read, as the host does: with a page of its own."""
    if attachment.status == 404:
        return show_not_found(request, "文件不存在。")
    return show_server_error(request, attachment.status)


def list_print_lines(item: Item, address: str) -> list[str]:
    """List the lines of the printed guide; the first one names its address, as on the real print."""
    guide = read_guide(read_face(item, "print"), item.task_code)
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
