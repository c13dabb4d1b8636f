"""Puts people's grades in the place of the program's before anything is scored from rows."""

from collections.abc import Iterable, Mapping, Sequence

from domain.observation import Observation
from domain.row_grade import RowGrade, apply_grades
from probes.probe import probes


def with_grades(observations: Iterable[Observation], grades: Mapping[str, Sequence[RowGrade]]) -> Iterable[Observation]:
    """Yield each observation as people graded it; ``grades`` maps observation id → grades, oldest first."""
    return (regrade(seen, grades[seen.id]) if seen.id in grades else seen for seen in observations)


def regrade(observation: Observation, grades: Sequence[RowGrade]) -> Observation:
    """Conclude an observation anew from the grades that people gave; what is stored stays as it was.

    Only a probe that concludes from its rows alone is concluded anew, and only where it passed or failed: what was
    blocked stays blocked.
    """
    rows = apply_grades(observation.rows, grades)
    known = {probe.id: probe for probe in probes.all()}  # what people recorded by hand need not be a probe of ours
    conclude = known[observation.probe_id].conclude if observation.probe_id in known else None
    if conclude is None or not observation.outcome.counts:
        return observation.model_copy(update={"rows": rows})
    result = conclude(rows)
    return observation.model_copy(
        update={
            "rows": rows,
            "outcome": result.outcome,
            "failure": result.failure,
            "reason": result.reason,
            "value": result.value,
            "measures": {**observation.measures, **result.measures},
        }
    )
