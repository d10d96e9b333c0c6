"""POST /files/review: a case file held to the items of an assessment, answered whole or with its progress."""

from collections.abc import Generator, Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import format_sse_event

from api.dependencies import TheDesk, allowed
from api.problems import ProblemError, refusals
from api.wire import AsOf, Offset
from assistant.accounts import Visitor
from assistant.errors import CounselError
from assistant.schema import FailedEvent, FileReview, FileReviewLine

router = APIRouter(prefix="/files", tags=["files"])
Reviewer = Annotated[Visitor, allowed("files.review")]
PATH = "/files/review"
UPLOAD_LIMIT = 64 * 1024 * 1024
UPLOAD = (UPLOAD_LIMIT, 600.0)
"""Bytes, and the seconds they may take to arrive."""
MAX_UPLOADS = 200
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STREAM = "text/event-stream"


@router.post(
    "/review",
    response_model=FileReview,
    responses={200: {"content": {_STREAM: {}}, "description": "评查结果；Accept为text/event-stream时先给进度"}},
    summary="评查案卷",
)
def review_file(
    request: Request,
    desk: TheDesk,
    visitor: Reviewer,
    file: Annotated[list[UploadFile], File(description="案卷：.docx、.pdf、.txt，或者装着它们的.zip，可以几个")],
    as_of: Annotated[AsOf | None, Form()] = None,
) -> Response:
    """Every item with its status, place, words and basis; the score. The result is kept, the files are not.

    With `Accept: text/event-stream`: events `progress` (a line of text), then `done` or `failed`.
    """
    if len(file) > MAX_UPLOADS:
        raise ProblemError(422, f"一次最多交{MAX_UPLOADS}个文件，请压缩成一个.zip")
    given = [(one.filename or "没有名字的文件", one.file.read()) for one in file]
    running = desk.case_files.run(given, who=visitor.name, department=visitor.department, as_of=as_of)
    if _STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_events(running), media_type=_STREAM, headers={"X-Accel-Buffering": "no"})
    found = _finished(running)
    return Response(found.model_dump_json(by_alias=True), media_type="application/json")


@router.get("/reviews", summary="列出评查")
def list_reviews(
    desk: TheDesk,
    visitor: Reviewer,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> tuple[FileReviewLine, ...]:
    """The reviews in sight, the newest first."""
    return desk.case_files.lines(visitor.sight("files.review"), offset=offset, limit=limit)


@router.get(
    "/reviews/{review_id}.docx",
    response_class=Response,
    responses={200: {"content": {_WORD: {}}}, **refusals(404)},
    summary="导出评查报告",
)
def export_review(review_id: str, desk: TheDesk, visitor: Reviewer) -> Response:
    """The report of a review as a Word file."""
    made = desk.case_files.document(review_id, visitor.sight("files.review"))
    if made is None:
        raise _absent(review_id)
    name = quote(f"案卷评查报告-{review_id[:8]}.docx")
    return Response(made, media_type=_WORD, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})


@router.get("/reviews/{review_id}", summary="看一次评查", responses=refusals(404))
def read_review(review_id: str, desk: TheDesk, visitor: Reviewer) -> FileReview:
    """A review as it was made."""
    found = desk.case_files.get(review_id, visitor.sight("files.review"))
    if found is None:
        raise _absent(review_id)
    return found


@router.delete("/reviews/{review_id}", status_code=204, summary="删除评查", responses=refusals(404))
def remove_review(review_id: str, desk: TheDesk, visitor: Reviewer) -> Response:
    """Delete one's own review."""
    if not desk.case_files.remove(review_id, visitor.name):
        raise _absent(review_id)
    return Response(status_code=204)


def _absent(review_id: str) -> ProblemError:
    return ProblemError(404, f"没有编号为{review_id}的评查")


def _finished(running: Generator[str, None, FileReview]) -> FileReview:
    while True:
        try:
            next(running)
        except StopIteration as done:
            found: FileReview = done.value
            return found


def _events(running: Generator[str, None, FileReview]) -> Iterator[bytes]:
    while True:
        try:
            said = next(running)
        except StopIteration as done:
            yield format_sse_event(data_str=done.value.model_dump_json(by_alias=True), event="done")
            return
        except CounselError as error:
            failed = FailedEvent(where=error.where, problem=error.problem, remedy=error.remedy)
            yield format_sse_event(data_str=failed.model_dump_json(exclude={"type"}), event="failed")
            return
        yield format_sse_event(data_str=said, event="progress")
