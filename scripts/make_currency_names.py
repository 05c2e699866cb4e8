"""Writes pipeline/lexicon/currency_names.tsv: English names of the currencies that currencies.tsv does not list.

python scripts/make_currency_names.py

Source: the Unicode CLDR by Babel: codes of ISO 4217, past ones too, with their names. `Kuwaiti dinars` are also
written `Kuwait dinars`; a noun that one country alone uses (`pula`) stands for its currency without the country. Where
a country had several currencies of one name, the one in use, or else the oldest, is taken. What texts write otherwise
is kept by hand in currencies.tsv, which goes first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import combining, normalize

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

TARGET = Path(__file__).parents[1] / "pipeline" / "lexicon" / "currency_names.tsv"
ENGLISH = Locale("en")
NO_MONEY = re.compile(r"^X[ABDPTSUX]|^(?:CHE|CHW|CLF|COU|MXV|USN|USS|UYI|UYW)$")
NO_NAME = re.compile(
    r"unit|test|ley|financial|nonresident|conversion|convertible|account|WIR|people|\(.*\D{5}.*\)", re.I
)
COMMON = frozenset(["gold", "real", "sol", "mark", "crown", "pound", "new", "old", "dollar", "franc", "peso"])


def names(code: str) -> Iterator[str]:
    """Plural and singular of a currency, with and without accents, without what the CLDR adds in brackets."""
    for count in (2, 1):
        printed = get_currency_name(code, count=count, locale=ENGLISH)
        if not NO_NAME.search(printed):
            name = re.sub(r" \([^)]*\)$", "", printed).replace("&", "and")
            yield name
            yield "".join(c for c in normalize("NFD", name) if not combining(c))


def forms(name: str, code: str) -> Iterator[str]:
    """The name as wires write it too, and with the country's name: `Zimbabwe dlrs` beside `Zimbabwean dollars`."""
    country = ENGLISH.territories.get(code[:2], "").split(" SAR ")[0].replace("&", "and")
    for form in (name, f"{country} {name.split()[-1]}" if country and " " in name else name):
        yield form
        yield form.replace("dollar", "dlr")


def in_use(code: str) -> bool:
    """Whether the country that the code begins with pays with it today."""
    return code in get_territory_currencies(code[:2])


def owners(codes: Sequence[str]) -> dict[str, str]:
    """Every form with the code that it stands for."""
    nouns: dict[str, set[str]] = defaultdict(set)
    owner: dict[str, tuple[str, str]] = {}
    for code in codes:
        for name in names(code):
            nouns[name.split()[-1].lower()].add(code[:2])
            for form in forms(name, code):
                owner.setdefault(form.lower(), (form, code))
    for code in codes:
        for noun in (name.split()[-1].lower() for name in names(code)):
            if len(nouns[noun]) == 1 and noun not in COMMON and len(noun) > 3 and noun.isalpha():
                owner.setdefault(noun, (noun, code))
    return dict(owner.values())


def main() -> None:
    """Writes the table."""
    codes = [code for code in ENGLISH.currencies if not NO_MONEY.match(code)]
    codes.sort(key=lambda code: (not in_use(code), code))
    rows: dict[str, list[str]] = defaultdict(list)
    for form, code in owners(codes).items():
        rows[code].append(form)
    lines = ["# Written by scripts/make_currency_names.py from the Unicode CLDR; keep additions in currencies.tsv."]
    lines.append("code\tafter\texamples")
    lines += [f"{code}\t{' | '.join(found)}\t3.2 million {found[0]}" for code, found in sorted(rows.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
