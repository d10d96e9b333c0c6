"""Whether the audit log is whole: a row changed, removed, inserted or put elsewhere is found and named."""

import hmac
from collections.abc import Iterable

from assistant.audit.entries import Entry, key_name, seal_of
from assistant.audit.log import Audit
from assistant.schema import Noun

_SHOWN = 100


class Verification(Noun):
    """What the check found. `number` and `seal` are the last row: noted elsewhere, they prove the log up to there."""

    rows: int
    number: int
    seal: str
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.problems


def verify(audit: Audit, anchor: tuple[int, str] | None = None) -> Verification:
    """Look at every row. `anchor`: number and seal of a row as noted at some earlier time outside the database."""
    head = audit.head()
    if head is not None and head[2] and head[2] != key_name(audit.key):
        return Verification(
            rows=0,
            number=head[0],
            seal=head[1],
            problems=("这本日志是用另一把密钥封存的，现在的密钥核不了；请把原来的密钥文件放回数据文件夹",),
        )
    chain = _Chain(audit.key, anchor)
    chain.follow(audit.every())
    return chain.result(head)


class _Chain:
    """One walk along the rows, keeping what does not hold."""

    def __init__(self, key: str, anchor: tuple[int, str] | None) -> None:
        self._key = key
        self._anchor = anchor
        self._problems: list[tuple[int, str]] = []
        self._broken: list[Entry] = []
        self._missing: list[tuple[int, int]] = []
        self._rows = 0
        self._number = 0
        self._seal = ""

    def follow(self, entries: Iterable[Entry]) -> None:
        anchored = False
        for entry in entries:
            self._rows += 1
            follows = entry.number == self._number + 1
            if not follows:
                self._gone(self._number + 1, entry.number - 1)
            if not self._holds(entry, entry.number):
                self._broken.append(entry)
            elif follows and entry.previous != self._seal:
                self._say(entry, "本身完好，但接不上前一行：前一行被改动、换过或插入")
            if self._anchor is not None and entry.number == self._anchor[0]:
                anchored = True
                if entry.seal != self._anchor[1]:
                    self._say(entry, "与当时另行记下的指纹不符：这一行或它之前的行被整段重写过")
            self._number, self._seal = entry.number, entry.seal
        if self._anchor is not None and not anchored:
            self._problems.append((self._anchor[0], f"另行记下的第{self._anchor[0]}行不在日志里"))

    def result(self, head: tuple[int, str, str] | None) -> Verification:
        if head is None:
            self._problems.append((self._number, "缺少日志头，日志末尾是否少了行无从核对"))
        elif head[0] > self._number:
            self._gone(self._number + 1, head[0])
        elif head[0] < self._number:
            what = f"第{head[0] + 1}行至第{self._number}行不在日志头的记录之内，是另外插入的"
            self._problems.append((self._number, what))
        elif head[1] != self._seal:
            self._problems.append((self._number, f"第{self._number}行与日志头记的指纹不符"))
        places = self._places()
        for entry in self._broken:
            self._say(entry, self._why(entry, places))
        found = [what for _, what in sorted(self._problems)]
        shown = found[:_SHOWN]
        if len(found) > _SHOWN:
            shown.append(f"……另有{len(found) - _SHOWN}处")
        return Verification(rows=self._rows, number=self._number, seal=self._seal, problems=tuple(shown))

    def _holds(self, entry: Entry, number: int) -> bool:
        return hmac.compare_digest(entry.seal, seal_of(self._key, number, entry.words, entry.previous))

    def _places(self) -> list[int]:
        """Where a row that was put elsewhere may have come from: the rows that do not hold, and the gaps."""
        numbers = [entry.number for entry in self._broken[:_SHOWN]]
        for first, last in self._missing:
            numbers.extend(range(first, min(last, first + _SHOWN) + 1))
        return numbers[: 3 * _SHOWN]

    def _why(self, entry: Entry, places: list[int]) -> str:
        for number in places if len(self._broken) <= _SHOWN else ():
            if self._holds(entry, number):
                return f"换了位置，原是第{number}行"
        return "内容被改动，或者不是本系统写入的"

    def _gone(self, first: int, last: int) -> None:
        self._missing.append((first, last))
        self._problems.append((first, f"第{first}行被删除" if first == last else f"第{first}行至第{last}行被删除"))

    def _say(self, entry: Entry, what: str) -> None:
        where = f"第{entry.number}行（{entry.at[:19]}，{entry.who}，{entry.action}）"
        self._problems.append((entry.number, where + what))
