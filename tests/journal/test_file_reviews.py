"""Reviews at rest: sealed, seen by whom they concern."""

from pathlib import Path

from assistant.casefiles import CaseReview
from assistant.journal import Database, sqlite_url
from assistant.journal.file_reviews import FileReviewStore
from assistant.masking.sealed import Seal
from assistant.schema import FileReview, Sight
from evals.case_file_samples import CaseFileCase, build
from evals.case_files import SAMPLES
from evals.reading import FOLDER, load_yaml
from tests.casefiles.conftest import TODAY, case_review

__all__ = ["case_review"]


NAMES = ("张三13812345678.docx",)


def _review(engine: CaseReview) -> FileReview:
    case = next(c for c in load_yaml(CaseFileCase, FOLDER / "case_files.yaml") if c.id == "on-the-spot")
    return engine.check([(NAMES[0], build(case, SAMPLES)[1])], TODAY)


def test_what_a_review_says_is_not_in_the_database_in_clear(case_review: CaseReview, tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path))
    kept = FileReviewStore(database, Seal(tmp_path)).add(_review(case_review), NAMES, who="甲", department="法制科")
    database.close()
    written = b"".join(path.read_bytes() for path in tmp_path.glob("journal.db*"))
    assert "何静".encode() not in written
    assert b"13812345678" not in written
    assert kept.id is not None
    assert kept.id.encode() in written


def test_it_is_seen_by_its_owner_the_department_and_nobody_else(case_review: CaseReview, tmp_path: Path) -> None:
    store = FileReviewStore(Database(sqlite_url(tmp_path)), Seal(tmp_path))
    kept = store.add(_review(case_review), NAMES, who="甲", department="法制科")
    assert kept.id is not None
    assert store.get(kept.id, Sight(who="甲")) == kept
    assert store.get(kept.id, Sight(who="乙", department="法制科")) == kept
    assert store.get(kept.id, Sight(who="丙", department="执法队")) is None
    assert store.lines(Sight(who="丙")) == ()
    assert not store.remove(kept.id, "乙")
    assert store.remove(kept.id, "甲")
    assert store.lines(Sight(who="甲")) == ()
