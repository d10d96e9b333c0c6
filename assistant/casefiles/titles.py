"""The titles of documents: what kind a line, a file's name, an entry of a list, or a whole text says it is."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from assistant.schema import DocumentKind

_LONGEST = 60
_LONGEST_LOOSE = 26
_LONGEST_NEW = 30
_LONGEST_ENTRY = 40
_GAPS = re.compile(r"\s+")
_BRACKETED = re.compile(
    r"(?:[（(][^（）()]{0,24}[）)]|第?[0-9一二三四五六七八九十]{1,2}次|之[一二三四五六七八九十]|存根|副本|正本|样式|[0-9]{1,2}"
    r"|续页?|第\d{1,3}页(?:[，,/]?共\d{1,3}页)?)+$"
)
_OWN_NUMBER = re.compile(
    r"(?:[（(]?(?:文书?号|编号|案号|字号)[：:]?)?[\u4e00-\u9fffA-Z（）]{0,14}[〔\[［(（【﹝](?:19|20)\d{2}[〕\]］)）】﹞]"
    r"[\u4e00-\u9fff]{0,4}第?[\dA-Z\-—]{1,12}号?[）)]?$"
)
_ORNAMENT = re.compile(r"^[〔【\[=#*■●◆★☆▲◎○—\-~·\s]+|[〕】\]=#*■●◆★☆▲◎○—\-~·\s]+$")
_NUMBERED = re.compile(
    r"^[\[【（(]?[0-9]{1,2}[\]】）)]|"
    r"^(?:(?:文书|材料|文件|附卷)?[之第]?[0-9一二三四五六七八九十]{1,3}[.．、:：)）]|[（(][0-9一二三四五六七八九十]{1,3}[）)])"
)
_NO_PREFIX = re.compile(
    r"送达|名称|^见|详见|参见|^附|依据|根据|收到|制作|填写|出具|下达|作出|发出|签收|不服|应当|已经|现将"
    r"|(?:本|该|此|上述)(?:处罚|决定|行政|通知|告知|案|局|机关|单位|文书)|(?<=[书录表])[和及或]|以及|、"
)
_SUFFIX = re.compile(
    r"(?:书|表|笔录|记录|报告|回证|回执|凭证|清单|收据|票据|目录|函|纪要|单|凭据|公告|通知|发票|记载|意见)$"
)
_AFTER_WORDS = re.compile(
    r"(?:书|表|单|联|函|报告|记录|笔录|清单|凭证|意见|意见书|意见表|通知|通知书|决定|决定书|告知书|审批表|呈批表|登记表|审核表"
    r"|申请书|声明|声明书|指令书|登记卡|收据|票据|公告|回证|回执|书面?意见|处理记录|处理单|处理表|处理清单|会议记录|会议纪要|会记录|会纪要"
    r"|情况记录|情况表|情况|结果|报告书|报告表|复印件)?"
)
_NEW = re.compile(
    r"(?:书|表|笔录|记录|报告|回证|回执|凭证|清单|收据|票据|目录|函|纪要|单|公告|通知|通告|照片|复印件|证明|说明|声明|请示|批复"
    r"|方案|底稿|登记卡|传唤证|签到册)$"
)
_JOINED = re.compile(r"[、／/]|(?<=[\u4e00-\u9fff])(?:及|与|和|并)(?=[\u4e00-\u9fff]{2})")
_LEAD = re.compile(r"^([\u4e00-\u9fff]{4,16})(?:[（][^（）]{0,24}[）])?[：:]")
_ATTACHED = re.compile(r"^附(?:件|：|:|\d)")
_MARKS = re.compile(r"[：:《》。；？?！!，,|]")


class Titles:
    """Recognises the titles of documents."""

    def __init__(self, kinds: Sequence[DocumentKind]) -> None:
        self._kinds = tuple(kinds)
        pairs = [(_plain(title), kind) for kind in kinds for title in kind.titles]
        self._titles = sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)
        self._ending: dict[str, list[tuple[str, DocumentKind]]] = {}
        for pair in self._titles:
            self._ending.setdefault(pair[0][-1], []).append(pair)
        self.by_name = {kind.name: kind for kind in kinds}

    def read(self, text: str) -> DocumentKind | None:
        """The kind whose title a line is; None for a line that is none, or only mentions one."""
        if "|" in text or len(text) > 2 * _LONGEST:
            return None
        words = _bare(text)
        if words and (number := self._number_after(words)) is not None:
            words = words[:number]
        if not words or len(words) > _LONGEST or words[-1] in "。；，：:;,、" or re.search(r"[：:《》。；]", words):
            return None
        if _ATTACHED.match(words):
            return None
        for bare in dict.fromkeys((words, _BRACKETED.sub("", words))):
            for title, kind in self._ending.get(bare[-1:], ()):
                if bare.endswith(title) and not _NO_PREFIX.search(bare[: len(bare) - len(title)]):
                    return kind if not _excluded(kind, bare) else None
        return self._loosely(_BRACKETED.sub("", words))

    def entry(self, words: str) -> list[DocumentKind]:
        """The kinds that an entry of a list names, which writes shorter than a title does: 立案审批, 扣押决定."""
        plain = re.sub(r"(?:(?:19|20)\d{2}[年.\-/]|\d{1,2}月\d{1,2}日).*$", "", _bare(words))
        bare = _BRACKETED.sub("", re.sub(r"[.．…·\s]*[0-9\-—–]*$", "", plain))
        if len(bare) > _LONGEST_ENTRY:
            return self.named_in(words)
        if not bare:
            return []
        if (kind := self.read(bare)) is not None and not _JOINED.search(bare):
            return [kind]
        named = self.named_in(bare)
        if named:
            return named
        found = [self.read(part) or self._short(part) for part in _JOINED.split(bare) if len(part) >= 3]
        return [kind for kind in found if kind is not None]

    def several(self, text: str) -> list[DocumentKind]:
        """The kinds of a title that names more than one: 送达回证、缴款凭证、结案审批; empty for any other line."""
        words = _BRACKETED.sub("", _bare(text))
        if not 6 <= len(words) <= 36 or not _JOINED.search(words) or _MARKS.search(words):
            return []
        kinds = [self.read(part) or self._short(part) for part in _JOINED.split(words)]
        return [kind for kind in kinds if kind is not None] if all(kinds) and len(set(kinds)) > 1 else []

    def leads(self, text: str, kinds: Sequence[DocumentKind]) -> DocumentKind | None:
        """The one of several kinds with whose name a line begins: `法制审核（2026年8月6日）：……`."""
        match = _LEAD.match(_plain(text))
        if match is None:
            return None
        return next((kind for kind in kinds if self._short(match[1]) is kind or self.read(match[1]) is kind), None)

    def _short(self, words: str) -> DocumentKind | None:
        """The kind of which words are the beginning of a title, or hold the words: 立案审批, 扣押决定, 集体讨论."""
        if len(words) < 4:
            return None
        title = next(((t, k) for t, k in reversed(self._titles) if t.startswith(words) or words in t), None)
        if title is not None:
            return title[1]
        return self._loosely(words, short=True)

    def numbered(self, text: str) -> DocumentKind | None:
        """The same for a title with its place in the file before it: `三、询问笔录`, `文书5：送达回证`."""
        words = _bare(text)
        bare = _NUMBERED.sub("", words)
        if bare == words:
            return None
        short = self.entry(bare) if len(bare) <= _LONGEST_LOOSE and not _MARKS.search(bare) else []
        return self.read(bare) or (short[0] if len(short) == 1 else None)

    def some(self, text: str) -> bool:
        """Whether a line has the form of a title, of whatever kind."""
        words = _BRACKETED.sub("", _bare(text))
        return (
            3 <= len(words) <= _LONGEST_NEW
            and _NEW.search(words) is not None
            and not _MARKS.search(words)
            and not _ATTACHED.match(words)
            and not _NUMBERED.match(words)
            and not _NO_PREFIX.search(words)
        )

    def by_content(self, tight: str) -> DocumentKind | None:
        """The kind whose words a text without a known title holds; the kind that asks for most of them."""
        best: tuple[int, DocumentKind] | None = None
        for kind in self._kinds:
            for marks in kind.content:
                if all(mark in tight for mark in marks) and not any(mark in tight for mark in kind.not_content):
                    weight = sum(map(len, marks))
                    if best is None or weight > best[0]:
                        best = (weight, kind)
        return best[1] if best else None

    def _number_after(self, words: str) -> int | None:
        """Where the document's own number begins that stands on the line of its title; None where none does."""
        for match in re.finditer("[书表录单证函告]", words):
            at = match.end()
            tail = words[at:]
            if tail and _OWN_NUMBER.fullmatch(tail) and self.read(words[:at]) is not None:
                return at
        return None

    def exactly(self, text: str) -> bool:
        """Whether a line is a title that the data lists and nothing else."""
        words = _bare(text)
        return any(words == title for title, _ in self._ending.get(words[-1:], ()))

    def in_name(self, name: str) -> DocumentKind | None:
        """The kind that a file's name tells of."""
        words = re.sub(r"^[\d\s._\-－、（）()]+", "", _plain(PurePosixPath(name).stem))
        return next((kind for title, kind in self._titles if title in words), None) or self._loosely(words)

    def named_in(self, words: str) -> list[DocumentKind]:
        """Every kind that a text names, in order; where titles overlap the longest counts."""
        found: list[tuple[int, DocumentKind]] = []
        left = _plain(words)
        for title, kind in self._titles:
            while (at := left.find(title)) >= 0:
                found.append((at, kind))
                left = left[:at] + "\0" * len(title) + left[at + len(title) :]
        return [kind for _, kind in sorted(found, key=lambda pair: pair[0])]

    def _loosely(self, words: str, *, short: bool = False) -> DocumentKind | None:
        """The kind whose words a line holds, if the line has the form of a title; the most words count."""
        if len(words) > _LONGEST_LOOSE or not (short or _SUFFIX.search(words)):
            return None
        best: tuple[int, DocumentKind] | None = None
        for kind in self._kinds:
            for together in kind.words:
                said = sum(map(len, together))
                if all(word in words for word in together) and (best is None or said > best[0]):
                    first = min(words.find(word) for word in together)
                    last = max(words.rfind(word) + len(word) for word in together)
                    if _excluded(kind, words) or not _AFTER_WORDS.fullmatch(re.sub("[（）]", "", words[last:])):
                        continue
                    if not _NO_PREFIX.search(words[:first]):
                        best = (said, kind)
        return best[1] if best else None


def _excluded(kind: DocumentKind, words: str) -> bool:
    return any(word in words for word in kind.unless)


def _bare(text: str) -> str:
    return _ORNAMENT.sub("", re.sub("[【】]", "", _plain(text)))


def _plain(text: str) -> str:
    return _GAPS.sub("", text).replace("(", "（").replace(")", "）")
