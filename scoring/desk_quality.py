"""What the answers of 智能客服 about a body's items are worth, from the figures of each round (methodology.md §4.4)."""

from dataclasses import dataclass
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from scoring.arithmetic import ONE, ZERO
from scoring.measures import read_number
from scoring.probing import PROBE_COVERAGE, SCORED_PORTAL, take_probes

CHATBOT = "chatbot"
CHATBOT_CONTROLS = "chatbot-controls"
ACCURACY_WEIGHT = Fraction("0.6")
CONSISTENCY_WEIGHT = Fraction("0.2")
IN_TURNS_WEIGHT = Fraction("0.1")
IN_TIME_WEIGHT = Fraction("0.1")
BANK_QUESTIONS, BANK_CONTROLS = 30, 10
"""Sizes of the whole bank: a confident answer to a control costs as much as a missing one, so controls weigh 10 of 40,
however few of the thirty questions a night asks."""


@dataclass(frozen=True, kw_only=True)
class DeskLevel:
    """Means over the items asked about; ``controls`` is the portal's own, ``None`` where nobody asked them."""

    score: Fraction
    accuracy: Fraction
    consistency: Fraction
    in_turns: Fraction
    in_time: Fraction
    controls: Fraction | None
    items: int
    blocks: tuple[Fraction, ...]  # the items' own scores with the portal's controls, whose mean ``score`` is
    inputs: tuple[str, ...]  # observations that were counted

    @property
    def parts(self) -> dict[str, Fraction | None]:
        """The means by the names that ``Score.parts`` has for them."""
        return {
            "desk_score": self.score,
            "desk_accuracy": self.accuracy,
            "desk_consistency": self.consistency,
            "desk_in_turns": self.in_turns,
            "desk_in_time": self.in_time,
            "desk_controls_held": self.controls,
            "desk_items": Fraction(self.items),
        }


def level_desk(facts: UnitFacts) -> DeskLevel | None:
    """Average the desk's answers about a body's items.

    ``None`` where nothing was asked or less than 80 % of the plan was heard: the term is then not measured.
    """
    probing = take_probes(facts, CHATBOT)
    heard = [terms for fact in probing.counted if (terms := read_terms(fact)) is not None]
    if not heard or probing.coverage < PROBE_COVERAGE:
        return None
    accuracy, consistency, in_turns, in_time = (sum(column, ZERO) / len(heard) for column in zip(*heard, strict=True))
    controls = read_controls(facts)
    held = None if controls is None else controls[0]
    blocks = tuple(mark_round(terms, held) for terms in heard)
    return DeskLevel(
        score=sum(blocks, ZERO) / len(blocks),
        accuracy=accuracy,
        consistency=consistency,
        in_turns=in_turns,
        in_time=in_time,
        controls=held,
        items=len(heard),
        blocks=blocks,
        inputs=(*probing.inputs, *(() if controls is None else (controls[1],))),
    )


def mark_round(terms: tuple[Fraction, Fraction, Fraction, Fraction], held: Fraction | None) -> Fraction:
    """Weigh one round's accuracy, consistency, turns and time; the portal's controls are part of its accuracy."""
    accuracy, consistency, in_turns, in_time = terms
    right = accuracy if held is None else join_controls(accuracy, held)
    return (
        ACCURACY_WEIGHT * right
        + CONSISTENCY_WEIGHT * consistency
        + IN_TURNS_WEIGHT * in_turns
        + IN_TIME_WEIGHT * in_time
    )


def read_terms(fact: ProbeFact) -> tuple[Fraction, Fraction, Fraction, Fraction] | None:
    """Read accuracy, consistency, turns and time of one round; ``None`` when one of them is missing."""
    names = (
        MeasureName.DESK_ACCURACY,
        MeasureName.DESK_CONSISTENCY,
        MeasureName.DESK_IN_TURNS,
        MeasureName.DESK_IN_TIME,
    )
    read = [read_number(fact, name) for name in names]
    known = [min(value, ONE) for value in read if value is not None]
    return (known[0], known[1], known[2], known[3]) if len(known) == len(names) else None


def read_controls(facts: UnitFacts) -> tuple[Fraction, str] | None:
    """Read how the portal's desk took the questions of no office, with the observation's id."""
    for fact in facts.probes:
        if fact.probe_id == CHATBOT_CONTROLS and fact.portal == SCORED_PORTAL and fact.outcome.counts:
            held = read_number(fact, MeasureName.DESK_CONTROLS_HELD)
            return None if held is None else (min(held, ONE), fact.observation)
    return None


def join_controls(accuracy: Fraction, held: Fraction) -> Fraction:
    """Weigh questions and controls as the whole bank holds them."""
    return (BANK_QUESTIONS * accuracy + BANK_CONTROLS * held) / (BANK_QUESTIONS + BANK_CONTROLS)
