"""Puts together what is known about each guide of a run: the guide, its peers, its addresses and its faces."""

from collections.abc import Iterator, Mapping

from domain.dossier import Dossier
from domain.guide_face import FaceReading
from engine.collecting.address_records import with_addresses
from engine.judging.survey import Survey
from storage.store import Store

FACES_PROBE = "guide-faces"
Faces = Mapping[str, tuple[FaceReading, ...]]


def dossiers_of_run(store: Store, survey: Survey) -> Iterator[Dossier]:
    """Yield a portal's dossiers of a run, by unit and item, one at a time."""
    unseen = survey.unseen()
    faces = faces_of_run(store, survey.run, survey.portal)
    guides = store.guides.of_run(survey.run, portal=survey.portal)
    for guide, addresses in with_addresses(store, store.runs.get(survey.run), guides):
        yield Dossier(
            guide=guide.without(unseen),
            addresses=addresses,
            peers=survey.peers.peers_of(guide) if survey.peers else None,
            faces=faces.get(guide.item_id),
        )


def faces_of_run(store: Store, run: str, portal: str) -> Faces:
    """Return the faces that the run's comparison read, by item id; the sample is small."""
    seen = store.observations.of_run(run, portal=portal, probe=FACES_PROBE)
    return {observation.item_id: observation.faces for observation in seen if observation.faces}
