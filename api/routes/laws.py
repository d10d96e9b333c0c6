"""GET /laws/{law}/articles/{article}: one provision with its version; …/penalties: what it punishes."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from api.dependencies import TheDesk, allowed
from api.problems import ProblemError, refusals
from api.wire import AsOf
from assistant.desk import today
from assistant.law.penalties import penalty_clauses
from assistant.numerals import article_number
from assistant.schema import PenaltiesView, ProvisionView

router = APIRouter(prefix="/laws", tags=["laws"], dependencies=[allowed("search")])

Law = Annotated[str, AfterValidator(str.strip)]


@router.get("/{law}/articles/{article}", summary="看一条", responses=refusals(404))
def read_article(
    law: Law,
    article: str,
    desk: TheDesk,
    as_of: AsOf | None = None,
    include_not_in_force: Annotated[bool, Query(description="在效力期间之外的文本也回答，并标明状态")] = False,
    version: Annotated[str | None, Query(description="指定版本，例如 行政处罚法@2021-01-22")] = None,
) -> ProvisionView:
    """The article in force on `as_of`. `law` is a full or short title, `article` 第三十三条, 33 or 第33条."""
    day: dt.date = as_of or today()
    number = article_number(article) or article_number(f"第{article}条") or article
    view = desk.article(law, number, as_of=day, version_id=version)
    if view is None:
        raise ProblemError(404, f"语料中没有《{law}》{number}；请核对名称与条号，或先导入该文件")
    if view.status not in ("现行有效", "待核") and not (include_not_in_force or version):
        raise ProblemError(
            404,
            f"《{view.law}》{view.article}在{day}的状态是「{view.status}」，不是当日施行的法律；"
            "加上include_not_in_force=true可以查看这一文本",
        )
    return view


@router.get("/{law}/articles/{article}/penalties", summary="一条的罚则", responses=refusals(404))
def read_penalties(
    law: Law,
    article: str,
    desk: TheDesk,
    as_of: AsOf | None = None,
    include_not_in_force: Annotated[bool, Query(description="在效力期间之外的文本也回答，并标明状态")] = False,
    version: Annotated[str | None, Query(description="指定版本，例如 行政处罚法@2021-01-22")] = None,
) -> PenaltiesView:
    """Every penalty that the article in force on `as_of` provides; empty when it provides none."""
    view = read_article(law, article, desk, as_of, include_not_in_force, version)
    return PenaltiesView(
        as_of=view.as_of,
        id=view.id,
        law=view.law,
        article=view.article,
        status=view.status,
        penalties=penalty_clauses(view.text),
    )
