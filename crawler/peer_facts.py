"""What one guide contributes to the comparison of all: normalised values of the fields that can be compared."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from crawler.rules.phone_number import read_phones
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.time_limit import parse_time_limit

LETTERS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
REGION_WORDS = re.compile(r"(?:本|全)?[省市县区]级?")
SHARED_HALL = re.compile(r"(?:政务|行政|便民|公共|市民|审批|办税|企业)\w{0,4}(?:服务)?(?:中心|大厅|局)")
"""Where many bodies serve side by side: an address there belongs to nobody."""
PLACE_LETTERS_MIN = 10  # "本局二楼" fits every body
QUARTER_LETTERS = 8  # 阳江市江城区东风, 阳江市海陵岛闸坡
TEXT_LETTERS_MIN = 30  # shorter texts are alike by chance
NAME_LETTERS_MIN = 4
NAME_CHARACTERS_MAX = 64
SUBJECT_LETTERS_MIN = 2
REGION_NAME = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)?(?:[\u4e00-\u9fff]{2,4}[区县])?")
BODY_WORDS = re.compile(r"(?:管理|综合|行政|执法|服务|工作)*(?:分?局|厅|委员会|委|办公室|办|中心|公司|所|处|院|馆)$")
NOBODY = "\0"  # stands in no text
PHONE_FIELDS = (FieldName.ENQUIRY_PHONE, FieldName.COMPLAINT_PHONE)
LONG_TEXTS = (FieldName.CONDITION, FieldName.ONLINE_FLOW, FieldName.WINDOW_FLOW)


def letters(text: str) -> str:
    """Return letters, digits and Chinese characters only, half width: how a text reads aloud."""
    return letters_of_name(text) if len(text) <= NAME_CHARACTERS_MAX else strip_signs(text)


def strip_signs(text: str) -> str:
    """Do it, whatever the length."""
    return LETTERS.sub("", unicodedata.normalize("NFKC", text))


letters_of_name = lru_cache(maxsize=16_384)(strip_signs)
"""Names come again in every guide; long texts do not, and would only fill the memory."""


def fingerprint(text: str) -> int:
    """Return a signed 64-bit hash, as a database holds it."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def body_of(guide: Guide) -> str:
    """Return who implements the item: its credit code where there is one, the evaluated body otherwise."""
    return guide.text(FieldName.TASK_CODE)[:18] or guide.unit or ""


def bare_name(title: str) -> str:
    """Return an item's name without the situation in brackets: 律师执业变更审核(跨市转所) → 律师执业变更审核."""
    return letters(BRACKETS.sub("", unicodedata.normalize("NFKC", title)))


def subject_of(department: str) -> str:
    """Return what a body is about: 广东省戒毒管理局 → 戒毒; its whole name where nothing is left."""
    subject = BODY_WORDS.sub("", REGION_NAME.sub("", letters(department)))
    return subject if len(subject) >= SUBJECT_LETTERS_MIN else department or NOBODY


def is_situation(guide: Guide) -> bool:
    """Say whether the guide is one 业务办理项 among several of its item."""
    return bool(guide.text(FieldName.HANDLING_CODE)) or len(guide.code) > 31


def compared_values(guide: Guide) -> Iterator[tuple[str, FieldName, str, str]]:
    """Yield (group, field, key, text) of what bodies with the same basic code should state alike.

    Names are compared without the situation in brackets; a situation may also say what it is behind the item's name.
    Content is compared among guides of one name only: situations of an item differ in conditions and materials, and
    rightly so.
    """
    basic = guide.text(FieldName.BASIC_CODE)
    if not basic:
        return
    yield basic, FieldName.NAME, bare_name(guide.title), BRACKETS.sub("", guide.title)
    group = f"{basic}:{letters(guide.title)}"
    condition = guide.text(FieldName.CONDITION)
    if condition:
        yield group, FieldName.CONDITION, REGION_WORDS.sub("", letters(condition)), condition
    names = sorted({bare_name(material.name) for material in guide.materials or ()} - {""})
    if names:
        shown = "；".join(dict.fromkeys(material.name for material in guide.materials or () if material.name))
        yield group, FieldName.MATERIALS, "|".join(names), shown
    limit = parse_time_limit(guide.text(FieldName.LEGAL_LIMIT))
    if limit is not None:
        yield (
            group,
            FieldName.LEGAL_LIMIT,
            f"{limit.days.normalize()} {limit.unit.value}",
            guide.text(FieldName.LEGAL_LIMIT),
        )


def printed_places(guide: Guide) -> Iterator[tuple[str, bool]]:
    """Yield the addresses, brought to letters, and whether each could tell whose guide this is; shared halls cannot."""
    texts = {window.address for window in guide.windows or ()} | {guide.text(FieldName.PLACE)}
    places = {letters(text): not SHARED_HALL.search(text) for text in sorted(texts)}
    return ((place, telling) for place, telling in places.items() if len(place) >= PLACE_LETTERS_MIN)


def quarter(place: str) -> str:
    """Return the part of an address that names the quarter: its beginning."""
    return place[:QUARTER_LETTERS]


def printed_phones(guide: Guide) -> Iterator[tuple[FieldName, str]]:
    """Yield (field, number) of whole numbers that are neither hotlines nor faulty."""
    for field in PHONE_FIELDS:
        for phone in read_phones(guide.text(field)):
            if not phone.hotline and not phone.fault and len(phone.subscriber) >= 7:
                yield field, phone.subscriber


def long_texts(guide: Guide) -> Iterator[tuple[FieldName, str]]:
    """Yield (field, letters) of texts that are too long to be alike by chance."""
    for field in LONG_TEXTS:
        text = letters(guide.text(field))
        if len(text) >= TEXT_LETTERS_MIN:
            yield field, text


def content_key(guide: Guide) -> str:
    """Return what two guides of one name must share to be the same guide twice; ``""`` where too little is shown.

    Situations differ in their conditions; two whole items of one name, type and list of materials do not differ.
    """
    materials = letters("|".join(material.name for material in guide.materials or ()))
    condition = letters(guide.text(FieldName.CONDITION))
    if not (materials or condition):
        return ""
    said = condition if is_situation(guide) or not materials else ""
    return "\n".join([letters(guide.text(FieldName.ITEM_TYPE)), materials, said])
