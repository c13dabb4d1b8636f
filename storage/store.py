"""The one door to disk: a home folder with the database of facts and the files of evidence."""

from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.engine import URL

from domain.errors import MachineError, UsageError
from storage.address_repository import AddressRepository
from storage.audit_repository import AuditRepository
from storage.coverage_repository import CoverageRepository
from storage.crawl_repository import CrawlRepository
from storage.database import Database
from storage.evidence_repository import EvidenceRepository
from storage.evidence_store import EvidenceStore
from storage.fact_repository import FactRepository
from storage.guide_repository import GuideRepository
from storage.handed_list_repository import HandedListRepository
from storage.imported_figure_repository import ImportedFigureRepository
from storage.manual_repository import ManualRepository
from storage.migration import migrate
from storage.observation_repository import ObservationRepository
from storage.overview import Overview
from storage.readability_repository import ReadabilityRepository
from storage.review_repository import ReviewRepository
from storage.row_grade_repository import RowGradeRepository
from storage.run_repository import RunRepository
from storage.sample_repository import SampleRepository
from storage.score_repository import ScoreRepository
from storage.standing_repository import StandingRepository

DATABASE_FILE = "yuece.db"
EVIDENCE_FOLDER = "evidence"


class Store:
    """Everything that is kept, one repository per aggregate; safe to share between threads."""

    def __init__(self, home: Path, database: Database) -> None:
        self.home = home
        self.evidence = EvidenceStore(home / EVIDENCE_FOLDER)
        self.runs = RunRepository(database)
        self.crawls = CrawlRepository(database)
        self.guides = GuideRepository(database)
        self.addresses = AddressRepository(database)
        self.coverage = CoverageRepository(database)
        self.audits = AuditRepository(database)
        self.readability = ReadabilityRepository(database)
        self.observations = ObservationRepository(database)
        self.manual = ManualRepository(database)
        self.samples = SampleRepository(database)
        self.facts = FactRepository(database)
        self.scores = ScoreRepository(database)
        self.figures = ImportedFigureRepository(database)
        self.lists = HandedListRepository(database)
        self.standings = StandingRepository(database)
        self.reviews = ReviewRepository(database)
        self.row_grades = RowGradeRepository(database)
        self.artefacts = EvidenceRepository(database)
        self.overview = Overview(database)
        self._database = database

    @classmethod
    def open(cls, home: Path, *, create: bool = True) -> Self:
        """Open the store of a home folder and bring it to this version's schema.

        Raises ``UsageError`` when there is no store and none shall be made, ``MachineError`` when the store cannot be
        read or belongs to a newer version.
        """
        file = home / DATABASE_FILE
        if not create and not file.is_file():
            raise UsageError(f"there is no store in {home}; allowed: a folder that holds {DATABASE_FILE}")
        _make_folder(home)
        database = Database(URL.create("sqlite", database=str(file)))
        try:
            migrate(database)
        except BaseException:
            database.close()
            raise
        return cls(home, database)

    def close(self) -> None:
        """Give back every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"the folder {home} cannot be made: {error.strerror}") from error
