"""The ranking and the page of one score as the workbench serves them, read as text."""

import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from domain.scoring_basis import ScoringBasis
from domain.sensitivity import Choice, Sensitivity, Variation
from domain.standing import Standing
from storage.store import Store
from tests.engine.scored_store import READ, UNREAD, fill
from tests.exports.filled_store import SECOND_NIGHT, make_listed

RUN = f"/runs/{SECOND_NIGHT}"


def stand(unit: str, rank: int, total: float, interval: tuple[float, float] | None, band: int) -> Standing:
    return Standing(
        run=SECOND_NIGHT,
        period="2026H2",
        unit=unit,
        table="D",
        in_list="A",
        reading="narrow",
        kind="partial",
        total=total,
        interval=interval,
        rank=rank,
        rank_low=1,
        rank_high=rank,
        above_next=0.75 if rank == 1 else None,
        p_top3=1.0,
        band=band,
        draws=500,
        seed=7,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ranked") / "home"
    with Store.open(folder) as store:
        fill(store)
        basis = store.standings.basis(SECOND_NIGHT)
        assert isinstance(basis, ScoringBasis)
        standings = [stand(READ, 1, 80.0, (70.0, 90.0), 1), stand(UNREAD, 2, 60.0, None, 2)]
        store.standings.save(SECOND_NIGHT, basis, standings)
        years = [
            one.model_copy(update={"period": "2026", "total": 70.0, "interval": (65.0, 77.5)}) for one in standings
        ]
        store.standings.save_year(2026, years[:1])
        tried = Variation(
            choice=Choice.OVERLAPS, title="重叠指标合并为一项", bodies=2, mean_shift=0.5, max_shift=1, tau_b=0.25
        )
        head = {"run": SECOND_NIGHT, "period": "2026H2", "table": "D", "in_list": "A", "reading": "narrow"}
        rest = {"kind": "partial", "seed": 7, "draws": 500, "variations": (tried,), "movers": ()}
        store.standings.save_sensitivities(SECOND_NIGHT, [Sensitivity.model_validate(head | rest)])
    return folder


def page(origin: str, path: str) -> str:
    with urlopen(f"{origin}{path}", timeout=20) as answer:
        body: bytes = answer.read()
    return body.decode()


def test_a_year_stands_below_its_second_half(origin: str) -> None:
    half, year = page(origin, f"{RUN}/ranking").split("2026 年度 · ")
    assert "65.00–77.50" in year
    assert "65.00–77.50" not in half
    assert "敏感性" in half
    assert "敏感性" not in year


def test_a_ranking_shows_intervals_to_scale_and_where_bands_part(origin: str) -> None:
    shown = page(origin, f"{RUN}/ranking")
    # 60 to 90 on 228 of 240 points, 6 from the left: 70 lies at 82, 80 at 158, 90 at 234.
    assert '<rect x="82.0" y="4" width="152.0"' in shown
    assert '<line x1="158.0" x2="158.0"' in shown
    assert '<line x1="6.0" x2="6.0"' in shown
    assert shown.count("band-start") == 1
    assert "70.00–90.00" in shown
    assert "无抽样误差" in shown
    assert "75%" in shown
    assert "0.250" in shown
    assert f'href="{RUN}/units/{READ}"' in shown


def test_a_score_leads_to_its_proof(origin: str) -> None:
    shown = page(origin, f"{RUN}/scores/{READ}/D37")
    assert "(1 - MIN(mean_visits, 1)) * k" in shown
    assert f'href="{RUN}/guides/gdzwfw/{make_listed(READ, 0).item_id}"' in shown
    assert "指南未写明，或来源不显示" in shown
    probed = page(origin, f"{RUN}/scores/{READ}/unified-identity")
    address = f"{RUN}/observations/gdzwfw/online-entrance/{make_listed(READ, 0).item_id}"
    assert f'href="{address}"' in probed
    assert "受阻" in probed
    assert make_listed(READ, 0).item_id in page(origin, address)


def test_every_link_of_a_score_is_answered(origin: str) -> None:
    shown = page(origin, f"{RUN}/scores/{UNREAD}/D37")
    links = set(re.findall(r'href="(/[^"]+)"', shown))
    assert len(links) > 5
    for link in links:
        assert page(origin, link.replace("&amp;", "&"))


def test_pages_speak_english_on_request(origin: str) -> None:
    assert "Ranking with intervals" in page(origin, f"{RUN}/ranking?lang=en")
    assert "Recomputation" in page(origin, f"{RUN}/scores/{READ}/D37?lang=en")


def test_the_run_and_the_body_lead_there(origin: str) -> None:
    assert f'href="{RUN}/ranking"' in page(origin, RUN)
    assert f'href="{RUN}/scores/{READ}/fewer-visits"' in page(origin, f"{RUN}/units/{READ}")


def test_a_score_that_is_not_there_is_not_found(origin: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        page(origin, f"{RUN}/scores/{READ}/D99")
