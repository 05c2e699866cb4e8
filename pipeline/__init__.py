"""Figures out of news articles, press releases and papers, checked against one another.

    from pipeline import extract, extract_file, run
    extract("Exports rose 6.5% to 4.67 billion yuan.", published="2021-07-21").records

`pipeline.extract` is the stage's package as well as the function: the package can be called.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import extract, extract_file, run

__all__ = ["extract", "extract_file", "run"]


def __getattr__(name: str) -> Any:
    """Imports the public functions when they are first asked for."""
    from importlib import import_module

    if name == "extract":
        return import_module("pipeline.extract")
    if name in __all__:
        return getattr(import_module("pipeline.api"), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")


class _CallablePackage(ModuleType):
    """The package `pipeline.extract`, which can be called like the function of that name."""

    def __call__(self, text: str, published: str | None = None) -> Any:
        """See `pipeline.api.extract`."""
        from pipeline.api import extract

        return extract(text, published)


class _Root(ModuleType):
    """This package; importing a sub-package sets it here, which is where `extract` becomes callable."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _CallablePackage
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Root
