"""What the other guides of the same crawl say about one guide, which no look at it alone can show."""

from domain.frozen import Frozen
from domain.guide_fields import FieldName


class GuideReference(Frozen):
    """Another guide that a finding speaks of."""

    unit: str | None
    code: str
    title: str


class PeerDifference(Frozen):
    """A field that most guides of the same basic code (基本编码) state otherwise."""

    field: FieldName
    own: str
    common: str  # what most of them say
    agreeing: int  # guides that say the common value
    guides: int  # guides of the basic code that show the field
    example: GuideReference


class PeerCopy(Frozen):
    """A field whose text belongs to another body's guide."""

    field: FieldName
    excerpt: str
    source: GuideReference


class Peers(Frozen):
    """Everything that the crawl as a whole says about one guide; empty when nothing stands out."""

    same_code: int = 0  # other guides with the same basic code
    differences: tuple[PeerDifference, ...] = ()
    copies: tuple[PeerCopy, ...] = ()
    twins: tuple[GuideReference, ...] = ()  # the same guide again at the same body
    situations: tuple[GuideReference, ...] = ()  # the same item split into situations that a citizen cannot tell apart
