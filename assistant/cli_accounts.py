"""`counsel users` and `counsel tokens`: who may come in, as what."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.errors import InputError
from assistant.settings import Settings

users = typer.Typer(help="账户：建、列、停用、改密码、改角色。有了第一个账户，就必须用账户登录。", no_args_is_help=True)
tokens = typer.Typer(help="接口令牌：建、列、作废。令牌只显示一次。", no_args_is_help=True)
out = Console()
err = Console(stderr=True)

Name = Annotated[str, typer.Argument(help="用户名", metavar="用户名")]
Roles = Annotated[
    list[str],
    typer.Option("--role", help="管理员、公职律师、执法人员、热线坐席、只读、热线平台；可写几次", metavar="角色"),
]
Department = Annotated[str | None, typer.Option("--department", help="部门；空的引号是去掉", metavar="部门")]
Stdin = Annotated[bool, typer.Option("--stdin", help="从标准输入读一行作密码，不询问")]


@users.command("add")
def add(
    name: Name,
    role: Roles,
    title: Annotated[str, typer.Option("--title", help="姓名", metavar="姓名")] = "",
    department: Department = None,
    single_sign_on: Annotated[bool, typer.Option("--sso", help="用单位统一登录，不设密码")] = False,
    from_stdin: Stdin = False,
) -> None:
    """建一个账户。第一个必须是管理员。"""
    from assistant.accounts import COMMAND_LINE, Office

    office = Office(Settings())
    first = not office.sessions.accounts_exist()
    system = "热线平台" in role
    password = None if system or single_sign_on else _password(from_stdin)
    made = office.accounts.add(
        COMMAND_LINE,
        name,
        roles=role,
        title=title,
        department=department,
        password=password,
        single_sign_on=single_sign_on,
        must_change=not first,
    )
    office.close()
    out.print(f"建好了账户 {made.name}（{'、'.join(made.roles)}）", markup=False)
    if first:
        out.print(
            "[yellow]从现在起必须用账户登录：打印的登录链接和 COUNSEL_TOKEN 不再起作用，"
            "以前由本机用户问的会话只有管理员看得到。[/yellow]"
        )
    elif password is not None:
        out.print("他第一次登录时要先换成自己的密码。")
    if system:
        out.print(f"给它一个令牌：counsel tokens create {made.name} --scope hotline.submit --scope hotline.read")


@users.command("list")
def list_users() -> None:
    """列出所有账户。"""
    from assistant.accounts import Office

    office = Office(Settings())
    people = office.accounts.people()
    office.close()
    if not people:
        out.print("还没有账户：由打印的登录链接或 COUNSEL_TOKEN 登录。建第一个：counsel users add 用户名 --role 管理员")
        return
    table = Table("用户名", "姓名", "部门", "角色", "登录", "上次登录")
    for one in people:
        how = "停用" if one.disabled else "统一登录" if one.single_sign_on else "密码" if one.has_password else "令牌"
        seen = f"{one.last_seen_at.astimezone():%Y-%m-%d %H:%M}" if one.last_seen_at else ""
        table.add_row(one.name, one.title, one.department or "", "、".join(one.roles), how, seen)
    out.print(table)


@users.command("disable")
def disable(name: Name, undo: Annotated[bool, typer.Option("--undo", help="重新启用")] = False) -> None:
    """停用一个账户：立刻退出登录，令牌失效。账户不删除，记录仍在他名下。"""
    from assistant.accounts import COMMAND_LINE, Office

    office = Office(Settings())
    office.accounts.change(COMMAND_LINE, name, disabled=not undo)
    office.close()
    out.print(f"{'启用' if undo else '停用'}了 {name}", markup=False)


@users.command("passwd")
def passwd(name: Name, from_stdin: Stdin = False) -> None:
    """给一个账户重设密码，并解除锁定；他登录后要先换成自己的密码。"""
    from assistant.accounts import COMMAND_LINE, Office

    office = Office(Settings())
    office.accounts.set_password(COMMAND_LINE, name, _password(from_stdin))
    office.close()
    out.print(f"重设了 {name} 的密码，他所有的登录都已退出", markup=False)


@users.command("role")
def role(name: Name, role: Roles, department: Department = None) -> None:
    """改一个账户的角色（整个换掉）与部门；改了角色要重新登录。"""
    from assistant.accounts import COMMAND_LINE, Office

    office = Office(Settings())
    made = office.accounts.change(COMMAND_LINE, name, roles=role, department=department)
    office.close()
    out.print(f"{made.name}：{'、'.join(made.roles)}，{made.department or '没有部门'}", markup=False)


@tokens.command("create")
def create(
    name: Name,
    scope: Annotated[list[str], typer.Option("--scope", help="能做什么，如 search、ask、hotline.submit；可写几次")],
    label: Annotated[str, typer.Option("--label", help="谁用、做什么用")] = "接口",
    days: Annotated[int, typer.Option("--days", help="有效期，天")] = 90,
) -> None:
    """给一个账户建一个接口令牌。只显示这一次。"""
    from assistant.accounts import COMMAND_LINE, Office

    office = Office(Settings())
    text, kept = office.accounts.create_token(COMMAND_LINE, name, label=label, scopes=scope, days=days)
    office.close()
    err.print(f"编号 {kept.id}，{kept.expires_at.astimezone():%Y-%m-%d} 到期。下面的令牌只显示这一次：")
    out.print(text, markup=False, highlight=False, soft_wrap=True)


@tokens.command("list")
def list_tokens() -> None:
    """列出接口令牌（不显示令牌本身）。"""
    from assistant.accounts import Office

    office = Office(Settings())
    table = Table("编号", "账户", "用途", "权限", "到期", "上次使用", "状态")
    for one in office.accounts.tokens():
        used = f"{one.used_at.astimezone():%Y-%m-%d %H:%M}" if one.used_at else "没有用过"
        state = "已作废" if one.revoked_at else ""
        ends = f"{one.expires_at.astimezone():%Y-%m-%d}"
        table.add_row(one.id, one.person, one.label, "、".join(one.scopes), ends, used, state)
    office.close()
    out.print(table)


@tokens.command("revoke")
def revoke(identity: Annotated[str, typer.Argument(help="令牌的编号", metavar="编号")]) -> None:
    """作废一个接口令牌，立刻生效。"""
    from assistant.accounts import COMMAND_LINE, Office

    office = Office(Settings())
    kept = office.accounts.revoke_token(COMMAND_LINE, identity)
    office.close()
    out.print(f"作废了 {kept.person} 的令牌 {kept.id}（{kept.label}）", markup=False)


def _password(from_stdin: bool) -> str:
    if from_stdin or not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
        if not given:
            raise InputError("--stdin", "标准输入里没有密码", "用管道送进一行，或在终端里运行，由程序询问")
        return given
    return str(typer.prompt("密码（输入时不显示）", hide_input=True, confirmation_prompt="再输一次"))
