"""Defects of 一件事 packages, in the schema that these have (portals.md §1.5)."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.corpus.defects.registry import Kind
from sandbox.corpus.packages import PackageDraft
from sandbox.corpus.plan import Planted

Spoil = Callable[[PackageDraft], None]
SPOILT_SHARE_MAX = 0.5


@dataclass(frozen=True, kw_only=True)
class PackageDefect(Kind):
    """A kind of defect of a package."""

    spoil: Spoil

    def plant(self, draft: PackageDraft) -> None:
        """Spoil the package and write it down."""
        self.spoil(draft)
        draft.defects.append(Planted(kind=self.kind, fields=self.fields, where=self.where, checkpoint=self.checkpoint))


PACKAGE_DEFECTS: dict[str, PackageDefect] = {}


def package_defect(kind: str, *fields: str, where: str, sentence: str, checkpoint: str) -> Callable[[Spoil], Spoil]:
    """Register a spoiling function; ``fields`` as in ``Kind``."""

    def register(spoil: Spoil) -> Spoil:
        PACKAGE_DEFECTS[kind] = PackageDefect(
            kind=kind,
            fields=fields,
            where=where,
            sentence=sentence,
            checkpoint=checkpoint,
            touches=frozenset(fields),
            spoil=spoil,
        )
        return spoil

    return register


@package_defect(
    "package-intranet-file",
    "空白表格",
    where="submit_material_list[0].blank_att_list[].neiwang_url",
    checkpoint="G16",
    sentence="一件事的空白表格只给了外人到不了的内网地址",
)
def hide_file(draft: PackageDraft) -> None:
    row = draft.document["submit_material_list"][0]["blank_att_list"][0]
    guid = row.pop("waiwang_url").rpartition("/")[2]
    row["neiwang_url"] = f"http://10.44.20.6:9000/guide/files/{guid}"


@package_defect(
    "package-phone-short", "咨询电话", where="consult_phone", checkpoint="G8", sentence="一件事的咨询电话少一位"
)
def shorten_phone(draft: PackageDraft) -> None:
    draft.document["consult_phone"] = draft.document["consult_phone"][:-1]


@package_defect(
    "package-promise-exceeds-legal",
    "承诺办结时限",
    "法定办结时限",
    where="promise_time",
    checkpoint="G5",
    sentence="一件事的承诺办结时限长于法定办结时限",
)
def exceed(draft: PackageDraft) -> None:
    draft.document["promise_time"] = str(int(draft.document["legal_time"]) + 10)


@package_defect(
    "package-place-blank",
    "办理地点",
    where="window_list[0].address",
    checkpoint="G6",
    sentence="一件事的专窗没有写地点",
)
def blank_place(draft: PackageDraft) -> None:
    draft.document["window_list"][0]["address"] = ""


@package_defect(
    "package-material-catch-all",
    "材料名称",
    "申请材料",
    where="submit_material_list[1].document_name",
    checkpoint="G11",
    sentence="一件事的材料清单以其他相关材料兜底",
)
def catch_all(draft: PackageDraft) -> None:
    draft.document["submit_material_list"][1]["document_name"] = "法律法规规定的其他相关材料"


def plant_package_defects(drafts: list[PackageDraft], times: int) -> None:
    """Plant each kind so many times as long as half of the packages stay clean; one defect to a package."""
    room = int(len(drafts) * SPOILT_SHARE_MAX)
    wanted = [defect for _ in range(times) for defect in PACKAGE_DEFECTS.values()][:room]
    step = max(1, len(drafts) // max(1, len(wanted)))
    for defect, draft in zip(wanted, drafts[::step], strict=False):
        defect.plant(draft)
