"""Where instruments are named in a text: in 《》, by a name that is held, or by a name that only looks like one."""

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, replace

from assistant.law.citations.provisions import FIRST
from assistant.law.citations.reading import Reading, plain
from assistant.law.citations.titles import STATE, Titles

_N = "[零〇一二三四五六七八九十百千两0-9]"
# What may stand between a name and its article.
_PARENS = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]|,?以下简?称(?:为)?[《“]?[^《》“”,。()]{2,20}[》”]?(?=第)")
_GLUE = re.compile(
    rf"[”\"’']?(?:(?:总则|分则|附则|第{_N}{{1,4}}(?:分编|[编章节])|[\u4e00-\u9fff]{{2,6}}编){{1,4}})?,?(?:[的之]|中的?|里的?)?"
)
_VERSION_AFTER = re.compile(r"((?:19|20)\d{2})年?(?:新?修订|修正|修改)?(?:版|文本|本)?的?(?=第)")
_ALIAS = re.compile(
    r"(?:以下|下文|下|文中|本文)?(?:均|统|合)?(?:简称|统称|称|下称)(?:为|作)?:?[《“\"]?([^《》“”\",、:;。()]{2,20}?)[》”\"]?(?:[,、;或].*)?$"
)
_VERSION = re.compile(
    r"((?:19|20)\d{2})(?:年(?:(\d{1,2})月(?:(\d{1,2})日)?)?)?(?:第[一二三四五六七八九十]{1,2}次)?(修订|修正|修改|版|本|文本|公布|颁布|通过|制定|施行|实施)?"
)
_FORMER = re.compile(r"(?:修订前|修正前|修改前|(?<![新守陈破])旧版?|(?<!还)原)的?[《“]?$")
_VERSION_BEFORE = re.compile(r"((?:19|20)\d{2})年?(?:(?:新?修订|修正|修改|版)的?)[《“]?$")

# A name in 《》 that no one holds is an instrument when it ends like one.
_LAWLIKE = re.compile(
    r"(?:法典|(?<![方兵书魔语算做看想说用疗手文技执司违合非依守普枪笔无设办乘除加减])法|条例|规定|办法|细则|规则|解释|规程|准则|通则|总则|宪法|修正案|公约|议定书"
    r"|裁量基准|议事规则|暂行规定|实施意见|管理规范)(?:\((?:试行|暂行|草案|[一二三四五六七八九十]{1,3}|(?:19|20)\d{2}年?[^()]{0,12})\))*"
)
_ABOUT = re.compile(
    r".*(?:关于|有关).*(?:意见|通知|决定|批复|公告|答复|函|复函|解释|规定|办法|决议|纪要|方案|标准)(?:\([^()]{1,20}\))?"
)
_WEAK = re.compile(
    r".*(?:意见|通知|决定|批复|公告|答复|标准|基准|清单|规范|纲要|协定|条约|章程|制度|指南|导则|目录)(?:\([^()]{1,20}\))?"
)

# A longer instrument that begins with the name of another.
_LONGER = re.compile(
    r"(?:的)?(?:实施|施行|执行|适用|配套|补充|若干(?:问题)?的?)(?:条例|细则|办法|规定|解释|规则|意见)(?:\([^()]{1,8}\))?|司法解释"
    r"|修正案(?:\([^()]{1,8}\))?|解释|释义"
)
# 公司法人, 民法典型案例, 行政处罚法定: a word that only begins like a law.
_WORD_GOES_ON = re.compile(
    r"[人律院官庭治学务域盲医警纪宝师则系益意源权币语国家令案界条徽理]|制(?!定)|定(?!的?第)|规(?!定)|规定性|典[型故礼藏]|型|草案"
)

