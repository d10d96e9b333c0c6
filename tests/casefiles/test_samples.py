"""The sample case files: every planted fault is found, with its place, and nothing else is a veto."""

from pathlib import Path

import pytest

from assistant.casefiles import CaseReview
from assistant.errors import InputError
from evals.case_file_samples import CaseFileCase, build
from evals.case_files import SAMPLES, Judged, case_files
from evals.reading import FOLDER, load_yaml
from tests.casefiles.conftest import TODAY

CASES = load_yaml(CaseFileCase, FOLDER / "case_files.yaml")
BATCHES = [
    (case, FOLDER / name)
    for name in ("case_files", "case_files_second", "case_files_third", "case_files_fourth")
    for case in load_yaml(CaseFileCase, FOLDER / f"{name}.yaml")
]


@pytest.mark.parametrize(("case", "folder"), BATCHES, ids=[case.id for case, _ in BATCHES])
def test_sample(case_review: CaseReview, case: CaseFileCase, folder: Path) -> None:
    review = case_review.check([build(case, folder)], TODAY)
    judged = Judged(case, review)
    assert judged.problems == []
    assert (review.verdict == "vetoed") == bool(case.vetoes)
    for item in review.items:
        if item.status in ("missing", "defect"):
            assert item.basis or item.source
    assert all(c.verdict == "verified" for c in review.citations)
    if case.clean:
        assert review.score == 100


def test_the_scorer_sees_each_kind_of_mistake(case_review: CaseReview) -> None:
    case = next(c for c in CASES if c.id == "gains-kept")
    review = case_review.check([build(case, SAMPLES)], TODAY)
    wrong = case.model_copy(update={"vetoes": ("F03", "F10"), "scored": ("N11",), "unknown": ("F01",)})
    problems = Judged(wrong, review).problems
    assert [p[:7] for p in problems] == [
        "没有查出 F0", "误报否决 F0", "没有查出 N1", "多报 N03 ", "应为待人工核对",
    ]  # fmt: skip
    figures = {
        f.metric: f.value for f in case_files([wrong], lambda files, as_of: case_review.check(files, as_of)).figures
    }
    assert figures == {"否决查出": 50, "没有误报否决": 0, "计分查出": 0, "计分报得对": 0}


def test_a_change_that_does_not_fit_its_base_is_refused() -> None:
    case = CaseFileCase(id="x", what="", base="食品", format="txt", changes=({"改": ["询问笔录", "没有这句", ""]},))
    with pytest.raises(InputError, match="没有“没有这句”"):
        build(case, SAMPLES)
