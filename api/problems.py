"""Errors in words: every failure leaves as RFC 9457 problem details."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.headers import SECURE
from api.texts import UNPRINTABLE
from assistant.errors import (
    AccessError,
    ConflictError,
    CounselError,
    EngineError,
    InputError,
    KnowledgeError,
    UncheckedOpinion,
)

_LOG = logging.getLogger("counsel.api")
TITLES = {
    400: "请求有误",
    401: "需要登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种请求方法",
    408: "请求没有收完",
    409: "与已有的内容冲突",
    413: "内容过大",
    415: "不支持这种格式",
    422: "输入有误",
    429: "请求过多",
    500: "服务内部出错",
    503: "服务暂不可用",
}
# Messages of pydantic by error type; the values of `ctx` fill the slots.
_PROBLEMS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个字段，请核对拼写",
    "string_too_long": "太长，最多{max_length}个字符",
    "string_too_short": "不能为空",
    "string_type": "应为文字",
    "string_unicode": "含有不成对的代理字符，不是有效的文字",
    "bool_type": "应为true或false",
    "bool_parsing": "应为true或false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "float_type": "应为数字",
    "list_type": "应为数组",
    "too_short": "至少要有{min_length}项",
    "too_long": "最多{max_length}项",
    "dict_type": "应为对象",
    "model_attributes_type": "应为JSON对象",
    "literal_error": "只能是{expected}",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "greater_than": "应大于{gt}",
    "json_invalid": "不是有效的JSON：{error}",
    "json_type": "不是有效的JSON",
}


_UNREADABLE = {"There was an error parsing the body": "不是UTF-8编码的JSON"}
"""FastAPI's words for bytes that are not UTF-8."""
_STATUS: dict[type[CounselError], int] = {
    EngineError: 503,
    InputError: 422,
    KnowledgeError: 422,
    ConflictError: 409,
    UncheckedOpinion: 422,
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may answer besides what all of its kind may (`api.describing`), for its `responses`."""
    return {status: {"description": TITLES[status]} for status in statuses}


class ProblemError(Exception):
    """An HTTP failure with its words. Raised inside `api/` only."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.detail = detail
        self.headers = headers
        super().__init__(detail)


def problem(
    status: int,
    detail: str,
    errors: Sequence[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """One problem document. `errors` holds {where, problem} of each bad field."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": _sayable(detail),
    }
    if errors is not None:
        body["errors"] = [{name: _sayable(said) for name, said in one.items()} for one in errors]
    return JSONResponse(body, status_code=status, headers=headers, media_type="application/problem+json")


def _sayable(text: str) -> str:
    """What was sent may stand in the words about it, and need not be text that can be sent back."""
    return text.encode("utf-8", "backslashreplace").decode()


def _words(error: dict[str, Any]) -> str:
    kind = str(error["type"])
    context = error.get("ctx") or {}
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    if kind.startswith("date"):
        return "不是有效的日期，应写作2026-11-23"
    if kind in ("too_long", "too_short") and isinstance(error.get("input"), str):
        kind = f"string_{kind}"  # a text's length is checked after its characters, and then has no type of its own
    template = _PROBLEMS.get(kind)
    if template is None:
        return str(error["msg"])
    return template.format_map(
        {key: str(value) for key, value in context.items()} | {"error": context.get("error", "")}
    )


def _where(error: dict[str, Any]) -> str:
    # The first part says where in the request (body, query, path); a field may bear one of those names.
    parts = [str(part) for part in error["loc"][1:]]
    if error["type"] == UNPRINTABLE:
        parts.append(error["ctx"]["where"])
    return ".".join(parts) or "请求正文"


def install_problems(app: FastAPI) -> None:
    """Make every error of `app` leave as a problem document."""

    @app.exception_handler(ProblemError)
    def on_problem(_request: Request, error: ProblemError) -> JSONResponse:
        return problem(error.status, error.detail, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    def on_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [{"where": _where(dict(e)), "problem": _words(dict(e))} for e in error.errors()]
        detail = "；".join(f"{e['where']}：{e['problem']}" for e in errors[:3])
        return problem(422, detail, errors)

    @app.exception_handler(CounselError)
    def on_counsel(_request: Request, error: CounselError) -> JSONResponse:
        if isinstance(error, AccessError):
            wait = {"Retry-After": str(error.retry_after)} if error.retry_after is not None else None
            return problem(429 if wait else 401, str(error), headers=wait)
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
        found = error.problems if isinstance(error, UncheckedOpinion) else ((error.where, error.problem),)
        return problem(status, str(error), [{"where": where, "problem": said} for where, said in found])

    @app.exception_handler(HTTPException)
    def on_http(_request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers) if error.headers else None
        if error.status_code == 400:  # of a body that is not what its content type says
            said = _UNREADABLE.get(str(error.detail), f"读不出来（{error.detail}）")
            return problem(422, f"请求正文{said}", [{"where": "请求正文", "problem": said}])
        detail = {404: "没有这个地址", 405: "这个地址不支持这种请求方法"}.get(error.status_code, str(error.detail))
        return problem(error.status_code, detail, headers=headers)

    @app.exception_handler(Exception)
    def on_bug(request: Request, error: Exception) -> JSONResponse:
        _LOG.error("unhandled error at %s %s", request.method, request.url.path, exc_info=error)
        # This answer is made outside of all middleware, so it brings its headers along.
        return problem(500, "出了程序错误，已记入日志；请重试，仍不行时把时间告诉管理员", headers=dict(SECURE))
