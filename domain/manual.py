"""What a person looks at where no program can enter: apps, counters, telephones (methodology.md §3.6, §3.7)."""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime

from domain.frozen import Frozen
from domain.guide_fields import FieldName
from domain.outcome import Outcome


class ManualPlace(StrEnum):
    """Where the person looked; the value stands in ``Observation.portal``."""

    YSS = "yss"  # the mini-program or app 粤省事
    YST = "yst"  # the app 粤商通
    COUNTER = "counter"
    TELEPHONE = "telephone"


class ManualTopic(StrEnum):
    """What the person looked at; the value stands in ``Observation.probe_id``."""

    MOBILE_ENTRANCE = "mobile-entrance"
    OFFLINE_CONSISTENCY = "offline-consistency"
    COUNTER_SERVICE = "counter-service"
    PHONE_ANSWERED = "phone-answered"


PLACE_TITLES_ZH: dict[ManualPlace, str] = {
    ManualPlace.YSS: "粤省事小程序或应用",
    ManualPlace.YST: "粤商通应用",
    ManualPlace.COUNTER: "办事窗口",
    ManualPlace.TELEPHONE: "电话",
}
PLACE_TITLES_EN: dict[ManualPlace, str] = {
    ManualPlace.YSS: "Yue Sheng Shi (app)",
    ManualPlace.YST: "Yue Shang Tong (app)",
    ManualPlace.COUNTER: "Counter",
    ManualPlace.TELEPHONE: "Telephone",
}
TOPIC_TITLES_ZH: dict[ManualTopic, str] = {
    ManualTopic.MOBILE_ENTRANCE: "移动端入口",
    ManualTopic.OFFLINE_CONSISTENCY: "线上线下一致性",
    ManualTopic.COUNTER_SERVICE: "窗口服务",
    ManualTopic.PHONE_ANSWERED: "咨询电话接听",
}
TOPIC_TITLES_EN: dict[ManualTopic, str] = {
    ManualTopic.MOBILE_ENTRANCE: "Mobile entrance",
    ManualTopic.OFFLINE_CONSISTENCY: "Online and offline agree",
    ManualTopic.COUNTER_SERVICE: "Service at the counter",
    ManualTopic.PHONE_ANSWERED: "Telephone answered",
}
PLACES_OF: dict[ManualTopic, frozenset[ManualPlace]] = {
    ManualTopic.MOBILE_ENTRANCE: frozenset({ManualPlace.YSS, ManualPlace.YST}),
    ManualTopic.OFFLINE_CONSISTENCY: frozenset({ManualPlace.COUNTER, ManualPlace.TELEPHONE}),
    ManualTopic.COUNTER_SERVICE: frozenset({ManualPlace.COUNTER}),
    ManualTopic.PHONE_ANSWERED: frozenset({ManualPlace.TELEPHONE}),
}
"""Topic → where it can be looked at."""

COMPARABLE = (
    FieldName.CONDITION,
    FieldName.MATERIALS,
    FieldName.PROMISE_LIMIT,
    FieldName.CHARGED,
    FieldName.VISITS,
    FieldName.PLACE,
    FieldName.HOURS,
    FieldName.ENQUIRY_PHONE,
)
"""Fields that can be held against what a counter or a telephone says (D20/C14: conditions and materials first)."""

VERDICTS = (Outcome.PASS, Outcome.FAIL, Outcome.INCONCLUSIVE)


class ManualRecord(Frozen):
    """One line of what a person saw about one item; several lines about one item make one observation."""

    unit: str
    place: ManualPlace
    topic: ManualTopic
    code: str
    title: str = ""
    field: FieldName | None = None  # of ``offline-consistency``: which field was compared
    expected: str = ""
    seen: str
    outcome: Outcome
    observed_at: AwareDatetime
    source: str  # window and hall, number dialled, device and version
    pictures: tuple[str, ...] = ()  # names of files
    note: str = ""

    @property
    def about(self) -> tuple[str, str, str]:
        """What makes two lines parts of one observation: place, topic and item."""
        return (self.place, self.topic, self.code)


def needs_picture(place: ManualPlace, outcome: Outcome) -> bool:
    """Say whether a picture must prove it: a fault that can be photographed."""
    return outcome is Outcome.FAIL and place is not ManualPlace.TELEPHONE


def too_early(moment: datetime, now: datetime) -> bool:
    """Say whether an observation is more than a year old: it belongs to another period."""
    return (now - moment).days > 366
