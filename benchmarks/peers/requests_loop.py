"""The short script that anyone would write: requests and BeautifulSoup in one loop over 粤省事.

Usage: ``python requests_loop.py ORIGIN OUT``; one JSON line per service: code, title, facts by label, materials.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup, Tag

TIMEOUT_S = 30


def read_page(session: requests.Session, url: str) -> BeautifulSoup | None:
    """Fetch and parse a page; ``None`` when it is not there."""
    answer = session.get(url, timeout=TIMEOUT_S)
    return BeautifulSoup(answer.content, "lxml") if answer.ok else None


def read_text(tag: Tag | None) -> str:
    """Return a tag's text in one line."""
    return " ".join(tag.get_text().split()) if tag else ""


def list_links(page: BeautifulSoup | None, base: str, pattern: str) -> list[str]:
    """Return the addresses of the links whose target matches."""
    links = page.find_all("a", href=re.compile(pattern)) if page else []
    return [urljoin(base, str(link["href"])) for link in links]


def read_service(page: BeautifulSoup, url: str) -> dict[str, Any]:
    """Extract one service."""
    facts = {read_text(label): read_text(label.find_next_sibling("dd")) for label in page.select(".m-facts dt")}
    return {
        "code": url.rstrip("/").rpartition("/")[2],
        "title": read_text(page.select_one(".service-name")),
        "facts": facts,
        "materials": [read_text(entry) for entry in page.select(".m-materials li")],
    }


def crawl(origin: str, out: Path) -> None:
    """Go from the start page to every list, and from every list to every service."""
    session, seen = requests.Session(), set[str]()
    lists = list_links(read_page(session, f"{origin}/h5/index"), origin, r"/h5/services\?")
    with out.open("w", encoding="utf-8") as lines:
        while lists:
            address = lists.pop()
            if address in seen:
                continue
            seen.add(address)
            listing = read_page(session, address)
            lists += [link for link in list_links(listing, address, r"[?&]page=") if link not in seen]
            for url in list_links(listing, address, r"/h5/service/"):
                page = None if url in seen else read_page(session, url)
                seen.add(url)
                if page and page.select_one(".service-name"):
                    lines.write(json.dumps(read_service(page, url), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    crawl(sys.argv[1], Path(sys.argv[2]))