_UNKNOWN = re.compile(r"条例|细则|办法|规定|法典|规则|准则|通则|总则|规程|公约|裁量基准|解释|法")
_PLAIN_WORD = re.compile(
    r"(?:.*[方兵书魔语算做看想说用疗手文技执司违合非依守普枪笔无设乘除加减])法"
    r"|(?:.*(?:有关|相关|上述|前述|以上|以下|下列|如下|其他|另有|法律|法规|规章|公司|单位|学校|内部|一般|明确|明文|合同|协议|章程|条款|特别|具体|本))?"
    r"(?:规定|办法|条例|规则|细则|法|解释|准则|总则|通则|规程|公约|法典)"
)
# 该条例, 有关规定: words that point to an instrument without naming one.
_NO_NAME = re.compile(
    r"(?:(?<!基)本|该|此|(?<![合协])同|上述|前述|上引|前引|有关|相关|以上|以下|下列|如下|其他|公司|单位|合同|协议)的?"
    r"(?:法典|法律|法规|规章|法|条例|规定|办法|细则|规则|解释|决定|准则)$"
)
_LEAD = re.compile(
    rf"第{_N}{{1,9}}(?:条(?:之{_N}{{1,3}})?|款|项)(?!例)(?:的?规定)?|"
    r"除了?|根据|依据|依照|按照|参照|遵照|比照|对照|违反|违背|触犯|适用|援引|引用|遵守|不?符合|认为|认定|以及|或者|同时|此外|另外|并且|因此|所以|但是|如果|我国|现行|"
    r"新修[订正]|修[订改正]后|应当|不得|当事人|被告人?|原告|申请人|涉嫌|本案|作出|其中|包括|例如|比如|譬如|详见|参见|参考|查看|查询|请问|什么是|对于|就是|即是|那么|"
    r"依法|系指|属于|构成|规定于|基于|鉴于|由于|结合|查阅|解释一下|了|是"
)
# Words that may stand right before a short name, though a longer name may hold them.
_OPENER = re.compile(
    r"(?:规定|所称|实施|执行|是否|具备|具有|享有|履行|承担|提出|办理|提交|收到|贯彻|落实|学习|宣传|修改|修订|制定|颁布|通过|解释"
    r"|理解|讨论|纳入|写入|关于|引述|评析|研究|分析|讲解|本院|本局|本机关|我局|分局|认可|检索|翻阅)$"
)
_HEAD_CHARS = "的在由对和与及或并据依按照将把被向从以为其即如因又也且而但则均都就至到于比看查问说讲引见该此有用、中"
_REGION = re.compile(
    r"(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
    r"|深圳|厦门|珠海|汕头|外国|(?<![我全中本各该])国|日本|德意志|俄罗斯|新加坡|欧盟|欧洲"
    r"|[\u4e00-\u9fff]{2}(?<![超城上股门我本全该各夜都])(?:省|市|自治[区州县旗]|(?<![地小社校园片辖市城景库山])区|(?<![本该我各全])县))(?:的)?$"
)


# Words that begin names of instruments and whose first character is also a preposition.
_WORD = re.compile(
    r"看守|见义勇为|就业|用水|用电|用地|用人|中外|中国|中央|中小|中医|中药|中等|中学|引航|引渡|引进|查处|对外|因公"
    r"|以工代赈|有线|并购|在华|从业|从事|问责|按揭|依法行政|向社会|被征"
)
_NOT_NAME = re.compile(r"[^\u4e00-\u9fff()]")
_STATE_BEFORE = re.compile(rf"{STATE}[\u4e00-\u9fff]{{1,20}}(?<![和与及或])$")


@dataclass(frozen=True, slots=True)
class VersionTag:
    """The text of a law as its citer names it: a year, perhaps a day, and what happened then.

    Without a year it is the text before the one in force (旧《行政处罚法》).
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A place where an instrument is named. `tail` is where its article may begin."""

    start: int
    end: int
    key: str
    tail: int
    version: VersionTag | None = None
    alias: str | None = None
    law: bool = True  # False: a title in 《》 that is no instrument (a book, a contract)
    bracketed: bool = False


def version_tag(text: str) -> VersionTag | None:
    """`2021年1月22日修订` as a tag; the last one counts when several are named."""
    found = None
    for match in _VERSION.finditer(text):
        if match[4] or match.group(0) == text or match[2]:
            found = match
    if found is None:
        return None
    return VersionTag(int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None, found[4])


def _after(text: str, end: int) -> tuple[int, int, VersionTag | None, str | None]:
    """What follows a name: where the name with its brackets ends, where an article may begin, version and alias."""
    version, alias, pos, name_end = None, None, end, end
    for _ in range(3):
        parens = _PARENS.match(text, pos)
        if parens is None or ("《" in parens[0] and "称" not in parens[0]):
            break
        inner = parens[0].strip("()[],")
        defined = _ALIAS.search(inner) if "称" in inner else None
        tag = version_tag(inner)
        if defined:
            alias = alias or defined[1]
        if tag:
            version = tag
            name_end = parens.end()
        pos = parens.end()
    after = _VERSION_AFTER.match(text, pos)
    if after is not None and version is None:
        version, pos = VersionTag(int(after[1]), event="修订"), after.end()
    glue = _GLUE.match(text, pos)
    return name_end, glue.end() if glue else pos, version, alias


