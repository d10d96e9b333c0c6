"""POST /opinions and what follows: a paper drafted, edited, reviewed, finalized, compared, and taken as Word."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.dependencies import TheDesk, allowed
from api.problems import ProblemError, refusals
from api.wire import AsOf, Message, Offset, Plain, Request, RowNumber
from assistant.accounts import LOCAL_USER, Visitor
from assistant.desk.opinions import Signer
from assistant.drafting import CitationStyle
from assistant.errors import InputError
from assistant.schema import (
    Opinion,
    OpinionComparison,
    OpinionForm,
    OpinionLine,
    OpinionVersion,
)

router = APIRouter(prefix="/opinions", tags=["opinions"])

Reader = Annotated[Visitor, allowed("opinions.read")]
Writer = Annotated[Visitor, allowed("opinions.write")]
Reviewer = Annotated[Visitor, allowed("opinions.sign")]
Exporter = Annotated[Visitor, allowed("opinions.export")]
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Name = Annotated[
    Plain, Field(max_length=60, description="办理人的姓名；有账户的以账户的姓名为准，本机用户须写明", examples=["张三"])
]
Comment = Annotated[str, Field(max_length=4_000)]
Title = Annotated[Plain, Field(max_length=120)]


class OpinionRequest(Request):
    """What to draft: the kind, and the case in words, facts, or both. `fields` are those of the kind's form."""

    kind: Annotated[str, Field(max_length=60, examples=["legality_review"])]
    title: Title | None = None
    description: Message | None = None
    facts: dict[str, Any] | None = Field(default=None, max_length=100)
    as_of: AsOf | None = None
    fields: dict[str, Any] | None = Field(
        default=None, max_length=100, examples=[{"party": "某公司", "basis": "《价格法》第四十二条", "fine": 2000}]
    )
    name: Name | None = None


class SectionEdit(Request):
    """One section as a person has it. `body` null takes the program's words back."""

    id: Annotated[str, Field(max_length=60)]
    heading: Annotated[Plain, Field(max_length=80)] | None = None
    body: Annotated[str, Field(max_length=60_000)] | None


class EditRequest(Request):
    """What a person changed. `version` is the version that was changed: another written since is a conflict (409)."""

    version: RowNumber | None = None
    name: Name | None = None
    title: Title | None = None
    sections: list[SectionEdit] = Field(default=[], max_length=40)
    fields: dict[str, Any] | None = Field(default=None, max_length=100)
    facts: dict[str, Any] | None = Field(default=None, max_length=100)
    description: Message | None = None
    comment: Comment = ""


class ReviewRequest(Request):
    """A reviewer's word. `replies` close, by code, the vetoes that may be answered with a reason."""

    version: RowNumber | None = None
    name: Name | None = None
    comment: Comment = ""
    replies: dict[str, Annotated[Plain, Field(max_length=4_000)]] = Field(default={}, max_length=40)


class FinalizeRequest(Request):
    version: RowNumber | None = None
    name: Name | None = None
    comment: Comment = ""


def _signer(visitor: Visitor, name: str | None, *, signs: bool = False) -> Signer:
    """Who answers for a step: the person of the account; where there are no accounts, the name that is given."""
    if visitor.name != LOCAL_USER:
        return Signer(visitor.name, visitor.title, visitor.department)
    if signs and name is None:
        raise InputError("name", "没有写姓名", "写明复核、定稿的人的姓名")
    return Signer(visitor.name, name or visitor.title, visitor.department)


def _held(opinion: Opinion | None, opinion_id: str) -> Opinion:
    if opinion is None:
        raise ProblemError(404, f"没有编号为{opinion_id}的文书")
    return opinion


@router.get("/kinds", summary="可以拟的文书")
def list_opinion_kinds(desk: TheDesk, _visitor: Reader) -> tuple[OpinionForm, ...]:
    """What may be drafted, with the fields of each and how to ask for them."""
    return desk.opinions.forms()


@router.post("", summary="拟文书")
def draft_opinion(body: OpinionRequest, desk: TheDesk, visitor: Writer) -> Opinion:
    """A draft. What is blank shows as 【待填：…】 and stands in `missing`; nothing is invented."""
    return desk.opinions.create(
        body.kind,
        _signer(visitor, body.name),
        description=body.description,
        facts=body.facts,
        fields=body.fields,
        title=body.title,
        as_of=body.as_of,
    )


