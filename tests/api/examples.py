"""Asks the running product for an example of every operation. `python -m tests.api.examples` writes api/examples.json.

Requests name invented parties (示例). Long lists and texts of the answers are cut, and secrets are left out.
"""

import asyncio
import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import insert
from starlette.types import Message, Receive, Scope, Send

from api.describing import EXAMPLES
from api.limits import BodyLimit
from api.main import create_app
from assistant.journal import Database, sqlite_url
from assistant.journal.hotline_tables import CallbackRow
from assistant.settings import Settings
from tests.served_office import PASSWORD, ServedOffice, served_office
from tests.serving import TOKEN, serve, stop

Json = dict[str, Any]
LIST, TEXT = 2, 240
DAY = "2026-11-23"
CASE = "某小吃店（示例）第一次违法，没有标价，检查当天就改正了，没有造成危害后果。"
FINE = {"basis": "《食品安全法》第一百二十四条第一款第（五）项", "proposed": {"fine": 60000, "kinds": ["没收违法所得"]}}
FOOD = "某超市（示例）经营超过保质期的食品，货值金额453元，违法所得20元，第一次被查，已经下架。"
ORDER = {
    "order_no": "示例-20261123-001",
    "content": "我在超市（示例）买的酸奶已经过期五天了，超市不给退，要求赔偿。",
    "demand_type": "投诉",
    "channel": "电话",
    "accept_time": "2026-11-23T09:30:00+08:00",
    "area": "示例区示例街道",
}


class Recorder:
    """Asks by the name of an operation, and keeps what went and what came."""

    def __init__(self, served: ServedOffice) -> None:
        self.operations: dict[str, Json] = {}
        self.problems: dict[str, Json] = {}
        self.served = served
        document = create_app(Settings(_env_file=None)).openapi()
        self._where = {
            operation["operationId"]: (method.upper(), path)
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        }

    def ask(
        self,
        operation: str,
        body: Any = None,
        *,
        query: Json | None = None,
        files: dict[str, tuple[str, bytes]] | None = None,
        who: str = "chen",
        headers: dict[str, str] | None = None,
        keep: bool = True,
        **path: Any,
    ) -> Any:
        """The answer's JSON (or text), kept as the example of its operation unless `keep` is false."""
        method, address = self._where[operation]
        with self.served.client(who) as client:
            sent = {"files": files, "data": body} if files else {"json": body}
            answer = client.request(method, address.format(**path), params=query, headers=headers, **sent)
        assert answer.status_code < 400, (operation, answer.status_code, answer.text)
        kind = answer.headers.get("content-type", "").partition(";")[0] if answer.content else ""
        if keep:
            example = self.operations.setdefault(operation, {"status": answer.status_code, "answers": {}})
            if path:
                example["path"] = path
            if query:
                example["query"] = query
            if body is not None or files:
                named = {name: [f"（{file[0]}的内容）"] for name, file in (files or {}).items()}
                example["body"] = (body or {}) | {
                    n: v if operation == "review_file" else v[0] for n, v in named.items()
                }
            if kind == "application/json":
                example["answers"][kind] = cut(answer.json())
            elif kind.startswith("text/"):
                example["answers"][kind] = answer.text[:1200] + ("……" if len(answer.text) > 1200 else "")
        return answer.json() if kind == "application/json" else answer

    def refused(self, status: int, asked: Callable[[httpx.Client], httpx.Response], who: str = "chen") -> None:
        with self.served.client(who) as client:
            answer = asked(client)
        assert answer.status_code == status, (status, answer.status_code, answer.text)
        self.problems[str(status)] = answer.json()


def cut(value: Any) -> Any:
    """Lists of two, texts of 240 characters: enough to see what it looks like."""
    if isinstance(value, dict):
        return {key: cut(held) for key, held in value.items()}
    if isinstance(value, list):
        return [cut(held) for held in value[:LIST]]
    if isinstance(value, str) and len(value) > TEXT:
        return value[:TEXT] + "……"
    return value


def record(served: ServedOffice, folder: Path) -> Json:
    """Every operation but those of 单位统一登录, which answer with a redirection."""
    served.add("wang", "公职律师", title="王二（示例）", department="法制处")
    asking = Recorder(served)
    _law(asking)
    _cases(asking)
    _figures(asking, folder)
    _conversations(asking)
    _hotline(asking)
    _papers(asking)
    _matters(asking)
    _files(asking)
    _administration(asking)
    _oneself(asking)
    _refusals(asking)
    return {"operations": asking.operations, "problems": asking.problems}


