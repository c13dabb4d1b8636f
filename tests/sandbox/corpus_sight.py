"""A guide as a reader meets it: what the eyes of the corpus tests look at."""

import html
from typing import Any

from sandbox.model import Attachment, Corpus, Item


class Sight:
    """A guide as a reader meets it."""

    def __init__(self, corpus: Corpus, item: Item) -> None:
        self.listed = item.list_record
        self.item: dict[str, Any] = item.detail["AUDIT_ITEM"]
        self.extend: dict[str, Any] = item.detail["AUDIT_ITEM_EXTEND"]
        self.detail = item.detail
        self.papers: list[dict[str, Any]] = item.detail["AUDIT_MATERIAL"]
        self.rows = [row for row in self.papers if "IS_NEED" in row]  # without the row 无需提交材料
        self.windows: list[dict[str, Any]] = item.detail["AUDIT_CATALOG_LOBBY"]
        self.steps: list[dict[str, Any]] = item.detail["AUDIT_ITEM_FLOWSHEET"]
        self.type = self.listed["TASK_TYPE"]
        self.power = self.type not in ("21", "02")
        self.attachments = corpus.attachments
        self.faces = item.faces
        self.service = item.application.kind
        self.calendar = item.booking

    @property
    def forms(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["MATERIAL_TYPE"] == "2"]

    def files(self, field: str) -> list[Attachment]:
        return [self.attachments[file["ATTACHGUID"]] for row in self.forms for file in row[field]]

    @property
    def days(self) -> tuple[str, str]:
        return self.item["ANTICIPATE_DAY"], self.item["PROMISE_DAY"]

    @property
    def phones(self) -> str:
        return html.unescape(self.item["LINK_TEL"]).translate(str.maketrans("０１２３４５６７８９－–", "0123456789--"))

    def file(self, field: str) -> Attachment | None:
        """The first file of the first form."""
        return next(iter(self.files(field)), None)
