"""A message read as the answer to what was asked: 第一次, 初次违法：是, 货值三千, 说错了，不是第一次."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.desk.opencase import OpenCase
from assistant.errors import InputError
from assistant.rules.consistency import CHINESE, read_given
from assistant.rules.fact_fields import kind_of
from assistant.rules.fact_fields import label_of as fact_label
from assistant.rules.facts import read
from assistant.rules.facts.dates import find as dates_in
from assistant.rules.facts.numbers import NUMBER, number
from assistant.rules.proposals import Proposal, amount_in, proposal_in
from assistant.rules.questions import PICK
from assistant.rules.weighing import BASIS
from assistant.schema import CheckedCitation, Known, MissingFact

_YES = re.compile(r"(?:是|是的|对|对的|有|有的|没错|属实|嗯|确实|能|是啊|当然)(?:的|了|啊)?")
_NO = re.compile(
    r"(?:否|不|不是|没有|没|无|不是的|不对|并没有|没有的|没有过|不属于|不能)(?:的|了|啊|这种情况|这回事|这个情况)?"
)
_SUPPOSED = re.compile(r"^(?:那么?)?(?:如果|要是|假如|假设|倘若|若(?:是)?)")
_ENDS = re.compile(r"(?:的话)?[，,]?(?:呢|会怎么?样|怎么办|结果呢|又?如何)?[。！!？?\s]*$")
_CHANGED = re.compile(r"^(?:那么?|再|就)?(?:给他|把它)?(?:改|换|降|提|减|加|调)(?:成|为|到|低|高)")
_PAIR = re.compile(r"[\n；;]")
_FINE = "拟罚款"
_BASIS_LABEL = "处罚依据"


@dataclass(frozen=True)
class Reply:
    """What a message answers. `told` are its words where they tell of the case, '' for a button or a bare answer."""

    facts: Mapping[str, Known[Any]] = field(default_factory=dict)
    proposal: Proposal = field(default_factory=Proposal)
    told: str = ""
    supposed: bool = False
    unclear: str = ""  # why the message answers nothing, in Chinese

    @property
    def empty(self) -> bool:
        return not self.facts and self.proposal == Proposal()


def label_of(fact: str) -> str:
    """The name of a fact as a person answers it: 初次违法, 改正情况, or what a list calls it."""
    if fact == "basis":
        return _BASIS_LABEL
    if fact == "fine":
        return _FINE
    return fact_label(fact)


def supposed(text: str) -> str | None:
    """The supposition of a what-if (那如果是再犯呢 → 是再犯); None when the message supposes nothing."""
    return _ENDS.sub("", _SUPPOSED.sub("", text)) if _SUPPOSED.search(text) else None


def reply(text: str, case: OpenCase, today: dt.date, cited: Sequence[CheckedCitation] = ()) -> Reply | None:
    """What a message answers in an open case; None when it is no answer and asks something of its own.

    InputError for a value that cannot be: nothing of the message is taken then.
    """
    text = text.strip()
    pairs = _pairs(text, case, today)
    if pairs is not None:
        return pairs
    if not case.waiting:
        return None
    told = supposed(text)
    changed = _CHANGED.search(text) is not None
    if told is None and not changed and _asks(text):
        return None
    words = told if told is not None else _ENDS.sub("", text) if changed else text
    found = _short(words, case, today)
    if found.empty and not found.unclear:
        facts = {n: f for n, f in read(words, today=today).facts.known().items() if n != "violation"}
        proposal = proposal_in(words, cited) if case.kind == "proportionality" else Proposal()
        found = Reply(facts=facts, proposal=proposal, told=words)
    if found.empty and told is not None and case.kind == "proportionality":
        amount = amount_in(words)
        found = Reply(proposal=Proposal(fine=amount)) if amount else found
    if found.empty and not found.unclear and len(words) > _A_WORD and re.search(r"[。，]|了|过|有|没|是", words):
        return Reply(told=words, supposed=told is not None)  # more of the story, though no fact that has a name
    if found.empty and not found.unclear:
        return None
    return Reply(found.facts, found.proposal, found.told, told is not None, found.unclear)


_NONE_AT_ALL = re.compile(r"没(?:有)?[^，。]{0,6}(?:什么|哪|几|多少)|(?:什么|哪\S{0,2})[^，。]{0,4}(?:都|也)(?:没|不)")
_A_WORD = 7  # characters; a shorter message that states nothing tells no story


def _asks(text: str) -> bool:
    text = re.sub(
        r"没(?:有)?[^，。]{0,6}(?:什么|哪|几|多少)|(?:什么|哪\S{0,2})[^，。]{0,4}(?:都|也)(?:没|不)", "", text
    )
    return bool(
        re.search(r"[？?]|吗|呢|么$|怎么|如何|什么|哪|几(?:天|日|个|年|条)|多少|多久|是否|能不能|要不要", text)
    ) or bool(re.fullmatch(r"(?:谢谢|多谢|好的?|你好|您好|知道了|明白了?|嗯|再见|辛苦了)[啊了您你。！!]*", text))


def _pairs(text: str, case: OpenCase, today: dt.date) -> Reply | None:
    """`初次违法：是`, one a line: what a button says, and what a person may write."""
    facts: dict[str, Known[Any]] = {}
    proposal = Proposal()
    lines = [line.strip() for line in _PAIR.split(text) if line.strip()]
    names = _names(case)
    for line in lines:
        name, _, value = line.partition("：" if "：" in line else ":")
        fact = names.get(name.strip().removeprefix("是否").rstrip("？?"))
        if fact is None or not value.strip():
            return None
        value = value.strip().rstrip("。")
        if fact == "basis":
            proposal = Proposal(proposal.fine, proposal.fine_person, proposal.kinds, value)
        elif fact == "fine":
            amount = amount_in(value)
            if amount is None:
                raise InputError(_FINE, f"“{value[:20]}”不是一个金额", "写成60000元或者6万元")
            proposal = Proposal(amount, proposal.fine_person, proposal.kinds, proposal.basis)
        else:
            facts[fact] = _value(fact, value, line, case.asked, today)
    return Reply(facts=facts, proposal=proposal) if facts or proposal != Proposal() else None


def _names(case: OpenCase) -> dict[str, str]:
    names = {name: fact for fact, name in CHINESE.items()}
    names |= {
        _BASIS_LABEL: "basis",
        "依据": "basis",
        _FINE: "fine",
        "罚款": "fine",
        PICK: f"other.{PICK}",
        BASIS: f"other.{BASIS}",
    }
    for one in case.asked:
        names[label_of(one.fact)] = one.fact
        names[one.question.rstrip("？?")] = one.fact
    return names


def _short(text: str, case: OpenCase, today: dt.date) -> Reply:
    """A bare answer: one of the options, yes or no to what was asked first, a number, a day."""
    word = re.sub(r"[。！!\s]+$", "", text)
    if not word or len(word) > 30:
        return Reply()
    for one in case.asked:
        if word in one.options and word not in ("是", "否"):
            return Reply(facts={one.fact: _known(one.fact, word, text)})
    if not case.asked:
        answers = _YES.fullmatch(word) or _NO.fullmatch(word)
        return Reply(unclear=f"没有等着回答的问题，“{word}”没有记入案情；有新的情况请写明") if answers else Reply()
    first = case.asked[0]
    if _YES.fullmatch(word) or _NO.fullmatch(word):
        return _yes_or_no(bool(_YES.fullmatch(word)), first, text)
    if first.fact == "corrected" and re.fullmatch(r"(?:已经?)?(?:改|改正|整改)(?:了|好了|完了|过了)", word):
        choices = "、".join(first.options[:3])
        return Reply(unclear=f"“{word}”没有说明是什么时候改正的，请从{choices}里选一项")
    bare = re.fullmatch(rf"(?:约)?(?P<n>{NUMBER})\s*(?:周?岁|人|名|天|日|次|元|块钱?|[万千百]元?)?", word)
    if bare and (kind_of(first.fact) in ("yuan", "count") or first.fact == "fine"):
        if first.fact == "fine":
            return Reply(proposal=Proposal(fine=amount_in(word)))
        return Reply(facts={first.fact: _value(first.fact, word, text, case.asked, today)})
    if kind_of(first.fact) == "day" and (day := _day(word, today)) is not None:
        return Reply(facts={first.fact: _known(first.fact, day.isoformat(), text)})
    return Reply()


def _yes_or_no(yes: bool, first: MissingFact, text: str) -> Reply:
    if set(first.options) == {"是", "否"}:
        return Reply(facts={first.fact: _known(first.fact, yes, text)})
    if not yes and first.fact == "harm":
        return Reply(facts={"harm": _known("harm", "无", text)})
    if not yes and first.fact == "corrected":
        return Reply(facts={"corrected": _known("corrected", "未改正", text)})
    if not yes and first.fact == "illegal_gains":
        return Reply(facts={"illegal_gains": _known("illegal_gains", 0.0, text)})
    return Reply(unclear=f"“{text}”没有说明回答的是哪一个问题（{first.question.rstrip('？')}？），请点选项或者写明")


def _value(fact: str, value: str, quote: str, asked: Sequence[MissingFact], today: dt.date) -> Known[Any]:
    """A written value as the fact has it. InputError with the fact's name when it cannot be."""
    options = next((one.options for one in asked if one.fact == fact), ())
    kind = kind_of(fact)
    if kind == "yes_no" or set(options) == {"是", "否"}:
        if _YES.fullmatch(value) or _NO.fullmatch(value):
            return _known(fact, bool(_YES.fullmatch(value)), quote)
        raise InputError(label_of(fact), f"“{value[:20]}”答的不是是或者否", "写是或者否；不知道的不写")
    if kind == "yuan":
        amount = 0.0 if re.fullmatch(r"(?:没有|无|零|0)(?:元)?", value) else _sum(value)
        if amount is None:
            raise InputError(label_of(fact), f"“{value[:20]}”不是一个金额", "写成453元或者3万元，不能是负数")
        return _known(fact, amount, quote)
    if kind == "count":
        match = re.fullmatch(rf"(?:约)?({NUMBER})\s*(?:周?岁|人|名|天|日|次)?", value)
        figure = number(match[1]) if match else None
        if figure is None or figure != int(figure):
            raise InputError(label_of(fact), f"“{value[:20]}”不是一个整数", "写成数字，不能是负数")
        return _known(fact, int(figure), quote)
    if kind == "day":
        day = _day(value, today)
        if day is None:
            raise InputError(label_of(fact), f"“{value[:20]}”不是一个日期", "写成2026-11-23或者2026年11月23日")
        return _known(fact, day.isoformat(), quote)
    return _known(fact, value, quote)


def _sum(value: str) -> float | None:
    bare = re.fullmatch(rf"({NUMBER})(?:元|块)?", value)
    figure = number(bare[1]) if bare else None
    return float(figure) if figure is not None else amount_in(value)


def _day(text: str, today: dt.date) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        days = [when.day for when in dates_in(text, today) if when.day is not None]
        return days[0] if len(days) == 1 else None


def _known(fact: str, value: object, quote: str) -> Known[Any]:
    entry = {"value": value, "quote": quote[:2_000]}
    given = read_given({"other": {fact[6:]: entry}} if fact.startswith("other.") else {fact: entry})
    return given.known()[fact]
