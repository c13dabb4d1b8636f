"""Reads a form with files out of a request whose size is known beforehand, so that nobody fills the disk."""

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from intake.pictures import BYTES_MAX, PICTURES_MAX

FIELDS_MAX = 40
FIELD_BYTES_MAX = 16 * 1024
BODY_BYTES_MAX = PICTURES_MAX * BYTES_MAX + FIELDS_MAX * FIELD_BYTES_MAX


async def read_upload(request: Request) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return fields and files by name; raise 411, 413 or 400 for a request that does not say its size or is too large.

    A file that is larger than one may be comes back as far as it shows that.
    """
    require_small(request)
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    try:
        async with request.form(
            max_files=PICTURES_MAX + 1, max_fields=FIELDS_MAX, max_part_size=FIELD_BYTES_MAX
        ) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    if value.filename:
                        files[name_of(value, len(files))] = await value.read(BYTES_MAX + 1)
                else:
                    fields[name] = value
    except MultiPartException as error:
        raise HTTPException(status_code=400) from error
    return fields, files


def require_small(request: Request) -> None:
    """Judge a request by the size that it announces; the server reads no more than that."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise HTTPException(status_code=411)
    if int(length) > BODY_BYTES_MAX:
        raise HTTPException(status_code=413)


def name_of(file: UploadFile, number: int) -> str:
    """Return a file's own name without any folder; two of one name get a number."""
    plain = (file.filename or "").replace("\\", "/").rpartition("/")[2].replace(";", "_").replace("；", "_").strip(". ")
    return f"{number + 1}-{plain[-80:] or 'picture'}"
