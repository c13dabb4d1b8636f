"""Tables as evaluators hand them in: the template, filled in by openpyxl."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filled_store import make_listed
from openpyxl import load_workbook
from PIL import Image

from intake.template import templates
from intake.workbook_template import write_template
from storage.store import Store

Row = dict[str, object]
LISTED = make_listed("dept-01", 0)
CODE = LISTED.code + "A" * (31 - len(LISTED.code)) if len(LISTED.code) < 31 else LISTED.code
DAY = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
GOOD: Row = {
    "单位": "市教育局",
    "观察渠道": "粤省事小程序或应用",
    "观察内容": "移动端入口",
    "事项编码": "11441700007026195X3440105001000",
    "指南所写": "可在粤省事办理",
    "现场所见": "搜索事项名称后第一条即可打开",
    "结果": "通过",
    "观察日期": DAY,
    "观察时间": "09:30",
    "来源": "安卓手机，粤省事 3.2",
}


def fill(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """Fill the template below its example row and save it."""
    book = load_workbook(io.BytesIO(write_template(templates.get("observations"))))
    sheet = book.worksheets[0]
    columns = {str(cell.value).removesuffix("*"): cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=3):
        for heading, value in row.items():
            sheet.cell(row=number, column=columns[heading]).value = value  # type: ignore[assignment]  # any cell value
    book.save(path)
    return path


def letter(heading: str) -> str:
    """Column letter of a heading in the template."""
    book = load_workbook(io.BytesIO(write_template(templates.get("observations"))))
    return next(cell.column_letter for cell in book.worksheets[0][1] if str(cell.value).removesuffix("*") == heading)


def photograph(*, form: str = "JPEG", size: tuple[int, int] = (64, 32)) -> bytes:
    """A telephone's picture: taken sideways, with place, device and a comment in it."""
    image = Image.new("RGB", size, (200, 30, 30))
    exif = image.getexif()
    exif[0x0112] = 6  # Orientation: turn by 90 degrees
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[2] = (21.0, 51.0, 30.0)  # GPS latitude
    target = io.BytesIO()
    image.save(target, format=form, exif=exif, comment=b"hidden comment") if form == "JPEG" else image.save(
        target, format=form, exif=exif
    )
    return target.getvalue()


def contents(store: Store) -> tuple[int, int, int]:
    """Count runs, observations and evidence records, so that "nothing" can be seen."""
    runs = store.runs.all()
    observations = sum(len(store.observations.keys(run.id)) for run in runs)
    return len(runs), observations, sum(1 for _ in store.artefacts.of_run(None))
