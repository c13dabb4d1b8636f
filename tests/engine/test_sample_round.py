"""The order of a round: promised before the window, drawn once and unchanged, revealed after the window."""

import hashlib
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_stage import AFTER, BEFORE, BIG, INSIDE, SMALL, fill_declaring_night, make_declaring, opened_store

from domain.errors import PublishRefusedError, RefusedError, UsageError
from domain.run import RunState
from domain.sample import Aspect, SampleCommitment, SizeRule, Volume, hash_salt
from engine.sampling.sample_frame import declared_texts, gather_frame
from engine.sampling.sample_round import commit_sample, draw_committed, reveal_salt
from scoring.sampling.frames import write_frame
from scoring.sampling.published import Discrepancy, verify_published, write_draw
from storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    yield from opened_store(tmp_path / "home")


def promise(store: Store) -> SampleCommitment:
    (run,) = store.runs.all()
    return commit_sample(store, run, by="王抽样", size=SizeRule(), now=BEFORE)


def tamper(store: Store, statement: str, *values: object) -> None:
    with sqlite3.connect(store.home / "yuece.db") as connection:
        connection.execute(statement, values)


def test_the_frame_says_what_every_guide_declares_and_denies(store: Store) -> None:
    (run,) = store.runs.all()
    frame = gather_frame(store, run.id)
    assert Counter(item.unit for item in frame) == {BIG: 60, SMALL: 8}
    declared = Counter((item.unit, aspect) for item in frame for aspect in item.declared)
    denied = Counter((item.unit, aspect) for item in frame for aspect in item.denied)
    assert declared[BIG, Aspect.BOOKING] == declared[BIG, Aspect.GUIDE_TRUTH] == declared[BIG, Aspect.LESS_TIME] == 60
    assert declared[BIG, Aspect.INSTANT] == declared[BIG, Aspect.FEWER_VISITS] == 30
    assert (denied[BIG, Aspect.INSTANT], denied[SMALL, Aspect.INSTANT], denied[BIG, Aspect.BOOKING]) == (30, 4, 0)


def test_cases_lay_out_the_strata_of_the_bodies_that_have_figures(store: Store) -> None:
    (run,) = store.runs.all()
    cases = {make_declaring(SMALL, number).code: 10 * number for number in range(8)}
    volumes = Counter((item.unit, item.volume) for item in gather_frame(store, run.id, cases))
    assert volumes == {(BIG, Volume.UNKNOWN): 60, (SMALL, Volume.TOP): 2, (SMALL, Volume.REST): 6}


def test_a_round_from_promise_to_proof(store: Store) -> None:
    made = promise(store)
    assert (made.id, made.in_time, made.frame_items, made.target) == ("2026H2-1", True, 68, "live")
    draw, items = draw_committed(store, made, by="王抽样", now=INSIDE)
    assert draw.populations[BIG][Aspect.BOOKING] == 60
    assert set(draw.sizes[BIG].values()) == {20}
    assert (draw.sizes[SMALL][Aspect.BOOKING], draw.sizes[SMALL][Aspect.INSTANT]) == (8, 4)
    assert store.samples.items(made.id) == tuple(sorted(items, key=lambda item: (item.unit, item.order)))
    told = reveal_salt(store, made, by="王抽样", now=AFTER)
    assert hash_salt(told.salt) == made.salt_sha256
    assert reveal_salt(store, made, by="别人", now=AFTER) == told
    files = {"frame": write_frame(store.samples.frame(made.id)), "draw": write_draw(items)}
    assert verify_published(made, salt=told.salt, **files) == ()
    assert verify_published(made, salt="0" * 64, **files) == (Discrepancy.SALT, Discrepancy.DRAW)
    shorter = files["frame"][: files["frame"].rindex(b"\n", 0, -1) + 1]
    assert verify_published(made, salt=told.salt, frame=shorter, draw=files["draw"])[0] is Discrepancy.FRAME
    swapped = files["draw"].replace(b",yes,", b",no,", 1)
    assert verify_published(made, salt=told.salt, frame=files["frame"], draw=swapped) == (Discrepancy.DRAW,)


def test_the_promise_comes_before_the_window(store: Store) -> None:
    (run,) = store.runs.all()
    with pytest.raises(RefusedError, match="2026-12-01"):
        commit_sample(store, run, by="王抽样", size=SizeRule(), now=INSIDE)
    # 15:59 UTC on 30 November is 23:59 in China, one minute later the window is open.
    last = INSIDE.replace(month=11, day=30, hour=15, minute=59)
    assert commit_sample(store, run, by="王抽样", size=SizeRule(), now=last).in_time
    with pytest.raises(RefusedError):
        commit_sample(store, run, by="王抽样", size=SizeRule(), now=last.replace(hour=16, minute=0))


def test_a_trial_on_the_sandbox_is_marked_as_late(tmp_path: Path) -> None:
    for store in opened_store(tmp_path / "home", target="sandbox"):
        (run,) = store.runs.all()
        assert not commit_sample(store, run, by="王抽样", size=SizeRule(), now=INSIDE).in_time


