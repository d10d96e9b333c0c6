"""Reviews of case files in the database: sealed, for their owner and the department; the files are never kept."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import cast

from sqlalchemy import delete, select

from assistant.journal.database import Database
from assistant.journal.file_review_tables import FileReviewRow
from assistant.journal.visibility import seen
from assistant.masking import mask
from assistant.masking.sealed import Seal
from assistant.schema import FileReview, FileReviewLine, ReviewVerdict, Sight

_REVIEW = "review"


class FileReviewStore:
    """Every review. Safe for several threads and processes."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def add(
        self, review: FileReview, names: Sequence[str], *, who: str | None, department: str | None = None
    ) -> FileReview:
        """Keep a review of `who`, called by the names of the files handed in; the same with its id."""
        kept = review.model_copy(update={"id": uuid.uuid4().hex})
        more = f" 等{len(names)}个文件" if len(names) > 1 else ""
        row = FileReviewRow(
            id=kept.id,
            owner=who,
            department=department,
            title=mask(names[0]).text[:150] + more,
            as_of=review.as_of,
            verdict=review.verdict,
            label=review.label,
            score=review.score,
            vetoes=sum(item.veto and item.status in ("missing", "defect") for item in review.items),
            sealed=self._seal.seal({_REVIEW: kept.model_dump_json(by_alias=True)}),
            created_at=dt.datetime.now(dt.UTC),
        )
        with self._database.writing() as session:
            session.add(row)
        return kept

    def get(self, review_id: str, sight: Sight) -> FileReview | None:
        """A review; None when there is none of that id in sight. EngineError when it was sealed with another key."""
        with self._database.reading() as session:
            condition = seen(sight, FileReviewRow.owner, FileReviewRow.department)
            row = session.scalar(select(FileReviewRow).where(FileReviewRow.id == review_id, condition))
            return FileReview.model_validate_json(self._seal.open(row.sealed)[_REVIEW]) if row is not None else None

    def lines(self, sight: Sight, *, offset: int = 0, limit: int = 50) -> tuple[FileReviewLine, ...]:
        """The reviews in sight, the newest first."""
        query = (
            select(FileReviewRow)
            .where(seen(sight, FileReviewRow.owner, FileReviewRow.department))
            .order_by(FileReviewRow.created_at.desc(), FileReviewRow.id)
            .offset(offset)
            .limit(limit)
        )
        with self._database.reading() as session:
            return tuple(
                FileReviewLine(
                    id=row.id,
                    title=row.title,
                    as_of=row.as_of,
                    verdict=cast(ReviewVerdict, row.verdict),
                    label=row.label,
                    score=row.score,
                    vetoes=row.vetoes,
                    by=row.owner,
                    created_at=row.created_at,
                )
                for row in session.scalars(query)
            )

    def remove(self, review_id: str, who: str | None) -> bool:
        """Delete one's own review; whether there was one."""
        own = seen(Sight(who=who), FileReviewRow.owner, FileReviewRow.department)
        with self._database.writing() as session:
            gone = session.execute(
                delete(FileReviewRow).where(FileReviewRow.id == review_id, own).returning(FileReviewRow.id)
            )
            return gone.scalar() is not None
