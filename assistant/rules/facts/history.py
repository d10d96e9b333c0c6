"""What the party did before: first violation, earlier penalties, repetition."""

import re
from collections.abc import Iterator

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.mentions import Mention
from assistant.rules.facts.numbers import whole

_ONCE = "(?:首次|初次|第一次|头一次|头一回|第一回|头回)"
_ACTED = (
    r"(?:漏[报缴办交]|忘(?:了|记)?|未(?:按|依法|经|取得|办理)|没(?:按|办|交|贴|挂|有按)|违(?:法|规|反|章|停)|无证|无照"
    r"|超[范速载员]|占道|擅自|乱[扔停倒]|闯红灯|逆行|酒后|(?:销售|卖|经营)(?:过期|假)|发布虚假)"
)
_CAUGHT = (
    r"(?:(?:被|遭|让人?)(?:[^，。；、□未没]{0,6}?)发现|(?:(?:被|遭|让人?)(?:[^，。；、□未没]{0,6}?))?"
    r"(?:查处|查到|查获|查出|查着|抓|抓到|抓住|逮|查(?![阅看询验])|罚|处理|举报|投诉|通报))(?!检查|申报|报案|问题线索)"
)
_FIRST = re.compile(
    rf"(?<!检查)(?:{_ONCE}(?:因[^，。；]{{1,10}})?{_CAUGHT}(?:到|了|的)?(?:此类|该类|这类|这种|同类|上述)?(?:行为|情况|问题|现象)?"
    rf"(?=[，。；、！\n）)]|$|的|了|且|并|没|未|有)|{_ONCE}{_ACTED}|{_ONCE}(?:犯|干|做)(?:这|此|那)(?:种|类)?(?:事|错|行为)?"
    rf"|{_ONCE}(?:被(?:发现|查处|查到|查获|抓))?(?:[^，。；、]{{0,4}}(?:实施|出现|发生|从事|涉及))?(?:该|此|这|上述|同)?(?:类|种|项)?"
    rf"(?:轻微)?(?:行政)?(?:违法|违规|违章|违反|触犯|犯错|犯)"
    rf"|(?:系|属于?|是|为|情节：|：){_ONCE}(?:被发现(?:该类|此类)?违法行为)?(?=$|[，。；、！\n]|且|并|了)"
    rf"|(?:^|(?<=[，。；、：\n])){_ONCE}(?=$|[，。；、\n])|(?:首违|初犯|首犯)(?!不罚|免罚|不予|免予|清单|从轻))"
)
_DENIED = re.compile(r"(?:并非|不是|不属于?|不系|不属|不构成|非)(?:系|属于|是)?$")
_UNSURE = re.compile(
    r"(?:难以|不能|无法|未能|不排除|不符合|没有|是否|有无|要求|请求|申请|希望|按照?|视为|作为|视同)[^，。]{0,6}$|(?:不排除|不知)[^，。]{0,6}$"
)
_CLEAN_RECORD = re.compile(
    r"(?:没有|无|未有|从无|并无)(?:任何|相关|同类)?(?:行政)?(?:违法|违规)(?:犯罪)?(?:行为)?(?:的)?(?:记录|前科|历史)"
    r"|(?:从来没有?|从未|从没有?|未曾|不曾)(?:有过)?(?:违过?法|违法过?|违规过?|违过规)(?!所得)"
)
_UNPUNISHED = re.compile(
    r"(?:没有|无|未有|并无)(?:任何|相关|同类)?(?:行政)?处罚(?:的)?(?:记录|前科|历史)"
    r"|(?:没有|没|从来没有?|从未|从没有?|未曾|未|不曾)(?:因[^，。]{0,12})?(?:被|受到?过?|受过|遭)[^，。]{0,8}?(?:处罚|罚款|罚)过?"
)
_BEFORE = re.compile(r"此前|之前|以前|从来|从未|未曾|不曾|记录|前科|历史|过|成立|从没")
_WINDOW = re.compile(r"近?[一二两三四五\d]{1,3}年(?:以?内|来)|本年度|今年(?:以来)?|近期")
_PUNISHED = re.compile(
    r"(?:曾经?|此前|之前|以前|先前|前[一二两三]次|去年|前年|上次|早前|上个?月|前不久|刚刚?|20\d\d年[^，。]{0,12}?已?)(?:就|已|都|也|因|在|于|被|受|曾|经)?[^，。；□]{0,24}?"
    r"(?:(?:被|受到?过?|给予|受过|遭)[^，。；□]{0,10}?(?:处罚|罚款|罚过|查处|罚了)|罚过|罚了款|受过[^，。]{0,4}处罚)|(?<![没未不])(?:被)?罚过(?:款|钱)?[^，。；]{0,4}?(?:[\d一二两三几百千]+)(?:元|块|次|回)"
)
_HAS_PAST = re.compile(
    r"曾|此前|之前|以前|先前|前[一二两三]次|去年|前年|上次|早前|上个?月|前不久|刚|已被|[两二三四五多]次因|分别因|罚过|受过|因同|因类"
)
_THIS_TIME = re.compile(r"^[^。；]{0,20}(?:本次|此次|这次)")
_SAME = re.compile(r"同类|同样|同一|相同|类似|这个|此类|该类|再次")
_RECORDED = re.compile(
    r"(?<![没无否未])有(?:(?P<n>[一二两三四五六七八九十\d]{1,2})次)?(?P<same>同类|相同|类似)?(?:的)?(?:行政)?(?:违法|处罚)(?:的)?(?:记录|前科)"
)
_TIMES = re.compile(r"(?P<n>[一二两三四五六七八九十\d]{1,3})次")
_AGAIN = re.compile(
    r"(?:本次)?(?:属|系|属于)?再次(?:违法|违规|违反|实施|被查|被发现|被举报|出现(?:同类|上述)|占道|发生(?:同类|该类|上述))|再犯(?!罪)|屡次|屡教不改|屡罚"
    r"|屡犯|又(?:一次)?被(?:查|抓|罚)|多次(?:违法|违规|被罚|被查处|因[^，。]{0,10}(?:处罚|罚))"
)
_NTH = re.compile(
    r"(?:第|(?:本次|此次|这次)[为系属是](?:第)?)(?P<n>[二三四五六七八九十两\d]{1,3})[次回](?:被|违法|违规|违反|因[^，。]{0,12}被|酒后|占道)(?!检查)"
)


