"""Rows of the product's own work, kept beside the imported ones so that the same questions reach them."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol

from assistant.errors import EngineError
from assistant.records.importing import Importer, Source
from assistant.records.store import RecordStore

Row = Sequence[str | int | dt.date | None]


class Feed(Protocol):
    """A part of the product whose work is counted. `kind`: of which kind its rows are; `columns` in their order."""

    @property
    def kind(self) -> str: ...

    @property
    def columns(self) -> Sequence[str]: ...

    def mark(self) -> str:
        """Something that is another once a row is. Cheap: asked before every question."""
        ...

    def rows(self) -> Iterable[Row]: ...


class Feeding:
    """Brings what feeds hold into the store when it has changed. Safe for several threads and processes."""

    def __init__(self, store: RecordStore, importer: Importer) -> None:
        self._store = store
        self._importer = importer

    def refresh(self, feed: Feed) -> None:
        """EngineError where the kind of the feed does not take its rows: the knowledge base is at fault."""
        mark = feed.mark()
        if self._marked(feed) == mark:
            return
        with self._store.writing():
            if self._marked(feed) == mark:  # another process was quicker
                return
            with self._importer.working() as folder:
                file = folder / "fed.csv"
                with file.open("w", encoding="utf-8", newline="") as out:
                    written = csv.writer(out)
                    written.writerow(feed.columns)
                    written.writerows(feed.rows())
                rejected = self._importer.feed(Source(file, name=self._called(feed), kind=feed.kind), mark)
        if rejected:
            first = rejected[0]
            raise EngineError(
                f"knowledge_base/records/{feed.kind}.yaml",
                f"“{feed.kind}”的列收不下{self._called(feed)}的行：{first.column}“{first.value}”{first.problem}",
                "把这一列改回随程序安装的写法",
            )

    def _called(self, feed: Feed) -> str:
        return self._store.kinds[feed.kind].fed_by or feed.kind

    def _marked(self, feed: Feed) -> str | None:
        return next((one.digest for one in self._store.state().imports if one.kind == feed.kind), None)
