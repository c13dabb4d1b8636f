"""Codes, limits, telephones, law numbers and hours made by construction from their standards pass; spoilt ones fail."""

import ipaddress

from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.rules.codes import check_basic_part, check_credit, check_task_form
from crawler.rules.example_guide import example
from crawler.rules.law_numeral import clause_fault, number_fault, read_numeral
from crawler.rules.limits import check_promise
from crawler.rules.opening_hours import read_hours
from crawler.rules.phone_number import read_phones
from crawler.rules.phones import is_dummy
from crawler.rules.text_damage import find_damage
from crawler.rules.text_exposure import find_inner_address
from domain.guide_fields import LABELS_ZH, FieldName
from domain.outcome import Outcome
from domain.time_limit import LimitUnit, parse_time_limit

# ---- 统一社会信用代码 (GB 32100-2015): written out here, not taken from the library that the rule asks
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_character(body: str) -> str:
    return ALPHABET[-sum(ALPHABET.index(char) * weight for char, weight in zip(body, WEIGHTS, strict=True)) % 31]


@st.composite
def credit_bodies(draw: st.DrawFn) -> str:
    registrar = draw(st.sampled_from(["11", "12", "13", "51", "52", "91"]))
    region = draw(st.sampled_from(["441700", "441781", "440100", "100000"]))
    return registrar + region + draw(st.text(ALPHABET, min_size=9, max_size=9))


basic_codes = st.builds(
    lambda kind, main, sub: f"44{kind}{main:05}{sub:03}",
    st.sampled_from(["01", "05", "07", "08", "09", "20", "21"]),
    st.integers(0, 99999),
    st.integers(0, 999),
)


@given(credit_bodies(), st.sampled_from("123456"), basic_codes, st.sampled_from(["", "01", "23"]))
def test_a_code_built_from_the_standards_passes(body: str, level: str, basic: str, serial: str) -> None:
    code = body + check_character(body) + level + basic + serial
    guide = example({FieldName.TASK_CODE: code, FieldName.BASIC_CODE: basic})()
    for check in (check_task_form, check_credit, check_basic_part):
        assert check(guide).outcome is Outcome.PASS


