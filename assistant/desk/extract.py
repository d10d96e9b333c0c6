"""The part of an article that answers: a 款, an 项, a sentence; and what its words leave open."""

import re
from dataclasses import dataclass

from assistant.desk.lexicon import Terms
from assistant.desk.question import Shape
from assistant.law.structure import item_text, paragraph_text, parse_paragraphs
from assistant.schema import Article, Citation, ItemView, ParagraphView

WHOLE = 420  # characters: a shorter article is quoted whole
_LIST_WHOLE = 700
_ELLIPSIS = "……"
_SENTENCE = re.compile(r"[^。；]*[。；]|[^。；]+$")
_STATEMENT = re.compile(r"[^。]*。|[^。]+$")
_READABLE = 200  # characters: a longer statement is cut at its semicolons
_MEASURE = re.compile(
    r"罚款|警告|通报批评|没收|吊销|暂扣|拘留|责令停产停业|责令停业|责令关闭|限制从业|限制开展|禁止从事|降低资质"
)
_DURATION = re.compile(
    r"[零一二三四五六七八九十百两半\d]+(?:个)?(?:工作日|小时|日|天|个月|月|年|周)(?:以?内|之内|以上|以下|前|之日)?|及时|立即|期限"
)
_BODY = re.compile(
    r"(部门|机关|政府|机构|委员会|法院|检察院|组织)[^，。；]{0,12}(负责|主管|管辖|决定|实施|批准|审批|处罚|责令|给予|处|受理|监督|管理)|向[^，。；]{0,24}(部门|机关|政府|法院|机构)|由[^，。；]{0,30}(部门|机关|政府|法院|机构)"
)
_MEANS = re.compile(r"是指|所称")


@dataclass(frozen=True)
class Part:
    """What is quoted of an article. `lines` are its own words, 款 by 款; an `……` stands where some are left out."""

    citation: Citation
    lines: tuple[str, ...]
    share: float  # how much of the question stands in it

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def whole(article: Article) -> Part:
    """The article as it stands."""
    return Part(article.citation, tuple(article.text.split("\n")), 0.0)


def named(article: Article, paragraph: int | None, item: int | None) -> Part | None:
    """The 款 or 项 that a question names; None when the article has no such part."""
    paragraphs = parse_paragraphs(article.text)
    if paragraph is None and item is not None:
        holders = [p for p in paragraphs if any(i.number == item for i in p.items)]
        if len(holders) != 1:
            return None
        paragraph = holders[0].number
    for candidate in paragraphs:
        if candidate.number != paragraph:
            continue
        if item is None:
            return Part(_cite(article, paragraphs, candidate), tuple(paragraph_text(candidate).split("\n")), 0.0)
        for one in candidate.items:
            if one.number == item:
                return Part(
                    _cite(article, paragraphs, candidate, one), (candidate.text, *item_text(one).split("\n")), 0.0
                )
    return None


def best(article: Article, terms: Terms, shape: Shape) -> Part:
    """The part that answers a question best: the whole when it is short or when no part stands out."""
    paragraphs = parse_paragraphs(article.text)
    rated = sorted(((_rate(p, terms, shape), p) for p in paragraphs), key=lambda pair: -pair[0])
    rating, paragraph = rated[0]
    second = rated[1][0] if len(rated) > 1 else 0.0
    alone = len(paragraphs) == 1 or rating > second * 1.15 + 0.02
    share = terms.share(article.text)
    if not alone and len(article.text) <= WHOLE:
        return Part(article.citation, tuple(article.text.split("\n")), share)
    items = _best_items(paragraph, terms) if shape not in (Shape.CONDITIONS, Shape.DEFINITION) else ()
    cited = paragraph if len(paragraphs) > 1 else None
    single = items[0] if len(items) == 1 else None
    citation = _cite(article, paragraphs, paragraph, single) if alone or items else article.citation
    if items:
        lines = [paragraph.text]
        for item in paragraph.items:
            lines += item_text(item).split("\n") if item in items else [_ELLIPSIS]
    else:
        lines = paragraph_text(paragraph).split("\n")
        if len("".join(lines)) > _LIST_WHOLE:
            lines = _shorten(lines, terms)
    if cited is not None:
        if paragraph.number > 1:
            lines.insert(0, _ELLIPSIS)
        if paragraph.number < len(paragraphs):
            lines.append(_ELLIPSIS)
    return Part(citation, tuple(_once(lines)), share)


def key_sentence(part: Part, terms: Terms, shape: Shape) -> str:
    """The sentence of a part that says most to the question; with measures, periods or bodies where that is asked."""
    wanted = {Shape.PENALTY: _MEASURE, Shape.LIMIT: _DURATION, Shape.AUTHORITY: _BODY, Shape.DEFINITION: _MEANS}.get(
        shape
    )
    lines = [line for line in part.lines if line != _ELLIPSIS]
    sentences: list[str] = [s.strip() for line in lines for s in _sentences(line) if s.strip()]
    lead = next((s for s in sentences if s.endswith("：")), None)
    if shape is Shape.CONDITIONS and lead is not None:
        return lead  # the list itself is quoted below
    best_sentence, best_rate = "", -1.0
    for at, sentence in enumerate(sentences):
        rate = terms.share(sentence) + (0.35 if wanted is not None and wanted.search(sentence) else 0.0) - 0.01 * at
        if rate > best_rate:
            best_sentence, best_rate = sentence, rate
    if best_sentence.endswith(("：", ":")) and best_sentence in sentences[:-1] and len(part.lines) < 5:
        best_sentence += next((s for s in sentences[sentences.index(best_sentence) + 1 :]), "")
    return best_sentence