def _brackets(text: str) -> list[tuple[int, int]]:
    """Outermost spans in 《》, nested ones inside; an opening mark without its closing one is passed over."""
    if "《" not in text:
        return []
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer("[《》]", text):
        if match[0] == "《":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if match.end() - start <= 160:
                while pairs and pairs[-1][0] > start:
                    pairs.pop()
                pairs.append((start, match.end()))
    return pairs


def _name(text: str, start: int, end: int, key: str, *, bracketed: bool, law: bool = True) -> Name:
    name_end, tail, version, alias = _after(text, end)
    before = _VERSION_BEFORE.search(text[max(0, start - 10) : start])
    if version is None and before:
        version = VersionTag(int(before[1]), event="修订")
    elif version is None and _FORMER.search(text, max(0, start - 6), start):
        version = VersionTag(None)
    return Name(start, name_end, key, tail, version, alias, law, bracketed)


def _bracketed(text: str, titles: Titles | None) -> list[Name]:
    found = []
    for start, end in _brackets(text):
        key = text[start + 1 : end - 1].strip("“”\"'")
        if key.startswith("《") and key.endswith("》"):  # 《《食品安全法》》
            key = key.strip("《》")
        held = titles is not None and (titles.lookup(key) is not None or key in titles.abolished)
        inner_version = None
        if not held:
            opening = key.rfind("(")
            if opening > 0 and key.endswith(")") and (tag := version_tag(key[opening + 1 : -1])):
                stripped = key[:opening]
                if titles is None or titles.lookup(stripped) is not None or _ends_like_law(stripped):
                    key, inner_version = stripped, tag
                    held = titles is not None and titles.lookup(key) is not None
        name = _name(text, start, end, key, bracketed=True)
        followed = FIRST.match(text, name.tail) is not None
        law = (
            held
            or _ends_like_law(key)
            or _ABOUT.fullmatch(key) is not None
            or (followed and _WEAK.fullmatch(key) is not None)
        )
        found.append(replace(name, version=name.version or inner_version, law=law))
    return found


def _ends_like_law(key: str) -> bool:
    last: re.Match[str] | None = None
    for last in _LAWLIKE.finditer(key):  # noqa: B007 - only the last one matters
        pass
    return last is not None and last.end() == len(key) and len(key) >= 2


