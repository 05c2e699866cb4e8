"""Lines that are page furniture, and prose that could be taken for it."""

from __future__ import annotations

import pytest

from pipeline.lexicon.load import rows, values
from pipeline.model.document import PassageKind
from pipeline.read import read_text
from pipeline.read.prose.furniture import is_furniture, opens_tail

PROSE = [
    "Exports: $12.3 bn | Imports: $10.1 bn | Balance: $2.2 bn",
    "Source: the ministry said that exports rose 5% in May.",
    "On May 12, 2023, exports to the island reached 5 million dollars.",
    "Views of five analysts differ by 2 percentage points.",
    "Share of exports: 45%",
    "Next year exports will grow 5%.",
    "Home sales rose 5.1% to 4.2 million.",
    "Contact-lens exports rose 5 percent.",
    "Fax machine exports fell 40% to 1.2 million.",
    "By country, exports to China increased 12.4 pct.",
    "More than 300 trains ran in July.",
    "Print advertising fell 5.5 percent to 2 billion.",
    "Published figures show growth of 2.1%.",
    "Mobile: 4.2 billion yuan, up 5%",
    "Total: 1,204 | Rail: 300 | Road: 904",
    "No. 1 partner with 4.2 billion",
    "Reuters polled 12 economists, who saw growth of 4 percent.",
    "Exports in May 2024 were 12 million.",
    "The End of Quotas Lifts Exports",
    "Rail carried 2003 200 2004 tons",
    "Email traffic grew 12 percent to 3.2 billion messages.",
    "Top 10 exporters sold 45 percent more.",
    "Up 5.2% from 2023-05-01 to 2023-05-31",
]

FURNITURE = [
    "Home | About us | Products | Contact",
    "Home » Statistics » Foreign trade",
    "You are here: Home > News > Exports up 5% in May",
    "Views: 1,204",
    "Hits：2087",
    "1,204 views",
    "Tel: +86-451-8234 5678",
    "Tel.: (0451) 5362 7718, Fax: 5362 7719",
    "+44 20 7946 0000",
    "press@example.org",
    "www.example.org/news/2024/05",
    "Tuesday, 14 March 2023 10:15 GMT",
    "2024-05-12 08:30:00",
    "May 12, 2023 | 3 min read",
    "Page 3 of 12",
    "- 14 -",
    "ISSN 1234-5678",
    "REUTER",
    "(ENDS)",
    "***",
    "By Anna Low and B. Rand",
    "(Editor: Li Wei)",
    "Copyright © 2012-2024 Port Authority",
    "[Print] [Close]",
    "Share on Facebook",
    "Previous: New rules for the port",
    "Follow us on Twitter",
    "Vol. 12, No. 3, 2019, pp. 45-58",
    "发布日期：2023-05-26",
    "浏览次数：338",
    "STAT/24/3211",
    "Add : 88 Harbour Road, Halden",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("row", rows("page_furniture"), ids=lambda row: f"{row['place']}-{row['use']}")
def test_every_row_knows_its_examples(row: dict[str, str]) -> None:
    assert values(row["examples"])
    for example in values(row["examples"].replace("\\|", "¦")):
        line = example.replace("¦", "|")
        assert opens_tail(line) == row["place"] if row["place"] in ("rest", "end") else is_furniture(line)


def test_a_wrapped_line_of_prose_that_looks_like_a_date_stays_prose() -> None:
    text = (
        "The port authority of Halden said that the number of ships rose from January 1 to\n"
        "the end of the year by more than a tenth, as it had in the twelve months to\n"
        "December 31, 2022.\n"
    )
    (passage,) = read_text(text).passages
    assert passage.kind is PassageKind.BODY


def test_a_comment_form_takes_what_follows_it_along() -> None:
    text = "Exports rose 5 percent in May, customs said.\n\nComments (2)\n\nI paid 300 crowns for it.\n"
    kinds = [passage.kind for passage in read_text(text).passages]
    assert kinds == [PassageKind.BODY, PassageKind.FURNITURE, PassageKind.FURNITURE]


def test_prose_ends_a_list_of_links() -> None:
    text = (
        "Exports rose 5 percent in May.\n\nRelated Stories\n\nFerry up 12%\n\n"
        "The port said on Friday that its quays had handled more than four million tonnes in the first "
        "half of the "
        "year, six percent more than a year earlier.\n"
    )
    kinds = [passage.kind for passage in read_text(text).passages]
    assert kinds == [PassageKind.BODY, PassageKind.FURNITURE, PassageKind.FURNITURE, PassageKind.BODY]
