"""Statutes that fine only on refusal to correct: read out of the text of the penalty article itself."""

import re
from dataclasses import dataclass

from assistant.law.structure import parse_paragraphs
from assistant.schema import Article, Citation

_REFUSAL = re.compile(
    r"(?:拒不(?:改正|[^，；。：]{0,12}?改正)|(?:逾期|经责令|限期内|期限内|期满)(?:仍)?(?:不|未|拒不)(?:改正|整改|补办|办理|履行|报送|公示|备案|[^，；。：]{0,8}?改正)"
    r"|逾期(?:仍)?(?:不|未|拒不)[^，；。：]{1,10}?|仍(?:不|未)改正)的?，"
)
_ORDER = re.compile(
    r"责令[^，；。：]{0,16}?(?:改正|补办|办理|整改|履行|报送|备案|登记|恢复|拆除|清除|采取补救措施)|责令限期"
)
_PENALTY = re.compile(
    r"罚款|警告|通报批评|没收|吊销|暂扣|降低资质|停产|停业|关闭|限制从业|限制开展|行政拘留|处以?[一二三四五六七八九十百千万\d]"
)
_GRAVER = re.compile(r"情节严重|造成[^，；。]{0,10}(?:后果|事故|损失|损害|污染)|后果严重")


@dataclass(frozen=True)
class RefusalClause:
    """What a penalty provision does before a refusal: `only` when nothing is punished until then.

    `words` are the words of the provision up to the fine; `graver` whether it punishes grave cases apart.
    """

    only: bool
    words: str
    graver: bool


def refusal_clause(article: Article, citation: Citation) -> RefusalClause | None:
    """How the penalty provision that `citation` names punishes; None when it speaks of no penalty.

    Without a 款 in the citation every 款 that punishes must spare who corrects.
    """
    paragraphs = parse_paragraphs(article.text)
    if citation.paragraph is not None:
        paragraphs = tuple(p for p in paragraphs if p.number == citation.paragraph)
    clauses = []
    for paragraph in paragraphs:
        text = paragraph.text + "".join(item.text for item in paragraph.items if _PENALTY.search(item.text))
        if _PENALTY.search(text):
            clauses.append(_clause(text))
    if not clauses:
        return None
    only = all(clause.only for clause in clauses)
    shown = next((c for c in clauses if not c.only), clauses[0])
    return RefusalClause(only, shown.words, any(clause.graver for clause in clauses))


def _clause(text: str) -> RefusalClause:
    refusal = _REFUSAL.search(text)
    if refusal is None:
        return RefusalClause(False, text[:60], False)
    before = text[: refusal.start()]
    first = _PENALTY.search(before)
    ordered = _ORDER.search(before)
    end = text.find("。", refusal.end())
    words = text[ordered.start() if ordered else refusal.start() : end if end > 0 else len(text)].split("：")[0]
    after = text[refusal.end() :]
    # Another sentence after the first may punish somebody, or something, at once.
    more = after.split("。", 1)[1] if "。" in after else ""
    only = ordered is not None and first is None and (not _PENALTY.search(more) or _REFUSAL.search(more) is not None)
    return RefusalClause(only, words, _GRAVER.search(after) is not None)
