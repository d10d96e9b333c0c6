"""What each penalty article punishes, so that the article a case may fall under can be asked about."""

import datetime as dt
import re

from assistant.law.library import Library
from assistant.law.structure import parse_paragraphs
from assistant.rules.matching import CLOSE, STRONG, Matcher
from assistant.rules.refusal import refusal_clause
from assistant.schema import Article, Citation, Rule

_PREFACE = re.compile(r"^违反(?:了)?(?:本法|本条例)?(?:第[^，]{1,30}条[^，]{0,12})?(?:的)?规定，|^有下列[^，：]*，")
_RESULT = re.compile(r"的?，(?:由|责令|处|给予|没收|并|应当|可以|依照|限期|予以|经责令|按照)|的，")


class PenaltyMatters:
    """Every penalty provision of a library by the matter it punishes. Made once; a second of work."""

    def __init__(self, library: Library) -> None:
        self._library = library
        rules: list[Rule] = []
        for article in library.all_articles:
            if (
                article.number is not None
                and "罚款" in article.text
                and library.version(article.version_id).kind != "案例"
            ):
                rules += _matters(article)
        self._matcher = Matcher(rules)

    def sparing(self, text: str, as_of: dt.date) -> Citation | None:
        """The provision that best names `text`, if it fines only on refusal to correct and no other comes near.

        It is a guess of words: to be asked about, never to conclude from.
        """
        found = []
        for match in self._matcher.find(text):
            article = self._library.get(match.rule.list_id)
            if article is not None and self._library.status(article, as_of) == "现行有效":
                found.append((match, article))
        if not found or found[0][0].score < STRONG:
            return None
        best, article = found[0]
        citation = best.rule.punished_by[0]
        for match, other in found:
            if best.score - match.score >= CLOSE:
                break
            clause = refusal_clause(other, match.rule.punished_by[0])
            if clause is None or not clause.only:
                return None
        return citation


def _matters(article: Article) -> list[Rule]:
    out = []
    for paragraph in parse_paragraphs(article.text):
        if "罚款" not in paragraph.text and not any("罚款" in item.text for item in paragraph.items):
            continue
        whole = Citation(law=article.law, article=article.number, paragraph=paragraph.number)
        lead = _RESULT.split(_PREFACE.sub("", paragraph.text), maxsplit=1)[0]
        names = [(whole, lead)] if not paragraph.items else []
        names += [
            (whole.model_copy(update={"item": item.number}), re.sub(r"^（[^）]{1,4}）", "", item.text).rstrip("；。的"))
            for item in paragraph.items
        ]
        for citation, name in names:
            if 4 <= len(name) <= 120:
                out.append(
                    Rule(id=f"{article.id}#{citation.paragraph}.{citation.item or 0}", list_id=article.id,
                         number=str(citation.item or 0), matter=name, effect="裁量基准", punished_by=(citation,),
                         where=article.id)
                )  # fmt: skip
    return out
