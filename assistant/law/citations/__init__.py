"""Citations of law in a text: find them, resolve them, verify them as of a day, mark them.

check(text, library, as_of)  ->  one CheckedCitation for each provision or instrument named, in order
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from assistant.law.citations.annotate import annotate
from assistant.law.citations.find import Mention
from assistant.law.citations.find import find as _find
from assistant.law.citations.resolve import Resolved, resolve
from assistant.law.citations.titles import Titles
from assistant.law.citations.verify import Verifier
from assistant.law.library import Library
from assistant.schema import CheckedCitation, Citation, CitationVerdict, Noun

VERDICTS: dict[CitationVerdict, str] = {
    "verified": "核实",
    "quote_mismatch": "引文不符",
    "no_such_provision": "没有该条款",
    "repealed": "已废止",
    "not_yet_effective": "尚未施行",
    "superseded": "已被修改",
    "out_of_scope": "语料未收录",
}
"""What a person calls each verdict."""

# A library is read-only once made, so what is worked out of it holds as long as it lives.
_titles: "WeakKeyDictionary[Library, Titles]" = WeakKeyDictionary()
_verifiers: "WeakKeyDictionary[Library, Verifier]" = WeakKeyDictionary()


class CitationSummary(Noun):
    """How many citations, how many of them verified, how many of each verdict, and the same in a Chinese sentence."""

    total: int
    verified: int
    by_verdict: dict[CitationVerdict, int]
    text: str


def titles_of(library: Library) -> Titles:
    """The names of a library's instruments, worked out once."""
    if library not in _titles:
        _titles[library] = Titles(library)
    return _titles[library]


def find(text: str, library: Library | None = None) -> tuple[Mention, ...]:
    """Every citation in `text` as it is written; with a library its titles are known to the letter."""
    return _find(text, titles_of(library) if library is not None else None)


def check(text: str, library: Library, as_of: dt.date) -> tuple[CheckedCitation, ...]:
    """Every citation in `text`, in order, with its verdict on `as_of`. Any text may be given, empty or broken."""
    titles = titles_of(library)
    if library not in _verifiers:
        _verifiers[library] = Verifier(library, titles)
    verifier = _verifiers[library]
    resolved = [resolve(m, library, titles, as_of) for m in _find(text, titles)]
    groups: dict[int, list[Resolved]] = {}
    for found in resolved:
        groups.setdefault(found.mention.group, []).append(found)
    # A quotation after a list belongs to the member that holds it, and to the last one when none does.
    owners = {
        g: next((m for m in members if len(members) > 1 and verifier.holds_quotes(m)), members[-1])
        for g, members in groups.items()
    }
    return tuple(verifier.verify(r, as_of, elsewhere=owners[r.mention.group] is not r) for r in resolved)


def parse(text: str, library: Library | None = None) -> Citation | None:
    """One provision as a person or a client wrote it: 《食品安全法》第一百二十四条第一款, 食品安全法124条1款1项.

    None when the text holds no instrument or more than one provision. With a library `law` is the full title where the
    instrument is held, else the name as written.
    """
    titles = titles_of(library) if library is not None else None
    mentions = _find(text.strip(), titles)
    if len(mentions) != 1 or mentions[0].name is None:
        return None
    (mention,) = mentions
    assert mention.name is not None
    return Citation(
        law=(titles.lookup(mention.name) if titles else None) or mention.name,
        article=mention.article,
        paragraph=mention.paragraph,
        item=mention.item,
        subitem=mention.subitem,
    )


def summary(citations: Iterable[CheckedCitation]) -> CitationSummary:
    """Counts per verdict and one sentence for a person."""
    counts = Counter(c.verdict for c in citations)
    total = sum(counts.values())
    if not total:
        return CitationSummary(total=0, verified=0, by_verdict={}, text="没有找到法律引用。")
    parts = "，".join(f"{label}{counts[v]}处" for v, label in VERDICTS.items() if counts[v])
    return CitationSummary(
        total=total,
        verified=counts["verified"],
        by_verdict={v: counts[v] for v in VERDICTS if counts[v]},
        text=f"共{total}处法律引用：{parts}。",
    )


__all__ = [
    "VERDICTS",
    "CitationSummary",
    "Mention",
    "annotate",
    "check",
    "find",
    "parse",
    "resolve",
    "summary",
    "titles_of",
]
