"""Every file that a guide offers, with what is known about it, so that a rule is one question to one file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.published_addresses import read_address
from crawler.rules.wording import shorten
from domain.address_visit import AddressUse
from domain.dossier import AddressRecord, Dossier
from domain.file_report import FileReport
from domain.guide import AttachmentLink
from domain.guide_fields import FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

PAPERS = (AddressUse.FORM, AddressUse.SAMPLE)
RESULT_SAMPLES = (AddressUse.RESULT_SAMPLE,)
USE_TITLES_ZH: dict[AddressUse, str] = {
    AddressUse.FORM: "空白表格",
    AddressUse.SAMPLE: "示例样表",
    AddressUse.RESULT_SAMPLE: "结果样本",
}
SHOWN = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedFile:
    """One file; ``owner`` is the material's or result's name, ``record`` is ``None`` where nobody looked."""

    owner: str
    use: AddressUse
    link: AttachmentLink
    record: AddressRecord | None

    @property
    def report(self) -> FileReport | None:
        """Return what the bytes amount to; ``None`` where they were not fetched or not inspected."""
        return self.record.report if self.record else None

    @property
    def title(self) -> str:
        """Name the file so that an official finds it: 《申请表》的空白表格“申请表.doc”."""
        name = shorten(self.link.name) or "（无文件名）"
        return f"《{shorten(self.owner) or '（无名称）'}》的{USE_TITLES_ZH[self.use]}“{name}”"


Question = Callable[[PublishedFile], str | None]
"""Asks one thing of a file: ``""`` when it is in order, else what is wrong and what should be; ``None`` = unknown."""


class LastGathered:
    """The files of the dossier that was asked for last: a dozen rules ask for the same one in a row."""

    value: tuple[Dossier, tuple[PublishedFile, ...]] | None = None


def gather(dossier: Dossier) -> tuple[PublishedFile, ...]:
    """Return every file that a guide offers."""
    last = LastGathered.value
    if last is not None and last[0] is dossier:
        return last[1]
    known = dossier.addresses or {}
    files = tuple(
        PublishedFile(owner=owner, use=use, link=link, record=known.get(read_address(link.url) or ""))
        for owner, use, link in offered_by(dossier)
    )
    LastGathered.value = (dossier, files)
    return files


def files_with(dossier: Dossier, uses: tuple[AddressUse, ...]) -> tuple[PublishedFile, ...]:
    """Return the files that a guide offers for these uses."""
    return tuple(file for file in gather(dossier) if file.use in uses)


def offered_by(dossier: Dossier) -> Iterator[tuple[str, AddressUse, AttachmentLink]]:
    """Yield every file of a guide with the name of what it belongs to."""
    for material in dossier.guide.materials or ():
        yield from ((material.name, AddressUse.FORM, link) for link in material.forms or ())
        yield from ((material.name, AddressUse.SAMPLE, link) for link in material.samples or ())
    for result in dossier.guide.results or ():
        yield from ((result.name, AddressUse.RESULT_SAMPLE, link) for link in result.samples or ())


def judge_files(
    dossier: Dossier, question: Question, state: FieldState, uses: tuple[AddressUse, ...] = PAPERS
) -> Verdict:
    """Ask every file of these uses; files of which nothing is known leave numerator and denominator."""
    files = files_with(dossier, uses)
    if not files:
        return not_applicable("没有提供可以下载的文件")
    answers = [(file, answer) for file in files if (answer := question(file)) is not None]
    if not answers:
        return not_measured("文件没有取到，或这一项判断不了")
    faults = [(file, answer) for file, answer in answers if answer]
    if not faults:
        return passed(checked=len(answers))
    told = "；".join(f"{file.title}{answer}" for file, answer in faults[:SHOWN])
    more = f"；共有{len(faults)}个文件如此" if len(faults) > SHOWN else ""
    names = "、".join(file.link.name for file, _ in faults[:SHOWN])
    return failed(state, f"{told}{more}。", excerpt=names, checked=len(answers), failed=len(faults))