@router.get("", summary="列出文书")
def list_opinions(
    desk: TheDesk,
    visitor: Reader,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> tuple[OpinionLine, ...]:
    """The papers in sight, the last touched first."""
    return desk.opinions.lines(visitor.sight("opinions.read"), offset=offset, limit=limit)


@router.get(
    "/{opinion_id}.docx",
    response_class=Response,
    responses={200: {"content": {_WORD: {}}}, **refusals(404)},
    summary="导出文书",
)
def export_opinion(
    opinion_id: str,
    desk: TheDesk,
    visitor: Exporter,
    citations: Annotated[CitationStyle, Query(description="引文写在括号里，或者作脚注")] = "bracketed",
) -> Response:
    """The Word file. Unless the paper is final, 草稿 stands at the head of every page and in the file's name."""
    made = desk.opinions.document(opinion_id, visitor.sight("opinions.export"), citations=citations)
    if made is None:
        raise ProblemError(404, f"没有编号为{opinion_id}的文书")
    name, content = made
    return Response(
        content, media_type=_WORD, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )


@router.get("/{opinion_id}", summary="看一份文书", responses=refusals(404))
def read_opinion(opinion_id: str, desk: TheDesk, visitor: Reader) -> Opinion:
    """A paper as it stands."""
    return _held(desk.opinions.get(opinion_id, visitor.sight("opinions.read")), opinion_id)


@router.patch("/{opinion_id}", summary="改文书", responses=refusals(404, 409))
def edit_opinion(opinion_id: str, body: EditRequest, desk: TheDesk, visitor: Writer) -> Opinion:
    """The next version, checked again; a reviewed paper is a draft again."""
    edited = desk.opinions.edit(
        opinion_id,
        _signer(visitor, body.name),
        visitor.sight("opinions.write"),
        version=body.version,
        sections=[(one.id, one.heading, one.body) for one in body.sections],
        fields=body.fields,
        facts=body.facts,
        description=body.description,
        title=body.title,
        comment=body.comment,
    )
    return _held(edited, opinion_id)


@router.post("/{opinion_id}/review", summary="复核文书", responses=refusals(404, 409))
def review_opinion(opinion_id: str, body: ReviewRequest, desk: TheDesk, visitor: Reviewer) -> Opinion:
    """A named person other than the drafter has read it, and what they say to the open questions."""
    reviewed = desk.opinions.review(
        opinion_id,
        _signer(visitor, body.name, signs=True),
        visitor.sight("opinions.sign"),
        version=body.version,
        comment=body.comment,
        replies=body.replies,
    )
    return _held(reviewed, opinion_id)


@router.post("/{opinion_id}/finalize", summary="定稿", responses=refusals(404, 409))
def finalize_opinion(opinion_id: str, body: FinalizeRequest, desk: TheDesk, visitor: Reviewer) -> Opinion:
    """Final: refused (422, with every reason) while a citation is unverified or a veto open."""
    final = desk.opinions.finalize(
        opinion_id,
        _signer(visitor, body.name, signs=True),
        visitor.sight("opinions.sign"),
        version=body.version,
        comment=body.comment,
    )
    return _held(final, opinion_id)


@router.get("/{opinion_id}/versions", summary="文书的各稿", responses=refusals(404))
def list_opinion_versions(opinion_id: str, desk: TheDesk, visitor: Reader) -> tuple[OpinionVersion, ...]:
    """Who did what, when, and why; oldest first."""
    found = desk.opinions.versions(opinion_id, visitor.sight("opinions.read"))
    if not found:
        raise ProblemError(404, f"没有编号为{opinion_id}的文书")
    return found


@router.get("/{opinion_id}/versions/compare", summary="对比两稿", responses=refusals(404))
def compare_opinion_versions(
    opinion_id: str,
    desk: TheDesk,
    visitor: Reader,
    before: RowNumber,
    after: RowNumber,
) -> OpinionComparison:
    """What changed from one version to another, section by section and field by field."""
    found = desk.opinions.compare(opinion_id, before, after, visitor.sight("opinions.read"))
    if found is None:
        raise ProblemError(404, "没有这两稿中的一稿")
    return found
