"""The provision a penalty rests on: which text of it ruled the conduct, and which the decision (第三十七条)."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.errors import InputError
from assistant.law.citations import parse
from assistant.law.library import Library
from assistant.law.penalties import penalty_clauses
from assistant.law.structure import provision_text
from assistant.numerals import to_int
from assistant.schema import (
    Article,
    Citation,
    MissingFact,
    PenaltyClause,
    ProportionalityVerdict,
    ReviewFinding,
    Status,
)

LONGEST_BASIS = 300
ALIKE = 0.45
"""Share of pairs of characters from which two articles are taken for texts of one provision; it is said to check."""
_FINES = re.compile(r"罚款|警告|没收|吊销|拘留")
NEW_OR_OLD = "《中华人民共和国行政处罚法》第三十七条"
_RULES: tuple[Status, ...] = ("现行有效", "待核")
_FORMER = re.compile(r"^(?:本条)?(?:前款|前一款)")
_PARAGRAPH = re.compile(r"^(?:本条)?第([一二三四五六七八九十]+)款")
_ARTICLE = re.compile(
    r"^(?:本法|本条例)?(第[一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)(?:第([一二三四五六七八九十]+)款)?$"
)


@dataclass(frozen=True)
class Ruling:
    """One text of the provision that may decide, with the clauses it provides for the part cited."""

    article: Article
    label: str  # 《法律》第…条第…款, as everywhere
    clauses: tuple[PenaltyClause, ...]
    unread: tuple[str, ...] = ()  # penalties it borrows from provisions that cannot be read here


@dataclass(frozen=True)
class Basis:
    """What the basis comes to: the texts to compute by (two when old and new law are both held), and what is open.

    `blocked` is the verdict where the basis itself settles it.
    """

    citation: Citation
    rulings: tuple[Ruling, ...]
    findings: tuple[ReviewFinding, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    blocked: ProportionalityVerdict | None = None


def read_basis(written: str, library: Library, conduct: dt.date | None, decided: dt.date) -> Basis:
    """The basis as it rules a conduct of one day and a decision of another.

    InputError for what is no provision, one that is not in its law, or a part that the article does not have. A law
    that is not held gives no ruling and a finding: unknown is not false.
    """
    citation = _cited(written, library)
    title = library.resolve_title(citation.law)
    if title is None:
        text = f"语料没有收录《{citation.law}》，不能核算它的处罚幅度；请先导入该文件"
        asked = MissingFact(fact="basis", question="这一条规定的处罚种类和幅度是什么？（导入该文件后可以核算）")
        return Basis(citation, (), (_finding("basis_not_held", "warning", text),), (asked,), "needs_facts")
    texts = [
        (v, a) for v in library.versions(title) if (a := library.article(v.id, citation.article or "")) is not None
    ]
    if not texts:
        raise InputError("basis", f"《{title}》没有{citation.article}", "请核对条号")
    now, then = _on(library, texts, decided), _on(library, texts, conduct) if conduct is not None else None
    status_now = library.status(now, decided)
    findings: list[ReviewFinding] = []
    if conduct is None or then is None:
        return _conduct_unknown(citation, now, status_now, decided, library)
    status_then = library.status(then, conduct)
    if "待核" in (status_now, status_then):
        note = library.note(now) or "效力期间没有确定"
        findings.append(_finding("basis_uncertain", "warning", f"《{title}》的效力待核：{note}", str(citation)))
    if status_then in _RULES and status_now in _RULES:
        if then.id == now.id or then.text == now.text:
            return Basis(citation, (_ruling(now, citation, library),), tuple(findings))
        return _old_and_new(citation, then, now, (conduct, decided), findings, library)
    if status_then in _RULES:
        ended = library.version(then.version_id).ended_by or "后来的文本"
        text = (
            f"违法行为（{conduct}）时这一条施行，决定（{decided}）时{status_now}（{ended}）：适用旧的规定；"
            "新的规定处罚较轻或者不认为是违法的，适用新的规定。新的规定没有写明对应的条文，请人工比对"
        )
        findings.append(_finding("old_law_or_new", "warning", text, NEW_OR_OLD))
        return Basis(citation, (_ruling(then, citation, library),), tuple(findings))
    if status_now in _RULES:
        start = library.span(now).from_
        text = (
            f"违法行为（{conduct}）时这一文本还没有施行（{start}起施行），当时的文本不在库中：原则上适用当时的规定，"
            "只有这一文本处罚较轻时才能适用。请查当时的规定"
        )
        findings.append(_finding("old_text_not_held", "warning", text, NEW_OR_OLD))
        asked = MissingFact(fact="basis", question="违法行为发生时施行的是哪一条规定？处罚是多少？")
        return Basis(citation, (_ruling(now, citation, library),), tuple(findings), (asked,), "needs_facts")
    return _not_in_force(citation, now, f"违法行为（{conduct}）和决定（{decided}）时都没有施行", library, decided)


def _old_and_new(
    citation: Citation,
    then: Article,
    now: Article,
    days: tuple[dt.date, dt.date],
    findings: Sequence[ReviewFinding],
    library: Library,
) -> Basis:
    """Both texts. A number may name another matter in the other text: the counterpart is found by its words."""
    conduct, decided = days
    pair: tuple[Article | None, Article | None]
    if _clauses(now.text) and not _clauses(then.text):  # cited by the number it has in the new text
        pair = (_counterpart(now, then.version_id, library), now)
    else:
        pair = (then, _counterpart(then, now.version_id, library))
    old, new = pair
    begun = f"违法行为（{conduct}）适用旧文本，决定（{decided}）时已有新文本：从旧兼从轻"
    if old is None or new is None:
        text = f"{begun}。另一文本里没有找到对应的条文（同一条号说的是别的事），只核算了一个文本，请人工比对"
        alone = _ruling(old or new or then, citation, library)
        return Basis(citation, (alone,), (*findings, _finding("old_law_or_new", "warning", text, NEW_OR_OLD)))
    moved = f"（旧{old.number}，新{new.number}，按文字对应，请核对）" if old.number != new.number else ""
    text = f"{begun}，两个文本都已核算，取较轻的{moved}"
    rulings = tuple(
        _ruling(one, citation if one.number == citation.article else Citation(law=one.law, article=one.number), library)
        for one in (old, new)
    )
    return Basis(citation, rulings, (*findings, _finding("old_law_or_new", "info", text, NEW_OR_OLD)))


def _counterpart(article: Article, version_id: str, library: Library) -> Article | None:
    """The article of another text that punishes the same matter, by shared pairs of characters; None when none does."""
    grams = _grams(article.text)
    scored = [
        (2 * len(grams & other) / (len(grams) + len(other)), one.number == article.number, one.position, one)
        for one in library.articles_of(version_id)
        if one.number is not None and _FINES.search(one.text) and (other := _grams(one.text))
    ]
    best = max(scored, key=lambda row: row[:3], default=None)
    return best[3] if best is not None and best[0] >= ALIKE else None


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _conduct_unknown(citation: Citation, now: Article, status: Status, decided: dt.date, library: Library) -> Basis:
    asked = MissingFact(fact="conduct_date", question="违法行为是哪一天发生的？（有连续或者继续状态的，哪一天终了）")
    start = library.span(now).from_
    if status in _RULES:
        findings = []
        if status == "待核":
            note = library.note(now) or "效力期间没有确定"
            findings.append(_finding("basis_uncertain", "warning", f"这一条的效力待核：{note}", str(citation)))
        recent = start is not None and (decided - start).days < 730
        if recent:
            text = f"这一文本{start}起施行；违法行为日期待查，在此以前的违法行为适用当时的规定，新的较轻才适用新的"
            findings.append(_finding("conduct_date_decides_law", "warning", text, NEW_OR_OLD))
        return Basis(citation, (_ruling(now, citation, library),), tuple(findings), (asked,) if recent else ())
    if status == "尚未施行":
        return _not_in_force(citation, now, f"在{decided}还没有施行", library, decided)
    text = f"这一条在{decided}{status}；违法行为发生在失效以前的才可能适用，违法行为日期待查"
    finding = _finding("old_law_or_new", "warning", text, NEW_OR_OLD)
    return Basis(citation, (_ruling(now, citation, library),), (finding,), (asked,), "needs_facts")


def _not_in_force(citation: Citation, now: Article, why: str, library: Library, day: dt.date) -> Basis:
    span = library.span(now)
    days = f"施行期间：{span.from_ or '？'}至{span.to or '今'}"
    ended = library.version(now.version_id).ended_by
    text = (
        f"依据{why}（{days}"
        + (f"，由{ended}废止或者修改" if ended and library.status(now, day) != "尚未施行" else "")
        + "）"
    )
    finding = _finding("basis_not_in_force", "error", text, NEW_OR_OLD)
    return Basis(citation, (_ruling(now, citation, library),), (finding,), blocked="wrong_basis")


def _cited(written: str, library: Library) -> Citation:
    text = written.strip()
    if not text or len(text) > LONGEST_BASIS:
        raise InputError(
            "basis",
            "应写一条法律依据" if not text else "太长，应只写一条法律依据",
            "例如：《食品安全法》第一百二十四条第一款",
        )
    citation = parse(text, library)
    if citation is None or citation.article is None:
        raise InputError(
            "basis",
            f"“{text[:40]}”不是一条法律依据",
            "请写一条，写到法律名称和条，例如：《食品安全法》第一百二十四条第一款",
        )
    return citation


def _on(library: Library, texts: Sequence[tuple[object, Article]], day: dt.date) -> Article:
    """The text of the article that ruled on a day; else the last that had begun, else the first."""
    articles = [article for _, article in texts]
    ruling = [a for a in articles if library.status(a, day) in _RULES]
    begun = [a for a in articles if (start := library.span(a).from_) is None or start <= day]
    return (ruling or begun or articles[:1])[-1]


@lru_cache(maxsize=512)
def _clauses(text: str) -> tuple[PenaltyClause, ...]:
    return penalty_clauses(text)


def _ruling(article: Article, citation: Citation, library: Library) -> Ruling:
    if provision_text(article.text, citation.paragraph, citation.item) is None:
        part = str(citation).split("》", 1)[1]
        raise InputError("basis", f"《{article.law}》没有{part}", "请核对款、项")
    # 第…条第（…）项 of an article with one list names the paragraph that holds it.
    own = [
        c for c in _clauses(article.text)
        if citation.paragraph in (None, c.paragraph) and (citation.item is None or c.item in (None, citation.item))
    ]  # fmt: skip
    if citation.item is not None and citation.paragraph is None and any(c.item == citation.item for c in own):
        held = next(c.paragraph for c in own if c.item == citation.item)
        own = [c for c in own if c.paragraph == held]
    out, unread = [], []
    for clause in own:
        out.append(clause)
        if clause.refers_to is None:
            continue
        borrowed = _borrowed(clause, article, library)
        if not borrowed:
            unread.append(clause.refers_to or "本法的其他规定")
        out += borrowed
    label = str(citation.model_copy(update={"law": article.law}))
    return Ruling(article, label, tuple(out), tuple(unread))


def _borrowed(clause: PenaltyClause, article: Article, library: Library) -> list[PenaltyClause]:
    """The clauses that 依照前款、第…款、第…条的规定处罚 points at; none when it points elsewhere."""
    words = clause.refers_to or ""
    target, paragraph = article, None
    named, other = _PARAGRAPH.match(words), _ARTICLE.match(words)
    if _FORMER.match(words):
        paragraph = clause.paragraph - 1
    elif named:
        paragraph = to_int(named[1])
    elif other:
        found = library.article(article.version_id, other[1])
        if found is None:
            return []
        target, paragraph = found, to_int(other[2]) if other[2] else None
    else:
        return []
    return [_lent(c, clause) for c in _clauses(target.text) if c.refers_to is None and paragraph in (None, c.paragraph)]


def _lent(lent: PenaltyClause, clause: PenaltyClause) -> PenaltyClause:
    """A clause as the one that borrows it uses it: on its own subject and under its conditions too."""
    own = lent.subject_kind == "责任人员" or not clause.subject
    return lent.model_copy(
        update={
            "paragraph": clause.paragraph,
            "item": clause.item,
            "subject": lent.subject if own else clause.subject,
            "subject_kind": lent.subject_kind if own else clause.subject_kind,
            "condition_kinds": tuple(dict.fromkeys((*clause.condition_kinds, *lent.condition_kinds))),
        }
    )


def _finding(code: str, severity: str, text: str, *basis: str) -> ReviewFinding:
    return ReviewFinding.model_validate({"code": code, "severity": severity, "text": text, "basis": basis})
