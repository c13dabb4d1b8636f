"""What goes wrong with files on their way to a portal: cut short, saved again, replaced by an error page."""

import struct

NOT_FOUND_PAGE = (
    "<!DOCTYPE html><html lang='zh'><head><meta charset='utf-8'><title>提示信息</title></head>"
    "<body><h1>提示</h1><p>您要下载的文件不存在或已被删除。</p></body></html>"
).encode()


def cut_short(content: bytes) -> bytes:
    """Break a file off in its first third, as an interrupted upload does."""
    return content[: len(content) * 3 // 10]


def rewrite(content: bytes) -> bytes:
    """Change the bytes of a file and nothing that its reader sees: a comment behind a PDF's or a zip's end."""
    if content.startswith(b"%PDF"):
        return content + b"% saved again\n"
    note = b"saved again"
    return content[:-2] + struct.pack("<H", len(note)) + note
