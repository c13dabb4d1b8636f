"""Says whether two runs looked at the same place, so that one is never compared with, or spared by, another one's."""

from domain.run import Run


def place_of(run: Run) -> tuple[object, ...]:
    """Say what a run looked at: the live portals, or one corpus of the sandbox, and the regions asked for."""
    sandbox = run.settings.get("sandbox") or {}
    corpus = tuple(str(sandbox.get(name)) for name in ("size", "seed", "corpus", "announcement"))
    return run.target, str(run.settings.get("portal_options") or {}), *corpus
