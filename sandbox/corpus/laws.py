"""The legal bases that guides quote, as rows of AUDIT_ITEM.LAW (portals.md §1.5)."""

from sandbox.corpus.tables import read_table
from sandbox.model import Json


def make_law_row(key: str) -> Json:
    """Build one LAW row; ``key`` is a key of laws.toml."""
    name, number, clause, issuer, since, text = read_table("laws")[key]
    return {
        "LAWNAME": name,
        "ACCORDINGNUMBER": number,
        "TERMSNUMBER": clause,
        "TERMSCONTENT": f"{clause}：{text}",
        "LAWURL": "",
        "BFJG": issuer,
        "SSRQ": since,
    }