def _law(asking: Recorder) -> None:
    asking.ask("healthz")
    asking.ask("readyz")
    asking.ask(
        "search", {"query": "初次违法且危害后果轻微并及时改正", "kinds": ["law", "list"], "as_of": DAY, "top_k": 5}
    )
    text = "依据《行政处罚法》第33条第一款、第九十九条，不予处罚。"
    asking.ask("check_citations", {"text": text, "as_of": DAY})
    for operation, law, article in (("read_article", "行政处罚法", "33"), ("read_penalties", "价格法", "42")):
        asking.ask(operation, law=law, article=article, query={"as_of": DAY})


def _cases(asking: Recorder) -> None:
    asking.ask("list_facts")
    asking.ask("read_facts", {"description": CASE, "as_of": DAY})
    asking.ask("check_exemption", {"description": CASE, "facts": {"harm": "无"}, "as_of": DAY})
    asking.ask("check_proportionality", {"description": FOOD, **FINE, "as_of": DAY})
    asking.ask("list_decisions", query={"q": "过期食品货值很小", "as_of": DAY})
    asking.ask("count_decisions", query={"field": "市场监管"})
    asking.ask("read_decision", decision_id="复议案例-02", query={"as_of": DAY})
    asking.ask("find_similar_decisions", {"description": FOOD, "basis": FINE["basis"], "fine": 60000, "as_of": DAY})


def _figures(asking: Recorder, folder: Path) -> None:
    asking.ask("query_figures", {"question": "2024年办结行政复议案件多少件"})
    asking.ask("list_metrics")
    asking.ask("export_figures", query={"year": 2024})
    asking.ask("draft_report", query={"year": 2024})
    sheet = folder / "处罚（示例）.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    given = {"file": (sheet.name, sheet.read_bytes())}
    asking.ask("preview_import", {"kind": "处罚"}, files=given)
    made = asking.ask("import_rows", {"kind": "处罚"}, files=given)["done"]
    asking.ask("read_records")
    days = {"metric": "行政处罚", "since": "2026-01-01", "until": "2026-06-30"}
    asking.ask("list_rows", query=days)
    asking.ask("export_rows", query=days)
    asking.ask("rank_departments", query=days)
    asking.ask("compare_figures", query={"year": 2024})
    asking.ask("export_import", import_id=made["id"])
    asking.ask("undo_import", import_id=made["id"])


SHEET = """决定书文号,执法主体,决定日期,当事人,罚款金额
示例应急罚〔2026〕1号,应急局,2026-03-05,某某加工厂（示例）,500
示例应急罚〔2026〕2号,应急局,2026-04-05,某某商行（示例）,800
示例市监罚〔2026〕3号,市监局,2026-05-05,某某小吃店（示例）,六百
"""


def _conversations(asking: Recorder) -> None:
    said = {"message": "首违不罚的依据是什么？", "as_of": DAY}
    asking.ask("chat", said)
    done = asking.ask("chat", said | {"stream": False})
    message, conversation = done["message_id"], done["conversation_id"]
    asking.ask("list_conversations", query={"whose": "own"})
    asking.ask("read_conversation", conversation_id=conversation)
    asking.ask("rename_conversation", {"title": "首违不罚"}, conversation_id=conversation)
    asking.ask("give_feedback", {"verdict": "useful", "comment": "引文都对"}, message_id=message)
    asking.ask("export_message", message_id=message)
    asking.ask("list_affected", query={"ahead": 90})
    asking.ask("delete_conversation", conversation_id=conversation)


