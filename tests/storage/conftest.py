"""A real store on disk, and small values to put into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.crawl import GuideOutcome, GuideVisit, ListedGuide
from domain.finding import Audit, Finding, RuleSet
from domain.guide import Field, Guide
from domain.guide_fields import FieldName, FieldState
from domain.outcome import Outcome
from domain.run import Run, RunKind, RunState
from storage.store import Store

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Samples:
    """Builders of plain values; tests change what they are about with ``model_copy``."""

    @property
    def rule_set(self) -> RuleSet:
        return RuleSet(id="rules-1", members=(("phone.form", 1), ("fee.stated", 2)))

    def run(self, id: str = "run-1", *, started_at: datetime = NOW, kind: RunKind = RunKind.NIGHTLY) -> Run:
        return Run(
            id=id,
            kind=kind,
            period="2026H2",
            target="sandbox",
            state=RunState.RUNNING,
            started_at=started_at,
            units=("dept-01",),
            portals=("gdzwfw",),
            tool_version="0.1.0",
            tool_commit="abc",
            packages={},
            settings_hash="0",
            settings={},
        )

    def listed(self, item_id: str, unit: str = "dept-01") -> ListedGuide:
        return ListedGuide(portal="gdzwfw", unit=unit, item_id=item_id, code="c", title="t", url="https://p/" + item_id)

    def visit(self, item_id: str, outcome: GuideOutcome = GuideOutcome.MEASURED, unit: str = "dept-01") -> GuideVisit:
        return GuideVisit(
            **self.listed(item_id, unit).model_dump(), outcome=outcome, document="d" + item_id, fetched_at=NOW
        )

    def guide(self, item_id: str, *, title: str = "户口登记", parser: str = "gdzwfw-item/1") -> Guide:
        return Guide(
            portal="gdzwfw",
            unit="dept-01",
            item_id=item_id,
            code="c",
            title=title,
            url="https://p/" + item_id,
            document="d" + item_id,
            captured_at=NOW,
            parser=parser,
            fields={FieldName.NAME: Field(raw=title, value=title, state=FieldState.OK)},
        )

    def audit(self, item_id: str, run: str = "run-1", unit: str = "dept-01", outcomes: str = "fp") -> Audit:
        return Audit(
            run=run,
            portal="gdzwfw",
            unit=unit,
            item_id=item_id,
            subject="code-" + item_id,
            document="d",
            rule_set=self.rule_set.id,
            outcomes=outcomes,
            shares={},
        )

    def finding(
        self, item_id: str, rule_id: str = "phone.form", *, run: str = "run-1", unit: str = "dept-01"
    ) -> Finding:
        return Finding(
            run=run,
            portal="gdzwfw",
            unit=unit,
            subject="code-" + item_id,
            item_id=item_id,
            rule_id=rule_id,
            rule_version=1,
            field=FieldName.ENQUIRY_PHONE,
            outcome=Outcome.FAIL,
            state=FieldState.MALFORMED,
            reason="咨询电话格式不符",
            excerpt="12345-",
            checked=1,
            failed=1,
            document="d",
            url="https://p/" + item_id,
        )


@pytest.fixture
def samples() -> Samples:
    return Samples()


@pytest.fixture
def store(tmp_path: Path, samples: Samples) -> Iterator[Store]:
    """A store that knows ``run-1`` and the sample rule set."""
    with Store.open(tmp_path / "home") as opened:
        opened.runs.add(samples.run())
        opened.audits.save_rule_set(samples.rule_set)
        yield opened
