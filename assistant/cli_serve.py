"""`counsel serve` and `counsel mcp`: the page with its interfaces, and the tools for agents."""

import functools
import os
import socket
import threading
from typing import Annotated, Any

import typer
from rich.console import Console

from assistant.errors import InputError
from assistant.settings import Settings

app = typer.Typer(add_completion=False)
out = Console()
err = Console(stderr=True)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听的地址；本机以外的地址须先有账户")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口；0 表示任选一个空闲的")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=32, help="几个进程；多于一个须有账户或 COUNSEL_TOKEN")] = 1,
) -> None:
    """打开网页与接口。"""
    import uvicorn

    from api.main import create_app
    from assistant.accounts import Office
    from assistant.desk import Desk, open_desk
    from assistant.logs import configure as configure_logs

    settings = Settings()
    token = settings.token.get_secret_value() if settings.token else None
    if token is not None and len(token) < 16:
        raise InputError("COUNSEL_TOKEN", "太短", "至少 16 个字符，例如 openssl rand -hex 16 的输出")
    office = Office(settings)
    accounts = office.sessions.accounts_exist()
    office.close()
    if host not in LOOPBACK and token is None and not accounts:
        raise InputError(
            f"--host {host}",
            "要监听本机以外的地址，却没有账户也没有 COUNSEL_TOKEN",
            "先建账户：counsel users add 用户名 --role 管理员；或设 COUNSEL_TOKEN；或只监听 127.0.0.1",
        )
    if workers > 1 and token is None and not accounts:
        raise InputError("--workers", "多个进程不能共用一次性的登录链接", "先建账户，或设 COUNSEL_TOKEN")
    configure_logs(settings.log_level, json=settings.log_format == "json")
    listener = _listen(host, port)
    port = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host

    def announce(once: str) -> None:
        out.print(f"再登录一处，用这个链接（只能用一次）：http://{shown}:{port}/?token={once}", soft_wrap=True)

    names = ("*",) if host not in LOOPBACK else ("127.0.0.1", "localhost", "[::1]")
    if workers > 1:
        out.print(f"页面：http://{shown}:{port}/ （{workers} 个进程）。按 Ctrl+C 停止。", soft_wrap=True)
        _serve_with(workers, names, listener, settings)
        return

    def opened() -> Desk:
        desk = open_desk(settings)
        desk.start()
        return desk

    application = create_app(settings, hosts=names, announce=announce, desk=opened)
    server = uvicorn.Server(uvicorn.Config(application, **_options(settings)))

    def tell() -> None:
        """Print the link once the server listens, and a word when it is ready."""
        while not server.started and not server.should_exit:
            threading.Event().wait(0.05)
        if server.should_exit:
            return
        gate = application.state.access
        if accounts:
            out.print(f"页面：http://{shown}:{port}/ （用账户登录）。按 Ctrl+C 停止。", soft_wrap=True)
            if token is not None:
                out.print("[yellow]已有账户，COUNSEL_TOKEN 不再起作用；程序接口请用 counsel tokens create[/yellow]")
        elif token is None:
            out.print(f"页面：http://{shown}:{port}/?token={gate.sign_in_token}", soft_wrap=True)
            out.print("[dim]链接里的令牌只能用一次，登录后由浏览器记住。按 Ctrl+C 停止。[/dim]")
        else:
            out.print(f"页面：http://{shown}:{port}/ （用 COUNSEL_TOKEN 登录）。按 Ctrl+C 停止。", soft_wrap=True)
        application.state.opening.wait()
        try:
            application.state.opening.desk()
        except Exception as error:  # noqa: BLE001 - shown to the person at the terminal, whatever it is
            err.print(f"[red]没有就绪：{error}[/red]")
        else:
            out.print("[green]已就绪[/green]")

    threading.Thread(target=tell, daemon=True).start()
    server.run(sockets=[listener])


@app.command("mcp")
def serve_tools(
    http: Annotated[bool, typer.Option("--http", help="用可流式的 HTTP，地址是 /mcp；默认用标准输入输出")] = False,
    host: Annotated[str, typer.Option(help="HTTP 监听的地址；本机以外的地址须先有账户或 COUNSEL_TOKEN")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="HTTP 端口；0 表示任选一个空闲的")] = 8010,
) -> None:
    """给智能体用的工具（MCP）：检索、核验引文、免罚核验、过罚相当审查、查数据。"""
    import uvicorn

    from api.mcp_server import bearer, http_app, make_server
    from assistant.accounts import Office
    from assistant.desk import open_desk

    settings = Settings()
    server = make_server(functools.cache(lambda: open_desk(settings)))
    if not http:
        server.run("stdio")
        return
    token = settings.token.get_secret_value() if settings.token else None
    office = Office(settings)
    if host not in LOOPBACK and token is None and not office.sessions.accounts_exist():
        raise InputError(
            f"--host {host}",
            "要监听本机以外的地址，却没有账户也没有 COUNSEL_TOKEN",
            "先建账户，用 counsel tokens create 给智能体一个令牌（search、check、figures）；或设 COUNSEL_TOKEN",
        )
    listener = _listen(host, port)
    listener.listen()  # who reads the address may call at once; the call waits until the tools are there
    err.print(f"工具：http://{host}:{listener.getsockname()[1]}/mcp", soft_wrap=True)
    config = uvicorn.Config(http_app(server, bearer(office, token), host=host), log_level="warning")
    uvicorn.Server(config).run(sockets=[listener])


def _options(settings: Settings) -> dict[str, Any]:
    """What the server is told in either case: our own logs, a stop that lets answers finish, whose word counts."""
    return {
        "log_level": "warning",
        "log_config": None,
        "timeout_graceful_shutdown": 5,
        "server_header": False,
        "proxy_headers": settings.trusted_proxies is not None,
        "forwarded_allow_ips": settings.trusted_proxies,
    }


def _serve_with(workers: int, names: tuple[str, ...], listener: socket.socket, settings: Settings) -> None:
    """Several processes on one address. Each opens its own desk; one that dies is started again."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from api.serving import HOSTS, WORKERS

    os.environ |= {HOSTS: ",".join(names), WORKERS: str(workers)}
    config = uvicorn.Config("api.serving:application", factory=True, workers=workers, **_options(settings))
    Multiprocess(config, sockets=[listener]).run()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise InputError(
            f"{host}:{port}", f"不能监听（{error.strerror}）", "换一个端口：counsel serve --port 8001"
        ) from error
    return listener