def _hotline(asking: Recorder) -> None:
    number = ORDER["order_no"]
    asking.ask("take_order", ORDER, who="platform")
    asking.ask("list_orders", query={"state": "待审", "limit": 20})
    asking.ask("read_order", order_no=number, who="platform")
    asking.ask("reveal_order", order_no=number)
    asking.ask("send_back_order", {"reason": "请先问清是哪家超市"}, order_no=number)
    second = ORDER | {"order_no": "示例-20261123-002"}
    asking.ask("take_order", second, who="platform", keep=False)
    asking.ask(
        "approve_order", {"reply": "您好，您反映的事项已转市场监管部门核实（示例答复）。"}, order_no=second["order_no"]
    )
    batch = asking.ask("take_batch", {"orders": [ORDER | {"order_no": "示例-20261123-003"}]}, who="platform")
    until = time.monotonic() + 60
    while asking.ask("read_batch", batch_id=batch["id"], who="platform")["done"] < 1 and time.monotonic() < until:
        time.sleep(0.2)
    database = Database(sqlite_url(asking.served.server.home))
    with database.writing() as session:
        said = {"url": "https://12345.example.gov.cn/back", "body": "{}", "state": "死信", "tried": 8}
        session.execute(
            insert(CallbackRow).values(order_no=number, problem="没有应答", created_at=dt.datetime.now(dt.UTC), **said)
        )
    database.close()
    dead = asking.ask("list_dead_callbacks")
    asking.ask("retry_callback", call_id=dead[0]["id"])


def _papers(asking: Recorder) -> None:
    asking.ask("list_opinion_kinds")
    made = asking.ask(
        "draft_opinion",
        {"kind": "no_penalty_decision", "description": CASE, "fields": FIELDS, "as_of": DAY},
    )
    paper = made["id"]
    asking.ask("list_opinions", query={"limit": 20})
    asking.ask("read_opinion", opinion_id=paper)
    asking.ask(
        "edit_opinion", {"version": 1, "fields": {"address": "示例路2号"}, "comment": "地址更正"}, opinion_id=paper
    )
    asking.ask("list_opinion_versions", opinion_id=paper)
    asking.ask("compare_opinion_versions", opinion_id=paper, query={"before": 1, "after": 2})
    asking.ask("export_opinion", opinion_id=paper, query={"citations": "footnotes"})
    asking.ask("review_opinion", {"comment": "可以"}, opinion_id=paper, who="wang")
    asking.ask("finalize_opinion", {"comment": "定稿"}, opinion_id=paper, who="wang")


FIELDS = {
    "organ": "示例市场监督管理局", "document_no": "示例罚免〔2026〕1号", "party": "某小吃店（示例）",
    "address": "示例路1号", "matter": "没有明码标价", "basis": "《价格法》第四十二条", "evidence": ["现场笔录"],
    "review_organ": "示例区人民政府", "court": "示例人民法院", "date": "2026-11-20",
}  # fmt: skip


def _matters(asking: Recorder) -> None:
    for name, title in (("wang", "三级主任（示例）"), ("chen", "四级主任（示例）")):
        asking.ask("register_lawyer", {"title": title, "department": "法制处", "fields": ["市场监管"]}, name=name)
    asking.ask("list_lawyers", query={"field": "市场监管"})
    new = {"kind": "咨询", "title": "某小吃店（示例）未标价案能否免罚", "field": "市场监管", "due": "2026-12-01"}
    matter = asking.ask("open_matter", new)["id"]
    asking.ask("list_matters", query={"state": "待分派"})
    asking.ask("assign_matter", {"lawyer": "wang", "note": "请尽快"}, matter_id=matter)
    asking.ask("remark_matter", {"note": "阅卷", "minutes": 30}, matter_id=matter, who="wang")
    asking.ask("submit_matter", {"note": "意见已拟好", "minutes": 60}, matter_id=matter, who="wang")
    asking.ask("review_matter", {"decision": "通过", "note": "同意", "minutes": 15}, matter_id=matter)
    asking.ask("sign_matter", {"note": "同意"}, matter_id=matter)
    asking.ask("read_matter", matter_id=matter)
    asking.ask("read_participation", query={"from": "2026-01-01", "to": "2026-12-31"})
    other = asking.ask("open_matter", new, keep=False)["id"]
    asking.ask("withdraw_matter", {"note": "重复登记"}, matter_id=other)
    asking.ask("strike_lawyer", name="wang")


def _files(asking: Recorder) -> None:
    record = "现场检查笔录（示例）\n检查时间：2026年3月5日\n检查人员：张某、李某\n当事人：某小吃店（示例）\n".encode()
    made = asking.ask("review_file", {"as_of": DAY}, files={"file": ("现场检查笔录（示例）.txt", record)})
    asking.ask("list_reviews", query={"limit": 20})
    asking.ask("read_review", review_id=made["id"])
    asking.ask("export_review", review_id=made["id"])
    asking.ask("remove_review", review_id=made["id"])


