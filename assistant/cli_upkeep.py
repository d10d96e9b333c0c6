"""`counsel backup`, `restore` and `retain`: keeping an office's data safe, and no longer than it may be kept."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.settings import Settings

app = typer.Typer(add_completion=False)
_out = Console()


@app.command("backup")
def make_backup(
    archive: Annotated[Path | None, typer.Argument(help="备份写到哪里（.tar.gz）", metavar="[文件]")] = None,
) -> None:
    """备份数据文件夹（和 PostgreSQL），服务不用停。备份里有密钥，只有本人可读。"""
    from assistant.backup import back_up

    path = archive or Path(f"counsel-{dt.datetime.now():%Y%m%d-%H%M%S}.tar.gz")
    manifest = back_up(Settings(), path)
    _out.print(f"已备份 {len(manifest.files)} 个文件到 {path}（{path.stat().st_size / 1e6:.1f} MB）", soft_wrap=True)


@app.command("restore")
def bring_back(archive: Annotated[Path, typer.Argument(help="备份文件", exists=True, dir_okay=False)]) -> None:
    """从备份恢复到空的数据文件夹；逐个文件核对摘要，有一处不符就什么也不动。"""
    from assistant.backup import restore

    settings = Settings()
    manifest = restore(settings, archive)
    _out.print(
        f"已恢复 {len(manifest.files)} 个文件到 {settings.home}（{manifest.made_at:%Y-%m-%d %H:%M} 的备份）",
        soft_wrap=True,
    )


@app.command("retain")
def keep_to_limits(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会删多少，不删")] = False,
) -> None:
    """按 knowledge_base/保存期限.yaml 删除到期的数据。"""
    from assistant.journal import Database, sqlite_url
    from assistant.retention import expired, load_retention, remove_expired

    settings = Settings()
    rules = load_retention(settings.knowledge_dir)
    database = Database(settings.database_url or sqlite_url(settings.home))
    try:
        now = dt.datetime.now(dt.UTC)
        gone = {one.what: one for one in (expired if dry_run else remove_expired)(database, rules, now)}
    finally:
        database.close()
    table = Table("对象", "保存", "到期", "说明")
    for rule in rules:
        kept = f"{rule.days} 天" if rule.days else "不删" if rule.settled else "不删（期限待确认）"
        table.add_row(rule.what, kept, str(gone[rule.what].rows) if rule.what in gone else "", rule.note)
    _out.print(table)
    _out.print("没有删除任何数据" if dry_run else "到期的已删除")
