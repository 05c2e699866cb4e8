"""Made-up tables with known structure, and their layouts: aligned text, flattened text, pipes, PDF without a
grid; and damage at the rates counted on scanned tables."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

PRODUCTS = """Timber|Soybeans|Coal|Crude oil|Machine tools|Frozen fish|Garments and footwear|Rubber tires
Copper wire|Plastic bags|Vegetables, fresh or chilled|Electric power|Paper pulp|Motor vehicles|Iron ore
Furniture|Glass|Household appliances|Fertilizers|Steel products|Fruit|Toys|Cotton yarn|Natural gas|Ceramics
Dairy products|Leather goods of all kinds|Optical instruments|Tobacco""".replace("\n", "|").split("|")
SECTIONS = ("By sea", "By rail", "State enterprises", "Private enterprises", "Foreign-funded enterprises")
PROSE = "the port office said that goods moved over the river in the course of the season and prices kept steady"


@dataclass
class Made:
    """A table: spanning groups over headers, rows of label and values (None for an empty cell)."""

    caption: str
    unit: str
    groups: list[tuple[str, int]]
    headers: list[str]
    rows: list[tuple[str, list[str | None]]]
    ranked: bool = False

    @property
    def width(self) -> int:
        return len(self.headers)

    @property
    def group_names(self) -> list[str]:
        return [name for name, span in self.groups for _ in range(span)] or [""] * self.width


def make(rng: random.Random) -> Made:
    """Trade by product: years over amounts and growth, or amounts, growth and share of one year."""
    year = rng.randint(2005, 2023)
    if rng.random() < 0.5:
        groups = [(str(year + i), 2) for i in range(rng.randint(2, 4))]
        headers, kinds = ["Amount", "Growth"] * len(groups), "AG" * len(groups)
    else:
        groups, headers, kinds = [], ["Total Amount", "YoY", "Ratio"], "AGS"
    names = rng.sample(PRODUCTS, rng.randint(4, 14))
    body: list[tuple[str, list[str | None]]] = [(name, [value(rng, kind) for kind in kinds]) for name in names]
    caption = f"Table {rng.randint(1, 9)} Exports of selected goods in {year}"
    ranked = not groups and rng.random() < 0.5
    return Made(caption, "million dollars,%", groups, headers, body, ranked)


def value(rng: random.Random, kind: str) -> str:
    if kind == "A":
        return f"{rng.lognormvariate(4, 2) + 0.01:,.2f}"
    return f"{rng.gauss(5, 30):.1f}" if kind == "G" else str(rng.randint(1, 60))


def empty_some(rng: random.Random, table: Made, share: float) -> None:
    for _, cells in table.rows:
        if rng.random() < share:
            cells[rng.randrange(len(cells))] = None


def damaged(rng: random.Random, text: str) -> str:
    """The number as a poor scan may give it, or (nineteen times in twenty) as it is."""
    slips = (
        (0.012, text.replace(".", ",")),
        (0.011, rng.choice("_|") + text),
        (0.004, text.replace(".", "")),
        (0.003, text.replace("-", "")),
        (0.003, text[:-1] + rng.choice("0123456789")),
        (0.017, text.replace(".", ". ")),
    )
    draw = rng.random()
    for rate, slip in slips:
        if draw < rate:
            return slip
        draw -= rate
    return text


def aligned(table: Made) -> str:
    """Columns kept apart by blanks, numbers flush right."""
    label = max(len(name) for name, _ in table.rows) + 2
    lines = [table.caption, f"Unit: {table.unit}"]
    if table.groups:
        lines.append(" " * label + "".join(f"{name:^{14 * span}}" for name, span in table.groups).rstrip())
    lines.append("Product".ljust(label) + "".join(f"{head:>14}" for head in table.headers))
    for name, cells in table.rows:
        lines.append(name.ljust(label) + "".join(f"{cell or '':>14}" for cell in cells).rstrip())
    return "\n".join(lines) + "\n"


def flattened(table: Made) -> str:
    """One blank between everything, as text recognition leaves it."""
    lines = [f"{table.caption} (Unit: {table.unit})", ""]
    if table.groups:
        lines += [" ".join(name for name, _ in table.groups), " ".join(table.headers)]
    else:
        lines.append(" ".join([*(["Ranking"] if table.ranked else []), "Product Name", *table.headers]))
    for number, (name, cells) in enumerate(table.rows, 1):
        rank = f"{number} " if table.ranked else ""
        lines.append(f"{rank}{name} " + " ".join(cell for cell in cells if cell))
    return "\n".join(lines) + "\n"


def piped(table: Made) -> str:
    """Markdown."""
    heads = [f"{group} {head}".strip() for group, head in zip(table.group_names, table.headers, strict=True)]
    lines = [table.caption, f"Unit: {table.unit}", "", "| Product | " + " | ".join(heads) + " |"]
    lines.append("|" + "---|" * (table.width + 1))
    lines += [f"| {name} | " + " | ".join(cell or "" for cell in cells) + " |" for name, cells in table.rows]
    return "\n".join(lines) + "\n"


@dataclass
class Sheet:
    """A page of prose with a table without a grid on it; `rows` collects the cells as they must come out."""

    table: Made
    rng: random.Random
    rows: list[list[str | None]] = field(default_factory=list)
    y: float = 780.0

    def __post_init__(self) -> None:
        rng = self.rng
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)
        self.font, self.size = rng.choice(["Times-Roman", "Helvetica"]), rng.choice([7, 8, 9, 10])
        self.labels = 150.0
        self.step = (470 - self.labels) / self.table.width
        self.size = min(self.size, self.largest())
        self.pitch = self.size * rng.choice([1.15, 1.3, 1.6, 2.0])
        self.dollars, self.leaders, self.ruled = rng.random() < 0.3, rng.random() < 0.25, rng.random() < 0.7
        self.brackets, self.wrapped, self.sections = (rng.random() < share for share in (0.3, 0.4, 0.4))

    def largest(self) -> float:
        """The size of type in which the widest cell leaves room for a dollar sign and a gap before it."""
        texts = [cell for _, cells in self.table.rows for cell in cells if cell]
        return self.step / max(float(stringWidth(f"$  {text}", self.font, 1)) for text in texts)

    def draw(self) -> bytes:
        self.prose(self.rng.randint(2, 6))
        self.canvas.setFont(self.font, self.size)
        self.canvas.drawString(72, self.y, self.table.caption)
        self.y -= self.pitch * 1.5
        self.rule(self.size)
        self.y -= 2
        self.heads()
        self.rule(self.pitch * 0.75)
        for index, (name, cells) in enumerate(self.table.rows):
            if self.sections and index in (0, len(self.table.rows) // 2):
                self.section()
            self.row(index, name, cells)
        self.rule(self.pitch * 0.75)
        self.canvas.drawString(72, self.y - 2, "Source: port office, yearbook.")
        self.y -= 30
        self.prose(4)
        self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()

    def right(self, column: int) -> float:
        return 72 + self.labels + self.step * (column + 1)

    def rule(self, above: float) -> None:
        if self.ruled:
            self.canvas.line(72, self.y + above, self.right(self.table.width - 1), self.y + above)

    def prose(self, lines: int) -> None:
        self.canvas.setFont(self.font, 10)
        for _ in range(lines):
            words = [self.rng.choice(PROSE.split()) for _ in range(17)]
            self.canvas.drawString(72, self.y, " ".join(words))
            self.y -= 12
        self.canvas.setFont(self.font, self.size)
        self.y -= 8

    def heads(self) -> None:
        if self.table.groups:
            row: list[str | None] = [None] * (self.table.width + 1)
            at = 0
            for name, span in self.table.groups:
                self.canvas.drawCentredString(72 + self.labels + self.step * (at + span / 2), self.y, name)
                row[1 + at] = name
                at += span
            self.rows.append(row)
            self.y -= self.pitch
        tall = self.rng.random() < 0.5 and any(" " in head for head in self.table.headers)
        for column, head in enumerate(self.table.headers):
            for k, part in enumerate(head.split() if tall else [head]):
                self.canvas.drawRightString(self.right(column), self.y - k * self.size * 1.1, part)
        self.canvas.drawString(72, self.y, "Product")
        self.rows.append(["Product", *self.table.headers])
        self.y -= self.pitch + (self.size * 1.1 if tall else 0)

    def section(self) -> None:
        name = self.rng.choice(SECTIONS)
        self.canvas.drawString(72, self.y, name)
        self.rows.append([name] + [None] * self.table.width)
        self.y -= self.pitch

    def row(self, index: int, name: str, cells: list[str | None]) -> None:
        parts = name.rsplit(" ", 1) if self.wrapped and len(name) > 18 else [name]
        left = 72 + (8 if self.sections else 0)
        for k, part in enumerate(parts):
            self.canvas.drawString(left + (6 if k else 0), self.y - k * self.size * 1.1, part)
        if self.leaders and len(parts) == 1:
            start = left + stringWidth(name, self.font, self.size) + 1
            dots = (72 + self.labels - 5 - start) / stringWidth(".", self.font, self.size)
            self.canvas.drawString(start, self.y, "." * int(dots))
        self.rows.append([name, *(self.cell(index, column, cell) for column, cell in enumerate(cells))])
        self.y -= self.pitch + (self.size * 1.1 if len(parts) > 1 else 0)

    def cell(self, index: int, column: int, text: str | None) -> str | None:
        if text is None:
            return None
        if self.brackets and text.startswith("-"):
            text = f"({text[1:]})"
        self.canvas.drawRightString(self.right(column), self.y, text)
        if self.dollars and index == 0 and self.table.headers[column].endswith("Amount"):
            self.canvas.drawString(self.right(column) - self.step + self.size * 0.4, self.y, "$")
            return f"$ {text}"
        return text
