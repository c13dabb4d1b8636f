"""The materials that a guide asks for, and their AUDIT_MATERIAL rows under the portal's names (portals.md §1.5)."""

import random
from dataclasses import replace

from sandbox.corpus.addresses import address_file
from sandbox.corpus.attachments import make_attachment
from sandbox.corpus.plan import PENALTY, PUBLIC_SERVICE, Paper
from sandbox.corpus.randomness import hexadecimal
from sandbox.corpus.stems import Stem
from sandbox.corpus.tables import read_table
from sandbox.model import Attachment, Json, Origins

MEDIA = {"1": "纸质", "2": "电子化", "3": "纸质/电子化"}
SOURCES = {"10": "申请人自备", "20": "政府部门核发", "99": "其他"}
TYPES = {"1": "证件证书证明", "2": "申请表格文书", "3": "其他"}
NEEDS = {"1": "必要", "2": "非必要", "3": "容缺后补"}
NO_PAPERS = "无需提交材料"
LABELS = ("申请人", "证件号码", "联系电话", "申请事项", "日期")
"""What every form asks for."""


def make_form_paper(stem: Stem, rng: random.Random) -> Paper:
    """Plan the application form of an item."""
    return Paper(
        name=f"{stem.name}申请表",
        form=rng.choice(("docx", "docx", "xlsx", "pdf")),
        source="10",
        issuer="",
        medium="3",
        originals=1,
        copies=0,
        specification="A4",
    )


def make_paper(row: list[str]) -> Paper:
    """Plan a material out of its row in materials.toml."""
    name, _, source, issuer, medium, originals, copies, specification = row
    return Paper(
        name=name,
        form=None,
        source=source,
        issuer=issuer,
        medium=medium,
        originals=int(originals),
        copies=int(copies),
        specification=specification,
    )


def choose_papers(stem: Stem, rng: random.Random) -> tuple[Paper, ...]:
    """Draw the materials of an item, alike for every body; most public services and all penalties ask for none."""
    if stem.task_type == PENALTY or (stem.task_type == PUBLIC_SERVICE and rng.random() < 0.6):
        return ()
    served = {"P": "PB", "L": "LB", "B": "PLB"}[stem.served]
    rows = [row for row in read_table("materials")["papers"] if row[1] in served]
    return (make_form_paper(stem, rng), *(make_paper(row) for row in rng.sample(rows, rng.randint(2, 4))))


def fit_papers(papers: tuple[Paper, ...], *, depth: str, rng: random.Random) -> tuple[Paper, ...]:
    """Fit the materials to a body: 网办深度 IV asks for none on paper only, some bodies take licences from the base."""
    if not papers:
        return ()
    form, first, *others = papers
    if depth != "IV" and rng.random() < 0.4:
        first = replace(first, medium="1", specification="A4")
    return (form, *(replace(paper, exempt=paper.source == "20" and rng.random() < 0.2) for paper in (first, *others)))


def make_files(paper: Paper, office: str) -> tuple[Attachment, Attachment]:
    """Make the blank form and the filled sample of a form; their contents differ."""
    form = paper.form or "pdf"
    values = ("张某某", "（样例）", "0662-0000000", paper.name.removesuffix("申请表"), "2024年1月1日")
    blank = make_attachment(
        name=f"{paper.name}（空白表）", form=form, lines=(paper.name, *(f"{label}：" for label in LABELS), office)
    )
    filled = tuple(f"{label}：{value}" for label, value in zip(LABELS, values, strict=True))
    sample = make_attachment(name=f"{paper.name}（样表）", form=form, lines=(paper.name, "样表", *filled, office))
    return blank, sample


def make_file_row(file: Attachment, origins: Origins) -> Json:
    """Write an element of FORM_GUID, EXAMPLE_GUID or RESULT_SAMPLE."""
    return {"FILEPATH": address_file(origins, file.guid), "ATTACHNAME": file.name, "ATTACHGUID": file.guid}


def make_material_row(paper: Paper, order: int, item_id: str) -> Json:
    """Write one AUDIT_MATERIAL row without its files."""
    kind = "2" if paper.form else "1"
    return {
        "ROWGUID": hexadecimal("material", item_id, str(order)),
        "ITEMGUID": item_id,
        "ORDERNUM": str(order),
        "MATERIAL_NAME": paper.name,
        "MATERIAL_TYPE": kind,
        "MATERIAL_TYPE_TEXT": TYPES[kind],
        "SOURCE_TYPE": paper.source,
        "SOURCE_TYPE_TEXT": SOURCES[paper.source],
        "SOURCE_EXPLAIN": paper.issuer or "由申请人自行准备",
        "IS_NEED": "1",
        "IS_NEED_TEXT": NEEDS["1"],
        "ZZHDZB": paper.medium,
        "ZZHDZB_TEXT": MEDIA[paper.medium],
        "PAGE_NUM": str(paper.originals),
        "PAGE_COPYNUM": str(paper.copies),
        "PAGE_FORMAT": paper.specification,
        "ISRELATELICENSE": str(int(paper.exempt)),
        "ISRELATELICENSE_TEXT": "是" if paper.exempt else "否",
        "SUBMISSIONREQUIRED": str(int(paper.exempt)),
        "FILL_EXPLIAN": "按表格说明如实填写，签名处由本人或者法定代表人签署" if paper.form else "",
        "ACCEPT_STAND": "内容清晰完整，在有效期内",
        "REMARK": "",
        "BY_LAW": "",
        "FORM_GUID": [],
        "EXAMPLE_GUID": [],
    }
