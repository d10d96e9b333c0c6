"""A model fills a form of facts from a description; what becomes of it is for code to say."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.desk.prompts import load_prompt
from assistant.desk.understand import Chat
from assistant.rules.fact_fields import fact_fields

VARIABLES = frozenset({"description", "fields", "today"})
LONGEST = 8_000
"""Characters of a description that a model is shown: what comes after them is read by rules alone."""
_KINDS = {"yes_no": "true或者false", "yuan": "元，数字", "count": "整数", "day": "年-月-日", "text": "文字"}


class FactForm:
    """The form with its prompt, over one chat model."""

    def __init__(self, chat: Chat, prompts_dir: Path) -> None:
        self._chat = chat
        self._prompt = load_prompt(prompts_dir / "facts.md", VARIABLES)

    @property
    def name(self) -> str:
        """The model's name."""
        return self._chat.name

    def fill(self, description: str, today: dt.date, stopped: Callable[[], bool]) -> dict[str, dict[str, Any]]:
        """What the model put into the form, {fact: {value, quote}}, unchecked; `merge_model_facts` checks it.

        The description must be masked already. EngineError when the model fails; an answer that is no form is empty,
        and a fact that is filled in twice with different values is left out.
        """
        messages = self._prompt.messages(description=description[:LONGEST], fields=_fields(), today=today.isoformat())
        return read_form("".join(self._chat.stream(messages, as_json=True, stopped=stopped)))


def read_form(answer: str) -> dict[str, dict[str, Any]]:
    """The form out of a model's words; whatever is not of its shape is dropped."""
    found = re.search(r"\{.*\}", answer, re.DOTALL)
    try:
        form = json.loads(found[0]) if found else {}
    except (ValueError, RecursionError):
        return {}
    rows = form.get("facts") if isinstance(form, dict) else None
    out: dict[str, dict[str, Any]] = {}
    twice: set[str] = set()
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict) or not isinstance(row.get("fact"), str):
            continue
        name, entry = row["fact"], {"value": row.get("value"), "quote": row.get("quote")}
        if name in out and out[name]["value"] != entry["value"]:
            twice.add(name)
        out.setdefault(name, entry)
    return {name: entry for name, entry in out.items() if name not in twice}


def _fields() -> str:
    """Every fact that may be filled in, with its kind and its choices, for the prompt."""
    lines = []
    for field in fact_fields():
        kind = "、".join(field.options) if field.options else _KINDS[field.kind]
        lines.append(f"{field.name}：{field.label}（{kind}）")
    return "\n".join(lines)
