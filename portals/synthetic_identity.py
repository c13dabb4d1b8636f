"""A person who cannot exist, for the fields of application forms: shaped so that a form's own checks let it pass.

The identity number has a valid check character (GB 11643-1999) but the region 000000, which GB/T 2260 assigns to no
place; mobile numbers beginning with 100 are assigned to nobody. Any check against a register refuses both, so that a
form filled by mistake could never become somebody's application. A form that looks closer (say, at the region code)
stops the probe, which is then our blindness and not the form's fault.
"""

import struct
import zlib

from domain.frozen import Frozen
from portals.citizen import UploadFile

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
ANYTHING = "测试"


class SyntheticIdentity(Frozen):
    """What forms ask of an applicant."""

    name: str
    id_number: str
    mobile: str
    email: str
    address: str
    postcode: str
    organisation: str


def identity_number(first_17: str) -> str:
    """Append the check character of GB 11643-1999 §4.3 to 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, ID_WEIGHTS, strict=True))
    return first_17 + ID_CHECKS[total % 11]


NOBODY = SyntheticIdentity(
    name="测试甲",
    id_number=identity_number("00000019900101000"),
    mobile="10000000000",
    email="nobody@example.com",
    address="广东省阳江市测试路0号",
    postcode="000000",
    organisation="测试单位（非真实）",
)

ANSWERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("身份证", "证件号", "idnumber", "idcard"), NOBODY.id_number),
    (("手机", "电话", "联系方式", "mobile", "phone"), NOBODY.mobile),
    (("邮箱", "email", "mail"), NOBODY.email),
    (("邮编", "邮政编码", "postcode"), NOBODY.postcode),
    (("地址", "住所", "address"), NOBODY.address),
    (("单位", "企业", "机构", "organisation"), NOBODY.organisation),
    (("日期", "时间", "date"), "2021-01-01"),
    (("数量", "金额", "面积", "人数", "份数"), "1"),
    (("姓名", "申请人", "收件人", "联系人", "name"), NOBODY.name),
)
"""Words in a field's label or name, first match wins, and what is typed there."""


def answer_for(label: str, name: str = "") -> str:
    """Return what to type into a field, by its label first and by its technical name second."""
    for text in (label, name.lower()):
        found = next((answer for words, answer in ANSWERS if any(word in text for word in words)), None)
        if found is not None:
            return found
    return ANYTHING


def small_picture() -> UploadFile:
    """Return a real PNG of one grey pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(b"\x00\x80")
    chunks = b"".join(_chunk(kind, data) for kind, data in ((b"IHDR", header), (b"IDAT", pixel), (b"IEND", b"")))
    return UploadFile(name="ceshi.png", media_type="image/png", content=b"\x89PNG\r\n\x1a\n" + chunks)


def small_document() -> UploadFile:
    """Return a real PDF of one empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    text, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(text))
        text += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 4\n0000000000 65535 f \n%strailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(text),
    )
    return UploadFile(name="ceshi.pdf", media_type="application/pdf", content=text + tail)


def file_for(accepted: str) -> UploadFile:
    """Return a file that a field accepts; ``accepted`` is its ``accept`` attribute."""
    return small_document() if not accepted or "pdf" in accepted.lower() else small_picture()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
