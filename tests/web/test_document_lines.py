"""Two documents side by side: what differs, what was sought, and nothing that nobody needs."""

import json

from web.document_lines import lay_side_by_side


def document(**values: object) -> bytes:
    many = {f"k{number:03}": str(number) for number in range(200)}
    return json.dumps({**many, **values}, ensure_ascii=False).encode()


def test_a_removed_key_stands_beside_nothing() -> None:
    rows = lay_side_by_side(document(k100="条件"), document(k100="条件"), "")
    assert [row.gap for row in rows] == [202], "equal documents are one line"
    rows = lay_side_by_side(document(gone="条件一"), document(), "条件一")
    assert [row.before for row in rows if row.marked] == [' "gone": "条件一"']
    assert [row.now for row in rows if row.marked] == [None]
    assert len(rows) < 10


def test_a_short_value_is_not_marked_all_over_the_document() -> None:
    rows = lay_side_by_side(document(copies="1"), document(copies=""), "1")
    assert [row.before for row in rows if row.marked] == [' "copies": "1"']


def test_where_both_are_the_same_the_value_is_still_pointed_at() -> None:
    rows = lay_side_by_side(document(place="石湾北路一百号"), document(place="石湾北路一百号"), "石湾北路一百号")
    assert [row.now for row in rows if row.marked] == [' "place": "石湾北路一百号"']
    assert not any(row.changed for row in rows)


def test_a_page_in_the_place_of_data_is_laid_out_too() -> None:
    rows = lay_side_by_side(document(), "<html><body><p>请输入验证码</p></body></html>".encode(), "")
    assert any("验证码" in (row.now or "") for row in rows)


def test_nothing_kept_counts_as_empty() -> None:
    rows = lay_side_by_side(b"", b'{"a": "b"}', "")
    assert all(row.before is None for row in rows)
