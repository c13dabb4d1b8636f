"""A night that saw less than the one before is not published, and the refusal says what is missing."""

from pathlib import Path

import pytest
from filled_store import FIRST_NIGHT, SECOND_NIGHT, UNITS, fill_night, make_run

from domain.errors import ExitCode, PublishRefusedError
from domain.run import RunKind, RunState
from exports.export import export
from exports.manifest import read_manifest
from exports.publication_gate import ShrinkLimits
from storage.store import Store


@pytest.fixture
def before(tmp_path: Path) -> Store:
    opened = Store.open(tmp_path / "home")
    fill_night(opened, make_run(FIRST_NIGHT, days=-1), items=40, observations=10)
    return opened


def publish(store: Store, out: Path, **more: object) -> Path:
    path, _ = export(store, "totals", run=SECOND_NIGHT, format="csv", out=out, **more)  # type: ignore[arg-type]  # test data
    return path


def test_an_equal_night_is_published(before: Store, tmp_path: Path) -> None:
    fill_night(before, make_run(), items=40, observations=10)
    path = publish(before, tmp_path / "out")
    assert path.is_file()
    assert [file.forced for file in read_manifest(tmp_path / "out" / "manifest.json").files] == [False]


def test_five_percent_fewer_guides_pass_and_more_do_not(before: Store, tmp_path: Path) -> None:
    fill_night(before, make_run(), items=40, unseen=2, observations=10)  # 152 of 160: exactly 5 %
    publish(before, tmp_path / "out")
    with pytest.raises(PublishRefusedError, match="guides measured fell from 160 to 152"):
        publish(before, tmp_path / "out", limits=ShrinkLimits(guides_share=0.04))


def test_a_vanished_body_is_named(before: Store, tmp_path: Path) -> None:
    fill_night(before, make_run(), units=UNITS[:3], items=54, observations=14)
    with pytest.raises(PublishRefusedError, match="bodies vanished: gdzwfw/county-1 江城区") as caught:
        publish(before, tmp_path / "out")
    assert caught.value.exit_code == ExitCode.PARTIAL == 4
    assert "guides measured" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_fall_in_coverage_is_named_with_its_figures(before: Store, tmp_path: Path) -> None:
    fill_night(before, make_run(), items=50, unseen=6, observations=10)  # 44 of 50 = 88 %, more guides than before
    with pytest.raises(PublishRefusedError, match=r"coverage fell: .*gdzwfw/dept-01 100 % → 88 %"):
        publish(before, tmp_path / "out")
    publish(before, tmp_path / "out", limits=ShrinkLimits(coverage_points=12))


def test_fewer_observations_are_refused(before: Store, tmp_path: Path) -> None:
    fill_night(before, make_run(), items=40, observations=9)
    with pytest.raises(PublishRefusedError, match="observations fell from 40 to 36"):
        publish(before, tmp_path / "out")


def test_force_publishes_and_says_so(before: Store, tmp_path: Path) -> None:
    fill_night(before, make_run(), items=4)
    publish(before, tmp_path / "out", force=True)
    assert [file.forced for file in read_manifest(tmp_path / "out" / "manifest.json").files] == [True]


@pytest.mark.parametrize("change", [{"target": "live"}, {"kind": RunKind.CRAWL}])
def test_runs_of_another_target_or_kind_are_no_measure(
    before: Store, tmp_path: Path, change: dict[str, object]
) -> None:
    fill_night(before, make_run(**change), items=4)
    assert publish(before, tmp_path / "out").is_file()


def test_a_poor_night_does_not_lower_the_bar(before: Store, tmp_path: Path) -> None:
    fill_night(
        before,
        make_run("20261122T080000Z-poor", state=RunState.PARTIAL).model_copy(
            update={"started_at": make_run(days=-1).started_at.replace(hour=20)}
        ),
        items=10,
        observations=10,
    )
    fill_night(before, make_run(), items=10, observations=10)
    with pytest.raises(PublishRefusedError, match=FIRST_NIGHT):
        publish(before, tmp_path / "out")


def test_the_first_night_has_nothing_to_shrink_from(store: Store, tmp_path: Path) -> None:
    assert publish(store, tmp_path / "out").is_file()
