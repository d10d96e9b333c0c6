"""What a block gives back, and how a sentence names what it rests on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.drafting.case import Case
from assistant.drafting.stating import states_law
from assistant.schema import OpinionFigure, OpinionMissing, Veto


@dataclass(frozen=True)
class Written:
    """Paragraphs of a section, the numbers computed for them, what is missing, and what stands in the way.

    `notes` are for the person who writes, and stand in no paper.
    """

    lines: tuple[str, ...] = ()
    figures: tuple[OpinionFigure, ...] = ()
    missing: tuple[OpinionMissing, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """One part of a paper that the program writes; `needs` are the keys of the fields it reads."""

    write: Callable[[Case], Written]
    needs: frozenset[str] = frozenset()


def resting(case: Case, basis: Iterable[str]) -> str:
    """（《甲法》第一条、第二条，《乙法》第三条）; nothing without a basis."""
    named = joined(case.cite(one) for one in basis)
    return f"（{named}）" if named else ""


def joined(citations: Iterable[str]) -> str:
    """Provisions one after another, the name of a law once for those of it that stand together."""
    out: list[str] = []
    last = ""
    for citation in dict.fromkeys(citations):
        law = citation[: citation.find("》") + 1]
        rest = citation[len(law) :]
        if law and law == last and rest.startswith("第"):
            out[-1] += f"、{rest}"
        else:
            out.append(citation)
        last = law
    return "，".join(out)


def sentence(case: Case, text: str, basis: Iterable[str]) -> str:
    """Sentences with what they rest on before the stop: each that states law; where none does, the last."""
    rests = resting(case, basis)
    parts = [part for part in text.rstrip("。；").split("。") if part]
    cited = [states_law(part) for part in parts]
    if not any(cited):
        cited[-1:] = [True]
    return "".join(f"{part}{rests if named else ''}。" for part, named in zip(parts, cited, strict=True))


def numbered(lines: Sequence[str]) -> tuple[str, ...]:
    """1．… 2．…; one alone has no number."""
    return tuple(lines) if len(lines) < 2 else tuple(f"{at}．{line}" for at, line in enumerate(lines, 1))
