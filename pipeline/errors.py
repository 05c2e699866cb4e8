"""Every error that Tally raises on purpose.

    TallyError                      exit status 2 unless a document caught it
    ├── UsageError                  wrong option, input that does not exist
    │   └── RunLocked               another run writes into the same folder
    ├── DocumentError               one document cannot be processed; the others go on
    │   ├── UnreadableDocument      bytes that are no text, page or table of a known kind
    │   └── ExtractionFailed        a document that breaks a stage
    ├── LexiconError                a data file of the house is malformed (file and row named)
    ├── SystemFileError             a `tally check` file that cannot be read
    ├── StoreError                  an output folder or database that cannot be written or read
    └── DecisionError               a decision that cannot be taken (unknown finding, changed case)

Messages are one line, name the file or id, and say what to do about it.
"""

from __future__ import annotations


class TallyError(Exception):
    """Root of the tree; `str(error)` is the one line that a user reads."""


class UsageError(TallyError):
    """Wrong usage or an input that does not exist (exit status 2)."""


class RunLocked(UsageError):
    """Another run holds the output folder."""


class DocumentError(TallyError):
    """One document cannot be processed. `path` is what the user gave, `stage` the stage that refused it."""

    def __init__(self, path: str, stage: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.stage = stage
        self.reason = reason


class UnreadableDocument(DocumentError):
    """The bytes are not text (or a page) of a kind that Tally reads."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, "read", reason)


class ExtractionFailed(DocumentError):
    """A stage failed on this document; the reason holds the original error."""


class LexiconError(TallyError):
    """A data file beside `lexicon/load.py` is malformed."""


class SystemFileError(TallyError):
    """A `tally check` system that cannot be read."""


class StoreError(TallyError):
    """An output folder or database that cannot be written or read."""


class DecisionError(TallyError):
    """A decision that cannot be taken: unknown finding, or a case that has changed since it was shown."""
