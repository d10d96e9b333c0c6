"""/matters: what came in, who does it, how far it is; /lawyers: who is at home in what; the lawyers' part in it all."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AfterValidator, Field

from api.dependencies import TheDesk, allowed
from api.problems import ProblemError, refusals
from api.texts import printable
from api.wire import AsOf, Offset, Plain, Request
from assistant.accounts import Visitor
from assistant.schema import Lawyer, Matter, MatterState, NewMatter, Participation

router = APIRouter(tags=["matters"])

Reader = Annotated[Visitor, allowed("matters.read")]
Writer = Annotated[Visitor, allowed("matters.write")]
Signer = Annotated[Visitor, allowed("opinions.sign")]
Manager = Annotated[Visitor, allowed("matters.manage")]
Minutes = Annotated[int, Field(ge=0, le=1440)]


def _titled(new: NewMatter) -> NewMatter:
    if not new.title.strip():
        raise ValueError("标题是空的")
    return new


New = Annotated[NewMatter, AfterValidator(printable), AfterValidator(_titled)]


class StepRequest(Request):
    """What was done, in words, and how many minutes it took."""

    note: str = Field(default="", max_length=2_000)
    minutes: Minutes = 0


class AssignRequest(Request):
    lawyer: Plain
    note: str = Field(default="", max_length=2_000)


class SubmitRequest(StepRequest):
    opinion_id: str | None = Field(default=None, max_length=64)


class ReviewRequest(StepRequest):
    decision: Literal["通过", "退回"]


class LawyerRequest(Request):
    """Somebody as a lawyer for fields of work."""

    title: Annotated[Plain, Field(max_length=80)]
    department: str | None = Field(default=None, max_length=80)
    fields: list[Annotated[Plain, Field(max_length=40)]] = Field(min_length=1, max_length=30)


@router.post("/matters", status_code=201, summary="登记事项")
def open_matter(new: New, desk: TheDesk, who: Writer) -> Matter:
    """A question, a case, a meeting or a decision that needs a lawyer."""
    return desk.matters.open(new, who.name, who.department)


@router.get("/matters", summary="列出事项")
def list_matters(
    desk: TheDesk,
    who: Reader,
    state: MatterState | None = None,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> list[Matter]:
    """Those in sight: the open ones first, what is due soonest first."""
    return list(desk.matters.store.matters(who.sight("matters.read"), state=state, offset=offset, limit=limit))


@router.get("/matters/participation", summary="公职律师参与率")
def read_participation(
    desk: TheDesk, _who: Reader, from_: Annotated[AsOf, Query(alias="from")], to: AsOf
) -> Participation:
    """The public-sector lawyers' part in what came in during a period, with the counts behind it."""
    return desk.matters.participation(from_, to)


@router.get("/matters/{matter_id}", summary="看一个事项", responses=refusals(404))
def read_matter(matter_id: str, desk: TheDesk, who: Reader) -> Matter:
    """One matter with every step of it."""
    found = desk.matters.store.get(matter_id, who.sight("matters.read"))
    if found is None:
        raise ProblemError(404, "没有这个事项，或者不在您能看的范围内")
    return found


@router.post("/matters/{matter_id}/assign", summary="分派事项", responses=refusals(409))
def assign_matter(matter_id: str, body: AssignRequest, desk: TheDesk, who: Writer) -> Matter:
    """Give it to a lawyer."""
    return desk.matters.assign(matter_id, body.lawyer, who.name, who.sight("matters.write"), body.note)


@router.post("/matters/{matter_id}/remark", summary="记录办理", responses=refusals(409))
def remark_matter(matter_id: str, body: StepRequest, desk: TheDesk, who: Writer) -> Matter:
    """Note what was done."""
    return desk.matters.remark(matter_id, who.name, who.sight("matters.write"), body.note, body.minutes)


@router.post("/matters/{matter_id}/submit", summary="提交审核", responses=refusals(409))
def submit_matter(matter_id: str, body: SubmitRequest, desk: TheDesk, who: Writer) -> Matter:
    """Done, for another to review."""
    return desk.matters.submit(
        matter_id,
        who.name,
        who.sight("matters.write"),
        opinion_id=body.opinion_id,
        words=body.note,
        minutes=body.minutes,
    )


@router.post("/matters/{matter_id}/review", summary="审核事项", responses=refusals(409))
def review_matter(matter_id: str, body: ReviewRequest, desk: TheDesk, who: Writer) -> Matter:
    """On to be signed, or back to be mended."""
    return desk.matters.review(
        matter_id,
        who.name,
        who.sight("matters.write"),
        passed=body.decision == "通过",
        words=body.note,
        minutes=body.minutes,
    )


@router.post("/matters/{matter_id}/sign", summary="签发事项", responses=refusals(409))
def sign_matter(matter_id: str, body: StepRequest, desk: TheDesk, who: Signer) -> Matter:
    """Signed and done; a paper that is not final is not signed."""
    return desk.matters.sign(matter_id, who.name, who.sight("matters.write"), words=body.note, minutes=body.minutes)


@router.post("/matters/{matter_id}/withdraw", summary="撤回事项", responses=refusals(409))
def withdraw_matter(matter_id: str, body: StepRequest, desk: TheDesk, who: Writer) -> Matter:
    """Not to be done after all."""
    return desk.matters.withdraw(matter_id, who.name, who.sight("matters.write"), body.note)


@router.get("/lawyers", summary="列出公职律师")
def list_lawyers(
    desk: TheDesk, _who: Reader, field: Annotated[str | None, Query(max_length=40)] = None
) -> list[Lawyer]:
    """The lawyers; with a field of work those at home in it first, among them who has least to do."""
    return list(desk.matters.suggested(field))


@router.put("/lawyers/{name}", status_code=204, summary="登记公职律师")
def register_lawyer(name: str, body: LawyerRequest, desk: TheDesk, _who: Manager) -> None:
    """Somebody is a lawyer for these fields."""
    desk.matters.store.register(name, body.title, body.department, body.fields)


@router.delete("/lawyers/{name}", status_code=204, summary="注销公职律师", responses=refusals(404))
def strike_lawyer(name: str, desk: TheDesk, _who: Manager) -> None:
    """Somebody is a lawyer no longer; what he did stays."""
    if not desk.matters.store.strike(name):
        raise ProblemError(404, f"没有登记名为{name}的公职律师")
