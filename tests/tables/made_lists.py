"""More layouts of made-up reports: entries of words, series, two columns of stubs, parts, halves side by side."""

from __future__ import annotations

import report_sheet as made
from report_sheet import LEFT, RIGHT, Rows, Sheet, amount, figures


def words(sheet: Sheet) -> None:
    """Entries of words in three or four columns, cells of several lines, rows told apart by space or a rule."""
    rng = sheet.rng
    money = rng.random() < 0.5
    lefts, heads = [LEFT, 170.0, 370.0], ["Agency", "Purpose of programme", "Status"]
    sheet.title("Programmes for ports and rivers")
    sheet.open_frame(RIGHT)
    for left, head in zip(lefts, heads, strict=True):
        sheet.put(left, head)
    if money:
        sheet.put(RIGHT, "Funding", "right")
    rows: Rows = [[*heads, "Funding"] if money else heads]
    leading, between = sheet.size * 1.12, rng.choice([1.5, 1.7]) * sheet.size
    sheet.y -= between
    each = sheet.rules == "frame" and rng.random() < 0.5
    for duty in rng.sample(made.DUTIES, rng.randint(4, 7)):
        if each or (sheet.rules != "none" and len(rows) == 1):
            sheet.line(LEFT, RIGHT, sheet.size * 0.95)
        row = [rng.choice(made.BUREAUS), duty, rng.choice(made.STATES)]
        wrapped = [sheet.lines(text, width) for text, width in zip(row, (100, 180, 90), strict=True)]
        for left, parts in zip(lefts, wrapped, strict=True):
            for k, part in enumerate(parts):
                sheet.put(left, part, "left", k * leading)
        if money:
            row.append(f"{rng.randint(1, 900):,}")
            sheet.put(RIGHT, row[-1], "right")
        rows.append(row)
        sheet.y -= (max(map(len, wrapped)) - 1) * leading + between
    sheet.tables.append(rows)
    sheet.close_frame(RIGHT)


def series(sheet: Sheet) -> None:
    """Years down the side over many narrow columns, more space after every five."""
    rng = sheet.rng
    columns = rng.randint(4, 8)
    sheet.size = min(sheet.size, 8.0)
    sheet.body_font()
    step = (RIGHT - 130.0) / columns
    rights = [130.0 + step * (k + 1) for k in range(columns)]
    sheet.title("Ships cleared by year and month")
    sheet.open_frame(RIGHT)
    months = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug."][:columns]
    sheet.put(LEFT, "Year")
    for right, head in zip(rights, months, strict=True):
        sheet.put(right, head, "right")
    sheet.close_heads(RIGHT, 1.4)
    rows: Rows = [["Year", *months]]
    first = rng.randint(1950, 1990)
    for k in range(rng.randint(6, 20)):
        rows.append(figures(sheet, str(first + k), LEFT, rights, step, False, 1))
        sheet.step(1.7 if k % 5 == 4 else 1)
    sheet.tables.append(rows)
    sheet.close_frame(RIGHT)


def stubs(sheet: Sheet) -> None:
    """Two columns of words before the figures, the first filled where it changes; raised marks; units below heads."""
    rng = sheet.rng
    columns = rng.randint(2, 4)
    step = min(80.0, (RIGHT - 270) / columns)
    rights = [270 + step * (k + 1) for k in range(columns)]
    sheet.title("Costs by bureau and item")
    sheet.open_frame(rights[-1])
    row = ["Bureau", "Item", *rng.sample(made.HEADS, columns)]
    sheet.put(LEFT, row[0])
    sheet.put(150, row[1])
    for k, right in enumerate(rights, 2):
        sheet.put(right, row[k], "right")
        if rng.random() < 0.2:
            sheet.raised(right + 1, "2")
            row[k] += "2"
    if rng.random() < 0.4:
        sheet.step()
        for k, right in enumerate(rights, 2):
            unit = rng.choice(["(thousands)", "(percent)", "(tons)"])
            sheet.put(right, unit, "right")
            row[k] += unit
    sheet.close_heads(rights[-1])
    rows: Rows = [row]
    for bureau in rng.sample(made.BUREAUS, rng.randint(2, 4)):
        sheet.put(LEFT, bureau)
        for index, name in enumerate(rng.sample([name for name in made.ITEMS if len(name) < 24], rng.randint(2, 4))):
            row = figures(sheet, name, 150, rights, step, False)
            rows.append(["" if index else bureau, *row])
            sheet.step()
    sheet.tables.append(rows)
    sheet.close_frame(rights[-1])


