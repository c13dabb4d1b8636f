"""Reads one line of a capture and refuses, in one sentence, whatever does not fit."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COLUMNS = (
    "TASK_CODE",
    "TASK_NAME",
    "TASK_TYPE",
    "TASK_TYPE_TEXT",
    "ORGCODE",
    "DEPT_NAME",
    "AREACODE",
    "AREA_CODE_TEXT",
    "CATANAME",
    "CATAID",
    "ONLINECHECK",
    "URL",
    "matter_level",
    "visit_number",
    "handle_location",
    "handle_time",
    "handle_time_limit",
    "accept_standard",
    "consult_phone",
    "complain_phone",
    "courier_service",
    "bear_paltform",
    "online_book",
    "online_book_addr",
    "co_department",
    "matter_daily",
    "theme_category",
    "service_object_name",
    "material_intro",
)
"""Columns that every record must have."""
CODE_LENGTHS = (31, 33)


class CorpusError(ValueError):
    """A corpus file does not fit; the message is one sentence for whoever gave the file."""


@dataclass(frozen=True)
class Captured:
    """One captured record, known to have every needed column."""

    values: dict[str, Any]

    def value(self, column: str) -> str | None:
        """Return a column as captured; ``None`` when the portal gave null or the column is optional and absent."""
        found = self.values.get(column)
        return None if found is None else str(found)

    def text(self, column: str) -> str:
        """Return a column as text, "" for null."""
        return self.value(column) or ""

    def texts(self, column: str) -> tuple[str, ...]:
        """Return a column of several values; the text 无 stands for none."""
        found = self.values[column]
        if isinstance(found, list):
            return tuple(str(one) for one in found)
        return () if found in (None, "", "无") else (str(found),)

    @property
    def department(self) -> tuple[str, str, str]:
        """Who answers for the guide: organisation code, name, region."""
        return self.text("ORGCODE"), self.text("DEPT_NAME"), self.text("AREACODE")


def parse_line(path: Path, number: int, line: str) -> dict[str, Any]:
    """Parse a line as a JSON object."""
    try:
        parsed = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(
            f"{path.name}, line {number}: no valid JSON ({error.msg}), but one JSON object a line is needed"
        ) from error
    if not isinstance(parsed, dict):
        raise CorpusError(
            f"{path.name}, line {number}: a {type(parsed).__name__}, but one JSON object a line is needed"
        )
    return parsed


def read_record(path: Path, number: int, line: str) -> Captured:
    """Read one line; raises ``CorpusError`` with file, line, what is missing and what is needed."""
    values = parse_line(path, number, line)
    missing = [column for column in COLUMNS if column not in values]
    if missing:
        raise CorpusError(
            f"{path.name}, line {number}: {', '.join(missing)} missing, but the columns {', '.join(COLUMNS)} are needed"
        )
    code = str(values["TASK_CODE"])
    if len(code) not in CODE_LENGTHS:
        raise CorpusError(
            f"{path.name}, line {number}: TASK_CODE {code!r} has {len(code)} characters, but 31 or 33 are needed"
        )
    return Captured(values)
