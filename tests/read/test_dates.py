"""Calendar dates, and which of them is the day of publication."""

from __future__ import annotations

import pytest

from pipeline.read import read_text
from pipeline.read.prose.dates import find_dates, writes_month_first

BODY = "Exports of the province rose by 5.2 percent to 3.1 billion crowns, the customs office said on Friday.\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021-02-02", "2021-02-02"),
        ("2024/7/5", "2024-07-05"),
        ("2020 10 09", "2020-10-09"),
        ("2024.12.23. 09:05", "2024-12-23"),
        ("2024年7月15日", "2024-07-15"),
        ("2024년 12월 3일", "2024-12-03"),
        ("2024-06-10T08:00:00Z", "2024-06-10"),
        ("29.01.2024", "2024-01-29"),
        ("29/01/24", "2024-01-29"),
        ("01/29/2024", "2024-01-29"),
        ("03/04/2024", "2024-04-03"),
        ("14 September 2022", "2022-09-14"),
        ("12th of August, 2024", "2024-08-12"),
        ("7 AUG 2024", "2024-08-07"),
        ("19-MAR-1987 04:41:19.20", "1987-03-19"),
        ("Oct 26, 2022", "2022-10-26"),
        ("Sept. 3, 2022", "2022-09-03"),
        ("July 21", "XXXX-07-21"),
        ("November 2022", "2022-11"),
        ("16:05, September 14, 2022", "2022-09-14"),
        ("09:12 August 01, 2024", "2024-08-01"),
    ],
)
def test_a_date(text: str, code: str) -> None:
    assert [found.code for found in find_dates(text)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2024",
        "1,204.05.12",
        "$12.05.24",
        "13/13/2024",
        "2.5 million",
        "Mayor 5",
        "5.2 percent",
        "3.1.4.2",
    ],
)
def test_no_date(text: str) -> None:
    assert list(find_dates(text)) == []


def test_the_order_of_day_and_month_is_learnt_from_the_text() -> None:
    assert writes_month_first("posted 05/14/2024")
    assert not writes_month_first("posted 14/05/2024")
    assert [found.code for found in find_dates("03/04/2024", month_first=True)] == ["2024-03-04"]


@pytest.mark.parametrize(
    ("text", "date", "basis"),
    [
        (f"Exports Rise in the North\nPublish Time: 2021-02-02\n\n{BODY}", "2021-02-02", "stated"),
        (f"Exports Rise in the North\n发布时间：2021年2月2日 来源：海关\n\n{BODY}", "2021-02-02", "stated"),
        (f"Exports Rise in the North\n\n{BODY}\nUpdated: 5 May 2024\n", "2024-05-05", "stated"),
        (f"Updated: 5 May 2024\nPublished: 3 May 2024\n\n{BODY}", "2024-05-03", "stated"),
        (f"5 May 2024\nExports Rise in the North\n\n{BODY}", "2024-05-05", "stated"),
        (f"KARLA, July 13 (Nordnews) -- {BODY}", "XXXX-07-13", "dateline"),
        (f"Karla, July 13 (Reporter Jan Rand) {BODY}", "XXXX-07-13", "dateline"),
        (f"KARLA, 13 July 2023 (Nordnews) - {BODY}", "2023-07-13", "dateline"),
        (f"PORTS MONTHLY   No. 7 (July 2023)   Page 1\n\nKARLA, July 13 - {BODY}", "2023-07-13", "dateline"),
        (f"PORTS MONTHLY   No. 7 (July 2023)   Page 1\n\n{BODY}", "2023-07", "stated"),
        (f"KARLA, July 2023\nExports Rise in the North\n\n{BODY}", "2023-07", "stated"),
        (f"Exports Rise in July 2023\n\n{BODY}", None, None),
        (f"{BODY}\nThe quay of Karla on May 3, 2019. (Photo: Jan Rand)\n", None, None),
        (f"{BODY}\nNext release: 5 May 2024\n", None, None),
        (f"{BODY}On May 3, 2019 the quay was opened.\n", None, None),
        (f"{BODY}\nCopyright 2010-2024 Port of Karla\n", None, None),
    ],
)
def test_publication(text: str, date: str | None, basis: str | None) -> None:
    published = read_text(text).published
    assert (published and published.date, published and published.basis) == (date, basis)


@pytest.mark.parametrize(
    ("text", "date", "basis"),
    [
        (BODY, "2023-07-14", "given"),
        (f"KARLA, July 13 (Nordnews) -- {BODY}", "2023-07-14", "given"),
        (f"Published: 3 May 2024\n\n{BODY}", "2024-05-03", "stated"),
    ],
)
def test_the_given_date_speaks_where_the_document_does_not(text: str, date: str, basis: str) -> None:
    published = read_text(text, published="2023-07-14").published
    assert published is not None
    assert (published.date, published.basis) == (date, basis)
