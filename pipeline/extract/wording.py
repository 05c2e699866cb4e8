"""Alternations of words for the finders: longest first, any white space, written once."""

from __future__ import annotations

from collections.abc import Iterable

import regex


def alternation(forms: Iterable[str]) -> str:
    """A regular expression body that matches any of `forms`, the longest first; a space matches any white space."""
    ordered = sorted({f for f in forms if f}, key=lambda f: (-len(f), f))
    return (
        "|".join(regex.escape(form).replace(r"\ ", r"[\s-]" if form[0].isalpha() else r"\s") for form in ordered)
        or r"(?!)"
    )
