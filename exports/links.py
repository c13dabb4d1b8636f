"""Where things live in the evaluators' pages, known to the exports that point there and to the pages themselves."""

from urllib.parse import quote

from domain.observation import Observation


def run_path(run: str) -> str:
    """Page of a run."""
    return f"/runs/{quote(run, safe='')}"


def health_path(run: str, portal: str = "", field: str = "") -> str:
    """Page of a run's instrument; with a portal and a field, the two documents side by side."""
    about = "/".join(quote(part, safe="") for part in (portal, field) if part)
    return f"{run_path(run)}/health/{about}".rstrip("/")


def unit_path(run: str, unit: str) -> str:
    """Page of a body within a run."""
    return f"{run_path(run)}/units/{quote(unit, safe='')}"


def findings_path(run: str) -> str:
    """Page that lists a run's findings."""
    return f"{run_path(run)}/findings"


def observations_path(run: str) -> str:
    """Page that lists a run's observations."""
    return f"{run_path(run)}/observations"


def observation_path(observation: Observation) -> str:
    """Page on which a probe is replayed."""
    return observation_address(observation.run, observation.portal, observation.probe_id, observation.item_id)


def observation_address(run: str, portal: str, probe: str, item_id: str) -> str:
    """Page of the observation that has this id."""
    return f"{observations_path(run)}/{'/'.join(quote(part, safe='') for part in (portal, probe, item_id))}"


def ranking_path(run: str) -> str:
    """Page of a run's rankings."""
    return f"{run_path(run)}/ranking"


def report_path(run: str) -> str:
    """Download of a run's report."""
    return f"{run_path(run)}/report"


def score_path(run: str, unit: str, indicator: str) -> str:
    """Page that explains one score."""
    return f"{run_path(run)}/scores/{quote(unit, safe='')}/{quote(indicator, safe='')}"


def grading_path(run: str) -> str:
    """Page on which evaluators grade what a program cannot decide."""
    return f"{run_path(run)}/grading"


def guide_path(run: str, portal: str, item_id: str) -> str:
    """Page of a guide as a run read it."""
    return f"{run_path(run)}/guides/{quote(portal, safe='')}/{quote(item_id, safe='')}"


def evidence_path(sha256: str) -> str:
    """Address of one kept artefact."""
    return f"/evidence/{quote(sha256, safe='')}"
