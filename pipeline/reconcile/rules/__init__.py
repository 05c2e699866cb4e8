"""The rules: each module turns the figures of a book into relations, and is found here by being a file.

    RULE = "sum_of_parts"    # what findings call it
    ORDER = 50               # when it runs, lowest first
    PRIORITY = 60            # of the rules that fail together, the lowest names the finding
    LASTING = True           # if its failure is worth a look even where no slip explains it
    def apply(book: Book, records: Sequence[Record]) -> None

Levels are observed before any rule runs; changes and shares come first, because they make the quantities of
other periods and of wholes that sums then tie.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from typing import Protocol, cast

from pipeline.model.record import Record
from pipeline.reconcile.book import Book
from pipeline.reconcile.observe import LASTING, PRIORITIES


class Rule(Protocol):
    """What a rule module offers."""

    RULE: str
    ORDER: int
    PRIORITY: int

    def apply(self, book: Book, records: Sequence[Record]) -> None:
        """Adds the rule's relations to the book."""
        ...


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule module of this package, in the order in which they run."""
    modules = (importlib.import_module(f"{__name__}.{entry.name}") for entry in pkgutil.iter_modules(__path__))
    found = [cast(Rule, module) for module in modules if hasattr(module, "RULE") and hasattr(module, "apply")]
    return tuple(sorted(found, key=lambda rule: (rule.ORDER, rule.RULE)))


@cache
def lasting() -> frozenset[str]:
    """Names of the rules whose failure is worth a reviewer's look even where no slip explains it."""
    return LASTING | {rule.RULE for rule in rules() if getattr(rule, "LASTING", False)}


@cache
def priorities() -> dict[str, int]:
    """The rank of every rule's name, those of observation too: of several that fail together the lowest names
    a finding."""
    return {**PRIORITIES, **{rule.RULE: rule.PRIORITY for rule in rules()}}