def _sentences(line: str) -> list[str]:
    """The statements of a line, with their exceptions; a long one in its clauses."""
    return [
        clause
        for statement in _STATEMENT.findall(line)
        for clause in ([statement] if len(statement) <= _READABLE else _SENTENCE.findall(statement))
    ]


def measures(part: Part, terms: Terms) -> tuple[str, ...]:
    """What may be imposed, in the words of the law, of the 款 that says most to the question; each with its condition.

    Only the head that names the violation itself is left out: 违反本法规定，……的, 有下列行为之一的.
    """
    lines = [line for line in part.lines if _MEASURE.search(line) and not line.startswith("（")]
    lines = sorted(lines, key=lambda line: -terms.share(line))[:1] or list(part.lines)
    found: list[str] = []
    for line in lines:
        for at, piece in enumerate(re.split(r"[；。]", line)):
            piece = (_HEAD.sub("", piece) if at == 0 else piece).strip("，、：: ")
            if piece and (_MEASURE.search(piece) or _ORDER.search(piece)) and piece not in found:
                found.append(piece)
    return tuple(found)


def items(part: Part) -> tuple[str, ...]:
    """The 项 that a part quotes, as they stand."""
    return tuple(line for line in part.lines if line.startswith("（"))


_HEAD = re.compile(
    r"^违反本法[^；。]*?的，\s*(?=由|责令|没收|给予|处|对)|^[^，；。]{0,40}有下列[^，；。]{0,12}之一(?:的)?，"
)
_ORDER = re.compile(r"责令(?!.{0,6}规定)|限期拆除|予以取缔|予以收缴")


def has_penalty(text: str) -> bool:
    """Whether a text sets an administrative penalty."""
    return bool(
        re.search(r"罚款|予以警告|给予警告|处警告|没收违法所得|吊销|处[^，。；]{0,14}拘留|责令停产停业|通报批评", text)
    )


def sets_fine(text: str) -> bool:
    """Whether a text sets the amount of a fine."""
    return bool(re.search(r"(元|倍|百分之[一二三四五六七八九十]+)(以上|以下)?的?罚款", text))


def sets_period(text: str) -> bool:
    """Whether a text sets a period of days, months or years."""
    return bool(
        re.search(
            r"[零一二三四五六七八九十百两半\d]+(?:个)?(?:工作日|小时|日|天|个月|月|年)(?:以?内|之内|前|的期限|期限)|(期限|时效)(为|是|不得超过|最长)|不得超过[一二三四五六七八九十百\d]+",
            text,
        )
    )


def names_body(text: str) -> bool:
    """Whether a text says which body decides, manages or receives."""
    return bool(_BODY.search(text))


def starting(article: Article) -> Part:
    """The 款 of an article that says when the text comes into force."""
    paragraphs = parse_paragraphs(article.text)
    for paragraph in paragraphs:
        if "起施行" in paragraph.text:
            return Part(_cite(article, paragraphs, paragraph), tuple(paragraph_text(paragraph).split("\n")), 0.0)
    return whole(article)


def _rate(paragraph: ParagraphView, terms: Terms, shape: Shape) -> float:
    text = paragraph_text(paragraph)
    rate = terms.share(text)
    if shape is Shape.PENALTY and has_penalty(text):
        rate += 0.15
    if shape is Shape.LIMIT and _DURATION.search(text):
        rate += 0.15
    if shape is Shape.DEFINITION and _MEANS.search(text):
        rate += 0.3
    if shape is Shape.AUTHORITY and _BODY.search(text):
        rate += 0.1
    return rate


def _best_items(paragraph: ParagraphView, terms: Terms) -> tuple[ItemView, ...]:
    """The one or two items that say clearly more to the question than the others; none otherwise."""
    if len(paragraph.items) < 3 or not terms.weights:
        return ()
    rest = Terms(tuple((pair, weight) for pair, weight in terms.weights if pair not in paragraph.text))
    if not rest.weights:
        return ()
    rated = sorted(
        ((rest.share(item_text(i)) * rest.total / terms.total, i) for i in paragraph.items), key=lambda r: -r[0]
    )
    first, second = rated[0][0], rated[1][0]
    third = rated[2][0]
    if first < 0.1:
        return ()
    if first >= second * 1.3:
        return (rated[0][1],)
    if second >= third * 1.3:
        return tuple(sorted((rated[0][1], rated[1][1]), key=lambda i: i.number))
    return ()


def _cite(
    article: Article, paragraphs: tuple[ParagraphView, ...], paragraph: ParagraphView, item: ItemView | None = None
) -> Citation:
    return Citation(
        law=article.law,
        article=article.number,
        paragraph=paragraph.number if len(paragraphs) > 1 else None,
        item=item.number if item else None,
    )


def _shorten(lines: list[str], terms: Terms) -> list[str]:
    """The lead, and the items or sentences that touch the question; the rest is left out, visibly."""
    if len(lines) == 1:
        sentences = _SENTENCE.findall(lines[0])
        kept = [at == 0 or terms.share(s) >= 0.15 for at, s in enumerate(sentences)]
        return ["".join(s if keep else _ELLIPSIS for s, keep in zip(sentences, kept, strict=True))]
    kept_lines = [lines[0]]
    for line in lines[1:]:
        kept_lines.append(line if terms.share(line) >= 0.1 else _ELLIPSIS)
    return kept_lines


def _once(lines: list[str]) -> list[str]:
    """Runs of `……` as one."""
    out: list[str] = []
    for line in lines:
        line = re.sub(f"(?:{_ELLIPSIS})+", _ELLIPSIS, line)
        if not (line == _ELLIPSIS and out and out[-1] == _ELLIPSIS):
            out.append(line)
    return out
