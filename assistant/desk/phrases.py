"""The words of an answer that code composes: `prompts/answers.md`, which a lawyer may edit."""

import hashlib
import re
import string
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import KnowledgeError

_SECTION = re.compile(r"^## +(\S+)\s*$", re.MULTILINE)
_SLOTS: dict[str, frozenset[str]] = {
    **{f"outside.{name}": frozenset() for name in ("greeting", "injection", "task", "topic", "nothing", "mixed")},
    "conclusion.article": frozenset({"provision", "status", "sentence"}),
    "conclusion.article_long": frozenset({"provision", "status"}),
    "conclusion.no_provision": frozenset({"missing"}),
    "conclusion.no_part": frozenset({"missing"}),
    "conclusion.penalty": frozenset({"provision", "measures"}),
    "conclusion.penalty_unsure": frozenset({"provision", "measures"}),
    "conclusion.duty": frozenset({"provision", "sentence", "chained"}),
    "conclusion.verdict": frozenset({"provision"}),
    "conclusion.metric": frozenset(),
    **{
        f"conclusion.{name}": frozenset({"provision", "sentence"})
        for name in ("definition", "no_definition", "limit", "authority", "conditions", "general", "unsure")
    },
    **{
        f"heading.{name}": frozenset()
        for name in ("model", "basis", "versions", "missing", "warning", "next", "beside")
    },
    **{f"warning.{name}": frozenset({"provision", "day"}) for name in ("not_yet", "repealed", "superseded")},
    **{f"beside.{name}": frozenset({"number", "title", "state"}) for name in ("list", "discretion", "decision")},
    "warning.doubtful": frozenset({"provision", "note"}),
    "warning.note": frozenset({"provision", "note"}),
    "warning.candidate": frozenset(),
    "warning.scope": frozenset(),
    "warning.as_of": frozenset({"day"}),
    "warning.lenient": frozenset({"provision"}),
    "warning.model": frozenset({"reason"}),
}


class Phrases:
    """Phrases by name, each with exactly the slots that the code fills."""

    def __init__(self, texts: Mapping[str, str], digest: str) -> None:
        self._texts = dict(texts)
        self.digest = digest

    def __call__(self, name: str, **slots: str) -> str:
        text = self._texts[name]
        for slot, value in slots.items():  # not str.format: a quoted text may hold braces
            text = text.replace("{" + slot + "}", value)
        return text


def load_phrases(path: Path) -> Phrases:
    """All phrases of the file. KnowledgeError with every problem when one is missing, unknown, or has other slots."""
    try:
        raw = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(str(path), f"读不出来（{error.strerror}）", "检查 PROMPTS_DIR，或恢复这个文件") from error
    texts: dict[str, str] = {}
    problems: list[str] = []
    marks = list(_SECTION.finditer(raw))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        name = mark[1]
        line = raw.count("\n", 0, mark.start()) + 1
        text = raw[mark.end() : following.start() if following else len(raw)].strip()
        if name not in _SLOTS:
            problems.append(f"第{line}行：没有名为 {name} 的用语")
        elif name in texts:
            problems.append(f"第{line}行：{name} 写了两遍")
        elif not text:
            problems.append(f"第{line}行：{name} 是空的")
        else:
            problems += [f"第{line}行：{name} {problem}" for problem in _slot_problems(text, _SLOTS[name])]
        texts[name] = text
    problems += [f"缺少用语 {name}" for name in _SLOTS if name not in texts]
    if problems:
        raise KnowledgeError(str(path), "；".join(problems), "按行改正后重新启动")
    return Phrases(texts, hashlib.sha256(raw.encode()).hexdigest())


def _slot_problems(text: str, allowed: frozenset[str]) -> list[str]:
    try:
        found = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return ["花括号不成对"]
    return [f"有不认识的空位 {{{name}}}" for name in sorted(found - allowed)] + [
        f"缺少空位 {{{name}}}" for name in sorted(allowed - found)
    ]
