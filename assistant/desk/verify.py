"""Check what a model wrote, sentence by sentence. What cannot be verified is struck out where a reader sees it."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.desk.found import Evidence
from assistant.desk.lexicon import Lexicon
from assistant.desk.scope import is_injection
from assistant.numerals import quantities
from assistant.schema import CheckedCitation

UNVERIFIED = "〔未能核实〕"
UNSEEN_NUMBER = "〔数字未见于所列依据〕"
_SUPPORT = 0.3  # share of a sentence's words, by weight, that the evidence or the question must hold
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’」』）)]?|[^。！？!?\n]+$")
_MARK = re.compile(r"[\[［【](\d{1,3})[\]］】]")
_VERDICT = re.compile(
    r"(该|本案|此案|当事人|你|您|贵|其行为|上述行为|这(一|种|个)行为)[^，。；]{0,24}"
    r"(不予(行政)?处罚|免予?处罚|不(用|必|应|会被?)(处)?罚|应(当)?(被)?(处|罚)|处以?[^，。]{0,10}罚款|构成(?!要件)|不构成|合法|违法|无责|有责|可以免罚)"
)
_CONDITIONAL = re.compile(r"如果|是否|若|的，|须|需要|取决于|才|应当查|要看|判断|认定")
_UNSAFE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^>\n]{1,200}>|https?://\S+|```")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_STANDING = re.compile(r"废止|失效|尚未施行|未施行|旧|修改|修订|修正|现行|待核|自.{2,14}起")


@dataclass(frozen=True)
class Checked:
    """A model's text after the check: `kept` sentences stand, `struck` are shown crossed out."""

    text: str
    kept: int
    struck: int


def verify(
    text: str,
    evidence: Evidence,
    question: str,
    check: Callable[[str], tuple[CheckedCitation, ...]],
    lexicon: Lexicon,
    as_of: dt.date,
    judged: str = "",
) -> Checked:
    """Strike each sentence that cites what is not verified, judges the case, or says what no source holds.

    `judged` is what the program itself concluded: a sentence may say that again. Numbers that stand neither in the
    evidence nor in the question are marked.
    """
    text = _LINK.sub(r"\1", _UNSAFE.sub("", text)).strip()
    held = {found.article.id for found in evidence.all}
    sources = [f"{f.article.citation}\n{f.article.text}" for f in evidence.all]
    support = "\n".join([without_orders(s) for s in sources] + [question])
    numbers = quantities("\n".join([*sources, question])) | _dates(evidence, as_of)
    citations = check(text)
    out: list[str] = []
    kept = struck = 0
    at = 0
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        inside = [c for c in citations if match.start() <= c.start < match.end()]
        at = match.end()
        bare = sentence.strip()
        if not bare:
            out.append(sentence)
            continue
        if (
            any(not _stands(c, held, bare) for c in inside)
            or any(not 1 <= int(n) <= len(evidence.all) for n in _MARK.findall(bare))
            or _own_verdict(bare, judged)
            or is_injection(bare)
            or not _supported(bare, support, lexicon)
        ):
            out.append(_strike(sentence))
            struck += 1
            continue
        kept += 1
        unseen = quantities(_without(bare, inside)) - numbers
        out.append(_after(sentence, UNSEEN_NUMBER) if unseen else sentence)
    return Checked("".join(out) + text[at:], kept, struck)


def without_orders(text: str) -> str:
    """Retrieved text without sentences that give orders to an assistant: they are data that nobody needs."""
    return "".join("（此处略去一句与法律无关的话。）" if is_injection(s) else s for s in _SENTENCE.findall(text))


def _dates(evidence: Evidence, as_of: dt.date) -> frozenset[tuple[float, str]]:
    """The parts of the dates that an answer may name without their standing in a text: versions, spans, today."""
    days = [as_of]
    for found in evidence.all:
        days += [d for d in (found.version.version_date, found.version.span.from_, found.version.span.to) if d]
    return frozenset(
        part for d in days for part in ((float(d.year), "年"), (float(d.month), "月"), (float(d.day), "日"))
    )


def _stands(citation: CheckedCitation, held: set[str], sentence: str) -> bool:
    if citation.verdict == "verified":
        return True
    out_of_force = citation.verdict in ("repealed", "not_yet_effective", "superseded")
    return out_of_force and citation.article_id in held and bool(_STANDING.search(sentence))


def _own_verdict(sentence: str, judged: str) -> bool:
    said = [found[3] for found in _VERDICT.finditer(sentence)]
    return any(words not in judged for words in said) and not _CONDITIONAL.search(sentence)


def _supported(sentence: str, support: str, lexicon: Lexicon) -> bool:
    terms = lexicon.terms(_MARK.sub("", sentence))
    return len(terms.weights) < 3 or terms.share(support) >= _SUPPORT


def _without(sentence: str, citations: list[CheckedCitation]) -> str:
    for citation in citations:
        sentence = sentence.replace(citation.text, "")
    return _MARK.sub("", sentence)


def _strike(sentence: str) -> str:
    body = sentence.strip()
    lead = sentence[: len(sentence) - len(sentence.lstrip())]
    tail = sentence[len(sentence.rstrip()) :]
    return f"{lead}~~{body.replace('~~', '')}~~{UNVERIFIED}{tail}"


def _after(sentence: str, mark: str) -> str:
    tail = sentence[len(sentence.rstrip()) :]
    return sentence.rstrip() + mark + tail
