"""The OpenAPI document: what FastAPI says of the routes, with every way to be refused, how one signs in, and examples.

A route says what it alone may answer (`summary`, `responses=refusals(404)`); what all of a kind answer stands here.
The examples are in `examples.json`: requests and answers as the running product gave them, parties invented, long
lists and texts cut. `python -m tests.api.examples` asks again and writes them anew; a test names whatever lacks one.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from api.access import COOKIE
from api.dependencies import Permission
from api.observing import API
from api.problems import TITLES
from api.wire import Problem

Json = dict[str, Any]
EXAMPLES = Path(__file__).with_name("examples.json")
PROBLEM = "application/problem+json"
TAGS = {
    "health": "是否在运行、能否作答、运行指标",
    "session": "网页的登录与退出；程序用接口令牌，不用会话",
    "search": "检索法律、清单、基准、案例；核验一段文字里的引文",
    "laws": "某日施行的一条，以及它的罚则",
    "decisions": "案件的事实、免罚、过罚相当；案例与类案",
    "stats": "执法数据：问数、指标、导出",
    "records": "本单位的明细：导入、撤销、排名、对照",
    "chat": "问答",
    "conversations": "会话与回答",
    "hotline": "12345 热线：工单、队列、批次、回告",
    "watch": "依据有变动的回答、文书与口径",
    "matters": "公职律师的事项与名册",
    "opinions": "文书：拟、改、复核、定稿、导出",
    "files": "案卷评查",
    "admin": "管理：人员、令牌、知识来源、运行、审计",
}
_SECURITY: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "接口令牌，由管理员在「管理」页或用 counsel tokens create 建；只有它写明的权限。",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "网页登录后的会话；经TLS时名为__Host-counsel_session。改动数据的请求须由本系统的页面发出。",
    },
}
_WHY = {
    401: "没有登录，或者令牌不对、到期、已作废。",
    403: "角色或者令牌没有这项权限，或者请求不是本系统的页面发出的。",
    404: "没有这一件，或者不在看得到的范围内。",
    408: "请求正文迟迟没有收完。",
    409: "与已有的内容冲突：编号已用于别的内容，或者已是别的状态、别的版本。",
    413: "请求正文超过上限。",
    422: "输入有误：`errors`逐项写明在哪里、是什么问题。",
    429: "请求太频繁，`Retry-After`秒后再试。",
    503: "还在载入、正忙，或者依赖的服务没有应答；带`Retry-After`时过这些秒再试。",
}
_WAIT: Json = {"Retry-After": {"description": "过多少秒再试", "schema": {"type": "integer", "minimum": 1}}}
_BYTES = {"type": "string", "format": "binary"}
_TEXT = {"type": "string"}


def describe(app: FastAPI) -> Json:
    """The whole document of `app`."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=[{"name": name, "description": said} for name, said in TAGS.items()],
    )
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8")) if EXAMPLES.is_file() else {}
    components = document["components"]
    components["securitySchemes"] = _SECURITY
    components["schemas"] |= _schemas_of_problems()
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    components["responses"] = {f"Problem{status}": _refusal(status, examples) for status in _WHY}
    guarded = set(_guarded(app))
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _refusals(operation, path, (method, path) in guarded)
            _media(operation)
            _examples(operation, examples.get("operations", {}).get(operation["operationId"], {}))
    return document


def _guarded(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route that asks for a permission."""
    for route in iter_route_contexts(app.routes):
        if hasattr(route, "dependant") and route.include_in_schema and _asks(route.dependant):
            for method in route.methods or ():
                yield method.lower(), str(route.path)


def _asks(dependant: Dependant) -> bool:
    return isinstance(dependant.call, Permission) or any(map(_asks, dependant.dependencies))


def _refusals(operation: Json, path: str, guarded: bool) -> None:
    statuses = {int(status) for status in operation["responses"] if int(status) >= 400}
    operation["security"] = [{name: []} for name in _SECURITY] if guarded else []
    if guarded:
        statuses |= {401, 403}
    if "requestBody" in operation:
        statuses |= {408, 413, 422}
    if path.startswith(API):
        statuses |= {422, 429, 503}  # 422: an address may hold what is no text
    if path == "/readyz":
        statuses |= {503}
    kept = {status: said for status, said in operation["responses"].items() if int(status) < 400}
    for said in kept.values():
        said["description"] = said["description"].replace("Successful Response", "成功")
    operation["responses"] = kept | {
        str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(statuses)
    }


def _media(operation: Json) -> None:
    """A file is bytes, anything else that is not JSON is text: FastAPI leaves their shape open."""
    for said in operation["responses"].values():
        for kind, content in said.get("content", {}).items():
            if kind != "application/json" and not content.get("schema"):
                content["schema"] = _TEXT if kind.startswith("text/") else _BYTES


def _refusal(status: int, examples: Json) -> Json:
    content: Json = {"schema": {"$ref": "#/components/schemas/Problem"}}
    example = examples.get("problems", {}).get(str(status))
    if example is not None:
        content["example"] = example
    headers = {"headers": _WAIT} if status in (429, 503) else {}
    return {"description": f"{TITLES[status]}。{_WHY[status]}", "content": {PROBLEM: content}, **headers}


def _schemas_of_problems() -> Json:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner: Json = schema.pop("$defs", {})
    return inner | {"Problem": schema}


def _examples(operation: Json, example: Json) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["name"] in example.get(parameter["in"], {}):
            parameter["example"] = example[parameter["in"]][parameter["name"]]
    if "body" in example and "requestBody" in operation:
        for content in operation["requestBody"]["content"].values():
            content["example"] = example["body"]
    said = operation["responses"].get(str(example.get("status")), {})
    for kind, content in said.get("content", {}).items():
        if kind in example.get("answers", {}):
            content["example"] = example["answers"][kind]
