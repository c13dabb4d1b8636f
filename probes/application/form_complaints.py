"""Tries a form with wrong answers and grades what it says to each (methodology.md §5, error probing)."""

from collections.abc import Iterable

from domain.measure_name import MeasureName
from domain.observation import Measure, ObservedRow
from portals.citizen import FormComplaint, FormFault
from portals.form_words import tells_what_to_do
from probes.journey import Journey

BEFORE_FILLING = (FormFault.EMPTY_REQUIRED, FormFault.WRONG_TYPE, FormFault.TOO_LARGE)
AFTER_FILLING = (FormFault.WRONG_CHECK_DIGIT,)  # everything else is right then, so that the complaint is about this
TITLES_ZH = {
    FormFault.EMPTY_REQUIRED: "必填项留空",
    FormFault.WRONG_CHECK_DIGIT: "身份证号码校验位错误",
    FormFault.WRONG_TYPE: "上传不支持的文件类型",
    FormFault.TOO_LARGE: "上传超过大小限制的文件",
}
NAMES = {
    FormFault.EMPTY_REQUIRED: MeasureName.EMPTY_FIELD_NAMED,
    FormFault.WRONG_CHECK_DIGIT: MeasureName.WRONG_ID_NAMED,
    FormFault.WRONG_TYPE: MeasureName.WRONG_TYPE_NAMED,
    FormFault.TOO_LARGE: MeasureName.TOO_LARGE_NAMED,
}
EXPECTED = "在该字段旁说明错在哪里、如何更正"
NOT_OBSERVED = "未观察到：页面未作本地校验，须由服务器判断，而探测不发送任何内容"
SILENT = "页面停在原处，没有任何提示"


class FormComplaints:
    """What one form said, each fault being tried once."""

    def __init__(self) -> None:
        self._heard: dict[FormFault, FormComplaint] = {}

    def try_faults(self, journey: Journey, faults: Iterable[FormFault]) -> None:
        """Try those faults on the open page that were not tried yet and that it has a field for."""
        for fault in faults:
            if fault not in self._heard:
                complaint = journey.portal.provoke(journey.browser, journey.site, fault)
                if complaint is not None:
                    self._heard[fault] = complaint
                    journey.add_row(describe(complaint, journey.scrub(complaint.message)))

    def measures(self) -> dict[str, Measure]:
        """Return a yes or no for each fault; ``None`` where it could not be tried or only a server could tell."""
        return {name: named(self._heard.get(fault)) for fault, name in NAMES.items()}


def named(complaint: FormComplaint | None) -> bool | None:
    """Say whether a complaint stands at the field and says what to do; ``None`` when it was not observed."""
    if complaint is None or not complaint.checked:
        return None
    return complaint.at_field and tells_what_to_do(complaint.message)


def grade(complaint: FormComplaint) -> float | None:
    """Grade a complaint: 1 at the field and with what to do, 0.5 any other sentence, 0 none; ``None`` not observed."""
    if not complaint.checked:
        return None
    if named(complaint):
        return 1.0
    return 0.5 if complaint.message else 0.0


def describe(complaint: FormComplaint, message: str) -> ObservedRow:
    """Write a complaint as a row; ``message`` is what may be kept of it."""
    return ObservedRow(
        kind="form-fault",
        asked=f"{TITLES_ZH[complaint.fault]}：{complaint.field.lstrip('*')}",
        expected=EXPECTED,
        seen=(message or SILENT) if complaint.checked else NOT_OBSERVED,
        grade=grade(complaint),
        measures={
            "at_field": complaint.at_field if complaint.checked else None,
            "tells_what_to_do": tells_what_to_do(complaint.message) if complaint.checked else None,
            "popup": complaint.alert if complaint.checked else None,
        },
    )
