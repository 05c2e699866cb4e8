"""Alternations of words for the finders: longest first, any white space, written once."""

from __future__ import annotations

from collections.abc import Iterable

import regex


def alternation(forms: Iterable[str]) -> str:
    """A regular expression body that matches any of `forms`, the longest first; a space matches any white space.

    The forms are parted by their first character, which is looked at first: of hundreds few are then tried.
    """
    groups: dict[str, list[str]] = {}
    for form in sorted({f for f in forms if f}, key=lambda f: (-len(f), f)):
        groups.setdefault(form[0].lower(), []).append(_pattern(form))
    if len(groups) < _FEW:
        return "|".join(body for bodies in groups.values() for body in bodies) or r"(?!)"
    return "|".join(f"(?={_either(first)})(?:{'|'.join(bodies)})" for first, bodies in groups.items())


_FEW = 3


def _pattern(form: str) -> str:
    return regex.escape(form).replace(r"\ ", r"[\s-]" if form[0].isalpha() else r"\s")


def _either(first: str) -> str:
    """The character in either case; white space for white space."""
    if first.isspace():
        return r"\s"
    return f"[{regex.escape(first)}{regex.escape(first.upper())}]" if len(first.upper()) == 1 else regex.escape(first)
