"""The same crawl of 粤省事 with crawlee's ParselCrawler: eight requests at a time, its own retries and robots.txt.

Usage: ``python crawlee_crawl.py ORIGIN OUT``; one JSON line per service: code, title, facts by label, materials.
"""

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any

from crawlee import ConcurrencySettings
from crawlee.crawlers import ParselCrawler, ParselCrawlingContext
from crawlee.storage_clients import MemoryStorageClient
from parsel import Selector

CONCURRENCY = 8


def read_text(selector: Selector | None) -> str:
    """Return an element's text in one line."""
    return " ".join((selector.xpath("string()").get("") if selector else "").split())


def read_service(page: Selector, url: str) -> dict[str, Any]:
    """Extract one service."""
    facts = {
        read_text(label): " ".join(label.xpath("string(following-sibling::dd[1])").get("").split())
        for label in page.css(".m-facts dt")
    }
    return {
        "code": url.rstrip("/").rpartition("/")[2],
        "title": " ".join(page.css(".service-name").xpath("string()").get("").split()),
        "facts": facts,
        "materials": [read_text(entry) for entry in page.css(".m-materials li")],
    }


async def crawl(origin: str, out: Path) -> None:
    """Follow lists and services from the start page."""
    crawler = ParselCrawler(
        concurrency_settings=ConcurrencySettings(
            min_concurrency=CONCURRENCY, max_concurrency=CONCURRENCY, desired_concurrency=CONCURRENCY
        ),
        storage_client=MemoryStorageClient(),
        respect_robots_txt_file=True,
        configure_logging=False,
    )
    with out.open("w", encoding="utf-8") as lines:

        @crawler.router.default_handler
        async def handle(context: ParselCrawlingContext) -> None:
            page = context.selector
            if page.css(".service-name"):
                lines.write(json.dumps(read_service(page, context.request.url), ensure_ascii=False) + "\n")
                return
            await context.enqueue_links(selector='a[href*="/h5/services?"], a[href*="page="], a[href*="/h5/service/"]')

        await crawler.run([f"{origin}/h5/index"])


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(crawl(sys.argv[1], Path(sys.argv[2])))
