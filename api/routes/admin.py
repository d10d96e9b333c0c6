"""/admin: people, API tokens, what is known, background work and health. For administrators."""

import shutil
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.access import acting
from api.dependencies import Gate, TheDesk, allowed
from api.problems import refusals
from api.wire import Request as Body
from assistant import __version__
from assistant.accounts import ACTIONS, ROLES, Person, Token, Visitor, actions_of
from assistant.schema import HealthLook, Holdings, JobProgress, Role
from assistant.settings import Settings

router = APIRouter(prefix="/admin", tags=["admin"])

PeopleManager = Annotated[Visitor, allowed("people.manage")]
TokenManager = Annotated[Visitor, allowed("tokens.manage")]
Text = Annotated[str, Field(max_length=100)]
Password = Annotated[str, Field(min_length=1, max_length=500)]
_LITTLE_SPACE = 1024**3


class NewPerson(Body):
    name: Text
    title: Text = ""
    department: Text | None = None
    roles: list[Role] = Field(min_length=1, max_length=len(ROLES))
    password: Password | None = None
    single_sign_on: bool = False


class PersonChange(Body):
    """What is given is changed; an empty department is none."""

    title: Text | None = None
    department: Text | None = None
    roles: list[Role] | None = Field(default=None, min_length=1, max_length=len(ROLES))
    disabled: bool | None = None


class NewPassword(Body):
    password: Password


class NewToken(Body):
    person: Text
    label: Text
    scopes: list[Text] = Field(min_length=1, max_length=len(ACTIONS))
    days: int = 90


class ShownToken(BaseModel):
    """A new token: its text is shown this once, and is kept nowhere."""

    text: str
    token: Token


class RoleView(BaseModel):
    """A role, and what it may do."""

    role: Role
    actions: tuple[str, ...]


class PeopleAnswer(BaseModel):
    people: tuple[Person, ...]
    roles: tuple[RoleView, ...]
    actions: dict[str, str] = Field(description="每个动作的中文名")


class HealthAnswer(BaseModel):
    version: str
    model: str | None
    looks: tuple[HealthLook, ...]


@router.get("/people", dependencies=[allowed("people.manage")], summary="列出账户与角色")
def list_people(gate: Gate) -> PeopleAnswer:
    """Everybody with an account, the roles there are, and what each may do."""
    return PeopleAnswer(
        people=gate.office.accounts.people(),
        roles=tuple(RoleView(role=role, actions=actions_of([role])) for role in ROLES),
        actions={name: action.label for name, action in ACTIONS.items()},
    )


@router.post("/people", status_code=201, summary="建账户", responses=refusals(409))
def add_person(body: NewPerson, request: Request, gate: Gate, by: PeopleManager) -> Person:
    """A new account. Its owner sets a password of his own at the first sign-in; the first account must be 管理员."""
    accounts = gate.office.accounts
    first = not gate.office.sessions.accounts_exist()
    return accounts.add(
        acting(by, request),
        body.name,
        roles=body.roles,
        title=body.title,
        department=body.department,
        password=body.password,
        single_sign_on=body.single_sign_on,
        must_change=not first,
    )


@router.patch("/people/{name}", summary="改账户", responses=refusals(409))
def change_person(name: str, body: PersonChange, request: Request, gate: Gate, by: PeopleManager) -> Person:
    """Another title, department or roles; shut out, or let in again. Other roles take effect at the next sign-in."""
    return gate.office.accounts.change(
        acting(by, request),
        name,
        title=body.title,
        roles=body.roles,
        department=body.department,
        disabled=body.disabled,
    )


@router.post("/people/{name}/password", status_code=204, summary="重设别人的密码")
def set_password(name: str, body: NewPassword, request: Request, gate: Gate, by: PeopleManager) -> None:
    """A new password for somebody: all his sessions end, a lock is lifted, and he sets one of his own on entering."""
    gate.office.accounts.set_password(acting(by, request), name, body.password)


@router.delete("/people/{name}/sessions", status_code=204, summary="令人退出登录")
def end_sessions(name: str, request: Request, gate: Gate, by: PeopleManager) -> None:
    """Sign somebody out everywhere."""
    gate.office.accounts.sign_out(acting(by, request), name)


@router.get("/tokens", dependencies=[allowed("tokens.manage")], summary="列出接口令牌")
def list_tokens(gate: Gate) -> tuple[Token, ...]:
    """All API tokens, the newest first; never the tokens themselves."""
    return gate.office.accounts.tokens()


@router.post("/tokens", status_code=201, summary="建接口令牌")
def create_token(body: NewToken, request: Request, gate: Gate, by: TokenManager) -> ShownToken:
    """A new API token of somebody, for what `scopes` name and the owner may do. Its text is shown this once."""
    text, kept = gate.office.accounts.create_token(
        acting(by, request), body.person, label=body.label, scopes=body.scopes, days=body.days
    )
    return ShownToken(text=text, token=kept)


@router.delete("/tokens/{token_id}", summary="作废接口令牌")
def revoke_token(token_id: str, request: Request, gate: Gate, by: TokenManager) -> Token:
    """End a token at once."""
    return gate.office.accounts.revoke_token(acting(by, request), token_id)


@router.get("/knowledge", dependencies=[allowed("knowledge.read")], summary="知识来源与状态")
def read_knowledge(request: Request, desk: TheDesk) -> Holdings:
    """The sources of knowledge with their state: what is held, what it is worth, what is doubtful today."""
    settings: Settings = request.app.state.settings
    return desk.holdings(settings.knowledge_dir)


@router.get("/jobs", dependencies=[allowed("health.read")], summary="后台任务与进度")
def list_jobs(desk: TheDesk) -> tuple[JobProgress, ...]:
    """Background work and how far it is."""
    return desk.progress()


@router.get("/health", dependencies=[allowed("health.read")], summary="运行状况")
def read_health(request: Request, gate: Gate, desk: TheDesk) -> HealthAnswer:
    """What an answer depends on, as the running server sees it. `counsel doctor` on the server looks further."""
    settings: Settings = request.app.state.settings
    free = shutil.disk_usage(settings.home).free
    head = gate.office.audit.head()
    looks = (
        *desk.looks(),
        HealthLook(
            name="模型",
            state="ok",
            seen=desk.model or "没有配置模型：由程序按条文作答",
        ),
        HealthLook(
            name="数据库",
            state="ok",
            seen=f"{gate.office.dialect}，能应答；审计日志{head[0] if head else 0}行",
        ),
        HealthLook(
            name="磁盘",
            state="ok" if free > _LITTLE_SPACE else "error",
            seen=f"数据文件夹所在的盘还剩{free / _LITTLE_SPACE:.1f} GB",
            remedy="" if free > _LITTLE_SPACE else "腾出空间：写不进去时回答不予交付",
        ),
    )
    return HealthAnswer(version=__version__, model=desk.model, looks=looks)
