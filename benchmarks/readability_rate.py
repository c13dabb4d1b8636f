"""Measures how fast guides are read for readability, against parsing the same guides in the same run.

Usage: ``python benchmarks/readability_rate.py [--size 2000] [--rounds 3]``. The documents come from the sandbox's
corpus; parsing and reading take turns on one core, so that the ratio does not depend on the machine's mood. Half the
guides are given a condition of 1,000 characters besides, so that short made-up texts do not flatter the rate.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

import orjson

from domain.guide import Field, Guide
from domain.guide_fields import FieldName, FieldState
from portals.documents import DocumentContext
from portals.gdzwfw.documents import GdzwfwDocuments
from readability.features import read_guide
from sandbox.corpus.demo import make_demo
from sandbox.corpus_file import make_placeholder_origins

AIM_PER_S = 1_000
LONG = (
    "（一）申请人为依法登记的法人或者其他组织，具有与所从事业务相适应的场所、设备、人员；（二）有健全的管理制度，并按照国家有关规定备案；"
    "（三）依据《中华人民共和国行政许可法》第三十四条，实质审查所需时间不计入办结时限。申请材料不齐全的，应当当场一次性告知补正。"
)
Document = tuple[bytes, DocumentContext]


def make_documents(size: int) -> list[Document]:
    """Return the detail documents of a corpus as the portal would send them."""
    corpus = make_demo(seed=7, size=size, origins=make_placeholder_origins())
    documents = []
    for number, item in enumerate(corpus.items):
        context = DocumentContext(
            unit="dept-01",
            item_id=str(number),
            code="",
            url="https://www.gdzwfw.gov.cn/portal/v2/guide/x",
            document="0" * 64,
            captured_at=datetime.now(UTC),
        )
        documents.append((orjson.dumps(item.detail), context))
    return documents


def parse_all(documents: list[Document]) -> list[Guide]:
    """Parse every document that is a guide."""
    source = GdzwfwDocuments()
    return [source.parse(body, context) for body, context in documents]


def lengthen(guides: list[Guide]) -> list[Guide]:
    """Give every second guide a long condition."""
    text = (LONG * 9)[:1_000]
    long = {FieldName.CONDITION: Field(raw=text, value=text, state=FieldState.OK)}
    return [
        guide.model_copy(update={"fields": {**guide.fields, **long}}) if number % 2 else guide
        for number, guide in enumerate(guides)
    ]


def spend(work: Callable[[], object]) -> float:
    """Return the processor seconds of some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Print rates and ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=2_000)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    documents = make_documents(given.size)
    guides = lengthen(parse_all(documents))
    characters = statistics.mean(read_guide(guide).figures.characters for guide in guides)
    rounds = [
        (spend(lambda: parse_all(documents)), spend(lambda: [read_guide(guide) for guide in guides]))
        for _ in range(given.rounds)
    ]
    parsing, reading = (statistics.median(times) for times in zip(*rounds, strict=True))
    rate = len(guides) / reading
    print(f"{len(guides)} guides, {characters:.0f} characters read per guide on average")
    print(f"parse {len(documents) / parsing:,.0f} documents/s, read {rate:,.0f} guides/s on one core")
    met = "met" if rate >= AIM_PER_S else "missed"
    print(f"reading / parsing time = {reading / parsing:.2f}; aim {AIM_PER_S:,} guides/s: {met}")


if __name__ == "__main__":
    main()
