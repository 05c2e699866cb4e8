"""Pages of a document kept small between two looks at them: which lines are running heads is known when the last page
has been seen, and a book of tables as words with boxes takes some hundred megabytes."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator

from pipeline.read.page_text.parts import Margins, PageParts

_FAST = 1


class Shelf:
    """`pages` read to the end and put by; iterating gives them again, one at a time, their furniture marked."""

    def __init__(self, pages: Iterable[PageParts]) -> None:
        self.filled = self.recognised = 0
        self._margins = Margins()
        self._packed: list[bytes] = []
        for page in pages:
            self.filled += bool(page.parts)
            self.recognised += page.recognised
            self._margins.look(page)
            self._packed.append(zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), _FAST))

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[PageParts]:
        for packed in self._packed:
            page: PageParts = pickle.loads(zlib.decompress(packed))
            self._margins.mark_furniture(page)
            yield page