def read(telling: Telling) -> Iterator[Mention]:
    """first_violation, prior_violations, repeated."""
    text = telling.asserted
    yield from _first(text)
    yield from _clean(text)
    yield from _punished(text)
    yield from _recorded(text)
    for match in _AGAIN.finditer(text):
        if _DENIED.search(text[max(0, match.start() - 6) : match.start()]) or text[
            match.start() - 1 : match.start()
        ] in ("未", "无"):
            continue
        yield Mention("repeated", True, match.start(), match.end())
        yield Mention("first_violation", False, match.start(), match.end())
    for match in _NTH.finditer(text):
        count = whole(match["n"])
        if count and count > 1 and not _DENIED.search(text[max(0, match.start() - 6) : match.start()]):
            yield Mention("prior_violations", count - 1, match.start(), match.end())
            yield Mention("first_violation", False, match.start(), match.end())
            yield Mention("repeated", True, match.start(), match.end())


def _first(text: str) -> Iterator[Mention]:
    for match in _FIRST.finditer(text):
        word = re.search(rf"{_ONCE}|首违|初犯|首犯", match[0])
        start = match.start() + (word.start() if word else 0)
        before = text[max(0, start - 12) : start]
        clause = re.split(r"[，。；！？\n□]", before)[-1]
        if re.search(r"(?:不是|并非|不属于?|不系|非|不构成)(?:系|属于|是)?$", clause):
            begin = start - len(re.search(r"(?:不是|并非|不属于?|不系|非|不构成)(?:系|属于|是)?$", clause)[0])  # type: ignore[index]
            yield Mention("first_violation", False, begin, match.end())
        elif not _UNSURE.search(clause):
            yield Mention("first_violation", True, start, match.end())
    for match in re.finditer(rf"(?:不是|并非|不属于?){_ONCE}(?=了|$|[，。；、])", text):
        yield Mention("first_violation", False, match.start(), match.end())


def _clean(text: str) -> Iterator[Mention]:
    for match in _CLEAN_RECORD.finditer(text):
        if _WINDOW.search(_clause_of(text, match.start())):
            continue
        yield Mention("first_violation", True, match.start(), match.end())
        yield Mention("prior_violations", 0, match.start(), match.end())
    for match in _UNPUNISHED.finditer(text):
        clause = _clause_of(text, match.start())
        if _WINDOW.search(clause) or not _BEFORE.search(clause) or re.search("否认|不予", clause):
            continue
        yield Mention("prior_violations", 0, match.start(), match.end())


def _punished(text: str) -> Iterator[Mention]:
    for match in _PUNISHED.finditer(text):
        clause = _clause_of(text, match.start())
        if (
            not _HAS_PAST.search(match[0])
            or _UNPUNISHED.search(clause)
            or re.search("否认|没有|未曾|从未|不曾", match[0])
        ):
            continue
        yield Mention("first_violation", False, match.start(), match.end())
        if _SAME.search(clause):
            yield Mention("repeated", True, match.start(), match.end())
        end = match.end()
        tail = re.match(r"过?了?(?:款)?(?:[^，。；\d]{0,2})", text[end:])
        rest = text[match.start() : end + (tail.end() if tail else 0) + 4]
        times = [
            t
            for t in _TIMES.finditer(re.split(r"[，。；\n]", rest)[0])
            if rest[max(0, t.start() - 1) : t.start()] not in ("第", "上", "本", "这", "此")
        ]
        if times and (count := whole(times[0]["n"])) is not None:
            yield Mention("prior_violations", count, match.start(), max(end, match.start() + times[0].end()))


def _recorded(text: str) -> Iterator[Mention]:
    for match in _RECORDED.finditer(text):
        head = re.split(r"[，。；\n□]", text[max(0, match.start() - 16) : match.start()])[-1]
        if re.search(r"是否|有没$|如$|未|没|无", head):
            continue
        yield Mention("first_violation", False, match.start(), match.end())
        if match["same"]:
            yield Mention("repeated", True, match.start(), match.end())
        if match["n"] and (count := whole(match["n"])):
            yield Mention("prior_violations", count, match.start(), match.end())


def _clause_of(text: str, at: int) -> str:
    left = max(text.rfind(mark, 0, at) for mark in "，。；\n！？")
    rights = [p for mark in "，。；\n！？" if (p := text.find(mark, at)) >= 0]
    return text[left + 1 : min(rights, default=len(text))]