def _administration(asking: Recorder) -> None:
    asking.ask("list_people")
    asking.ask("add_person", {"name": "li", "title": "李三（示例）", "roles": ["执法人员"], "password": PASSWORD})
    asking.ask("change_person", {"department": "执法一队（示例）"}, name="li")
    asking.ask("set_password", {"password": f"{PASSWORD}-新"}, name="li")
    asking.ask("end_sessions", name="li")
    token = asking.ask("create_token", {"person": "li", "label": "示例程序", "scopes": ["search"], "days": 30})["token"]
    asking.operations["create_token"]["answers"]["application/json"]["text"] = f"cst_{token['id']}_（只显示这一次）"
    asking.ask("list_tokens")
    asking.ask("revoke_token", token_id=token["id"])
    for operation in ("read_knowledge", "list_jobs", "read_health", "read_metrics"):
        asking.ask(operation)
    asking.ask("read_audit", query={"limit": 5})
    asking.ask("verify_audit")
    asking.ask("export_audit")
    for operation in ("add_person", "set_password"):
        asking.operations[operation]["body"]["password"] = "（他的新密码）"


def _oneself(asking: Recorder) -> None:
    own = {"Origin": asking.served.url}
    with httpx.Client(base_url=asking.served.url, headers=own, timeout=30) as browser:
        for operation, method, path, body in (
            ("begin_session", "POST", "/session", {"name": "wang", "password": PASSWORD}),
            ("read_session", "GET", "/session", None),
            ("change_password", "POST", "/session/password", {"current": PASSWORD, "new": f"{PASSWORD}-改"}),
            ("end_everywhere", "DELETE", "/session/everywhere", None),
            ("end_session", "DELETE", "/session", None),
        ):
            answer = browser.request(method, f"/api/v1{path}", json=body)
            assert answer.status_code < 300, (operation, answer.text)
            kept = asking.operations[operation] = {"status": answer.status_code, "answers": {}}
            if answer.content:
                kept["answers"]["application/json"] = cut(answer.json())
            if body is not None:
                kept["body"] = {key: value if key == "name" else "（密码）" for key, value in body.items()}


def _refusals(asking: Recorder) -> None:
    search = "/api/v1/search"
    asking.refused(401, lambda c: c.post(search, json={"query": "罚款"}, headers={"Authorization": "Bearer x"}))
    asking.refused(403, lambda c: c.post(search, json={"query": "罚款"}), who="platform")
    asking.refused(404, lambda c: c.get("/api/v1/hotline/orders/示例-没有这张"))
    asking.refused(409, lambda c: c.post("/api/v1/hotline/orders", json=ORDER | {"content": "换了内容（示例）"}))
    asking.refused(413, lambda c: c.post(search, content=b"x" * (9 * 1024 * 1024)))
    asking.refused(422, lambda c: c.post(search, json={"query": "", "as_of": "2026-02-30"}))


def of_a_busy_server(home: Path) -> dict[str, Json]:
    """What a server says that is still loading, and to whom asks too often; and to whom sends too slowly."""
    home.mkdir()
    server = serve(home, RATE_LIMIT="1/minute")
    try:
        with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
            answers = [client.post("/api/v1/search", json={"query": "罚款"}) for _ in range(2)]
    finally:
        stop(server)
    assert [answer.status_code for answer in answers] == [503, 429]
    return {"503": answers[0].json(), "429": answers[1].json(), "408": asyncio.run(_too_slow())}


async def _too_slow() -> Json:
    async def reads(_scope: Scope, receive: Receive, _send: Send) -> None:
        await receive()

    async def nothing() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    await BodyLimit(reads, limit=1, seconds=1)({"type": "http", "path": "/", "headers": []}, nothing, send)
    found: Json = json.loads(said[1]["body"])
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as name, served_office(Path(name) / "home") as served:
        made = record(served, Path(name))
        made["problems"] |= of_a_busy_server(Path(name) / "busy")
    EXAMPLES.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{EXAMPLES}：{len(made['operations'])}")


if __name__ == "__main__":
    main()
