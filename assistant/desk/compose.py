"""Write without a model: conclusion first, the provisions quoted, what is open, what to mind, where to look next."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.desk import extract, timing
from assistant.desk.found import Evidence, Found
from assistant.desk.lexicon import Terms
from assistant.desk.missing import missing_facts
from assistant.desk.phrases import Phrases
from assistant.desk.question import Reading, Shape
from assistant.desk.timing import day
from assistant.law.library import Library, short_title
from assistant.schema import Citation, LawVersion

SURE = 0.42  # share of the question's words that the best provision covers, from which it is called an answer
_GIST = 210  # characters of a sentence in the conclusion
_WHOLE = 330  # characters of a list in the conclusion
_STATUS_WARNINGS = {"尚未施行": "not_yet", "已废止": "repealed", "已修改": "superseded"}


@dataclass(frozen=True)
class Draft:
    """An answer before it is checked: the conclusion (`opening`), and the paragraphs under it in order."""

    conclusion: str
    opening: str
    rest: tuple[str, ...]
    missing: tuple[dict[str, str], ...] = ()

    @property
    def text(self) -> str:
        return "\n\n".join((self.opening, *self.rest))

    def with_words(self, said: str | None, say: Phrases, failure: str | None) -> "Draft":
        """The draft with a model's checked words after the conclusion, or the reason why there are none before it."""
        if said:
            return replace(self, rest=(f"### {say('heading.model')}", said, *self.rest))
        if failure:
            return replace(self, opening=f"> {say('warning.model', reason=failure)}\n\n{self.opening}")
        return self


