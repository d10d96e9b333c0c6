"""Model call 1: the question read into a form. It picks among candidates; what it invents is dropped."""

import datetime as dt
import json
import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.desk.found import Evidence
from assistant.desk.prompts import Prompt
from assistant.desk.question import Reading, Shape
from assistant.schema import Fact

VARIABLES = frozenset({"question", "facts", "candidates"})
_SEARCHES = 3
_ENUMS = {
    "party_type": ("自然人", "个体工商户", "企业", "其他组织"),
    "harm": ("无", "轻微", "一般", "较大", "严重"),
    "corrected": ("发现前主动改正", "责令前改正", "责令期限内改正", "逾期改正", "拒不改正", "未改正"),
}


class Chat(Protocol):
    """What the desk needs of a chat model."""

    @property
    def name(self) -> str: ...

    def stream(
        self, messages: Sequence[tuple[str, str]], *, as_json: bool = False, stopped: Callable[[], bool] = ...
    ) -> Generator[str]:
        """Pieces of the answer; EngineError when it fails."""

    def close(self) -> None: ...


@dataclass(frozen=True)
class Request:
    """The form, as far as it holds: everything in it was checked against the question and the candidates."""

    shape: Shape | None = None
    search: tuple[str, ...] = ()
    picks: tuple[int, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()


def understand(
    chat: Chat,
    prompt: Prompt,
    reading: Reading,
    evidence: Evidence,
    facts: dict[str, Fact],
    stopped: Callable[[], bool],
) -> Request:
    """Ask the model to fill the form. EngineError when it fails; an answer that is no form counts as empty."""
    candidates = "\n".join(f"{n}. {f.article.citation} {f.article.text[:300]}" for n, f in enumerate(evidence.all, 1))
    messages = prompt.messages(
        question=reading.query, facts=facts_text(facts), candidates=candidates or "（没有找到候选条文）"
    )
    answer = "".join(chat.stream(messages, as_json=True, stopped=stopped))
    return read_form(answer, reading.query, len(evidence.all))


def read_form(answer: str, question: str, candidates: int) -> Request:
    """The form out of a model's words; each field that does not hold is dropped."""
    found = re.search(r"\{.*\}", answer, re.DOTALL)
    try:
        form = json.loads(found[0]) if found else {}
    except ValueError:
        return Request()
    if not isinstance(form, dict):
        return Request()
    kind = form.get("kind")
    shape = Shape(kind) if isinstance(kind, str) and kind in {s.value for s in Shape} else None
    search = [s.strip() for s in _texts(form.get("search")) if 2 <= len(s.strip()) <= 60]
    picks = [n for n in _listed(form.get("provisions")) if type(n) is int and 1 <= n <= candidates]
    facts = [fact for raw in _listed(form.get("facts")) if (fact := _fact(raw, question)) is not None]
    return Request(
        shape=shape,
        search=tuple(dict.fromkeys(search))[:_SEARCHES],
        picks=tuple(dict.fromkeys(picks)),
        facts=tuple(facts),
    )


def facts_text(facts: dict[str, Fact]) -> str:
    """Known facts for a prompt, each with its words."""
    return "\n".join(f"{name}：{fact.value}（原话：{fact.quote}）" for name, fact in facts.items()) or "（没有）"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [v for v in _listed(value) if isinstance(v, str)]


def _fact(raw: Any, question: str) -> tuple[str, Fact] | None:
    """One fact, when its words stand in the question and its value is one that the fact can have."""
    if not isinstance(raw, dict):
        return None
    name, value, quote = raw.get("fact"), raw.get("value"), raw.get("quote")
    if not isinstance(quote, str) or not quote.strip() or quote not in question:
        return None
    if name in _ENUMS:
        return (name, Fact(value=value, quote=quote)) if value in _ENUMS[name] else None
    if name == "first_violation":
        return (name, Fact(value=value, quote=quote)) if isinstance(value, bool) else None
    if name in ("goods_value", "illegal_gains"):
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e12:
            return None
        return (
            (name, Fact(value=value, quote=quote))
            if re.search(r"\d|[一二三四五六七八九十百千万零两半]", quote)
            else None
        )
    if name == "conduct_date" and isinstance(value, str):
        try:
            return name, Fact(value=dt.date.fromisoformat(value), quote=quote)
        except ValueError:
            return None
    return None
