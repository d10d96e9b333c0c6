"""The sentences that are understood. A question is a string of signs; it is read only by a rule that takes all of it.

A rule is a line of signs (see `words.OPERATORS`), with arguments captured by name: `a:arg` is one, `a:list` several
joined by 和, `a:per` a denominator. `ask` is 多少 and its kin. 是 and commas may stand anywhere between two signs.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.schema import MetricQuery
from assistant.stats.questions.chunks import SIGNS, Arg, Chunk
from assistant.stats.questions.settling import Said

_ARG = f"{SIGNS['arg']}{SIGNS['ask']}*"
_SKIP = f"[{SIGNS['comma']}{SIGNS['is']}{SIGNS['equals']}]*"
_AND = f"[{SIGNS['and']}{SIGNS['comma']}]*{SIGNS['and']}[{SIGNS['comma']}{SIGNS['and']}]*"
_MOVE = "".join(SIGNS[name] for name in ("up", "down", "more", "less", "change", "growth", "decline"))
_MACROS = {
    "arg": f"(?:{_ARG})",
    "list": f"(?:{_ARG}(?:{_AND}{_ARG})*)",
    "several": f"(?:{_ARG}(?:{_AND}{_ARG})+)",
    "asked": f"(?:{SIGNS['arg']}{SIGNS['ask']}+(?:[{SIGNS['and']}{SIGNS['comma']}]*{SIGNS['arg']}{SIGNS['ask']}+)*)",
    "heap": f"(?:{_ARG}(?:[{SIGNS['and']}{SIGNS['comma']}]*{_ARG})*)",
    "per": SIGNS["per"],
    "move": f"(?:[{_MOVE}](?:[{SIGNS['and']},{SIGNS['yesno']}]*[{_MOVE}])*)",
    "number": SIGNS["number"],
    "ratio": f"[{SIGNS['fraction']}{SIGNS['proportion']}]",
}


@dataclass(frozen=True)
class Match:
    """What a rule took: its arguments by name, and which signs were there."""

    groups: dict[str, list[Chunk]]
    chunks: tuple[Chunk, ...]
    summing: bool = False
    """Whether 一共 or the like stands somewhere."""

    def args(self, name: str) -> list[Arg]:
        return [c.arg for c in self.groups.get(name, ()) if c.arg is not None]

    def arg(self, name: str) -> Arg | None:
        return next(iter(self.args(name)), None)

    def has(self, *names: str) -> bool:
        return any(c.letter == SIGNS[name] for name in names for c in self.chunks)

    def said(self, *names: str) -> str:
        """The words of signs, in order."""
        return " ".join(c.word.text for c in self.chunks if c.letter in {SIGNS[name] for name in names})

    @property
    def asks(self) -> list[str]:
        """The kinds asked, in order."""
        return [c.kind for c in self.chunks if c.letter == SIGNS["ask"]]

    @property
    def loose(self) -> tuple[str, ...]:
        """The kinds asked behind the arguments, standing for themselves."""
        found: tuple[str, ...] = ()
        bound = 0
        for chunk in self.chunks:
            if chunk.letter == SIGNS["ask"]:
                found = found if bound else (*found, chunk.kind)
                bound = max(0, bound - 1)
            elif chunk.arg is not None:
                bound, found = len(chunk.arg.asks), ()
            else:
                bound = 0
        return found


@dataclass(frozen=True)
class Rule:
    """A sentence and what it means."""

    pattern: re.Pattern[str]
    build: Callable[[Said, Match], MetricQuery]
    text: str


def rule(text: str, build: Callable[[Said, Match], MetricQuery]) -> Rule:
    """Compile a line of signs."""
    return Rule(re.compile(_SKIP + _compiled(text)), build, text)


def matches(rules: Sequence[Rule], chunks: Sequence[Chunk], summing: bool) -> Iterator[tuple[Rule, Match]]:
    """The rules that take all of a question, in their order."""
    letters = "".join(c.letter for c in chunks)
    for each in rules:
        found = each.pattern.fullmatch(letters)
        if found is not None:
            groups = {
                name: list(chunks[slice(*found.span(name))])
                for name in each.pattern.groupindex
                if found.span(name) != (-1, -1)
            }
            yield each, Match(groups, tuple(chunks), summing)


def _compiled(text: str) -> str:
    out: list[str] = []
    for item in text.split():
        if item[0] in "(|)":
            out.append(item.replace("(", "(?:") if item[0] == "(" else item)
            if item[0] == ")":
                out.append(_SKIP)
            continue
        body = item.rstrip("?*+")
        mark = item[len(body) :]
        name, _, kinds = body.rpartition(":")
        letters = [_MACROS.get(kind) or SIGNS[kind] for kind in kinds.split("|")]
        pattern = letters[0] if len(letters) == 1 else f"(?:{'|'.join(letters)})"
        pattern = f"(?P<{name}>{pattern})" if name else pattern
        out.append(f"(?:{pattern}{_SKIP}){mark}" if mark else pattern + _SKIP)
    return "".join(out)
