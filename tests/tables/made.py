"""Made-up tables with known structure, and their layouts: aligned text, flattened text, pipes, PDF without a
grid."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field

PRODUCTS = """Timber Soybeans Coal|Crude oil|Machine tools|Frozen fish|Garments and footwear|Rubber tires|Copper wire
Plastic bags|Vegetables, fresh or chilled|Electric power|Paper pulp|Motor vehicles|Iron ore|Furniture|Glass
Household appliances|Fertilizers|Steel products|Fruit|Toys|Cotton yarn|Natural gas|Ceramics|Dairy products
Leather goods of all kinds|Optical instruments|Tobacco""".replace("\n", "|").split("|")
SECTIONS = ("By sea", "By rail", "State enterprises", "Private enterprises", "Foreign-funded enterprises")


@dataclass
class Made:
    """A table: spanning groups over headers, rows of label and values (None for an empty cell, no values:
    section)."""

    caption: str
    unit: str
    groups: list[tuple[str, int]]
    headers: list[str]
    rows: list[tuple[str, list[str | None]]]
    ranked: bool = False
    truth: dict[str, object] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.headers)


def make(rng: random.Random, columns: int | None = None, rows: int | None = None) -> Made:
    """A table of trade by product: years over amounts and growth, or amounts, growth and share of one year.
    """
    year = rng.randint(2005, 2023)
    if rng.random() < 0.5:
        years = [str(year + i) for i in range(columns or rng.randint(2, 4))]
        groups = [(y, 2) for y in years]
        headers = ["Amount", "Growth"] * len(years)
        kinds = "AG" * len(years)
    else:
        groups, headers, kinds = [], ["Total Amount", "YoY", "Ratio"], "AGS"
    count = rows or rng.randint(4, 14)
    names = rng.sample(PRODUCTS, min(count, len(PRODUCTS)))
    body = [(name, [value(rng, kind) for kind in kinds]) for name in names]
    caption = f"Table {rng.randint(1, 9)} Exports of selected goods in {year}"
    return Made(caption, "million dollars,%", groups, headers, body, ranked=not groups and rng.random() < 0.5)


def value(rng: random.Random, kind: str) -> str:
    if kind == "A":
        return f"{rng.lognormvariate(4, 2) + 0.01:,.2f}"
    if kind == "G":
        return f"{rng.gauss(5, 30):.1f}"
    return str(rng.randint(1, 60))


def aligned(table: Made) -> str:
    """Columns kept apart by blanks, numbers flush right."""
    label = max(len(name) for name, _ in table.rows) + 2
    lines = [table.caption, f"Unit: {table.unit}"]
    width = 14
    if table.groups:
        lines.append(" " * label + "".join(f"{name:^{width * span}}" for name, span in table.groups).rstrip())
    lines.append("Product".ljust(label) + "".join(f"{head:>{width}}" for head in table.headers))
    lines += [
        name.ljust(label) + "".join(f"{cell or '':>{width}}" for cell in cells).rstrip()
        for name, cells in table.rows
    ]
    return "\n".join(lines) + "\n"


def flattened(table: Made) -> str:
    """One blank between everything, as text recognition leaves it."""
    lines = [f"{table.caption} (Unit: {table.unit})", ""]
    if table.groups:
        lines.append(" ".join(name for name, _ in table.groups))
        lines.append(" ".join(table.headers))
    else:
        lines.append(" ".join([*(["Ranking"] if table.ranked else []), "Product Name", *table.headers]))
    for number, (name, cells) in enumerate(table.rows, 1):
        rank = f"{number} " if table.ranked else ""
        lines.append(f"{rank}{name} " + " ".join(cell for cell in cells if cell))
    return "\n".join(lines) + "\n"


def piped(table: Made) -> str:
    """Markdown."""
    heads = [
        f"{group} {head}"
        for (group, span), i in zip(table.groups, range(99), strict=False)
        for head in table.headers[:span]
    ]
    lines = [
        table.caption,
        f"Unit: {table.unit}",
        "",
        "| Product | " + " | ".join(heads or table.headers) + " |",
    ]
    lines.append("|" + "---|" * (table.width + 1))
    lines += [f"| {name} | " + " | ".join(cell or "" for cell in cells) + " |" for name, cells in table.rows]
    return "\n".join(lines) + "\n"


def pdf(table: Made, rng: random.Random) -> tuple[bytes, list[list[str | None]]]:
    """A page with prose, the table without a grid, a note; and the table's cells as they must come out."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    font, size = rng.choice(["Times-Roman", "Helvetica"]), rng.choice([7, 8, 9, 10])
    pitch = size * rng.choice([1.15, 1.3, 1.6, 2.0])
    dollars, leaders, ruled = rng.random() < 0.3, rng.random() < 0.25, rng.choice(["none", "three", "three"])
    brackets, wrapped, sections = rng.random() < 0.3, rng.random() < 0.4, rng.random() < 0.4
    canvas.setFont(font, 10)
    y = 780.0
    words = ["the", "port", "office", "reported", "that", "goods", "moved", "over", "the", "river", "in", "the", "course", "of", "the", "season", "and", "prices", "kept", "steady"]

    def prose(lines: int) -> None:
        nonlocal y
        canvas.setFont(font, 10)
        for _ in range(lines):
            text = ""
            while stringWidth(text, font, 10) < 430:
                text += rng.choice(words) + " "
            canvas.drawString(72, y, text.strip())
            y -= 12
        y -= 8

    prose(rng.randint(2, 6))
    label_width = 150.0
    pitch_x = (470 - label_width) / table.width
    canvas.setFont(font, size)
    canvas.drawString(72 + rng.choice([0, 60]), y, table.caption)
    y -= pitch * 1.5
    left, right = 72.0, 72 + label_width + pitch_x * table.width
    rows: list[list[str | None]] = []
    if ruled == "three":
        canvas.line(left, y + size, right, y + size)
        y -= 2
    if table.groups:
        row: list[str | None] = [None] * (table.width + 1)
        at = 0
        for name, span in table.groups:
            centre = 72 + label_width + pitch_x * (at + span / 2)
            canvas.drawCentredString(centre, y, name)
            row[1 + at] = name
            at += span
        rows.append(row)
        y -= pitch
    tall = rng.random() < 0.5
    for i, head in enumerate(table.headers):
        parts = head.split() if tall else [head]
        for k, part in enumerate(parts):
            canvas.drawRightString(72 + label_width + pitch_x * (i + 1), y - k * size * 1.1, part)
    canvas.drawString(72, y, "Product")
    rows.append(["Product", *table.headers])
    y -= pitch + (size * 1.1 if tall and any(" " in h for h in table.headers) else 0)
    if ruled == "three":
        canvas.line(left, y + pitch * 0.75, right, y + pitch * 0.75)
    for index, (name, cells) in enumerate(table.rows):
        if sections and index in (0, len(table.rows) // 2):
            section = rng.choice(SECTIONS)
            canvas.drawString(72, y, section)
            rows.append([section] + [None] * table.width)
            y -= pitch
        indent = 8 if sections else 0
        parts = [name]
        if wrapped and " " in name and len(name) > 18:
            cut = name.rindex(" ")
            parts = [name[:cut], name[cut + 1 :]]
        for k, part in enumerate(parts):
            canvas.drawString(72 + indent + (6 if k else 0), y - k * size * 1.1, part)
        if leaders and len(parts) == 1:
            at = 72 + indent + stringWidth(name, font, size) + 1
            canvas.drawString(at, y, "." * int((label_width - 5 - (at - 72)) / stringWidth(".", font, size)))
        shown: list[str | None] = []
        for i, cell in enumerate(cells):
            text = cell
            if text and brackets and text.startswith("-"):
                text = f"({text[1:]})"
            x = 72 + label_width + pitch_x * (i + 1)
            if text:
                canvas.drawRightString(x, y, text)
            if text and dollars and index == 0 and table.headers[i].endswith("Amount"):
                canvas.drawString(x - pitch_x + 12, y, "$")
                text = f"$ {text}"
            shown.append(text)
        rows.append([name, *shown])
        y -= pitch + (size * 1.1 if len(parts) > 1 else 0)
    if ruled == "three":
        canvas.line(left, y + pitch * 0.75, right, y + pitch * 0.75)
    canvas.drawString(72, y - 2, "Source: port office, yearbook.")
    y -= 30
    prose(4)
    canvas.showPage()
    canvas.save()
    return out.getvalue(), rows
