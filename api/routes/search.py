"""POST /search and POST /citations/check."""

from fastapi import APIRouter

from api.dependencies import TheDesk, allowed
from api.wire import CheckAnswer, CheckRequest, SearchAnswer, SearchRequest
from assistant.desk import today

router = APIRouter(tags=["search"], dependencies=[allowed("search")])


@router.post("/search", summary="检索")
def search(body: SearchRequest, desk: TheDesk) -> SearchAnswer:
    """Provisions (and, where held, lists, benchmarks and decisions) that bear on a question, best first."""
    as_of = body.as_of or today()
    hits = desk.search(
        body.query,
        kinds=tuple(body.kinds),
        as_of=as_of,
        top_k=body.top_k,
        include_not_in_force=body.include_not_in_force,
    )
    return SearchAnswer(as_of=as_of, hits=hits, note=desk.search_note())


@router.post("/citations/check", summary="核验引文")
def check_citations(body: CheckRequest, desk: TheDesk) -> CheckAnswer:
    """Every citation in a text, looked up down to 款 and 项, with its quotes."""
    as_of = body.as_of or today()
    citations, summary = desk.check(body.text, as_of=as_of)
    return CheckAnswer(as_of=as_of, citations=citations, summary=summary)
