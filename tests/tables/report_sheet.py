"""A page of a made-up report being drawn: titles, prose, notes, dot leaders, rules; and the words it is filled with."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

Rows = list[list[str]]

LEFT, RIGHT = 60.0, 552.0
ITEMS = """Fund balance with the treasury|Accounts receivable, net|Loans and guarantees|Inventory held for sale
Harbour works and dredging|Grants to counties|Wages and benefits|Rents, communications, and utilities|Travel
Buildings and structures|Interest on the debt|Other liabilities|Accrued leave|Licences and fees|Fuel and oil
Rail cars and locomotives|Supplies and materials|Contracts with carriers|Land and timber""".replace("\n", "|").split(
    "|"
)
SECTIONS = ("Assets:", "Liabilities:", "Operating costs", "Receipts from the public", "Coast districts", "Inland ports")
PLACES = """Karelund|Vellmark|North Aldrey|Osterwick|Lower Tamsin|Brackwater|Pell Island|Great Morrow|Sundholm|Ivry
Caldern|East Fennick|Harrowgate Bay|Lindmoor|Quill River|Tessaly|Upper Voss|Wintham|Yarrow|Zelle""".replace(
    "\n", "|"
).split("|")
GROUPS = (("Imports", "Exports"), ("Employed", "Unemployed", "Not in labour force"), ("Men", "Women"))
HEADS = ("Number", "Percent", "Total", "Change", "Share", "Value")
TALL_HEADS = ("Number of vessels", "Gross tonnage", "Average daily traffic", "Percent of total", "Total costs")
DUTIES = """Reviews of safety on bridges and county roads|Loans to small towns for water and waste systems
Surveys of the sea bed off the coast|Training for pilots and mates|Grants for the repair of piers and sea walls
Yearly counts of ships, crews, and cargo|Rules for the storage of grain and oil|Help for families after floods
Maps of rivers and canals|Inspection of boilers""".replace("\n", "|").split("|")
BUREAUS = ("Harbour Office", "Coast Survey", "Bureau of Roads", "River Board", "Fisheries Service", "Pilot School")
STATES = ("Completed", "In progress", "Planned for next year", "Not yet begun", "Open", "Closed")
NOTES = (
    "Note: Detail may not add to totals because of rounding.",
    "SOURCE: Harbour Office, yearly survey of ports.",
    "1/ Includes vessels that were laid up for part of the year.",
    "(1) Preliminary.",
    "* Less than half of the unit shown.",
)
PROSE = """the office found that costs rose in most districts and that receipts from fees did not cover the upkeep of
the older piers while traffic moved to the deep water berths which are run under contract and need little dredging
""".split()
PARTS = ("Number of vessels", "Percent of all crews", "Thousands of tons", "Annual rate of change")
MARKS = ("--", "-", "NA", "(D)", "(X)")


@dataclass
class Sheet:
    """A page being drawn, from top to bottom; `tables` collects what must come out."""

    rng: random.Random
    tables: list[Rows] = field(default_factory=list)
    y: float = 740.0

    def __post_init__(self) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=letter)
        self.font = self.rng.choice(["Times-Roman", "Helvetica"])
        self.size = self.rng.choice([7.0, 8.0, 9.0, 10.0])
        self.pitch = self.size * self.rng.choice([1.15, 1.25, 1.45])
        self.rules = self.rng.choice(["none", "none", "head", "frame"])
        self.leaders = self.rng.choice(["", "", ".", ". "])
        self.body_font()

    def body_font(self) -> None:
        self.canvas.setFont(self.font, self.size)

    def width(self, text: str) -> float:
        return float(stringWidth(text, self.font, self.size))

    def put(self, x: float, text: str, align: str = "left", down: float = 0.0) -> None:
        draw = {
            "left": self.canvas.drawString,
            "right": self.canvas.drawRightString,
            "middle": self.canvas.drawCentredString,
        }
        draw[align](x, self.y - down, text)

    def row(self, places: Sequence[float], texts: Sequence[str], middle: bool) -> None:
        for x, text in zip(places, texts, strict=True):
            self.put(x, text, "middle" if middle else "right")

    def line(self, left: float, right: float, above: float) -> None:
        self.canvas.line(left, self.y + above, right, self.y + above)

    def step(self, lines: float = 1.0) -> None:
        self.y -= lines * self.pitch

    def prose(self, lines: int) -> None:
        self.canvas.setFont(self.font, 10)
        for index in range(lines):
            words = [self.rng.choice(PROSE) for _ in range(18)]
            text = " ".join(words)[:100].capitalize() if index == 0 else " ".join(words)[:100]
            self.canvas.drawString(LEFT, self.y, text + ("." if index + 1 == lines else ""))
            self.y -= 12
        self.y -= 10
        self.body_font()

    def column(self, x: float, y: float, lines: int) -> None:
        """Prose in a column less than half a page wide."""
        self.canvas.setFont(self.font, 9)
        for line in range(lines):
            text = " ".join(self.rng.choice(PROSE) for _ in range(12))
            while stringWidth(text, self.font, 9) > 235:
                text = text[:-1]
            self.canvas.drawString(x, y - 11 * line, text)
        self.body_font()

    def title(self, text: str) -> None:
        style = self.rng.choice(["Table {}. {}", "Table {}--{}", "{1}"])
        self.canvas.setFont(self.font + ("-Bold" if self.font == "Helvetica" else ""), self.size + 1)
        whole = style.format(self.rng.randint(1, 9), text)
        if self.rng.random() < 0.5:
            self.put(LEFT, whole)
        else:
            self.put((LEFT + RIGHT) / 2, whole, "middle")
        self.body_font()
        self.step(1.3)

    def notes(self) -> None:
        for note in self.rng.sample(NOTES, self.rng.randint(0, 2)):
            self.put(LEFT, note)
            self.step()
        self.y -= 22

    def done(self) -> bytes:
        self.canvas.setFont(self.font, 9)
        self.canvas.drawCentredString((LEFT + RIGHT) / 2, 36, str(self.rng.randint(2, 90)))
        self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()

    def open_frame(self, right: float) -> None:
        """The rule above the headers, where the sheet has rules."""
        if self.rules != "none":
            self.line(LEFT, right, self.pitch * 0.8)

    def close_heads(self, right: float, lines: float = 1.0) -> None:
        """Past the headers, with the rule below them."""
        if self.rules == "none":
            self.step(lines)
        else:
            self.step(lines * 0.5)
            self.line(LEFT, right, self.pitch * 0.2)
            self.step(0.8)

    def close_frame(self, right: float) -> None:
        """The rule at the foot, and notes."""
        if self.rules == "frame":
            self.line(LEFT, right, self.pitch * 0.75)
        self.notes()

    def lines(self, text: str, width: float) -> list[str]:
        """The text broken at blanks into lines no wider than `width`."""
        found = [""]
        for word in text.split():
            longer = f"{found[-1]} {word}".strip()
            if found[-1] and self.width(longer) > width:
                found.append(word)
            else:
                found[-1] = longer
        return found

    def raised(self, x: float, mark: str) -> None:
        """A small mark of a footnote."""
        self.canvas.setFont(self.font, self.size * 0.6)
        self.canvas.drawString(x, self.y + self.size * 0.35, mark)
        self.body_font()

    def lead(self, start: float, stop: float) -> None:
        """Dots from a label to the figures."""
        if self.leaders:
            count = int((stop - start - 4) / self.width(self.leaders))
            if count > 3:
                self.put(stop - count * self.width(self.leaders), (self.leaders * count).rstrip())


def amount(rng: random.Random, decimals: int = 0) -> str:
    if rng.random() < 0.06:
        return rng.choice(MARKS)
    value = rng.lognormvariate(6, 2) + 1
    text = f"{value:,.{decimals}f}"
    return f"({text})" if rng.random() < 0.08 else text


def figures(
    sheet: Sheet, name: str, left: float, rights: Sequence[float], step: float, dollars: bool, decimals: int = 0
) -> list[str]:
    """A row of a label and figures set flush right; one with dollars has its signs set flush left of the columns."""
    sheet.put(left, name)
    sheet.lead(left + sheet.width(name), rights[0] - 0.85 * step)
    found = [name]
    for right in rights:
        text = amount(sheet.rng, decimals)
        # The closing bracket stands outside the column of digits.
        sheet.put(right + (sheet.width(")") if text[-1] == ")" and text[1].isdigit() else 0), text, "right")
        if dollars and text[-1].isdigit():
            sheet.put(right - 0.8 * step, "$")
            text = "$ " + text
        found.append(text)
    return found
