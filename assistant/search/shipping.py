"""The vectors that come with the product, so that nobody waits half an hour for them."""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from assistant.search.ports import Embedder
from assistant.search.vectors import key_of, pack, read_shipped, write_shipped

_BATCH = 16


def ship(
    texts: Iterable[str],
    folder: Path,
    embedder: Embedder,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Path:
    """Writes the vectors of `texts` into `folder`: those there are kept, the missing made, the rest dropped.

    `progress(done, of)` counts the missing ones. Stopped half-way, it leaves the file as it was.
    """
    wanted = {key_of(text): text for text in texts}
    held = read_shipped(folder, embedder.name, embedder.dimensions)
    vectors = {key: row for key, row in held.items() if key in wanted}
    missing = sorted(wanted.keys() - vectors.keys(), key=lambda key: len(wanted[key]))
    for first in range(0, len(missing), _BATCH):
        keys = missing[first : first + _BATCH]
        rows = pack(np.asarray(embedder.passages([wanted[key] for key in keys])))
        vectors.update(zip(keys, rows, strict=True))
        progress(first + len(keys), len(missing))
    return write_shipped(folder, embedder.name, vectors)