def test_a_draw_is_made_once(store: Store) -> None:
    made = promise(store)
    again = promise(store)
    assert again.id == "2026H2-2"
    with pytest.raises(RefusedError, match="replaced by 2026H2-2"):
        draw_committed(store, made, by="王抽样", now=INSIDE)
    draw_committed(store, again, by="王抽样", now=INSIDE)
    for attempt in (made, again):
        with pytest.raises(RefusedError):
            draw_committed(store, attempt, by="王抽样", now=INSIDE)
    with pytest.raises(RefusedError, match="2026H2-2 was drawn already"):
        promise(store)


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE sample_commitment SET salt = ?", "0" * 64),
        ("UPDATE sample_commitment SET salt_sha256 = ?", "0" * 64),
        ("UPDATE sample_commitment SET frame_sha256 = ?", "0" * 64),
    ],
)
def test_a_draw_is_refused_after_any_change(store: Store, statement: str, value: str) -> None:
    made = promise(store)
    tamper(store, statement, value)
    with pytest.raises(RefusedError, match="not the one that was promised; nothing was drawn"):
        draw_committed(store, store.samples.commitment(made.id), by="王抽样", now=INSIDE)
    assert store.samples.draw(made.id) is None


def test_a_public_value_that_was_promised_is_part_of_the_draw(store: Store) -> None:
    (run,) = store.runs.all()
    named = "2026-12-01 双色球开奖号码"
    made = commit_sample(store, run, by="王抽样", size=SizeRule(), beacon=named, now=BEFORE)
    with pytest.raises(UsageError, match="双色球"):
        draw_committed(store, made, by="王抽样", now=INSIDE)
    _, items = draw_committed(store, made, by="王抽样", beacon_value="03 08 11", now=INSIDE)
    salt = reveal_salt(store, made, by="王抽样", now=AFTER).salt
    one = items[0]
    line = f"2026H2|{one.unit}|{one.code}|{salt}03 08 11"
    assert one.order == hashlib.sha256(line.encode()).hexdigest()
    frame, draw = write_frame(store.samples.frame(made.id)), write_draw(items)
    assert verify_published(made, frame=frame, salt=salt, draw=draw, beacon_value="03 08 11") == ()
    assert verify_published(made, frame=frame, salt=salt, draw=draw, beacon_value="03 08 12") == (Discrepancy.DRAW,)
    assert verify_published(made, frame=frame, salt=salt, draw=draw) == (Discrepancy.BEACON, Discrepancy.DRAW)


def test_a_public_value_that_was_not_promised_is_turned_away(store: Store) -> None:
    with pytest.raises(UsageError, match="none was promised"):
        draw_committed(store, promise(store), by="王抽样", beacon_value="03", now=INSIDE)


def test_guides_that_change_after_the_promise_do_not_touch_the_frame(store: Store) -> None:
    made = promise(store)
    with sqlite3.connect(store.home / "yuece.db") as connection:
        connection.execute("DELETE FROM guide")
    draw, _ = draw_committed(store, made, by="王抽样", now=INSIDE)
    assert draw.populations[BIG][Aspect.BOOKING] == 60


def test_the_salt_stays_secret_while_the_window_is_open(store: Store) -> None:
    made = promise(store)
    with pytest.raises(RefusedError, match="not drawn yet"):
        reveal_salt(store, made, by="王抽样", now=AFTER)
    draw_committed(store, made, by="王抽样", now=INSIDE)
    with pytest.raises(RefusedError, match="2026-12-31"):
        reveal_salt(store, made, by="王抽样", now=INSIDE.replace(day=31))
    assert store.samples.reveal(made.id) is None


def test_nothing_is_promised_about_a_night_in_doubt_or_without_guides(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        run = fill_declaring_night(store, state=RunState.QUARANTINED)
        with pytest.raises(PublishRefusedError):
            commit_sample(store, run, by="王抽样", size=SizeRule(), now=BEFORE)
        empty = run.model_copy(update={"id": "20261122T173005Z-cccc", "state": RunState.FINISHED})
        store.runs.add(empty)
        with pytest.raises(UsageError, match="no measured guide"):
            commit_sample(store, empty, by="王抽样", size=SizeRule(), now=BEFORE)


def test_observers_read_what_the_guide_says(store: Store) -> None:
    made = promise(store)
    _, items = draw_committed(store, made, by="王抽样", now=INSIDE)
    said = declared_texts(store, made.run, items)[items[0].item_id]
    assert said[Aspect.LESS_TIME] == "承诺办结时限：5(工作日)；法定办结时限：15(工作日)"
    assert said[Aspect.BOOKING] == "是否支持预约办理：是"
    assert said[Aspect.GUIDE_TRUTH].endswith("申请材料：施工许可证申请表、<script>document.title='pwned'</script>")
