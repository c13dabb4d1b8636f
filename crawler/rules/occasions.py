"""Judges whether addresses answer: a dead one is a fault only after three looks on different occasions."""

from collections.abc import Sequence

from domain.address_visit import AddressOutcome, AddressVisit
from domain.dossier import AddressRecord
from domain.failure import REASON_TITLES_ZH, FailureReason
from domain.guide_fields import FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

OCCASIONS = 3
SHOWN = 3
BY_STATUS = frozenset({FailureReason.HTTP_4XX, FailureReason.HTTP_5XX})

Place = tuple[str, AddressRecord | None]
"""What to call an address in a sentence, and what is known about it."""


def dead_in_a_row(record: AddressRecord) -> int:
    """Count the newest looks, on different occasions, that found the address dead."""
    count = 0
    for visit in record.visits:
        if visit.outcome is not AddressOutcome.DEAD:
            break
        count += 1
    return count


def say_why(visit: AddressVisit) -> str:
    """Say why a look failed."""
    if visit.failure in BY_STATUS and visit.status is not None:
        return f"HTTP {visit.status}"
    return REASON_TITLES_ZH[visit.failure] if visit.failure else "没有可用的内容"


def judge_answers(places: Sequence[Place], should: str) -> Verdict:
    """Judge addresses; those that were kept from us, or that nobody looked at, leave numerator and denominator."""
    if not places:
        return not_applicable("没有需要访问的地址")
    seen = [(name, record) for name, record in places if record is not None and is_seen(record)]
    if not seen:
        return not_measured("地址没有访问到：未访问，或访问受到限制")
    dead = [(name, record, looks) for name, record in seen if (looks := dead_in_a_row(record)) > 0]
    sure = [(name, record) for name, record, looks in dead if looks >= OCCASIONS]
    if sure:
        return accuse(sure, should, checked=len(seen))
    if dead:
        name, record, looks = dead[0]
        why = say_why(record.latest)
        return not_measured(f"{name}第{looks}次访问失败（{why}），再访问{OCCASIONS - looks}次后下结论")
    return passed(checked=len(seen))


def is_seen(record: AddressRecord) -> bool:
    """Say whether the newest look saw whether the address works."""
    return record.latest.outcome in (AddressOutcome.WORKS, AddressOutcome.DEAD)


def accuse(dead: Sequence[tuple[str, AddressRecord]], should: str, *, checked: int) -> Verdict:
    """Word the addresses that were dead on three occasions."""
    told = "；".join(
        f"{name}打不开，先后{OCCASIONS}次访问都失败（{say_why(record.latest)}）" for name, record in dead[:SHOWN]
    )
    more = f"；共有{len(dead)}处如此" if len(dead) > SHOWN else ""
    addresses = "、".join(record.url for _, record in dead[:SHOWN])
    reason = f"{told}{more}，应{should}。"
    return failed(FieldState.MALFORMED, reason, excerpt=addresses, checked=checked, failed=len(dead))
