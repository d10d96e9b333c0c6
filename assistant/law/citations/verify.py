"""What the corpus says of a citation on a day: one verdict, its reason in Chinese, and where to look now."""

import datetime as dt
import re
from collections.abc import Iterator

from assistant.law.citations.pieces import Missing, paragraphs_of, piece, whole
from assistant.law.citations.quoting import first_difference, norm, stands_in
from assistant.law.citations.reading import plain, shown
from assistant.law.citations.resolve import Resolved
from assistant.law.citations.titles import Titles
from assistant.law.library import Library, short_title
from assistant.numerals import article_key, to_chinese
from assistant.schema import Article, CheckedCitation, CitationVerdict, LawVersion

_POINTS = ("修正案", "修改决定", "立法解释")
_ALIKE = 0.5  # share of the wording that two provisions must have in common before one is offered as a clue
_NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_DELETED = re.compile(r"[（(]?(?:已?删去|已?删除|已废止)[）)]?。?")


def _day(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "日期待核"


class Verifier:
    """Verdicts against one library. Keeps what it worked out of a text for the next citation of it."""

    def __init__(self, library: Library, titles: Titles) -> None:
        self._library = library
        self._titles = titles
        self._wordings: dict[str, list[tuple[Article, str]]] = {}
        self._shingles: dict[str, frozenset[str]] = {}
        self._clues: dict[tuple[str, str], Article | None] = {}

    def verify(self, found: Resolved, as_of: dt.date, *, elsewhere: bool = False) -> CheckedCitation:
        """The verdict on one resolved mention. `elsewhere`: its quotation belongs to another mention of the list."""
        quotes = () if elsewhere else found.mention.quotes
        verdict, detail, current, article = self._judge(found, quotes, as_of)
        mention = found.mention
        if mention.note:
            detail = f"{detail}；{mention.note}"
        return CheckedCitation(
            text=mention.text,
            start=mention.start,
            end=mention.end,
            law=found.title or (found.abolished.title if found.abolished else shown(mention.name or "") or None),
            article=found.article,
            paragraph=mention.paragraph,
            item=mention.item,
            subitem=mention.subitem,
            quote=quotes[0] if quotes else None,
            verdict=verdict,
            detail=detail,
            current=current,
            article_id=article.id if article else None,
        )

    def holds_quotes(self, found: Resolved) -> bool:
        """Whether every quotation beside the mention stands in the provision it names."""
        article = self._article(found.version, found.article)
        if article is None:
            return False
        mention = found.mention
        try:
            _, quotable = piece(article, mention.paragraph, mention.item, mention.subitem)
        except Missing:
            return False
        return all(stands_in(q, quotable) for q in mention.quotes)

    # -- the verdict --------------------------------------------------------------------------------------------------

    def _judge(
        self, found: Resolved, quotes: tuple[str, ...], as_of: dt.date
    ) -> tuple[CitationVerdict, str, str | None, Article | None]:
        mention, ruling = found.mention, found.ruling
        if found.title is None or ruling is None:
            return (*self._unheld(found, as_of), None)
        if found.version is None:
            assert mention.version is not None
            return (*self._unheld_version(found, ruling, mention.version.year, as_of), None)
        version = found.version
        article = self._article(version, found.article)
        standing = self._standing(found, version, ruling, article, as_of)
        if found.article is not None or mention.article is not None:
            if article is None:
                verdict, detail, current = self._no_article(found, version, as_of)
                if standing and standing[0] != verdict:
                    detail = f"{detail}；{standing[1]}"
                return verdict, detail, current, None
            if _DELETED.fullmatch(article.text.strip()):
                return "no_such_provision", f"《{found.title}》{article.label}已删去", None, article
            try:
                _, quotable = piece(article, mention.paragraph, mention.item, mention.subitem)
            except Missing as missing:
                detail = f"《{found.title}》{missing}"
                other = self._other_version(found, version, as_of)
                if other:
                    return other[0], f"{detail}；{other[1]}", other[2], article
                return "no_such_provision", f"{detail}；{standing[1]}" if standing else detail, None, article
            wrong = next((q for q in quotes if not stands_in(q, quotable)), None)
            if standing is not None:
                tail = "；引文与该文本也不相符" if wrong else ""
                return standing[0], standing[1] + tail, standing[2], article
            amending = self._amending(article, as_of)
            if amending is not None:
                return (*self._amended(article, quotes, wrong, amending, as_of), article)
            if wrong is not None:
                other = self._quoted_from_other_version(found, wrong, as_of)
                if other:
                    return (*other, article)
                detail = self._where_it_stands(found, version, article, wrong, quotable)
                doubt = self._doubt(version, None, as_of)
                return "quote_mismatch", f"{detail}；待核：{doubt}" if doubt else detail, None, article
        else:
            if standing is not None:
                return (*standing, None)
            for quote in quotes:
                home = self._home(version, quote)
                if home is None:
                    return "quote_mismatch", f"《{found.title}》全文没有这样的文字", None, None
                article = home
        return "verified", self._verified(found, version, article, quotes, as_of), None, article

    def _standing(
        self, found: Resolved, version: LawVersion, ruling: LawVersion, article: Article | None, as_of: dt.date
    ) -> tuple[CitationVerdict, str, str | None] | None:
        """Why the text is not the law of the day; None when it is, or when that is 待核."""
        title = found.title
        status = version.status_on(as_of)
        if status == "已废止":
            current, clue = self._successor(version, article)
            last = version.span.to
            since = last + dt.timedelta(days=1) if last else None
            by = f"，由{_quoted(version.ended_by)}废止" if version.ended_by else ""
            return "repealed", f"《{title}》自{_day(since)}起已废止{by}{clue}", current
        if status == "尚未施行":
            earlier = [v for v in self._library.versions(title or "") if _rules(v, as_of)]
            if not earlier and _ruled_before(version, as_of) and found.mention.version is None:
                return None  # the law ruled, by a text that is not held
            today = f"当日适用的是{_passed(earlier[-1])}的文本" if earlier else "语料中没有它当日施行的文本"
            begins = f"《{title}》{_passed(version)}的文本自{_day(version.span.from_)}起施行"
            detail = f"{begins}，{_day(as_of)}尚未施行；{today}"
            return "not_yet_effective", detail, f"《{title}》（{_passed(earlier[-1])}）" if earlier else None
        if status == "已修改":
            detail = f"《{title}》{_passed(version)}的文本{_day(as_of)}已不再施行，当日适用的是{_passed(ruling)}的文本"
            return "superseded", detail, f"《{title}》（{_passed(ruling)}）"
        return None

    def _doubt(self, version: LawVersion, article: Article | None, as_of: dt.date) -> str | None:
        """Why it is not certain that the text looked into is the law of the day; None when it is certain."""
        note = (self._library.note(article) if article else version.note) or ""
        if _ruled_before(version, as_of):
            return f"{_day(as_of)}适用的文本语料未收录，只与{_passed(version)}的文本核对"
        if version.status_on(as_of) == "待核":
            return note or "语料不能确定其施行日期"
        return None

    def _amending(self, article: Article, as_of: dt.date) -> str | None:
        """The instrument that changed an article without its text being merged; None when the text is current."""
        if article.stale_from is None or as_of < article.stale_from:
            return None
        named = [self._titles.lookup(plain(n)) for n in _NAMED.findall(article.note or "")]
        return next((n for n in named if n), "后来的修改文件")

    def _amended(
        self, article: Article, quotes: tuple[str, ...], wrong: str | None, amending: str, as_of: dt.date
    ) -> tuple[CitationVerdict, str, str | None]:
        """The article is law, but in words that stand in the amending instrument."""
        current = f"《{amending}》"
        changed = f"{article.label}已被{current}修改（{_day(article.stale_from)}起施行），语料中的文本没有并入"
        if not quotes:
            return "verified", f"条文存在；{changed}", current
        if wrong is None:
            return "superseded", f"引文是修改前的文字；{changed}", current
        version = self._library.version_on(amending, as_of)
        if version is not None and all(self._home(version, q) for q in quotes):
            return "verified", f"引文见{current}；{changed}", current
        return "quote_mismatch", f"引文与修改前的文本和{current}都不相符；{changed}", current

    def _unheld(self, found: Resolved, as_of: dt.date) -> tuple[CitationVerdict, str, str | None]:
        mention = found.mention
        if mention.name is None:
            return "out_of_scope", f"“{mention.pointer}”所指的法没有在文中写明，无从核对", None
        name = found.abolished.title if found.abolished else shown(mention.name)
        if found.abolished is not None:
            by, since = found.abolished.by, found.abolished.since
            basis = f"《{by.title}》{found.abolished.article}"
            begun = since or by.span.from_
            if begun is not None and as_of >= begun:
                when = f"自{_day(since)}起已废止" if since else "已废止，废止日期待核"
                detail = f"《{name}》{when}（{basis}）；语料未收录其文本，条文内容没有核对"
                return "repealed", detail, f"《{by.title}》"
            return "out_of_scope", f"语料未收录《{name}》，没有核对（{basis}规定其同时废止）", None
        near = self._titles.containing(mention.name)
        more = f"；注意它不是《{near}》" if near else ""
        return "out_of_scope", f"语料未收录《{name}》，没有核对，不等于引用有误{more}", None

    def _unheld_version(
        self, found: Resolved, ruling: LawVersion, year: int | None, as_of: dt.date
    ) -> tuple[CitationVerdict, str, str | None]:
        which = f"{year}年的文本" if year else "此前的文本"
        held = "、".join(_passed(v) for v in self._library.versions(found.title or ""))
        status = ruling.status_on(as_of)
        if status == "已废止":
            standing = self._standing(found, ruling, ruling, None, as_of)
            assert standing is not None
            return standing[0], f"{standing[1]}；语料未收录其{which}（收录的是{held}的）", standing[2]
        older = year is None or (ruling.version_date is not None and year < ruling.version_date.year)
        if older and status != "尚未施行":
            detail = (
                f"《{found.title}》{which}已不再施行，{_day(as_of)}适用的是{_passed(ruling)}的文本；"
                f"语料未收录{which}，条文内容没有核对"
            )
            return "superseded", detail, f"《{found.title}》（{_passed(ruling)}）"
        return "out_of_scope", f"语料未收录《{found.title}》{which}（收录的是{held}的），没有核对", None

    def _no_article(
        self, found: Resolved, version: LawVersion, as_of: dt.date
    ) -> tuple[CitationVerdict, str, str | None]:
        title, wanted = found.title, found.article
        if wanted is None:
            return "no_such_provision", f"《{title}》第一条之前没有条文", None
        numbers = [a.number for a in self._library.articles_of(version.id) if a.number]
        points = [a for a in self._library.articles_of(version.id) if a.label.startswith("条目")]
        if points and not numbers:
            return "no_such_provision", f"《{title}》共{to_chinese(len(points))}条，没有{wanted}", None
        if not numbers:
            return "no_such_provision", f"《{title}》不分条", None
        last = max(numbers, key=article_key)
        key = article_key(wanted)
        if key < article_key(last) and key[1] == 0 and key[0] > 0:
            detail = f"语料中《{title}》的文本缺{wanted}（可能并入了前一条），待核，不等于引用有误"
            return "out_of_scope", detail, None
        detail = f"《{title}》没有{wanted}，{_passed(version)}的文本到{last}为止"
        if key[1]:
            same = [n for n in numbers if article_key(n)[0] == key[0]]
            detail = f"《{title}》没有{wanted}" + (f"，只有{'、'.join(same)}" if same else f"，到{last}为止")
        other = self._other_version(found, version, as_of)
        return (other[0], f"{detail}；{other[1]}", other[2]) if other else ("no_such_provision", detail, None)

    # -- the same law at another time ---------------------------------------------------------------------------------

    def _others(
        self, found: Resolved, version: LawVersion, as_of: dt.date
    ) -> Iterator[tuple[LawVersion, CitationVerdict]]:
        if found.mention.version is not None:
            return  # who names a text means that text
        for other in reversed(self._library.versions(found.title or "")):
            status = other.status_on(as_of)
            if other.id != version.id and status in ("尚未施行", "已修改"):
                yield other, "not_yet_effective" if status == "尚未施行" else "superseded"

    def _other_version(
        self, found: Resolved, version: LawVersion, as_of: dt.date
    ) -> tuple[CitationVerdict, str, str | None] | None:
        mention = found.mention
        for other, verdict in self._others(found, version, as_of):
            article = self._article(other, found.article)
            if article is None:
                continue
            try:
                piece(article, mention.paragraph, mention.item, mention.subitem)
            except Missing:
                continue
            return verdict, f"{_about(other, verdict)}有这一规定", f"《{found.title}》（{_passed(version)}）"
        return None

    def _quoted_from_other_version(
        self, found: Resolved, quote: str, as_of: dt.date
    ) -> tuple[CitationVerdict, str, str | None] | None:
        version = found.version
        assert version is not None
        for other, verdict in self._others(found, version, as_of):
            article = self._article(other, found.article)
            if article is not None and stands_in(quote, article.text):
                detail = f"引文与{_day(as_of)}适用的{_passed(version)}的文本不符，是{_about(other, verdict)}的文字"
                return verdict, detail, f"《{found.title}》（{_passed(version)}）"
        return None

    # -- quotations ---------------------------------------------------------------------------------------------------

    def _where_it_stands(
        self, found: Resolved, version: LawVersion, article: Article, quote: str, quotable: str
    ) -> str:
        for number, paragraph in enumerate(paragraphs_of(article.text), 1):
            place = f"{article.label}第{to_chinese(number)}款"
            for item in paragraph.items:
                if stands_in(quote, item.text):
                    return f"引文不在所引之处，在{place}第（{to_chinese(item.number)}）项"
            if stands_in(quote, whole(paragraph)):
                return f"引文不在所引之处，在{place}"
        if stands_in(quote, article.text):
            return f"引文不全在所引之处，跨{article.label}的几款"
        home = self._home(version, quote)
        if home is not None:
            return f"引文不在{article.label}，在《{found.title}》{home.label}"
        difference = first_difference(quote, quotable)
        if difference is not None:
            return f"引文与{article.label}不符：引作“{difference[0]}”，条文为“{difference[1]}”"
        return f"《{found.title}》{article.label}没有这样的文字"

    def _home(self, version: LawVersion, quote: str) -> Article | None:
        if version.id not in self._wordings:
            self._wordings[version.id] = [(a, norm(a.text)) for a in self._library.articles_of(version.id)]
        for article, wording in self._wordings[version.id]:
            if stands_in(quote, article.text, wording):
                return article
        return None

    # -- what else ----------------------------------------------------------------------------------------------------

    def _article(self, version: LawVersion | None, number: str | None) -> Article | None:
        if version is None or number is None:
            return None
        found = self._library.article(version.id, number)
        if found is None and version.kind in _POINTS:  # their points 一、二、三 are cited as 条
            found = self._library.get(f"{version.id}#条目{number.removeprefix('第').removesuffix('条')}")
        return found

    def _successor(self, version: LawVersion, article: Article | None) -> tuple[str | None, str]:
        """The instrument that took the place, and the article in it whose wording is close, if one is."""
        titles = [self._titles.lookup(plain(n)) for n in _NAMED.findall(version.ended_by or "")]
        title = next((t for t in titles if t), None) or self._titles.lookup(plain(version.ended_by or ""))
        if title is None:
            return None, ""
        clue = self._alike(article, title) if article else None
        return f"《{title}》", f"；线索（待核）：《{short_title(title)}》{clue.label}文字相近" if clue else ""

    def _alike(self, article: Article, title: str) -> Article | None:
        """The article of `title` that shares most of the wording of `article`; None when none is really similar."""
        key = (article.id, title)
        if key in self._clues:
            return self._clues[key]
        mine = self._grams(article)
        best, score = None, _ALIKE
        for version in self._library.versions(title)[-1:]:
            for other in self._library.articles_of(version.id):
                theirs = self._grams(other)
                if not mine or not theirs:
                    continue
                alike = 2 * len(mine & theirs) / (len(mine) + len(theirs))
                if alike > score:
                    best, score = other, alike
        self._clues[key] = best
        return best

    def _grams(self, article: Article) -> frozenset[str]:
        if article.id not in self._shingles:
            words = norm(article.text)
            self._shingles[article.id] = frozenset(words[i : i + 3] for i in range(len(words) - 2))
        return self._shingles[article.id]

    def _verified(
        self, found: Resolved, version: LawVersion, article: Article | None, quotes: tuple[str, ...], as_of: dt.date
    ) -> str:
        what = "引文与条文一致" if quotes and found.article else "条文存在" if found.article else "该法存在"
        if quotes and not found.article and article:
            what = f"引文见{article.label}"
        doubt = self._doubt(version, article, as_of)
        if doubt:
            return f"{what}；待核：{doubt}"
        return f"{what}，{_day(as_of)}现行有效"


def _rules(version: LawVersion, day: dt.date) -> bool:
    return version.status_on(day) == "现行有效" or (version.status_on(day) == "待核" and _begun(version, day))


def _begun(version: LawVersion, day: dt.date) -> bool:
    return version.span.from_ is not None and version.span.from_ <= day


def _ruled_before(version: LawVersion, day: dt.date) -> bool:
    """Whether the law was in force on a day before this text of it was."""
    return not _begun(version, day) and version.commenced is not None and version.commenced <= day


def _quoted(name: str) -> str:
    return name if "《" in name else f"《{name}》"


def _passed(version: LawVersion) -> str:
    return f"{_day(version.version_date)}通过" if version.version_date else "日期不详"


def _about(version: LawVersion, verdict: CitationVerdict) -> str:
    if verdict == "not_yet_effective":
        return f"自{_day(version.span.from_)}起施行、尚未生效的{_passed(version)}的文本"
    return f"已不再施行的{_passed(version)}的文本"
