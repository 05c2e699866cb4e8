"""Made-up pages in the manner of government reports: statements with dot leaders and dollar signs, statistics under
headers of several levels, tables of words, two tables on a page; mostly without rules, with prose and notes around
them. Every page knows the cells as they must come out."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import report_sheet as made
from made_lists import beside, hearings, panels, parts, remarks, series, stubs, words
from report_sheet import LEFT, RIGHT, Rows, Sheet, amount, figures


def statement(sheet: Sheet) -> None:
    """Two to four years of a balance or budget: sections, indents, `$` on the first row and on totals, rules above
    totals."""
    rng = sheet.rng
    years = rng.randint(2, 4)
    first = rng.randint(2001, 2012)
    label_end = rng.choice([250.0, 290.0]) if years < 4 else 240.0
    step = min((RIGHT - label_end) / years, rng.choice([72.0, 90.0]))
    rights = [label_end + step * (k + 1) for k in range(years)]
    sheet.title("Statement of financial position")
    if rng.random() < 0.6:
        sheet.put(LEFT, "(Dollars in thousands)")
        sheet.step(1.3)
    sheet.open_frame(rights[-1])
    rows = [_years(sheet, rights, first)]
    sheet.close_heads(rights[-1])
    for section in rng.sample(made.SECTIONS, rng.randint(1, 3)):
        sheet.put(LEFT, section)
        rows.append([section] + [""] * years)
        sheet.step()
        names = rng.sample(made.ITEMS, rng.randint(3, 6))
        for index, name in enumerate(names):
            rows.append(figures(sheet, name, LEFT + 10, rights, step, index == 0))
            sheet.step()
        for right in rights:
            sheet.line(right - step * 0.6, right, sheet.pitch * 0.75)
        rows.append(figures(sheet, f"Total {section.rstrip(':').lower()}", LEFT + 20, rights, step, True))
        sheet.step(rng.choice([1.0, 1.5]))
    sheet.tables.append(rows)
    sheet.close_frame(rights[-1])


def _years(sheet: Sheet, rights: Sequence[float], first: int) -> list[str]:
    years = [str(first + k) for k in range(len(rights))]
    style = sheet.rng.choice(["plain", "tall", "tall", "named"])
    if style == "tall":
        for right in rights:
            sheet.put(right, "Fiscal year", "right")
        sheet.step()
    for right, year in zip(rights, years, strict=True):
        sheet.put(right, year, "right")
    if style == "named":
        sheet.put(LEFT, "Category")
        return ["Category", *years]
    return ["", *(f"Fiscal year {year}" if style == "tall" else year for year in years)]


def levels(sheet: Sheet) -> None:
    """Districts under groups of columns: a header of two or three levels, groups with or without a rule beneath."""
    rng = sheet.rng
    groups, heads = rng.choice(made.GROUPS), rng.sample(made.HEADS, 2)
    columns = len(groups) * len(heads)
    label_end = 170.0
    step = (RIGHT - label_end) / columns
    rights = [label_end + step * (k + 1) for k in range(columns)]
    rows: Rows = []
    sheet.title("Traffic and trade by district")
    sheet.open_frame(RIGHT)
    if rng.random() < 0.3:
        sheet.put((label_end + RIGHT) / 2, "Year ended June 30", "middle")
        rows.append(["", "Year ended June 30"] + [""] * (columns - 1))
        sheet.step(1.2)
    row = [""] * (columns + 1)
    for index, group in enumerate(groups):
        left, right = (label_end + step * len(heads) * (index + k) for k in (0, 1))
        sheet.put((left + right + step * 0.3) / 2, group, "middle")
        row[1 + index * len(heads)] = group
        if sheet.rules != "none" and rng.random() < 0.7:
            sheet.line(left + step * 0.3, right, -sheet.pitch * 0.3)
    rows.append(row)
    sheet.step(1.3)
    stub = rng.choice(["District", "District", ""])
    for index, right in enumerate(rights):
        sheet.put(right, heads[index % len(heads)], "right")
    sheet.put(LEFT, stub)
    rows.append([stub, *heads * len(groups)])
    sheet.close_heads(RIGHT)
    _districts(sheet, rows, rights, step, [int(head in ("Percent", "Share", "Change")) for head in heads])
    sheet.tables.append(rows)
    sheet.close_frame(RIGHT)


def _districts(sheet: Sheet, rows: Rows, rights: Sequence[float], step: float, decimals: Sequence[int]) -> None:
    rng = sheet.rng
    grouped, spaced = rng.random() < 0.4, rng.random() < 0.3
    for index, name in enumerate(rng.sample(made.PLACES, rng.randint(6, 14))):
        if grouped and index % 5 == 0:
            section = made.SECTIONS[index // 5].rstrip(":")
            sheet.put(LEFT, section)
            rows.append([section] + [""] * len(rights))
            sheet.step()
        marked = name + (rng.choice([" 1/", " (1)", "*"]) if rng.random() < 0.1 else "")
        left = LEFT + (8 if grouped else 0)
        sheet.put(left, marked)
        sheet.lead(left + sheet.width(marked), rights[0] - 0.75 * step)
        row = [amount(rng, decimals[column % len(decimals)]) for column in range(len(rights))]
        row = ["" if rng.random() < 0.04 else text for text in row]
        for right, text in zip(rights, row, strict=True):
            sheet.put(right, text, "right")
        rows.append([marked, *row])
        sheet.step(1.6 if spaced and index % 5 == 4 else 1)


def tall(sheet: Sheet) -> None:
    """Headers of two or three stacked lines, set to the foot; labels that go on in a second line."""
    rng = sheet.rng
    heads = rng.sample(made.TALL_HEADS, rng.randint(3, 5))
    label_end, leading = 190.0, sheet.size * 1.12
    step = (RIGHT - label_end) / len(heads)
    rights = [label_end + step * (k + 1) for k in range(len(heads))]
    sheet.title("Vessels and traffic")
    sheet.open_frame(RIGHT)
    most = max(len(head.split()) for head in heads)
    middle = rng.random() < 0.5
    for right, head in zip(rights, heads, strict=True):
        parts = head.split()
        for k, part in enumerate(parts):
            down = (most - len(parts) + k) * leading
            sheet.put(right - step * 0.3 * middle, part, "middle" if middle else "right", down)
    stub = rng.choice(["Item", "Class of vessel", ""])
    sheet.put(LEFT, stub, "left", (most - 1) * leading)
    rows: Rows = [[stub, *heads]]
    sheet.y -= (most - 1) * leading
    sheet.close_heads(RIGHT, 1.1)
    for name in rng.sample(made.ITEMS, rng.randint(5, 10)):
        words = name.split()
        parts = [" ".join(words[:-2]), " ".join(words[-2:])] if len(name) > 24 else [name]
        if len(parts) > 1:
            sheet.put(LEFT, parts[0])
            sheet.y -= leading
        row = figures(sheet, parts[-1], LEFT + (8 if len(parts) > 1 else 0), rights, step, False)
        rows.append([name, *row[1:]])
        sheet.step(1.0 if sheet.pitch > 1.3 * sheet.size else 1.2)
    sheet.tables.append(rows)
    sheet.close_frame(RIGHT)


LAYOUTS: dict[str, Callable[[Sheet], None]] = {
    layout.__name__: layout
    for layout in (statement, levels, tall, words, series, stubs, parts, panels, remarks, hearings)
}


def page(name: str, seed: int) -> tuple[bytes, list[Rows]]:
    """A page with one table of the layout `name`, or two of any where that is `two`; and the cells of its tables."""
    rng = random.Random(f"{name} {seed}")
    sheet = Sheet(rng)
    for index, layout in enumerate(rng.sample(sorted(LAYOUTS), 2) if name == "two" else [name]):
        if index == 0 or rng.random() < 0.5:
            sheet.prose(rng.randint(2, 5))
        (LAYOUTS | {"beside": beside})[layout](sheet)
    if sheet.y > 120:
        sheet.prose(3)
    return sheet.done(), sheet.tables
