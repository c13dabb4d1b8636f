"""The draw: repeatable with stock tools, independent of order and of other bodies, one visit for several rows."""

import hashlib
import random
import subprocess
from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.sample import Aspect, FrameItem, SizeRule, Volume
from scoring.sampling.finite_population import sample_size
from scoring.sampling.frames import hash_frame, read_frame, sort_frame, sort_volumes, write_frame
from scoring.sampling.item_draw import DrawnSample, allocate, draw_sample

SALT = "5b" * 32
TYPES = ("01", "07", "21")


def make_item(number: int, unit: str = "dept-01", **more: object) -> FrameItem:
    fields: dict[str, object] = {
        "unit": unit,
        "code": f"11441700{number:023}",
        "item_id": f"item-{number}",
        "title": "事项",
        "item_type_code": TYPES[number % 3],
        "declared": (Aspect.BOOKING, Aspect.INSTANT) if number % 2 else (Aspect.BOOKING,),
        "denied": () if number % 2 else (Aspect.INSTANT,),
    }
    return FrameItem.model_validate({**fields, **more})


FRAME = [make_item(number) for number in range(60)] + [make_item(number, "county-1") for number in range(15)]


def draw(frame: list[FrameItem], *, salt: str = SALT, size: SizeRule | None = None) -> DrawnSample:
    return draw_sample(frame, commitment="2026H2-1", period="2026H2", salt=salt, size=size or SizeRule())


def codes(drawn: DrawnSample, unit: str, aspect: Aspect) -> list[str]:
    return [item.code for item in drawn.items if item.unit == unit and aspect in item.checks]


def test_the_order_is_the_hash_that_sha256sum_gives() -> None:
    one = draw(FRAME).items[0]
    line = f"2026H2|{one.unit}|{one.code}|{SALT}"
    told = subprocess.run(["sha256sum"], input=line.encode(), capture_output=True, check=True).stdout.decode()
    assert one.order == told.split()[0]


def test_a_row_takes_the_first_of_each_stratum_in_the_body_s_order() -> None:
    """Worked by hand: 60 bookable items, 20 of each type, 20 asked for: 7 + 7 + 6, the first by hash of each type."""
    drawn = codes(draw(FRAME), "dept-01", Aspect.BOOKING)
    of_body = [item for item in FRAME if item.unit == "dept-01"]

    def place(item: FrameItem) -> str:
        return hashlib.sha256(f"2026H2|dept-01|{item.code}|{SALT}".encode()).hexdigest()

    expected = set()
    for kind, share in (("01", 7), ("07", 7), ("21", 6)):
        members = sorted((item for item in of_body if item.item_type_code == kind), key=place)
        expected |= {item.code for item in members[:share]}
    assert set(drawn) == expected
    assert len(drawn) == 20


def test_a_population_of_twenty_or_less_is_taken_whole() -> None:
    drawn = draw(FRAME)
    assert len(codes(drawn, "county-1", Aspect.BOOKING)) == 15
    assert drawn.populations["county-1"] == {Aspect.BOOKING: 15, Aspect.INSTANT: 7}
    assert drawn.sizes["dept-01"] == {Aspect.BOOKING: 20, Aspect.INSTANT: 20}


def test_rows_share_their_visits() -> None:
    """30 of 60 items declare both: drawn apart, two samples of 20 would take up to 40 visits."""
    drawn = draw(FRAME)
    booking, instant = (set(codes(drawn, "dept-01", aspect)) for aspect in (Aspect.BOOKING, Aspect.INSTANT))
    first_booking = [code for code in codes(drawn, "dept-01", Aspect.BOOKING) if int(code[-2:]) % 2]
    assert set(first_booking) <= instant
    assert len(booking | instant) <= 32


def test_neither_the_order_of_the_frame_nor_other_bodies_change_a_body_s_draw() -> None:
    shuffled = FRAME[:]
    random.Random(7).shuffle(shuffled)
    assert draw(shuffled).items == draw(FRAME).items
    alone = draw([item for item in FRAME if item.unit == "county-1"])
    assert alone.items == tuple(item for item in draw(FRAME).items if item.unit == "county-1")


def test_another_salt_draws_others_and_every_item_about_as_often() -> None:
    hits: Counter[str] = Counter()
    for number in range(400):
        hits.update(codes(draw(FRAME[:60], salt=f"salt-{number}"), "dept-01", Aspect.BOOKING))
    # Each is due 133.3 times with a standard deviation of 9.4; five of them bound all sixty.
    assert all(abs(hits[item.code] - 400 / 3) < 5 * 9.5 for item in FRAME[:60])


