"""Checks of the law applied: the provisions hold, violation and penalty belong together, the penalty is in range."""

import datetime as dt
import re

from assistant.casefiles.checks.counsel import Counsel
from assistant.casefiles.cutting import Paper
from assistant.casefiles.outcome import Fault, Outcome, defect, ok, unknown, weighed
from assistant.casefiles.provisions import Cited
from assistant.casefiles.volume import NOTICE, RECORDS, Volume
from assistant.errors import InputError
from assistant.law.citations import VERDICTS, check
from assistant.law.structure import item_text, parse_paragraphs, provision_text
from assistant.numerals import NUMERAL, article_number, to_chinese, to_int
from assistant.schema import FilePlace, ProportionalityAnswer

_BAD = ("no_such_provision", "repealed", "not_yet_effective", "superseded")
_OF_THIS_LAW = re.compile(
    r"违反(?:了)?本(?:法|条例|规定|办法)(?:的)?((?:第[一二三四五六七八九十百]+条(?:之[一二三四五])?(?:第[一二三四五六七八九十]+款)?(?:第[（(][一二三四五六七八九十]+[）)]项)?(?:、|或者|和|以及|至|，)?)+)"
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条(?:之[一二三四五])?")
_FACTS = re.compile(
    r"(?:经查|查明|违法事实|检查发现|调查发现|现查明).*?(?=以上事实|上述事实|上述行为|以上行为|主要证据|证据如下|有以下证据|违反了|违反《|的行为违反|$)",
    re.S,
)
_WORKERS = re.compile(rf"({NUMERAL})(?:名|位|个)(?:劳动者|职工|员工|工人|服务员|从业人员|务工人员|消费者|学员|人)")
_WEIGHED = re.compile(r"改正|整改|初次|首次|从轻|减轻|从重|情节|主动|配合|拒不")
_MITIGATES = re.compile(r"减轻(?:行政)?处罚")
_LONGEST = 3000
_ALIKE, _APART, _SHORTEST = 0.85, 0.35, 6


def conduct_day(volume: Volume) -> dt.date | None:
    """A day on which the conduct was still there: that of the first record, else of the filing."""
    days = [found.day for paper in volume.of(*RECORDS) if (found := volume.day(paper))]
    if days:
        return min(days)
    return volume.filed.day if volume.filed is not None else None


def applied(volume: Volume) -> list[Cited]:
    """The provisions the decision takes as violated or as the basis of the penalty."""
    decision = volume.decision
    return [c for c in volume.cited(decision) if c.use != "other"] if decision is not None else []


def where(volume: Volume, cited: Cited) -> FilePlace:
    """Where a provision is cited."""
    return volume.place(cited.paper, cited.paper.line_of(cited.checked.text), cited.checked.text)


def provisions_hold(volume: Volume) -> Outcome:
    """What was violated and what punishes it exist, and were in force at the conduct or at the decision."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对法条")
    used = applied(volume)
    if not volume.cited(decision):
        if len(decision.tight) < 150 or volume.cut_short(decision):
            return unknown("决定书读出的文字太少，待人工核对", volume.place(decision))
        return defect("决定书没有引用任何法律条文", volume.place(decision))
    faults, doubts = [], []
    before = conduct_day(volume)
    for cited in used:
        found = cited.checked
        place = (where(volume, cited),)
        name = "违则" if cited.use == "violated" else "罚则"
        if found.verdict in _BAD:
            then = _then(volume, cited, before) if found.verdict != "no_such_provision" else None
            if then:
                text = f"{name}“{found.text}”在决定时{VERDICTS[found.verdict]}，违法行为时有效：从旧兼从轻，待人工核对"
                doubts.append(Fault(text, place))
            else:
                faults.append(Fault(f"{name}“{found.text}”{VERDICTS[found.verdict]}：{found.detail}", place))
        elif found.verdict == "out_of_scope":
            doubts.append(Fault(f"{name}“{found.text}”语料没有收录，待人工核对", place))
    faults += [fault for cited in used if (fault := _another_item(volume, cited)) is not None]
    if not any(c.use == "penal" for c in used) and volume.procedure != "不予处罚":
        doubts.append(Fault("没有读到处罚所依据的条文，待人工核对", (volume.place(decision),)))
    return weighed(faults, doubts, ok("违则、罚则都核实到条款", *(where(volume, c) for c in used[:4])))


def _another_item(volume: Volume, cited: Cited) -> Fault | None:
    """A provision cited by an item that says something else, beside one that says what the decision found."""
    citation = cited.citation
    article = volume.library.get(cited.checked.article_id or "")
    if citation is None or citation.item is None or article is None or cited.checked.verdict != "verified":
        return None
    holding = [
        paragraph
        for at, paragraph in enumerate(parse_paragraphs(article.text), start=1)
        if citation.paragraph in (None, at) and any(item.number == citation.item for item in paragraph.items)
    ]
    if len(holding) != 1:
        return None
    found = re.sub(r"《[^》]*》|[“\"][^”\"]{12,}[”\"]", "", _told_of(volume, cited.paper))
    likeness = {item.number: _told_in(item_text(item), found) for item in holding[0].items}
    best = max(likeness, key=lambda number: likeness[number])
    if likeness[best] < _ALIKE or likeness[best] - likeness[citation.item] < _APART:
        return None
    text = f"“{cited.checked.text}”与认定的事实不符：所写的行为是同一款第（{to_chinese(best)}）项规定的，引错了项"
    return Fault(text, (where(volume, cited),))


def _told_of(volume: Volume, decision: Paper) -> str:
    """What the file takes the conduct for: the decision, and the papers that name the case before it."""
    return "\n".join(paper.tight for paper in (decision, *volume.of("立案审批表", "调查终结报告")))


def _told_in(item: str, found: str) -> float:
    """How much of an item's wording stands in a text, by pairs of characters."""
    words = re.sub(r"[^\u4e00-\u9fff]", "", re.sub(r"^[（(][^）)]*[）)]", "", item)).removesuffix("的")
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return sum(pair in found for pair in pairs) / len(pairs) if len(pairs) >= _SHORTEST else 0.0


def _then(volume: Volume, cited: Cited, day: dt.date | None) -> bool:
    """Whether a provision was law on the day of the conduct."""
    if day is None or cited.citation is None:
        return False
    found = check(str(cited.citation), volume.library, day)
    return len(found) == 1 and found[0].verdict == "verified"


def belong_together(volume: Volume) -> Outcome:
    """Where the provision that punishes names the articles it punishes, the one violated is among them."""
    if volume.decision is None:
        return unknown("没有处罚决定书，无从核对定性")
    used = [c for c in applied(volume) if c.checked.verdict == "verified" and c.checked.article_id]
    violated = [c for c in used if c.use == "violated"]
    penal = [c for c in used if c.use == "penal"]
    if not violated or not penal:
        return unknown("没有同时读到违则和罚则，定性待人工核对", volume.place(volume.decision))
    for one in penal:
        named = _named(volume, one)
        same_law = [c for c in violated if c.checked.law == one.checked.law]
        if not named or not same_law:
            continue
        if not any(c.checked.article in named for c in same_law):
            taken = "、".join(c.checked.article or "" for c in same_law)
            text = f"“{one.checked.text}”处罚的是违反{'、'.join(sorted(named))}的行为，决定书认定违反的是{taken}"
            return defect(f"{text}，定性与处罚依据不对应", where(volume, same_law[0]), where(volume, one))
        return ok("处罚依据所指的条文就是认定违反的条文", where(volume, one))
    return ok("违则、罚则都核实；罚则没有指明违反哪一条的，是否对应由人判断", where(volume, penal[0]))


def _named(volume: Volume, cited: Cited) -> set[str]:
    """The articles of its own law that a provision punishes the violation of; empty where it names none."""
    article = volume.library.get(cited.checked.article_id or "")
    citation = cited.citation
    if article is None or citation is None:
        return set()
    text = provision_text(article.text, citation.paragraph, citation.item) or article.text
    named: set[str] = set()
    for match in _OF_THIS_LAW.finditer(re.sub(r"\s", "", text)):
        if "至" in match[1]:
            return set()
        named |= {number for words in _ARTICLE.findall(match[1]) if (number := article_number(words))}
    return named


def in_range(volume: Volume, counsel: Counsel) -> Outcome:
    """Kind and amount of the penalty within what the basis allows, by the engine of proportionality."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对幅度")
    done = volume.imposed(decision)
    penal = {
        str(c.citation): c
        for c in applied(volume)
        if c.use == "penal" and c.checked.verdict != "out_of_scope" and c.citation
    }
    if not done.kinds:
        return unknown("没有读出处罚的内容，待人工核对", volume.place(decision))
    if not penal:
        return unknown("没有读到收录在语料里的处罚依据，幅度待人工核对", volume.place(decision, done.line))
    if done.doubtful:
        return unknown("罚款的大小写不一致（另见金额一致），幅度待人工核对", volume.place(decision, done.line))
    if len(done.fines) > 1:
        text = f"决定书有几笔罚款（{'、'.join(words for _, words in done.fines)}），分别的幅度待人工核对"
        return unknown(text, volume.place(decision, done.line))
    answers = {basis: _weigh(volume, counsel, basis, decision) for basis in penal}
    judged = {basis: _judge(answer, decision) for basis, answer in answers.items() if answer is not None}
    if not judged:
        return unknown("处罚依据核算不了，幅度待人工核对", *(where(volume, c) for c in penal.values()))
    best = min(judged.items(), key=lambda pair: {"ok": 0, "unknown": 1, "defect": 2}[pair[1].status])
    status = "unknown" if len(judged) > 1 and best[1].status == "defect" else best[1].status
    return best[1]._replace(status=status, places=(volume.place(decision, done.line), where(volume, penal[best[0]])))


def _weigh(volume: Volume, counsel: Counsel, basis: str, decision: Paper) -> ProportionalityAnswer | None:
    """The engine's answer for one basis; None where it cannot be worked with."""
    done = volume.imposed(decision)
    facts: dict[str, object] = {}
    if (party := counsel.party_type(volume)) is not None:
        facts["party_type"] = party
    if volume.decided is not None:
        facts["decision_date"] = volume.decided.day.isoformat()
    if (day := conduct_day(volume)) is not None and (volume.decided is None or day <= volume.decided.day):
        facts["conduct_end_date"] = day.isoformat()
    proposed: dict[str, object] = {"kinds": [k for k in done.kinds if k not in ("罚款", "没收违法所得")]}
    if done.fine is not None:
        proposed["fine"] = done.fine
    if not proposed["kinds"] and done.fine is None:
        proposed["kinds"] = list(done.kinds)
    told = _told(decision, done.text)
    as_of = volume.decided.day if volume.decided is not None else volume.as_of
    try:
        answer = counsel.proportionality.check(told, facts, basis, proposed, as_of)
        people = _people(told or "")
        if people is not None and any(one.fact == "affected_people" for one in answer.missing):
            facts["affected_people"] = people
            answer = counsel.proportionality.check(told, facts, basis, proposed, as_of)
    except InputError:
        return None
    return answer


def _people(told: str) -> int | None:
    """How many workers or others the decision speaks of, where it gives one number."""
    found = {to_int(match[1]) for match in _WORKERS.finditer(told)}
    return found.pop() if len(found) == 1 else None


def _told(decision: Paper, operative: str) -> str | None:
    """What the decision says of the case: its facts, and what it weighs; not the words of statutes it quotes."""
    before = decision.tight.split(operative)[0] if operative else decision.tight
    bare = re.sub(r"[“\"][^”\"]{12,}[”\"]", "", before)
    match = _FACTS.search(bare)
    rest = re.split(r"[。，；\n]", bare[match.end() :] if match else bare)
    weighed = [clause for clause in rest if _WEIGHED.search(clause) and not re.search("[《》]|规定", clause)]
    return "。".join(filter(None, (match[0] if match else "", *weighed)))[:_LONGEST] or None


_SURE = {"above_maximum": "超过法定幅度的上限", "below_minimum_without_ground": "低于法定幅度的下限",
         "kind_not_provided": "依据没有规定这个种类", "fine_not_provided": "依据没有规定罚款"}  # fmt: skip


def _judge(answer: ProportionalityAnswer, decision: Paper) -> Outcome:
    """What the engine says, taken for a fault only where it does not hang on facts that may be misread."""
    if answer.contradictions:
        return unknown(f"事实前后矛盾，幅度待人工核对：{'；'.join(answer.contradictions)}")
    for finding in answer.findings:
        if finding.code not in _SURE:
            continue
        if finding.code == "below_minimum_without_ground" and _wrongly_mitigated(decision.tight):
            return defect(
                f"{_SURE[finding.code]}：{finding.text}；决定书写减轻处罚，依据的却是不予处罚的第三十三条，"
                "没有引用减轻的条文（第三十条至第三十二条）"
            )
        if finding.code == "below_minimum_without_ground" and _MITIGATES.search(decision.tight):
            return unknown(f"{finding.text}；决定书写有减轻处罚，理由待人工核对")
        return defect(f"{_SURE[finding.code]}：{finding.text}")
    if answer.verdict == "within":
        return ok(f"{answer.basis}：{answer.label}")
    if answer.verdict == "needs_facts":
        asked = "；".join(one.question for one in answer.missing[:3])
        return unknown(f"缺少事实，幅度待人工核对：{asked}")
    said = "；".join(f.text for f in answer.findings if f.severity == "error")
    return unknown(f"{answer.label}，待人工核对：{said}")


def _wrongly_mitigated(tight: str) -> bool:
    """Whether a decision mitigates by the article on not punishing and by none on mitigation."""
    grounds = re.findall(r"行政处罚法》?第(三十[一二三]?)条", tight)
    return (
        _MITIGATES.search(tight) is not None and "三十三" in grounds and not {"三十", "三十一", "三十二"} & {*grounds}
    )


def other_citations(volume: Volume) -> Outcome:
    """The other citations of the decision and the notice, and every quotation in them."""
    papers = [p for p in (volume.decision, *volume.of(NOTICE)) if p is not None]
    if not papers:
        return unknown("没有决定书和告知书，无从核对引文")
    faults = []
    count = 0
    for paper in papers:
        for cited in volume.cited(paper):
            count += 1
            found = cited.checked
            main = cited.use != "other" and paper is volume.decision
            if found.verdict == "quote_mismatch" or (found.verdict in _BAD and not main):
                if found.verdict in ("repealed", "superseded") and _then(volume, cited, conduct_day(volume)):
                    continue
                text = f"{paper.name}引用的“{found.text}”{VERDICTS[found.verdict]}：{found.detail}"
                faults.append(Fault(text, (where(volume, cited),)))
    return weighed(faults, [], ok(f"{count}处引文没有发现问题") if count else unknown("没有读到引文"))
