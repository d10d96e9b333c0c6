"""The model's part in a paper: it rewrites paragraphs of reasoning, and every sentence of it is verified."""

import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant.desk.evidence import Looker
from assistant.desk.found import Evidence
from assistant.desk.prompts import load_prompt
from assistant.desk.understand import Chat
from assistant.desk.verify import UNSEEN_NUMBER, verify, without_orders
from assistant.drafting import Draft, Quoted, Rewriting
from assistant.law.citations import check, parse
from assistant.masking import mask

_VARIABLES = frozenset({"paragraphs", "facts", "evidence", "as_of"})
_PARAGRAPH = re.compile(r"【段(\d{1,3})】(.*?)(?=【段\d{1,3}】|\Z)", re.DOTALL)
_EVIDENCE_LENGTH = 1_500  # characters of one provision that a model is shown
_PERSONAL = ("party", "address", "party_id", "representative", "applicant", "lawyer")


class ModelRewriter:
    """One chat model with the prompt for papers."""

    def __init__(self, chat: Chat, prompts_dir: Path, looker: Looker) -> None:
        self._chat = chat
        self._prompt = load_prompt(prompts_dir / "rewrite.md", _VARIABLES)
        self._looker = looker

    @property
    def name(self) -> str:
        return self._chat.name

    def rewrite(self, texts: Sequence[str], facts: str, evidence: Sequence[Quoted], draft: Draft) -> Rewriting:
        """The paragraphs as the model has them, None for each that did not pass. EngineError when the model fails."""
        hidden = _Hidden(draft)
        shown = [hidden.hide(text) for text in texts]
        messages = self._prompt.messages(
            paragraphs="\n".join(f"【段{at}】{text}" for at, text in enumerate(shown, 1)),
            facts=hidden.hide(without_orders(facts)) or "（没有）",
            evidence="\n\n".join(
                f"[{at}] {one.citation}（{one.status}）\n{without_orders(chr(10).join(one.lines))[:_EVIDENCE_LENGTH]}"
                for at, one in enumerate(evidence, 1)
            ),
            as_of=draft.case.as_of.isoformat(),
        )
        with closing(self._chat.stream(messages)) as stream:
            said = "".join(stream)
        found = {int(number): text.strip() for number, text in _PARAGRAPH.findall(said)}
        out: list[str | None] = []
        for at, before in enumerate(shown, 1):
            after = found.get(at)
            out.append(hidden.show(after) if after and self._holds(before, after, facts, draft) else None)
        return Rewriting(tuple(out))

    def _holds(self, before: str, after: str, facts: str, draft: Draft) -> bool:
        """Whether every sentence stands: its citations verified, its words and numbers those of the sources."""
        case = draft.case
        cited = [c for c in check(before, case.library, case.as_of) if c.law is not None and c.article is not None]
        held = [self._looker.found(one, case.as_of) for c in cited if (one := parse(c.text, case.library)) is not None]
        checked = verify(
            after,
            Evidence(tuple(found for found in held if found is not None)),
            f"{before}\n{facts}",
            lambda text: check(text, case.library, case.as_of),
            self._looker.lexicon,
            case.as_of,
            judged=before,
        )
        return checked.kept > 0 and checked.struck == 0 and UNSEEN_NUMBER not in checked.text


class _Hidden:
    """Names and other personal data of a paper kept from the model, and put back into what it wrote."""

    def __init__(self, draft: Draft) -> None:
        self._names: dict[str, str] = {}
        for key in _PERSONAL:
            field, text = draft.case.form.field(key), draft.case.text(key)
            if field is not None and text is not None and len(text) > 1:
                self._names.setdefault(text, f"〔{field.name}〕")
        self._masked: dict[str, str] = {}

    def hide(self, text: str) -> str:
        for name, bracket in sorted(self._names.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(name, bracket)
        masked = mask(text)
        self._masked.update(masked.originals)
        return masked.text

    def show(self, text: str) -> str:
        for bracket, original in self._masked.items():
            text = text.replace(bracket, original)
        for name, bracket in self._names.items():
            text = text.replace(bracket, name)
        return text