class _Covered:
    """Spans already taken, to keep one place from being read twice."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [s for s, _ in self._spans]

    def holds(self, at: int) -> bool:
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and self._spans[i][0] <= at < self._spans[i][1]


def _opens_well(text: str, start: int, gaps: Collection[int]) -> bool:
    """Whether a short name may begin at `start`: after a mark, a space or a word that leads to a citation."""
    if start == 0 or start in gaps:
        return True
    before = text[start - 1]
    if not "\u4e00" <= before <= "\u9fff" or before in _HEAD_CHARS:
        return True
    last: re.Match[str] | None = None
    for last in _LEAD.finditer(text, max(0, start - 6), start):  # noqa: B007 - only the last one matters
        pass
    if last is not None and last.end() == start:
        return True
    return _OPENER.search(text, max(0, start - 4), start) is not None


def _known(text: str, titles: Titles, taken: _Covered, gaps: Collection[int]) -> list[Name]:
    found: list[Name] = []
    previous = -1
    for match in titles.pattern.finditer(text):
        start, end, key = match.start(), match.end(), match[0]
        if taken.holds(start):
            continue
        own = key.startswith(STATE) or start == previous
        if not own:
            if _REGION.search(text[max(0, start - 8) : start]):
                continue
            # A long law's name is seldom the end of another; a short one (保险法), or an ordinance's, often is.
            if (len(key) <= 4 or not key.endswith("法")) and not _opens_well(text, start, gaps):
                continue
            if _STATE_BEFORE.search(text, max(0, start - 30), start):
                continue
        name = _name(text, start, end, key, bracketed=False)
        followed = FIRST.match(text, name.tail) is not None
        if not followed:
            longer = _LONGER.match(text, end)
            if longer and not (longer[0] in ("解释", "释义") and titles.lookup(key)):
                if FIRST.match(text, _after(text, longer.end())[1]) is None:
                    full = key + longer[0]
                    found.append(_name(text, start, longer.end(), full, bracketed=False))
                    previous = longer.end()
                continue
            if key.endswith(("法", "法典")) and _WORD_GOES_ON.match(text, end):
                continue
            if len(key) < 4 and name.alias is None:
                continue
        # “食品安全法”第三条: the marks belong to the name.
        if text[end : end + 1] == "”" and text[start - 1 : start] == "“":
            name = replace(name, start=start - 1, end=max(name.end, end + 1))
        found.append(name)
        previous = end
    return found


def _left_edge(text: str, end: int, floor: int) -> int:
    """Where a name nobody holds begins, judged by the words that lead to it."""
    start = max(floor, end - 40)
    for other in _NOT_NAME.finditer(text, start, end):
        start = other.end()
    run = text[start:end]
    at = run.rfind(STATE)
    if at >= 0:
        return start + at
    for lead in _LEAD.finditer(run):
        if lead.end() <= len(run) - 3:
            at = max(at, lead.end())
    cut = start + max(at, 0)
    while cut < end - 3 and text[cut] in _HEAD_CHARS + "()" and not _WORD.match(text, cut):
        cut += 1
    return cut


def _unknown(text: str, known: list[Name], taken: _Covered) -> list[Name]:
    """Names that end like an instrument and are followed by an article, though no one holds them."""
    tails = {n.end for n in known} | {n.tail for n in known}
    ends = sorted(tails)
    found: list[Name] = []
    for match in _UNKNOWN.finditer(text):
        end = match.end()
        if end in tails or taken.holds(match.start()):
            continue
        following = _after(text, end)
        article = FIRST.match(text, following[1])
        if article is None or not article[0].startswith("第"):
            continue
        i = bisect_right(ends, end - 1) - 1
        start = _left_edge(text, end, ends[i] if i >= 0 else 0)
        key = text[start:end]
        if len(key) < 3 or _PLAIN_WORD.fullmatch(key) or _NO_NAME.search(text, max(0, end - 8), end):
            continue
        trial = re.match(r"\((?:试行|暂行)\)", text[end : end + 4])
        if trial:
            key += trial[0]
        found.append(_name(text, start, end, key, bracketed=False))
    return found


def _aliased(text: str, names: list[Name], taken: _Covered, gaps: Collection[int]) -> list[Name]:
    """Later uses of short names that the text itself defines (以下简称……)."""
    defined: dict[str, int] = {}
    for name in names:
        if name.alias and name.law:
            defined.setdefault(name.alias, name.end)
    words = sorted((a for a in defined if not a.startswith(("本", "该"))), key=len, reverse=True)
    if not words:
        return []
    found = []
    for match in re.finditer("|".join(map(re.escape, words)), text):
        start, key = match.start(), match[0]
        if start < defined[key] or taken.holds(start) or not (_opens_well(text, start, gaps) or len(key) > 4):
            continue
        name = _name(text, start, match.end(), key, bracketed=False)
        if FIRST.match(text, name.tail) or (len(key) >= 4 and not _WORD_GOES_ON.match(text, match.end())):
            found.append(name)
    return found


def find_names(text: str, titles: Titles | None, gaps: Collection[int] = ()) -> list[Name]:
    """Every instrument named in a Reading's text, in order.

    Without `titles` names that stand outside 《》 are told by their endings alone.
    `gaps` are the places where white space was taken out.
    """
    brackets = _bracketed(text, titles)
    taken = _Covered([(n.start, n.tail) for n in brackets])
    known = _known(text, titles, taken, gaps) if titles else []
    unknown = _unknown(text, known + brackets, taken)
    covered = _Covered([(n.start, n.end) for n in [*brackets, *known, *unknown]])
    aliased = _aliased(text, brackets + known + unknown, covered, gaps)
    names = sorted([*brackets, *known, *unknown, *aliased], key=lambda n: (n.start, -n.end))
    out: list[Name] = []
    for name in names:
        # A short name inside its own definition is no citation: （以下简称《处罚法》）.
        if not out or name.start >= max(out[-1].end, out[-1].tail):
            out.append(name)
    return out


def own_title(reading: Reading, titles: Titles | None) -> str | None:
    """The instrument that a text itself is, where its first line is a title: its 本条例 then means itself."""
    line = plain(next((part for part in reading.original[:2000].splitlines() if part.strip()), "")).lstrip("#")
    line = line.strip("《》")
    if not 3 <= len(line) <= 60 or "第" in line[:1] or re.search(r"[。,;:!?]", line):
        return None
    return line if _ends_like_law(line) or (titles is not None and titles.lookup(line)) else None
