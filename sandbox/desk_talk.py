"""What the service desk of the replica answers: it looks for an item and a kind of question in the citizen's words."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from sandbox.corpus.randomness import number
from sandbox.desk_facts import name_office, read_fact, say_fact, say_value, spoil_value
from sandbox.desk_manners import OFFICIAL_WORDS, OVERCONFIDENT_ABOUT, REFUSALS, choose_manner, choose_part
from sandbox.model import Item, Json

SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("guide", ("办事指南", "怎么办", "怎么申请")),
    ("phone", ("电话", "号码", "联系")),
    ("visits", ("现场次数", "几次", "几趟", "多少趟")),
    ("days", ("时限", "多久", "几天", "多长时间")),
    ("materials", ("材料", "带什么", "准备什么", "带哪些", "资料")),
    ("fee", ("收费", "费用", "多少钱", "花钱", "要钱")),
    ("place", ("地点", "地址", "哪里办", "在哪", "去哪")),
)
"""Words by which the desk knows what it is asked; the first kind that fits wins, ``guide`` also where none does."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One answer of the desk; ``manner`` is how it treats the question, which the page never learns."""

    text: str
    links: tuple[tuple[str, str], ...] = ()  # (title, address)
    buttons: tuple[str, ...] = ()
    manner: str = field(default="card")

    def to_json(self) -> Json:
        """Write it as the page gets it."""
        links = [{"title": title, "url": url} for title, url in self.links]
        return {**asdict(self), "links": links, "buttons": list(self.buttons)}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The desk of one platform: what it knows about and how it links a guide."""

    seed: int
    items: Sequence[Item]
    address: Callable[[Item], str]

    def answer(self, question: str, about: str = "") -> Talk:
        """Answer a question; ``about`` is the earlier one when this is the reply to what the desk asked back."""
        item = self.find_item(f"{about}{question}")
        if item is None:
            return self.answer_stranger(question)
        asked = about or question
        kind = find_kind(asked, item)
        manner = choose_manner(self.seed, item.item_id, kind, item.detail)
        if manner == "clarify" and not about:
            return self.ask_back(item)
        return self.treat(item, kind, manner, asked)

    def find_item(self, question: str) -> Item | None:
        """Find the item whose name stands in the question; among equal names the one whose office does too."""
        named = [item for item in self.items if item.name in question]
        longest = max((len(item.name) for item in named), default=0)
        best = [item for item in named if len(item.name) == longest]
        return next((item for item in best if name_office(item) in question), best[0] if best else None)

    def answer_stranger(self, question: str) -> Talk:
        """Answer about what no office handles: with a stock phrase, or with a confident invention."""
        if any(word in question for word in OVERCONFIDENT_ABOUT):
            item = self.items[number(len(self.items), "invention", question)]
            return Talk(
                text=f"您好，请按“{item.name}”办理，详见下方办事指南。", links=(self.card(item),), manner="invention"
            )
        return refuse(question)

    def ask_back(self, item: Item) -> Talk:
        """Ask which office is meant, the right one among three."""
        others = [name_office(other) for other in self.items if name_office(other) != name_office(item)]
        place = number(max(1, len(others) - 1), "options", item.item_id)
        options = sorted({name_office(item), *others[place : place + 2]})
        return Talk(text="请问您要咨询哪个部门办理的该事项？", buttons=tuple(options), manner="clarify")

    def treat(self, item: Item, kind: str, manner: str, question: str) -> Talk:
        """Answer a question about an item in its manner."""
        card, text = (self.card(item),), say_fact(item.detail, kind)
        if manner == "picky" and not any(word in question for word in OFFICIAL_WORDS[kind]):
            manner = "refusal"
        if manner in ("refusal", "related"):
            return refuse(question) if manner == "refusal" else self.relate(item)
        if manner == "part":
            return Talk(text=f"需提交：{'；'.join(choose_part(item.detail))}等。", manner=manner)
        if manner in ("contradicted", "wrong"):
            value = read_fact(item.detail, kind)
            wrong = say_value(item.detail, kind, spoil_value(kind, value))
            return Talk(text=wrong if manner == "wrong" else f"{text}（另有资料显示：{wrong}）", manner=manner)
        if manner == "fact":
            return Talk(text=text, manner=manner)
        spoken = "" if manner == "link" else text
        return Talk(text=f"{spoken}详情请查看办事指南。", links=card, manner=manner)

    def relate(self, item: Item) -> Talk:
        """Offer guides of other items."""
        others = [other for other in self.items if other.task_code[:31] != item.task_code[:31]]
        place = number(max(1, len(others) - 2), "related", item.item_id)
        cards = tuple(self.card(other) for other in others[place : place + 2])
        return Talk(text="为您找到以下相关内容：", links=cards, manner="related")

    def card(self, item: Item) -> tuple[str, str]:
        """Link an item's guide."""
        return item.name, self.address(item)


def refuse(question: str) -> Talk:
    """Turn a question away with one of the stock phrases."""
    return Talk(text=REFUSALS[number(len(REFUSALS), "refusal", question)], manner="refusal")


def find_kind(question: str, item: Item) -> str:
    """Say what is asked about the item; its own name does not count as a word of the question."""
    words = question.replace(item.name, "")
    return next((kind for kind, signs in SIGNS if any(sign in words for sign in signs)), "guide")
