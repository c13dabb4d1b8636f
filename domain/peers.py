"""What the other guides of the same crawl say about one guide, which no look at it alone can show."""

from domain.frozen import Frozen
from domain.guide_fields import FieldName


class GuideReference(Frozen):
    """Another guide that a finding speaks of."""

    item_id: str
    department: str
    code: str
    title: str


class PeerDifference(Frozen):
    """A field that most bodies with the same basic code (基本编码) state otherwise."""

    field: FieldName
    own: str
    common: str  # what most of them say
    agreeing: int  # bodies that say the common value
    bodies: int  # bodies of the basic code that show the field
    example: GuideReference  # one that says it


class PeerCopy(Frozen):
    """A value that belongs to another body's guide."""

    field: FieldName
    excerpt: str
    source: GuideReference


class ForeignPhone(Frozen):
    """A number of another city, printed by a body of that city as its own."""

    field: FieldName
    number: str
    city: str


class Peers(Frozen):
    """Everything that the crawl as a whole says about one guide; empty when nothing stands out.

    ``compared`` names the fields on which enough bodies with the same basic code agree for a comparison.
    """

    compared: tuple[FieldName, ...] = ()
    differences: tuple[PeerDifference, ...] = ()
    copies: tuple[PeerCopy, ...] = ()
    foreign_phones: tuple[ForeignPhone, ...] = ()
    twins: tuple[GuideReference, ...] = ()  # the same guide again at the same body
    situations: tuple[GuideReference, ...] = ()  # other situations of the item that bear the very same name
