"""Prompts: Markdown with front matter; their variables are checked when they are loaded."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.errors import KnowledgeError

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_SLOT = re.compile(r"\{([a-z_]+)\}")
_PARTS = re.compile(r"\A\s*# 指令\n(.*?)\n# 材料\n(.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Prompt:
    """What a model is told (`rules`), and the material it works on, with slots."""

    rules: str
    material: str

    def messages(self, **values: str) -> list[tuple[str, str]]:
        """(role, text) pairs with the slots filled; what is filled in cannot open a slot or close a part."""
        text = _SLOT.sub(lambda slot: _harmless(values[slot[1]]), self.material)
        return [("system", self.rules.strip()), ("user", text.strip())]


def load_prompt(path: Path, variables: frozenset[str]) -> Prompt:
    """One prompt. KnowledgeError when it is not of the form, or its variables are not exactly `variables`."""
    where = str(path)
    try:
        raw = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise KnowledgeError(where, f"读不出来（{error.strerror}）", "检查 PROMPTS_DIR，或恢复这个文件") from error
    form = "写成：--- 开头的说明（含 variables），然后是“# 指令”和“# 材料”两部分"
    front = _FRONT.match(raw)
    parts = _PARTS.match(front[2]) if front else None
    if front is None or parts is None:
        raise KnowledgeError(where, "不是提示词文件的格式", form)
    try:
        head = yaml.safe_load(front[1])
    except yaml.YAMLError as error:
        raise KnowledgeError(where, "开头的说明不是有效的 YAML", form) from error
    declared = set(head.get("variables") or ()) if isinstance(head, dict) else set()
    used = set(_SLOT.findall(parts[2]))
    problems = [f"缺少变量 {name}" for name in sorted(variables - used)]
    problems += [f"有不认识的变量 {name}" for name in sorted((used | declared) - variables)]
    problems += [f"变量 {name} 没有在开头声明" for name in sorted((used & variables) - declared)]
    if problems:
        raise KnowledgeError(where, "；".join(problems), f"变量应当正好是：{'、'.join(sorted(variables))}")
    return Prompt(parts[1], parts[2])


def _harmless(text: str) -> str:
    """Material that cannot be taken for the frame around it."""
    return text.replace("<", "〈").replace(">", "〉")