def test_five_denied_items_are_watched_and_a_quarter_is_seen_twice() -> None:
    drawn = [item for item in draw(FRAME).items if item.unit == "dept-01"]
    assert sum(bool(item.watched) for item in drawn) == 5
    main = [item for item in drawn if item.checks]
    assert sum(item.second for item in drawn) == -(-len(main) // 4)
    spare = [item for item in drawn if Aspect.BOOKING in item.spare]
    assert len(spare) == 4
    assert not any(Aspect.BOOKING in item.checks for item in spare)


def test_a_wished_width_enlarges_a_sample_and_never_shrinks_it_below_the_floor() -> None:
    assert draw(FRAME, size=SizeRule(half_width=Decimal("0.1"))).sizes["dept-01"][Aspect.BOOKING] == sample_size(
        60, 0.1
    )
    assert draw(FRAME, size=SizeRule(half_width=Decimal("0.4"))).sizes["dept-01"][Aspect.BOOKING] == 20


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(1, 60), min_size=1), st.integers(1, 60))
def test_strata_get_their_share_and_two_each(sizes: dict[str, int], total: int) -> None:
    shares = allocate(sizes, total)
    population = sum(sizes.values())
    if population <= total:
        assert shares == sizes
        return
    floors = sum(min(2, size) for size in sizes.values())
    assert sum(shares.values()) == max(total, floors)
    for name, size in sizes.items():
        assert min(2, size) <= shares[name] <= size
        if total >= 2 * len(sizes) and shares[name] > 2:
            assert shares[name] < size * total / population + 1


def test_the_frame_file_says_all_that_the_draw_needs() -> None:
    frame = sort_frame(FRAME)
    again = read_frame(write_frame(frame), name="frame.csv")
    assert [item.order for item in draw(list(again)).items] == [item.order for item in draw(FRAME).items]
    assert hash_frame(again) == hash_frame(frame) == hashlib.sha256(write_frame(frame)).hexdigest()
    reworded = [item.model_copy(update={"title": "另一个名称"}) for item in frame]
    assert hash_frame(reworded) == hash_frame(frame)
    changed = [*frame[:-1], frame[-1].model_copy(update={"declared": ()})]
    assert hash_frame(changed) != hash_frame(frame)


def test_two_guides_of_one_code_are_one_item() -> None:
    twin = make_item(3, item_id="item-0")
    (kept,) = (item for item in sort_frame([*FRAME, twin]) if item.code == twin.code and item.unit == twin.unit)
    assert kept.item_id == "item-0"


def test_the_top_fifth_by_cases() -> None:
    """Ten items: the two with most cases are the top fifth; a tie at the border belongs to it."""
    cases = {f"c{number}": number for number in range(10)}
    assert [code for code, volume in sort_volumes(cases).items() if volume is Volume.TOP] == ["c8", "c9"]
    tied = sort_volumes(cases | {"c7": 8})
    assert [code for code, volume in tied.items() if volume is Volume.TOP] == ["c7", "c8", "c9"]
    assert set(sort_volumes(dict.fromkeys(cases, 0)).values()) == {Volume.REST}
    assert sort_volumes({}) == {}


frames = st.lists(
    st.tuples(st.sampled_from(["dept-01", "county-1"]), st.sampled_from(TYPES), st.sets(st.sampled_from(list(Aspect)))),
    max_size=80,
)


@given(frames, st.text(max_size=20), st.integers(1, 30))
def test_every_row_of_any_frame_is_drawn_from_its_own_declarations(
    told: list[tuple[str, str, set[Aspect]]], salt: str, floor: int
) -> None:
    frame = [
        make_item(number, unit, item_type_code=kind, declared=[one for one in Aspect if one in aspects], denied=())
        for number, (unit, kind, aspects) in enumerate(told)
    ]
    declared = {(item.unit, item.code): item.declared for item in frame}
    drawn = draw(frame, salt=salt, size=SizeRule(floor=floor))
    for item in drawn.items:
        assert set(item.checks) | set(item.spare) <= set(declared[item.unit, item.code])
        assert not set(item.checks) & set(item.spare)
    for unit, populations in drawn.populations.items():
        for aspect, population in populations.items():
            assert population == sum(aspect in one for (body, _), one in declared.items() if body == unit)
            strata = {kind for body, kind, aspects in told if body == unit and aspect in aspects}
            count = len(codes(drawn, unit, aspect))
            assert min(population, floor) <= count <= min(population, max(floor, 2 * len(strata)))
    for unit in ("dept-01", "county-1"):
        alone = draw([item for item in frame if item.unit == unit], salt=salt, size=SizeRule(floor=floor))
        assert alone.items == tuple(item for item in drawn.items if item.unit == unit)
