"""Which of the provisions found answer a question, and in which order."""

import re
from collections.abc import Callable

from assistant.desk import extract
from assistant.desk.found import Found
from assistant.desk.lexicon import Terms
from assistant.desk.question import Shape
from assistant.law.library import short_title
from assistant.schema import Article

DECISIVE = 3  # provisions quoted at most
_PLACE, _SHARE = 0.12, 0.4  # what one place in the search's order is worth, and the question's words in full
PROCESS = re.compile(
    r"听证|简易程序|普通程序|当场|送达|告知|立案|回避|追责|时效|年内?才?(被)?发现|法制审核|集体讨论|缴纳?罚|罚款.{0,6}(分期|缓|交|缴)|加处|分期|陈述|申辩|从轻|减轻|管辖"
    r"|一事不再罚|重复处罚|裁量|处罚的?种类|处罚决定书|两次以上|委托执法|执法证|未成年"
)
"""Words of the procedure of punishing, which this desk reads as 行政处罚 unless the question says otherwise."""
_HOME = {
    f"中华人民共和国{name}": worth
    for name, worth in (("行政处罚法", 0.3), ("行政强制法", 0.15), ("行政许可法", 0.1), ("行政复议法", 0.1))
}
_MATTERS = {
    word: f"中华人民共和国{law}"
    for word, law in (
        ("行政处罚", "行政处罚法"),
        ("行政许可", "行政许可法"),
        ("强制", "行政强制法"),
        ("复议", "行政复议法"),
        ("行政诉讼", "行政诉讼法"),
    )
}
"""A matter that a question names, and the law of that matter."""
CHANGING = ("修正案", "修改决定")
_SUITS: dict[Shape, Callable[[Found], bool]] = {
    Shape.PENALTY: lambda f: extract.has_penalty(f.article.text),
    Shape.DEFINITION: lambda f: bool(re.search(r"是指|所称[^，。]{1,20}，?是", f.article.text)),
    Shape.LIMIT: lambda f: extract.sets_period(f.part.text),
    Shape.AUTHORITY: lambda f: extract.names_body(f.part.text),
    Shape.CONDITIONS: lambda f: "（一）" in f.article.text,
}


def ordered(found: list[Found], shape: Shape, terms: Terms, laws: tuple[str, ...], text: str) -> list[Found]:
    """The search's order, moved by what it does not know: a law that is named, the kind of provision."""
    suits = _SUITS.get(shape)
    matters = {law for word, law in _MATTERS.items() if word in text}

    def rate(place: int, one: Found) -> float:
        worth = _SHARE * terms.share(titled(one.article)) - _PLACE * place
        if suits is not None and suits(one):
            worth += 0.1 if shape is Shape.CONDITIONS else 0.35  # a list is common: it says least
        if shape is Shape.PENALTY and extract.sets_fine(one.article.text):
            worth += 0.15
        if one.article.law in laws:
            worth += 1.0
        elif not laws:
            home = _HOME.get(one.article.law, 0.0) if shape is not Shape.PENALTY or PROCESS.search(text) else 0.0
            worth += home + (0.35 if one.article.law in matters else 0.0)
            worth += 0.25 if _half_named(one.article.law, text) else 0.0
        if one.version.kind in CHANGING:  # what an amendment said stands in the amended text
            worth -= 1.0
        return worth

    rated = sorted(enumerate(found), key=lambda pair: -rate(*pair))
    return [one for _, one in rated]


def _half_named(law: str, text: str) -> bool:
    """Whether a question says the matter of a law without its 法: 安全生产, 虚假广告."""
    matter = short_title(law).removesuffix("法").removesuffix("条例")
    return len(matter) >= 2 and matter in text


def decisive(found: list[Found], shape: Shape) -> list[Found]:
    """Those that answer, rather than lie near: the first, and others that cover the question about as well."""
    if not found:
        return []
    suits = _SUITS.get(shape)
    first = found[0]
    out = [first]
    for other in found[1:5]:
        covers = other.share >= max(first.share * 0.95, 0.35)
        if first.article.law in _HOME and other.article.law != first.article.law:
            continue  # the law of the matter answers; the same word in other procedures is no second answer
        if covers and (suits is None or suits(other)) and other.version.kind not in CHANGING:
            out.append(other)
    return out[: DECISIVE if shape is not Shape.DEFINITION else 1]


def titled(article: Article) -> str:
    """An article with the short name of its law, as a question is held against it."""
    return f"{short_title(article.law)} {article.text}"
