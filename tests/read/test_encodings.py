"""Bytes of many encodings become the same text."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.read import read_path
from pipeline.read.encodings import decode

ENGLISH = "Exports rose 6.5% to 4.67 billion – “a record” – in the province’s ports.\r\n"
CHINESE = "海关统计显示，上半年全省进出口总值为59.95亿元，增长18.4%。其中出口4.67亿元，进口55.28亿元。\n"
MIXED = "Exports to Russia (对俄出口) rose 6.5% to 4.67 billion yuan, the customs (海关) said on Friday.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        ("Die Ausfuhren stiegen im März um 5,2 % auf 12 Mrd. Euro, Überschuß 3 Mrd.\n", "latin-1"),
        ("São Paulo exportou 5,2 milhões de toneladas em março.\n", "latin-1"),
        (CHINESE, "utf-8"),
        (CHINESE, "gbk"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
        (MIXED, "gbk"),
        ("Экспорт области вырос на 5,2% и составил 12 млрд рублей, сообщила таможня.\n", "cp1251"),
        ("수출은 6.8% 증가한 403억 달러, 수입은 389억 달러로 집계되었다.\n", "euc_kr"),
    ],
)
def test_decoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "page.txt") == text


def test_a_declared_encoding_is_believed_where_it_fits() -> None:
    assert decode("数".encode("gbk"), "page.html", "gb2312") == "数"
    assert decode("é 5%".encode(), "page.html", "nonsense") == "é 5%"


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x00\x01\x02\x03\xff\xfe\x04\x05" * 40, "convert"),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00" * 9,
            "convert",
        ),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "convert"),
    ],
)
def test_what_is_no_text_is_refused_with_the_mend(tmp_path: Path, data: bytes, mend: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=rf"page\.txt: .*{mend}"):
        list(read_path(path))


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffd"))
)
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(f"x{text}".encode(), "page.txt") == f"x{text}"