def parts(sheet: Sheet) -> None:
    """Heads of parts over the middle of the body; percent signs; figures flush right or in the middle."""
    rng = sheet.rng
    columns = rng.randint(3, 6)
    step = (RIGHT - 200) / columns
    middle = rng.random() < 0.4
    places = [200 + step * (k + 1) - 0.4 * step * middle for k in range(columns)]
    sheet.title("Crews and vessels by part")
    sheet.open_frame(RIGHT)
    heads = rng.choice([[str(1995 + k) for k in range(columns)], rng.sample(made.HEADS, columns)])
    sheet.put(LEFT, "Region")
    sheet.row(places, heads, middle)
    sheet.close_heads(RIGHT, 1.2)
    rows: Rows = [["Region", *heads]]
    for part in rng.sample(made.PARTS, rng.randint(1, 3)):
        sheet.put((LEFT + RIGHT) / 2, part, "middle")
        rows.append([part] + [""] * columns)
        sheet.step(1.2)
        percents = rng.random() < 0.4
        for name in rng.sample(made.PLACES, rng.randint(3, 6)):
            sheet.put(LEFT, name)
            sheet.lead(LEFT + sheet.width(name), 200 + 0.2 * step)
            row = [f"{rng.random() * 100:.1f}%" if percents else amount(rng) for _ in places]
            sheet.row(places, row, middle)
            rows.append([name, *row])
            sheet.step()
        sheet.step(0.4)
    sheet.tables.append(rows)
    sheet.close_frame(RIGHT)


def panels(sheet: Sheet) -> None:
    """Two halves side by side: label, figures, label, figures."""
    rng = sheet.rng
    sheet.title("Harbour dues by district")
    sheet.open_frame(500)
    rows: Rows = [["District", "Dues", "Ships"] * 2]
    count = rng.randint(5, 10)
    names = rng.sample(made.PLACES, 2 * count)
    for left, right in zip(names[:count], names[count:], strict=True):
        rows.append([left, amount(rng), amount(rng), right, amount(rng), amount(rng)])
    for index, row in enumerate(rows):
        for column, (x, text) in enumerate(zip((LEFT, 200, 250, 310, 450, 500), row, strict=True)):
            sheet.put(x, text, "right" if column % 3 else "left")
        sheet.step() if index else sheet.close_heads(500, 1.2)
    sheet.tables.append(rows)
    sheet.close_frame(500)


def remarks(sheet: Sheet) -> None:
    """Heads and figures flush left, dollar signs on every figure, remarks last, numbers of lines first at times."""
    rng = sheet.rng
    numbered = rng.random() < 0.5
    sheet.title("Funds and outlays")
    sheet.open_frame(RIGHT)
    rows: Rows = [["No.", "Fund", "Budget", "Spent", "Remarks"]]
    for number, name in enumerate(rng.sample([name for name in made.ITEMS if len(name) < 30], rng.randint(5, 9)), 1):
        money = [f"${rng.randint(1, 99_000):,}", f"${rng.randint(1, 999)}.{rng.randint(10, 99)}"]
        rows.append([str(number), name, *money, rng.choice([*made.STATES, "", "Not for county use"])])
    xs = [LEFT, 90, 260, 330, 400]
    if not numbered:
        rows, xs = [row[1:] for row in rows], [LEFT, *xs[2:]]
    for index, row in enumerate(rows):
        for x, text in zip(xs, row, strict=True):
            sheet.put(x, text)
        sheet.step(1.1) if index else sheet.close_heads(RIGHT, 1.2)
    sheet.tables.append(rows)
    sheet.close_frame(RIGHT)


def hearings(sheet: Sheet) -> None:
    """Dates, subjects and witnesses, entries of several lines."""
    rng = sheet.rng
    sheet.title("Hearings of the river board")
    sheet.open_frame(RIGHT)
    rows: Rows = [["Date", "Subject", "Witnesses"]]
    for duty in rng.sample(made.DUTIES, rng.randint(4, 7)):
        date = f"{rng.choice(['May', 'June', 'July'])} {rng.randint(1, 28)}, 2011"
        rows.append([date, duty + rng.choice([" in the north", " after the storm", ""]), rng.choice(made.BUREAUS)])
    for index, row in enumerate(rows):
        cells = [sheet.lines(text, width) for text, width in zip(row, (85, 230, 130), strict=True)]
        for x, parts in zip((LEFT, 150, 400), cells, strict=True):
            for k, part in enumerate(parts):
                sheet.put(x, part, "left", k * sheet.size * 1.12)
        sheet.y -= (max(map(len, cells)) - 1) * sheet.size * 1.12
        sheet.step(sheet.size * 1.6 / sheet.pitch) if index else sheet.close_heads(RIGHT, 1.5)
    sheet.tables.append(rows)
    sheet.close_frame(RIGHT)


def beside(sheet: Sheet) -> None:
    """In the left of two columns of prose, whose lines stand on heights of their own."""
    rng = sheet.rng
    top = sheet.y
    sheet.column(60, top, 8)
    sheet.column(317, top, 38)
    sheet.size = min(sheet.size, 8.0)
    sheet.pitch = sheet.size * 1.25
    sheet.body_font()
    sheet.y = top - 102
    sheet.put(LEFT, f"Table {rng.randint(1, 9)}. Ships cleared")
    sheet.step(1.5)
    rows: Rows = [["District", "Ships", "Cargo", "Crew"]]
    rows += [[name, *(amount(rng) for _ in range(3))] for name in rng.sample(made.PLACES, rng.randint(6, 10))]
    for row in rows:
        sheet.put(LEFT, row[0])
        sheet.row((180, 240, 295), row[1:], False)
        sheet.step(1 if row is not rows[0] else 1.3)
    sheet.tables.append(rows)
    sheet.column(60, sheet.y - 14, int((sheet.y - top + 404) / 11))
    sheet.y = top - 438
