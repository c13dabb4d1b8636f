"""Reads the detail tables of an item: laws, windows, steps, charges and questions (portals.md §1.5)."""

import re
from datetime import date

from domain.guide import Charge, FlowStep, Law, Question, Window
from portals.gdzwfw.codes import STEPS
from portals.rows import Row, cell, read_rows

DELIVERY_KEYS = {"TRANSPORT_TYPE_TEXT", "TRANSPORT_TYPE"}
DATE = re.compile(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})")


def read_date(text: str) -> date | None:
    """Read "2021-06-25", "20210625", "2021年6月25日" with or without a time; ``None`` for anything else."""
    match = DATE.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_laws(value: object) -> tuple[Law, ...]:
    """Read ``LAW[]``; a row without any text is no legal basis."""
    laws = (read_law(row) for row in read_rows(value))
    return tuple(law for law in laws if law.name or law.number or law.content)


def read_law(row: Row) -> Law:
    effective = cell(row, "SSRQ")
    return Law(
        name=cell(row, "LAWNAME"),
        number=cell(row, "ACCORDINGNUMBER"),
        clause=cell(row, "TERMSNUMBER"),
        content=cell(row, "TERMSCONTENT"),
        issuer=cell(row, "BFJG"),
        effective_text=effective,
        effective=read_date(effective),
    )


def read_windows(value: object) -> tuple[Window, ...]:
    """Read ``AUDIT_CATALOG_LOBBY``, where address and hours live; ``TRANSACT_ADDR`` is always empty."""
    windows = (
        Window(
            name=cell(row, "NAME"),
            address=cell(row, "ADDRESS"),
            hours=cell(row, "TIME"),
            phone=cell(row, "TEL"),
            transport=cell(row, "TIME_DELAY_BUS"),
        )
        for row in read_rows(value)
    )
    return tuple(window for window in windows if window != Window())


def read_steps(value: object) -> tuple[FlowStep, ...]:
    """Read ``AUDIT_ITEM_FLOWSHEET``; ``UNTI_LINK`` is the portal's own spelling."""
    steps = (
        FlowStep(
            name=cell(row, "STEP_TEXT", "STEP", "UNTI_LINK_TEXT", "UNTI_LINK", codes=STEPS),
            handler=cell(row, "TRANSACTOR"),
            limit=cell(row, "TRANSACT_TIME_LIMIT"),
            result=cell(row, "TRANSACT_RESULT"),
            delivery=cell(row, "TRANSPORT_TYPE_TEXT", "TRANSPORT_TYPE") if DELIVERY_KEYS & row.keys() else None,
        )
        for row in read_rows(value)
    )
    return tuple(step for step in steps if step.name or step.handler or step.limit or step.result)


def read_charges(value: object) -> tuple[Charge, ...]:
    """Read ``AUDIT_CHARGE``."""
    charges = (
        Charge(name=cell(row, "FEE_NAME"), standard=cell(row, "FEE_STAND"), basis=cell(row, "BY_LAW"))
        for row in read_rows(value)
    )
    return tuple(charge for charge in charges if charge != Charge())


def read_questions(value: object) -> tuple[Question, ...]:
    """Read ``AUDIT_QA`` or a package's ``question_list``."""
    questions = (
        Question(question=cell(row, "QUESTION", "question"), answer=cell(row, "ANSWER", "answer"))
        for row in read_rows(value)
    )
    return tuple(question for question in questions if question != Question())