class Composer:
    """Turns evidence into an answer by the phrases of `prompts/answers.md`."""

    def __init__(self, library: Library, phrases: Phrases) -> None:
        self._library = library
        self._say = phrases

    def compose(
        self,
        reading: Reading,
        evidence: Evidence,
        terms: Terms,
        as_of: dt.date,
        today: dt.date,
        *,
        preface: str | None = None,
    ) -> Draft:
        """The answer to one question. `preface` is said before everything (a model failed, an order was not obeyed)."""
        conclusion = self.conclusion(reading, evidence, terms, as_of)
        missing = self.missing(reading, evidence)
        opening = f"{preface}\n\n" if preface else ""
        opening += f"**结论**：{conclusion}"
        blocks: list[str] = []
        if reading.shape is Shape.TIME:
            blocks += self._versions(reading, evidence, as_of)
        if evidence.decisive:
            blocks.append(f"### {self._say('heading.basis')}")
            blocks += [self._block(number, found) for number, found in enumerate(evidence.decisive, 1)]
        if missing:
            blocks.append(f"### {self._say('heading.missing')}")
            blocks.append("\n".join(f"- {item['question']}" for item in missing))
        warnings = self.warnings(reading, evidence, as_of, today)
        if warnings:
            blocks.append(f"### {self._say('heading.warning')}")
            blocks.append("\n".join(f"- {text}" for text in warnings))
        following = list(self._next(reading, evidence))
        if following:
            blocks.append(f"### {self._say('heading.next')}")
            blocks.append("\n".join(f"- {text}" for text in following))
        return Draft(conclusion, opening, tuple(blocks), missing)

    # the conclusion

    def conclusion(self, reading: Reading, evidence: Evidence, terms: Terms, as_of: dt.date) -> str:
        """One or two sentences: which provision answers, or that none does. Never a verdict on a case."""
        say = self._say
        if reading.shape is Shape.METRIC:
            return say("conclusion.metric")
        if evidence.absent and not evidence.decisive:
            missing = "；".join(dict.fromkeys(c.detail.rstrip("。") for c in evidence.absent)) + "。"
            return say("conclusion.no_provision", missing=missing)
        if astray := [
            c.detail.rstrip("。") for c in evidence.absent if c.article_id and c.verdict == "no_such_provision"
        ]:
            return say("conclusion.no_part", missing="；".join(dict.fromkeys(astray)))
        if reading.shape is Shape.TIME and evidence.laws:
            return self._time_conclusion(reading, evidence, as_of)
        if not evidence.decisive:
            return say("outside.nothing")
        first = evidence.decisive[0]
        provision = str(first.part.citation)
        sentence = _listed(first.part, extract.key_sentence(first.part, terms, reading.shape))
        if evidence.topical and reading.shape is not Shape.PENALTY and len(evidence.decisive) > 1:
            others = "、".join(dict.fromkeys(str(f.part.citation) for f in evidence.decisive[1:]))
            sentence = sentence.rstrip("；") + ("" if sentence.endswith("。") else "。") + f"并见{others}。"
        sure = first.named or evidence.cover >= SURE
        if reading.shape is Shape.VERDICT:
            basis = "、".join(str(f.part.citation) for f in evidence.decisive if "行政处罚法" in f.article.law)
            return say("conclusion.verdict", provision=basis or provision)
        if reading.shape is Shape.PENALTY:
            if not evidence.topical or extract.has_penalty(first.part.text):
                return self._penalty_conclusion(first, sentence, terms, sure)
            return say("conclusion.general", provision=provision, sentence=sentence)
        if reading.shape is Shape.ARTICLE:
            if first.part.citation.item:
                said = first.part.lines[-1]
                return say("conclusion.article", provision=provision, status=first.status, sentence=_gist(said, 200))
            if len(first.part.text) > 200:
                return say("conclusion.article_long", provision=provision, status=first.status)
            return say(
                "conclusion.article",
                provision=provision,
                status=first.status,
                sentence=_gist(first.part.text.replace("\n", ""), 200),
            )
        if reading.shape is Shape.DEFINITION and not re.search(r"是指|所称", first.part.text):
            return say("conclusion.no_definition", provision=provision, sentence=sentence)
        if not sure:
            return say("conclusion.unsure", provision=provision, sentence=sentence)
        return say(
            f"conclusion.{reading.shape.value}" if reading.shape is not Shape.TIME else "conclusion.general",
            provision=provision,
            sentence=sentence,
        )

    def _penalty_conclusion(self, first: Found, sentence: str, terms: Terms, sure: bool) -> str:
        provision = str(first.part.citation)
        if extract.has_penalty(first.part.text):
            found = extract.measures(first.part, terms)
            held = extract.items(first.part) if first.part.citation.item else ()
            if len(held) == 1:
                provision += f"（{_gist(held[0].split('）', 1)[-1].rstrip('；。'), 80).rstrip('。')}）"
            name = "conclusion.penalty" if sure else "conclusion.penalty_unsure"
            return self._say(name, provision=provision, measures=_join(found))
        if not sure:
            return self._say("conclusion.unsure", provision=provision, sentence=sentence)
        penalties = self._penalties_for(first)
        chained = f"，罚则见{'、'.join(str(f) for f in penalties)}" if penalties else "，语料中也没有找到对应的罚则"
        return self._say("conclusion.duty", provision=provision, sentence=sentence, chained=chained)

    def _penalties_for(self, found: Found) -> list[Citation]:
        """Articles of the same text that punish a breach of this one."""
        return [
            a.citation
            for a in self._library.cited_by(found.article)
            if a.version_id == found.article.version_id and extract.has_penalty(a.text)
        ][:3]

    def _time_conclusion(self, reading: Reading, evidence: Evidence, as_of: dt.date) -> str:
        law = evidence.decisive[0].article.law if evidence.pointed else evidence.laws[0]
        texts = self._library.versions(law)
        parts: list[str] = []
        if reading.day is not None:
            parts.append(f"《{law}》：" + timing.on_day(texts, reading.day, reading.day_words or ""))
        subject = str(evidence.decisive[0].part.citation) if evidence.pointed else None
        parts.append(timing.in_force(self._library, reading, law, subject, as_of))
        return "".join(parts)

    # the parts below it

    def _block(self, number: int, found: Found) -> str:
        cited = found.part.citation
        name = str(cited) if cited.article else f"《{found.article.law}》{found.article.label}"
        head = f"**[{number}] {name}**"
        quote = "\n>\n".join(f"> {line}" for line in found.part.lines)
        return f"{head}  \n{self.standing(found)}\n\n{quote}"

    def standing(self, found: Found) -> str:
        """Status, date of the text and days in force, in one line."""
        span = self._library.span(found.article)
        version = found.version
        parts: list[str] = [found.status]
        if version.version_date:
            parts.append(f"{day(version.version_date)}文本")
        if span.from_:
            parts.append(f"自{day(span.from_)}起施行" + ("" if version.start_certain else "（待核）"))
        if span.to:
            parts.append(f"至{day(span.to)}止")
        if found.article.path:
            parts.append(" ".join(found.article.path))
        return " · ".join(parts)

    def _versions(self, reading: Reading, evidence: Evidence, as_of: dt.date) -> list[str]:
        rows = [self._row(law, v, as_of) for law in evidence.laws[:3] for v in self._library.versions(law)]
        if not rows:
            return []
        table = "\n".join(
            [f"| 法律 | 文本日期 | 施行 | 止 | {day(as_of)}的状态 |", "| --- | --- | --- | --- | --- |", *rows]
        )
        return [f"### {self._say('heading.versions')}", table]

    def _row(self, law: str, version: LawVersion, as_of: dt.date) -> str:
        doubt = "" if version.start_certain else "（待核）"
        until = day(version.span.to) if version.span.to else "—"
        cells = (f"《{short_title(law)}》", day(version.version_date), day(version.span.from_) + doubt, until)
        return "| " + " | ".join((*cells, version.status_on(as_of))) + " |"

    def missing(self, reading: Reading, evidence: Evidence) -> tuple[dict[str, str], ...]:
        """The facts on which the quoted provisions turn and of which the question says nothing."""
        if reading.shape not in (Shape.PENALTY, Shape.VERDICT):
            return ()
        return missing_facts(
            reading, [f.part.text for f in evidence.decisive], exempting=reading.shape is Shape.VERDICT
        )

    def warnings(self, reading: Reading, evidence: Evidence, as_of: dt.date, today: dt.date) -> list[str]:
        """What could go wrong with these provisions."""
        out: list[str] = []
        if as_of != today:
            out.append(self._say("warning.as_of", day=day(as_of)))
        told: set[str] = set()
        for found in evidence.decisive:
            provision = str(found.part.citation)
            if found.status in _STATUS_WARNINGS:
                out.append(self._say(f"warning.{_STATUS_WARNINGS[found.status]}", provision=provision, day=day(as_of)))
            note = self._library.note(found.article)
            if found.status == "待核":
                out.append(self._say("warning.doubtful", provision=provision, note=note or "现有数据不足以确定"))
            elif found.article.note:
                out.append(self._say("warning.note", provision=provision, note=found.article.note))
            if found.status != "待核" and found.article.law not in told and self._matters(found, reading, as_of):
                told.add(found.article.law)
                note = found.version.note or ""
                out.append(self._say("warning.note", provision=f"《{found.article.law}》", note=note))
        for law in evidence.laws if reading.shape is Shape.TIME else ():
            out += [
                self._say("warning.note", provision=f"《{law}》", note=v.note)
                for v in self._library.versions(law)
                if v.note
            ]
        if evidence.decisive:
            out += [c.detail for c in evidence.absent]
        if (
            (reading.shape is Shape.PENALTY or evidence.cover < SURE)
            and not any(f.named for f in evidence.decisive)
            and evidence.decisive
        ):
            out.append(self._say("warning.candidate"))
        return list(dict.fromkeys(out))

    def _matters(self, found: Found, reading: Reading, as_of: dt.date) -> bool:
        """Whether what is known of a text's validity bears on a case: its end, doubt, or a start of late."""
        version = found.version
        if not version.note or reading.shape is Shape.TIME:
            return False
        if found.status in _STATUS_WARNINGS:
            return True
        begun = version.span.from_
        return not version.start_certain or begun is None or (as_of - begun).days < 2 * 366

    def _next(self, reading: Reading, evidence: Evidence) -> Iterator[str]:
        shown = {str(f.article.citation) for f in evidence.decisive}
        for found in evidence.decisive[:2]:
            for citation in self._penalties_for(found) if not extract.has_penalty(found.article.text) else ():
                if str(citation) not in shown:
                    shown.add(str(citation))
                    yield f"{citation}（违反[{evidence.decisive.index(found) + 1}]的罚则）"
        for number, found in enumerate(evidence.related[:5], len(evidence.decisive) + 1):
            name = (
                str(found.article.citation) if found.article.number else f"《{found.article.law}》{found.article.label}"
            )
            if name in shown:
                continue
            shown.add(name)
            mark = "" if found.status == "现行有效" else f"（{found.status}）"
            yield f"[{number}] {name}{mark}：{_gist(found.article.text.replace(chr(10), ''), 46)}"


def _gist(text: str, limit: int = _GIST) -> str:
    text = text.strip()
    if len(text) <= limit:
        return text if text.endswith(("。", "；", "：")) or not text else text + "。"
    return text[: limit - 2] + "……"


def _listed(part: extract.Part, sentence: str) -> str:
    """A sentence for the conclusion; one that announces a list is followed by it, or by how long it is."""
    items = extract.items(part)
    if not sentence.endswith(("：", ":")) or not items or items[0] in sentence:
        return _gist(sentence)
    text = sentence + "".join(items)
    if len(text) <= _WHOLE:
        return text if text.endswith("。") else text.rstrip("；") + "。"
    return f"{sentence.rstrip('：:')}（共{len(items)}项，见下引条文）。"


def _join(found: tuple[str, ...]) -> str:
    """As many of the measures as a person reads in one go, each whole; that there are more is said."""
    kept: list[str] = []
    for one in found:
        if kept and len("；".join((*kept, one))) > _WHOLE:
            return "；".join(kept) + "；其余见下引条文"
        kept.append(one)
    return "；".join(kept)
