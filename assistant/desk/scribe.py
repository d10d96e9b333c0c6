"""The model's part in an answer: it fills a form, and writes sentences that are then checked."""

import datetime as dt
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

from assistant.desk.found import Evidence
from assistant.desk.lexicon import Lexicon
from assistant.desk.prompts import load_prompt
from assistant.desk.question import Reading, Shape
from assistant.desk.understand import VARIABLES, Chat, Request, facts_text, understand
from assistant.desk.verify import Checked, verify, without_orders
from assistant.schema import CheckedCitation, Fact

_WRITE_VARIABLES = frozenset({"question", "facts", "conclusion", "evidence", "as_of"})
_EVIDENCE_LENGTH = 1_500  # characters of one article that a model is shown


class Scribe:
    """One chat model with its prompts."""

    def __init__(
        self,
        chat: Chat,
        prompts_dir: Path,
        lexicon: Lexicon,
        check: Callable[[str, dt.date], tuple[CheckedCitation, ...]],
    ) -> None:
        self._chat = chat
        self._understand = load_prompt(prompts_dir / "understand.md", VARIABLES)
        self._write = load_prompt(prompts_dir / "write.md", _WRITE_VARIABLES)
        self._lexicon = lexicon
        self._check = check

    @property
    def name(self) -> str:
        return self._chat.name

    def close(self) -> None:
        self._chat.close()

    def read(
        self, reading: Reading, evidence: Evidence, facts: dict[str, Fact], stopped: Callable[[], bool]
    ) -> Request:
        """Call 1. Nothing is asked when the question names its provision: there is nothing to choose."""
        if any(found.named for found in evidence.decisive) and reading.shape in (Shape.ARTICLE, Shape.TIME):
            return Request()
        return understand(self._chat, self._understand, reading, evidence, facts, stopped)

    def write(
        self,
        reading: Reading,
        evidence: Evidence,
        facts: dict[str, Fact],
        conclusion: str,
        as_of: dt.date,
        stopped: Callable[[], bool],
    ) -> Generator[str]:
        """Call 2, streamed. EngineError when the model fails."""
        messages = self._write.messages(
            question=reading.query,
            facts=facts_text(facts),
            conclusion=conclusion,
            evidence="\n\n".join(
                f"[{n}] {f.article.citation}（{f.status}）\n{without_orders(f.article.text[:_EVIDENCE_LENGTH])}"
                for n, f in enumerate(evidence.all, 1)
            ),
            as_of=as_of.isoformat(),
        )
        return self._chat.stream(messages, stopped=stopped)

    def verified(self, text: str, evidence: Evidence, question: str, as_of: dt.date) -> Checked:
        """What was written, sentence by sentence against the evidence."""
        return verify(text, evidence, question, lambda t: self._check(t, as_of), self._lexicon, as_of)


def applied(reading: Reading, request: Request) -> Reading:
    """A reading with what the form adds: more searches, and a shape where the rules saw none."""
    shape = reading.shape
    if request.shape is not None and shape is Shape.GENERAL and request.shape is not Shape.METRIC:
        shape = request.shape
    return replace(reading, shape=shape, extra=request.search)


def promoted(evidence: Evidence, before: Evidence, picks: tuple[int, ...]) -> Evidence:
    """The evidence with the provisions that the form picked (numbers of `before`) ahead of the others not named."""
    wanted = [before.all[n - 1].article.id for n in picks[:3]]
    if not wanted:
        return evidence
    named = [f for f in evidence.decisive if f.named]
    rest = [f for f in evidence.all if not f.named]
    held = {f.article.id for f in rest}
    rest += [f for f in before.all if f.article.id in wanted and f.article.id not in held and not f.named]
    chosen = sorted((f for f in rest if f.article.id in wanted), key=lambda f: wanted.index(f.article.id))
    others = [f for f in rest if f.article.id not in wanted]
    return replace(evidence, decisive=(*named, *chosen), related=tuple(others[: 8 - len(named) - len(chosen)]))
