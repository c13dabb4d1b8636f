"""What the owner's settings decide about a scoring, in one value, so that a night and ``yuece score`` cannot differ."""

from dataclasses import dataclass
from pathlib import Path

from engine.settings import Settings
from scoring.applicability import Reading
from scoring.targets import TARGETS_FILE
from scoring.total_rules import TOTALS_FILE


@dataclass(frozen=True, kw_only=True)
class ScoringChoice:
    """The reading of the exemption, the client's files, and whether readability may enter a score."""

    reading: Reading = Reading.NARROW
    targets_file: Path = TARGETS_FILE
    totals_file: Path = TOTALS_FILE
    readability_calibrated: bool = False
    seed: int = 2021  # of what is drawn for intervals and standings
    draws: int = 5_000


def choice_of(settings: Settings) -> ScoringChoice:
    """Read the choice from the settings."""
    return ScoringChoice(
        reading=Reading(settings.reading),
        targets_file=settings.targets_file or TARGETS_FILE,
        totals_file=settings.totals_file or TOTALS_FILE,
        readability_calibrated=settings.readability_calibrated,
        seed=settings.ranking_seed,
        draws=settings.ranking_draws,
    )