@given(credit_bodies(), basic_codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(body: str, basic: str, place: int, other: str) -> None:
    code = body + check_character(body)
    assume(code[place] != other)
    spoilt = code[:place] + other + code[place + 1 :] + "3" + basic
    assert check_credit(example({FieldName.TASK_CODE: spoilt})()).outcome is Outcome.FAIL


@given(credit_bodies(), basic_codes, st.integers(0, 30))
def test_a_lost_digit_is_always_found(body: str, basic: str, place: int) -> None:
    code = body + check_character(body) + "3" + basic
    guide = example({FieldName.TASK_CODE: code[:place] + code[place + 1 :]})()
    assert check_task_form(guide).outcome is Outcome.FAIL


# ---- time limits
WORKING = ("{}个工作日", "{}(工作日)", "{}（工作日）", "{} 工作日", "自受理之日起{}个工作日内")
CALENDAR = ("{}个自然日", "{}(自然日)", "{}日历日", "{}天")
amounts = st.integers(1, 400)


@given(amounts, st.sampled_from(WORKING), st.booleans())
def test_working_days_are_read(days: int, form: str, full_width: bool) -> None:
    text = form.format(days)
    limit = parse_time_limit(text.translate(FULL_WIDTH) if full_width else text)
    assert limit is not None
    assert (limit.days, limit.unit) == (days, LimitUnit.WORKING)


@given(amounts, st.sampled_from(CALENDAR))
def test_calendar_days_are_read(days: int, form: str) -> None:
    limit = parse_time_limit(form.format(days))
    assert limit is not None
    assert (limit.days, limit.unit) == (days, LimitUnit.CALENDAR)


@given(amounts)
def test_a_number_alone_is_no_limit(days: int) -> None:
    assert parse_time_limit(str(days)) is None


@given(amounts, amounts, st.sampled_from(WORKING))
def test_a_promise_fails_just_when_it_is_longer(promise: int, legal: int, form: str) -> None:
    guide = example({FieldName.PROMISE_LIMIT: form.format(promise), FieldName.LEGAL_LIMIT: form.format(legal)})()
    assert (check_promise(guide).outcome is Outcome.FAIL) == (promise > legal)


# ---- telephones: length by area code as in the national numbering plan
FULL_WIDTH = str.maketrans({str(digit): chr(ord("０") + digit) for digit in range(10)})
SUBSCRIBER_DIGITS = {"0662": 7, "0668": 7, "020": 8, "0755": 8, "0769": 8}
FORMS = ("{}-{}", "（{}）{}", "({}){}", "{}－{}", "{}—{}", "{} {}", "{}{}", "{}-{}转801", "{}-{}（工作时间）")


@st.composite
def telephones(draw: st.DrawFn) -> tuple[str, str]:
    area = draw(st.sampled_from(sorted(SUBSCRIBER_DIGITS)))
    first = draw(st.sampled_from("38"))  # in use in every one of these areas
    rest = draw(st.text("0123456789", min_size=6, max_size=6))
    extra = draw(st.text("0123456789", min_size=1, max_size=1)) if SUBSCRIBER_DIGITS[area] == 8 else ""
    return area, first + rest + extra


@given(telephones(), st.sampled_from(FORMS), st.booleans())
def test_a_telephone_in_any_usual_form_is_dialable(telephone: tuple[str, str], form: str, full_width: bool) -> None:
    text = form.format(*telephone)
    (phone,) = read_phones(text.translate(FULL_WIDTH) if full_width else text)
    assert (phone.area, phone.subscriber, phone.fault) == (*telephone, "")


@given(telephones(), telephones(), st.sampled_from("；、,/ ;"))
def test_a_list_is_as_many_telephones(one: tuple[str, str], other: tuple[str, str], mark: str) -> None:
    phones = read_phones(f"{'-'.join(one)}{mark}{'-'.join(other)}")
    assert [(phone.area, phone.subscriber, phone.fault) for phone in phones] == [(*one, ""), (*other, "")]


@given(telephones(), st.integers(0, 5), st.sampled_from("0123456789"))
def test_a_digit_too_many_or_too_few_is_always_found(telephone: tuple[str, str], place: int, digit: str) -> None:
    area, subscriber = telephone
    short = subscriber[: place + 1] + subscriber[place + 2 :]
    long = subscriber + digit
    for wrong in (short, long):
        (phone,) = read_phones(f"{area}-{wrong}")
        assert phone.fault, wrong


@given(st.integers(2, 7), st.sampled_from([7, 8]), st.sampled_from([1, -1]))
def test_running_numbers_are_dummies(first: int, length: int, step: int) -> None:
    digits = [first + step * place for place in range(length)]
    assume(all(0 <= digit <= 9 for digit in digits))
    number = "".join(map(str, digits))
    assert is_dummy(number)
    assert not is_dummy(number[:-1] + number[0])


# ---- 文号 (GB/T 9704-2012: 代字〔年份〕序号号) and clauses
BRACKETS = ("〔〕", "[]", "［］", "（）", "()", "【】")
agencies = st.sampled_from(["国发", "粤府办", "阳府", "国务院令", "建市", "粤发改价格函"])
years = st.integers(1954, 2026)
serials = st.integers(1, 2999)


@given(agencies, years, serials, st.sampled_from(BRACKETS))
def test_a_number_by_the_standard_has_no_fault(agency: str, year: int, serial: int, brackets: str) -> None:
    assert number_fault(f"{agency}{brackets[0]}{year}{brackets[1]}{serial}号", 2026) == ""
    assert number_fault(f"{agency}第{serial}号", 2026) == ""


@given(agencies, years, serials, st.integers(1, 60), st.sampled_from(BRACKETS))
def test_a_spoilt_number_is_found(agency: str, year: int, serial: int, ahead: int, brackets: str) -> None:
    opening, closing = brackets
    spoilt = (
        f"{agency}{opening}{2026 + ahead}{closing}{serial}号",
        f"{agency}{opening}{closing}{serial}号",
        f"{agency}{opening}{year}{closing}号",
        f"{agency}{opening}{year}1{closing}{serial}号",
        f"{agency}{opening}{str(year)[1:]}{closing}{serial}号",
        f"{agency}{opening}18{year % 100:02}{closing}{serial}号",
        f"{agency}令第号",
    )
    assert [number for number in spoilt if not number_fault(number, 2026)] == []


def write_chinese(number: int) -> str:
    """Write 1 to 1999 as statutes do, by the rules of Chinese numerals."""
    digits = "零一二三四五六七八九"
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    tens, ones = divmod(rest, 10)
    text = (digits[thousands] + "千" if thousands else "") + (digits[hundreds] + "百" if hundreds else "")
    if text and (tens or ones) and (not hundreds or not tens):
        text += "零"
    if tens:
        text += ("" if tens == 1 and not text else digits[tens]) + "十"
    return text + (digits[ones] if ones else "")


@given(st.integers(1, 1500))
def test_clauses_are_read_in_both_writings(number: int) -> None:
    assert read_numeral(write_chinese(number)) == read_numeral(str(number)) == number
    assert clause_fault(f"第{write_chinese(number)}条第{write_chinese(number % 9 + 1)}款") == ""


@given(st.integers(20, 99), st.sampled_from("条款项"))
def test_a_clause_that_is_no_number_is_found(number: int, unit: str) -> None:
    assert clause_fault(f"第{unit}")
    assert clause_fault(f"第{write_chinese(number)}十{unit}")
    assert clause_fault("第零条")
    assert clause_fault(f"第{number + 1500}条")


# ---- hours
CLOCKS = (
    "{}:{:02}-{}:{:02}",
    "{}：{:02}—{}：{:02}",
    "{}时{:02}分至{}时{:02}分",
    "{}点{:02}分到{}点{:02}分",
    "{}:{:02}~{}:{:02}",
)
times = st.tuples(st.integers(7, 19), st.sampled_from([0, 15, 30, 45]))


@given(st.sets(times, min_size=2, max_size=2), st.sampled_from(CLOCKS))
def test_hours_in_order_can_be_kept(moments: set[tuple[int, int]], form: str) -> None:
    one, other = sorted(moments)
    (span,) = read_hours("周一至周五 " + form.format(*one, *other))
    assert (span.begins, span.ends, span.fault) == (one[0] * 60 + one[1], other[0] * 60 + other[1], "")


afternoons = st.tuples(st.integers(12, 19), st.sampled_from([0, 15, 30, 45]))


@given(st.sets(afternoons, min_size=2, max_size=2), st.sampled_from(CLOCKS))
def test_hours_turned_round_are_found(moments: set[tuple[int, int]], form: str) -> None:
    other, one = sorted(moments)  # before noon it might be the afternoon, as in 8:30-5:30
    (span,) = read_hours(form.format(*one, *other))
    assert span.fault


@given(st.integers(25, 99), st.integers(0, 59))
def test_times_that_no_clock_shows_are_found(hour: int, minute: int) -> None:
    (span,) = read_hours(f"8:30-{hour}:{minute:02}")
    assert span.fault


@given(times, st.integers(1, 11), st.sampled_from([0, 30]))
def test_the_afternoon_may_be_written_with_twelve_hours(begins: tuple[int, int], hour: int, minute: int) -> None:
    assume((hour + 12) * 60 + minute > begins[0] * 60 + begins[1])
    (span,) = read_hours(f"{begins[0]}:{begins[1]:02}-下午{hour}:{minute:02}")
    assert (span.ends, span.fault) == ((hour + 12) * 60 + minute, "")


# ---- exposed addresses (RFC 1918, RFC 3927) and damaged texts
PAGE = "https://www.gdzwfw.gov.cn/portal/v2/guide/1"
INNER = [ipaddress.IPv4Network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16")]


@given(st.sampled_from(INNER).flatmap(lambda net: st.ip_addresses(v=4, network=net)), st.sampled_from(["", ":8080"]))
def test_inner_addresses_are_found(address: ipaddress.IPv4Address, port: str) -> None:
    assert find_inner_address(f"请登录http://{address}{port}/oa 办理", PAGE) is not None


@given(st.ip_addresses(v=4).filter(lambda address: address.is_global))
def test_public_addresses_are_none(address: ipaddress.IPv4Address) -> None:
    assert find_inner_address(f"请登录 http://{address}:8080/apply 或 {address}:80 办理", PAGE) is None


words = st.lists(st.sampled_from(sorted(LABELS_ZH.values())), min_size=2, max_size=6).map("，".join)


@given(words)
def test_sound_chinese_is_not_damaged(text: str) -> None:
    assert find_damage(text) is None


@given(words, st.sampled_from(["latin-1", "cp1252", "gb18030"]))
def test_utf_8_read_in_another_encoding_is_damaged(text: str, encoding: str) -> None:
    assert find_damage("须知：" + text.encode().decode(encoding, "replace")) is not None
