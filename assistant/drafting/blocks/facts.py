"""What is known of the case, in whose words, and what has still to be found out."""

import datetime as dt
import re

from assistant.drafting.blocks.telling import told
from assistant.drafting.blocks.written import Written, numbered
from assistant.drafting.case import Case
from assistant.drafting.markup import blank, plain, table
from assistant.drafting.values import chinese_date, chinese_dates
from assistant.rules.consistency import CHINESE
from assistant.rules.procedure.money import plain as amount
from assistant.rules.questions import PICK
from assistant.rules.weighing import BASIS
from assistant.schema import MissingFact, OpinionMissing

WHOLE = 1_500
"""Characters of a description that a paper takes in whole; of a longer one, the sentences that facts were read in."""
_ASKED = 8
_TELLING = ("no_penalty_decision", "reconsideration_reply")
"""Kinds that cannot go without the facts."""
_UNITS = {
    "illegal_gains": "元", "goods_value": "元", "affected_people": "人", "duration_days": "天",
    "prior_violations": "次", "age": "周岁",
}  # fmt: skip
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")


def narrative(case: Case) -> Written:
    """The description as it was given; of a long one the sentences that facts stand in; without one the facts."""
    text = case.narrative
    if not text:
        if _rows(case):
            return Written() if _tabled(case) else Written((told(case),))
        if case.form.kind not in _TELLING:
            return Written()
        question = "案件的事实经过是怎样的？（写在描述里）"
        missing = OpinionMissing(fact="description", label="事实经过", question=question, required=True)
        return Written((blank("事实经过"),), missing=(missing,))
    if len(text) <= WHOLE:
        return Written(tuple(_paragraph(line) for line in plain(text).split("\n")))
    quotes = [fact.quote for fact in case.facts.known().values() if fact.quote]
    kept = [s.strip() for s in _SENTENCE.findall(text) if s.strip() and any(quote in s for quote in quotes)]
    note = "案情材料较长，文书只录认定事实所据的原话；请核对有没有遗漏，全文存卷"
    if not kept:
        return Written(("案情见送来的材料。",), notes=(note,))
    return Written((_paragraph(plain("".join(kept)).replace("\n", "")),), notes=(note,))


def _tabled(case: Case) -> bool:
    """Whether the paper has the facts in a table anyhow."""
    return any(part.block == "事实表" for section in case.form.sections for part in section.parts)


def _paragraph(line: str) -> str:
    """A line of somebody's telling that is no heading by its length."""
    return line if line.endswith(("。", "！", "？", "?", "!", "；", "”", "」", "）")) else f"{line}。"


def facts_table(case: Case) -> Written:
    """Every known fact with the words that say so; where they cannot all be true, that."""
    rows = _rows(case)
    lines = table(("事实", "认定", "原话或者来源"), rows)
    clashes = contradictions(case)
    if clashes:
        lines += ("下列事实相互矛盾，核实以前不据此下结论：", *numbered([f"{one}。" for one in clashes]))
    return Written(lines)


def _rows(case: Case) -> list[tuple[str, str, str]]:
    """Each known fact: its name, its value, the words that say so."""
    return [
        (
            CHINESE.get(name, name.removeprefix("other.")),
            _value(name, fact.value),
            f"“{fact.quote}”" if fact.quote else "填写",
        )
        for name, fact in case.facts.known().items()
        if name not in (f"other.{BASIS}", f"other.{PICK}")
    ]


def contradictions(case: Case) -> tuple[str, ...]:
    """Facts that cannot all be true, as both engines found them."""
    found = (
        *(case.exemption.contradictions if case.exemption else ()),
        *(case.review.contradictions if case.review else ()),
    )
    return tuple(chinese_dates(one) for one in dict.fromkeys(found))


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return chinese_date(value)
    if isinstance(value, int | float):
        return f"{amount(float(value))}{_UNITS.get(name, '')}"
    return chinese_dates(str(value))


def asked(case: Case) -> tuple[MissingFact, ...]:
    """What would decide, most decisive first: the penalty's questions, then those of the grounds to spare it."""
    spared = case.exemption.missing if case.exemption and not case.after else ()
    found = (*(case.review.missing if case.review else ()), *spared)
    return tuple({one.fact: one for one in reversed(found)}[name] for name in dict.fromkeys(one.fact for one in found))


def to_ask(case: Case) -> tuple[OpinionMissing, ...]:
    """The facts that would decide, to be asked whether or not the paper speaks of them."""
    return tuple(
        OpinionMissing(
            fact=one.fact,
            label=CHINESE.get(one.fact, one.fact.removeprefix("other.")),
            question=one.question,
            options=one.options,
        )
        for one in asked(case)
    )


def open_questions(case: Case) -> Written:
    """The questions, the first eight of them in the paper."""
    found = asked(case)
    lines = [chinese_dates(one.question) for one in found[:_ASKED]]
    notes = (f"另有{len(found) - _ASKED}项待查事项没有写进文书，见待查清单",) if len(found) > _ASKED else ()
    return Written(numbered(lines), notes=notes)
