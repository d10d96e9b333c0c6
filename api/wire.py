"""What travels over HTTP: requests are closed and bounded, answers reuse the vocabulary of `assistant.schema`."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from api.texts import plain, printable
from assistant.law.citations import CitationSummary
from assistant.schema import CheckedCitation, Kind, Passage, Role

QUERY_LIMIT = 10_000
MESSAGE_LIMIT = 20_000
CHECK_LIMIT = 1_500_000


def _some(text: str) -> str:
    if not text.strip():
        raise ValueError("内容为空，请写明要问什么")
    return text


def _plausible(day: dt.date) -> dt.date:
    if not dt.date(1949, 10, 1) <= day <= dt.date(2100, 12, 31):
        raise ValueError("日期应在1949-10-01至2100-12-31之间")
    return day


Plain = Annotated[str, AfterValidator(plain), AfterValidator(_some)]
Query = Annotated[Plain, Field(max_length=QUERY_LIMIT)]
Message = Annotated[Plain, Field(max_length=MESSAGE_LIMIT)]
LongText = Annotated[Plain, Field(max_length=CHECK_LIMIT)]
AsOf = Annotated[dt.date, AfterValidator(_plausible)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
RowNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""A number that a database counts by itself: of a version, a call, a line of the log."""


class Request(BaseModel):
    """What every request body shares: unknown fields are refused, so that a misspelt one is not ignored."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="after")
    def _printable(self) -> "Request":
        return printable(self)


class SearchRequest(Request):
    query: Query
    kinds: list[Kind] = Field(default=["law"], min_length=1)
    as_of: AsOf | None = None
    top_k: int = Field(default=10, ge=1, le=100)
    include_not_in_force: bool = False


class SearchAnswer(BaseModel):
    as_of: dt.date
    hits: tuple[Passage, ...]
    note: str | None = Field(default=None, description="检索是否完整：例如语义向量仍在生成")


class CheckRequest(Request):
    text: LongText
    as_of: AsOf | None = None


class CheckAnswer(BaseModel):
    as_of: dt.date
    citations: tuple[CheckedCitation, ...]
    summary: CitationSummary


class ChatRequest(Request):
    message: Message
    conversation_id: str | None = Field(default=None, max_length=64)
    as_of: AsOf | None = None
    stream: bool = True


class FeedbackRequest(Request):
    verdict: Literal["useful", "wrong"]
    comment: Annotated[str, AfterValidator(plain)] | None = Field(default=None, max_length=2_000)


class RenameRequest(Request):
    title: Annotated[Plain, Field(max_length=100)]


class SignInRequest(Request):
    """Name and password of an account; or, while there are none, the sign-in token of the printed link."""

    token: str | None = Field(default=None, min_length=1, max_length=512)
    name: str | None = Field(default=None, min_length=1, max_length=100)
    password: str | None = Field(default=None, min_length=1, max_length=500)

    @model_validator(mode="after")
    def _one_way(self) -> "SignInRequest":
        if (self.token is None) == (self.name is None) or (self.name is None) != (self.password is None):
            raise ValueError("请给出用户名和密码；还没有账户时给出登录令牌")
        return self


class PasswordRequest(Request):
    current: str = Field(min_length=1, max_length=500)
    new: str = Field(min_length=1, max_length=500)


class SessionAnswer(BaseModel):
    """Who is signed in and what the page may offer; without anybody, how one signs in."""

    signed_in: bool
    name: str | None = None
    title: str | None = Field(default=None, description="姓名")
    department: str | None = None
    roles: tuple[Role, ...] = ()
    actions: tuple[str, ...] = Field(default=(), description="可以做的事，键见权限表")
    must_change_password: bool = False
    accounts: bool = Field(default=False, description="是否已有账户：有则必须用账户登录")
    single_sign_on: str | None = Field(default=None, description="单位统一登录按钮上的字；没有配置时为空")
    model: str | None = Field(default=None, description="配置的模型；没有模型时为空")


class ProblemPlace(BaseModel):
    """One thing that is wrong: where in the request, and what."""

    where: str
    problem: str


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[ProblemPlace] | None = Field(default=None, description="输入有误时，逐项在哪里、是什么问题")
