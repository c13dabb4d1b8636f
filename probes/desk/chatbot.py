"""Asks 智能客服 about an item as citizens word it, and holds every answer against the item's own guide."""

import time
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from domain.failure import FailureReason
from domain.guide_fields import FieldName
from domain.observation import ObservedRow
from portals.citizen import DeskAnswer, Obstacle
from probes.desk.answer_grading import Grading, Heard, grade_answer, grade_control
from probes.desk.desk_score import conclude_controls, conclude_questions
from probes.desk.question_bank import Question, draw, draw_questions, load_wordings, questions_of
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes

UNHEARD_MAX = 4  # answers in a row that never came, after which the desk is not troubled any further
PASSING = frozenset(
    {
        FailureReason.TIMEOUT,
        FailureReason.BUSY,
        FailureReason.HTTP_5XX,
        FailureReason.EMPTY_ANSWER,
        FailureReason.BROKEN_ANSWER,
    }
)
"""Troubles after which the next question may still be answered; a captcha or a firewall ends the asking at once."""
ASKING_S = 80.0  # no new question after so long, so that what was heard is kept within the probe's budget
REVIEWED_TENTHS = 1  # of ten answers that are clear to the program, this many are seen by a person all the same
SEEN_MAX = 600  # characters of an answer that are kept in its row
ALIKE = 60.0  # rapidfuzz ratio from which on a choice is taken for what the citizen means


def ask_about_item(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Ask the drawn questions in three wordings each, every one in a conversation of its own."""
    questions = [(question, wording) for question in draw_questions(task) for wording in question.wordings]
    rows = [*put_questions(journey, task, questions)]
    return conclude_questions(rows).model_copy(update={"rows": tuple(rows)})


def ask_controls(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Ask what no office handles; a desk that cannot help should say so."""
    asked = [(None, wording) for wording in load_wordings().controls["questions"]]
    rows = [*put_questions(journey, task, asked)]
    return conclude_controls(rows).model_copy(update={"rows": tuple(rows)})


def put_questions(
    journey: Journey, task: ProbeTask, asked: Sequence[tuple[Question | None, str]]
) -> Iterator[ObservedRow]:
    """Put questions until all are heard, the desk stays silent, or time is up.

    Raises the ``Obstacle`` of the last question when not one answer was heard.
    """
    began, silent, heard = time.monotonic(), 0, 0
    for number, (question, wording) in enumerate(asked, start=1):
        if time.monotonic() - began > ASKING_S:
            break
        with journey.side_step(f"提问 {number}：{wording}") as met:
            answer = converse(journey, task, wording)
        if met:
            yield ObservedRow(kind=kind_of(question), asked=wording, seen=f"（未得到回复：{met[0]}）")
            silent += 1
            if silent >= UNHEARD_MAX or met[0].reason not in PASSING:
                raise_if_deaf(met[0], heard)
                break
            continue
        silent, heard = 0, heard + 1
        yield grade_row(task, question, wording, answer, number)


def raise_if_deaf(obstacle: Obstacle, heard: int) -> None:
    """Let the obstacle end the probe when nothing was heard at all."""
    if not heard:
        raise obstacle


def converse(journey: Journey, task: ProbeTask, wording: str) -> DeskAnswer:
    """Ask, and where the desk asks back, press the choice that the citizen means."""
    answer = journey.portal.ask(journey.browser, journey.site, wording)
    choice = choose(answer.buttons, task) if not answer.links else ""
    return journey.portal.reply(journey.browser, journey.site, answer, choice) if choice else answer


def choose(choices: Sequence[str], task: ProbeTask) -> str:
    """Return the choice nearest to the item's office or name; "" when none is near."""
    means = [text for text in (task.known.text(FieldName.DEPARTMENT), task.title) if text]
    rated = [(max((fuzz.ratio(choice, mean) for mean in means), default=0.0), choice) for choice in choices]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else ""


def grade_row(task: ProbeTask, question: Question | None, wording: str, answer: DeskAnswer, step: int) -> ObservedRow:
    """Grade one answer and keep it as a row; ``step`` names the journey's step with the picture."""
    heard = Heard(
        text=answer.text,
        urls=tuple(link.url for link in answer.links),
        labels=(*(link.title for link in answer.links), *answer.buttons),
    )
    grading = grade_answer(question.gold, heard, name=task.title) if question else grade_control(heard)
    return ObservedRow(
        kind=kind_of(question),
        asked=wording,
        expected=question.gold.describe() if question else "说明无法回答",
        seen=write_seen(answer),
        grade=grading.grade,
        review=wants_person(grading, task, wording),
        measures={"manner": grading.manner, "turns": answer.turns, "seconds": answer.seconds, "step": step},
    )


def wants_person(grading: Grading, task: ProbeTask, wording: str) -> bool:
    """Queue every doubtful or half grade and a tenth of the rest, drawn by the run's salt (methodology.md §4.4)."""
    return grading.doubt or int(draw(task.salt, task.code, wording, "review")[:8], 16) % 10 < REVIEWED_TENTHS


def write_seen(answer: DeskAnswer) -> str:
    """Write an answer as the citizen sees it, links and choices included."""
    links = "".join(f"\n[链接] {link.title} {link.url}" for link in answer.links)
    choices = f"\n[选项] {'｜'.join(answer.buttons)}" if answer.buttons else ""
    return f"{answer.text}{links}{choices}"[:SEEN_MAX]


def kind_of(question: Question | None) -> str:
    """Name what a row asks for."""
    return question.gold.kind if question else "control"


probes.register(
    Probe(
        id="chatbot",
        title="智能客服",
        why="群众问客服，答错比不答更误事。",
        source="methodology.md §4.4；通知附件2第22项、附件3第16项",
        version=1,
        unit_of_value="",
        journey=ask_about_item,
        applies=lambda task: bool(questions_of(task)),
        passing="plain",
        failing="desk_refusals",
        outage_is_fault=False,
        conclude=conclude_questions,
    )
)
probes.register(
    Probe(
        id="chatbot-controls",
        title="智能客服范围外提问",
        why="不归政府管的事也信口回答，说明客服的回答不可信。",
        source="methodology.md §4.4；通知附件2第22项、附件3第16项",
        version=1,
        unit_of_value="",
        journey=ask_controls,
        applies=lambda task: True,
        passing="plain",
        failing="desk_inventions",
        outage_is_fault=False,
        conclude=conclude_controls,
    )
)
