"""A decision of an office read into a draft by rules: every field with the words it was read from, what is doubtful
named, parties masked. A person corrects the draft; nothing is taken for granted, and no model has a hand in it.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple

from assistant.clock import today
from assistant.errors import KnowledgeError
from assistant.knowledge.masthead import PROVINCES, read_date
from assistant.knowledge.readers import Document, read_bytes
from assistant.knowledge.titles import DATE, DOCUMENT_NO
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.precedents.reading.disposition import read_disposition
from assistant.precedents.reading.paper import Line, Paper, PartName, read_paper, sentences
from assistant.precedents.reading.parties import Parties, read_parties
from assistant.rules.consistency import CHINESE
from assistant.rules.facts import read as read_facts
from assistant.schema import (
    CaseFacts,
    Citation,
    Decision,
    DecisionDates,
    DecisionKind,
    ListSource,
    ReadFrom,
)

LONGEST = 60_000
"""Characters of a paper that are kept; a longer one is kept without what the parties say."""
_QUOTED = 200
_HEAD_LINE = 60
_BRACKETS = str.maketrans("[]［］【】", "〔〕〔〕〔〕")
_COURT = re.compile(r"([\u4e00-\u9fff]{2,20}人民法院|[\u4e00-\u9fff]{2,12}法院)(?P<of>一审|二审|再审)")
_COURT_NO = re.compile(r"[（(〔]\s*(?:19|20)\d{2}\s*[）)〕][\u4e00-\u9fff]{1,4}\d{0,6}[\u4e00-\u9fff]{1,3}\d{1,6}号")
_AUTHORITY = r"[\u4e00-\u9fff]{3,40}?(?:人民政府|管委会|委员会|[局厅部]|办事处|办公室)"
_SUED = re.compile(
    rf"^(?P<who>.{{1,40}}?)诉(?P<office>{_AUTHORITY}(?:、{_AUTHORITY})*)(?P<what>.{{2,60}}?)(?:一|纠纷)?案$"
)
_ACTS = re.compile(
    r"行政处罚|行政许可|行政强制|行政确认|行政协议|信息公开|不予立案|不予受理|不予登记|举报处理|投诉处理|限期拆除|征收|登记|工伤认定|责令改正"
)
_KINDS: tuple[tuple[DecisionKind, re.Pattern[str]], ...] = (
    ("行政复议", re.compile(r"复议(?:决定书|调解书|终止决定书|意见书)|行政复议")),
    ("行政诉讼", re.compile(r"判决书|裁定书|诉.{2,40}案|法院")),
    ("行政处罚", re.compile(r"(?:不予)?行政处罚决定书|处罚决定")),
)
_FIELDS = (
    ("市场监管", r"市场监督|市场监管|工商|食品药品"), ("应急管理", r"应急管理|安全生产|安监"),
    ("生态环境", r"生态环境|环境保护"), ("城市管理", r"城市管理|城管|综合执法|综合行政执法"),
    ("人力资源和社会保障", r"人力资源|社会保险|社会保障|劳动"), ("自然资源", r"自然资源|国土|规划"),
    ("住房城乡建设", r"住房|建设|房屋"), ("交通运输", r"交通"), ("公安", r"公安|派出所|交警"),
    ("卫生健康", r"卫生|疾控"),
    ("文旅", r"文化|旅游|广电"), ("消防救援", r"消防"), ("税务", r"税务"), ("海关", r"海关"), ("教育", r"教育"),
    ("农业农村", r"农业|渔业|畜牧"), ("水务", r"水务|水利"), ("民政", r"(?<!人)民政"), ("烟草", r"烟草"),
)  # fmt: skip
_DONE = re.compile(
    r"(?:当事人|申请人|原告|你(?:单位|公司|店)?|[\u4e00-\u9fff]{0,4}某[\u4e00-\u9fff]{0,8})"
    r"(?P<what>(?!不服)[^。；，]{3,50}?)的(?:违法)?行为[，,]?(?:已经?|属于|涉嫌)?(?:违反|构成)"
)
_AGAINST = re.compile(
    r"不服(?:被申请人|被告)?(?:[^。，]{0,60}?作出的|[^。，]{0,30}?于[^。，]{4,20}作出的)?"
    r"(?P<what>[^。，《]{0,40}《[^》]{2,40}》(?:（[^）]{4,40}）)?|[^。，]{2,60}?(?:决定书?|行为|处理|答复|通知书?|登记|协议|告知书?|复函|批复|公告))"
)
_ISSUE = re.compile(
    r"争议(?:的)?焦点(?:问题)?(?:主要)?(?:有[一二三四五两]+(?:个|点)?)?(?:是|为|在于|集中在|包括)?[：:]?(?P<what>[^。]{4,200})"
)
_NUMBERED = re.compile(r"(?:[一二三四五]是|[（(]?[一二三四五1-5][）)、．.])\s*")
_DISCRETION = re.compile(
    r"从轻|减轻|从重|裁量|过罚相当|情节(?:较轻|轻微|较重|严重)|初次违法|首次违法|首违|主动消除|配合(?:调查|查处)|鉴于|考虑到"
)
_KEPT: tuple[tuple[PartName, str], ...] = (
    ("经过", "经过"), ("请求", "请求"), ("申请人称", "申请人称"), ("被申请人称", "被申请人称"), ("焦点", "争议焦点"),
    ("查明", "查明的事实"), ("认为", "认定和理由"), ("主文", "决定"), ("意义", "意义"),
)  # fmt: skip
_CLAIMS: tuple[PartName, ...] = ("申请人称", "被申请人称", "意义")


class Drafted(NamedTuple):
    """A draft, and what a person must look at: fields that no rule read or that are not sure, kinds of data masked."""

    decision: Decision
    doubts: tuple[str, ...]
    masked: tuple[str, ...]


def draft(data: bytes, name: str, library: Library) -> Drafted:
    """A decision (.docx, .pdf, .txt, .md, .html) as a draft. KnowledgeError for a file that is none, or unreadable.

    What stands in the file is data: an instruction in it is text like any other.
    """
    document = read_bytes(data, name)
    paper = read_paper(document)
    head = _head(document, paper)
    kind = _kind(head, paper, name)
    parties = read_parties(paper)
    found: list[ReadFrom] = [
        ReadFrom(field=field, place=line.place, words=parties.hide(line.text)[:_QUOTED])
        for field, line in parties.found
    ]
    disposition = read_disposition(paper, kind, head.heading)
    decided = _decided(paper)
    conduct = _conduct(paper, kind, document, decided)
    basis, outside, cited = _basis(paper, library, decided or today())
    reasoning = [(s, p) for s, p in sentences(paper.of("认为")) if _DISCRETION.search(s)]
    issues = _issues(paper)
    facts = _facts(paper, decided, parties.applicant)
    sued = _SUED.match(head.heading)
    office = parties.office or (sued["office"] if sued else parties.decided_by if kind == "行政处罚" else None)
    decided_by = parties.decided_by or _court(paper)
    found += [*disposition.read_from, *conduct.read_from, *cited]
    found += [ReadFrom(field="争议焦点", place=p, words=s) for s, p in issues[:1]]
    found += [ReadFrom(field="裁量理由", place=p, words=s) for s, p in reasoning[:1]]
    found += [
        ReadFrom(field=f"情节·{CHINESE[name]}", place=_place(paper, fact.quote), words=fact.quote)
        for name, fact in facts.known().items()
        if name in CHINESE and name not in ("violation", "field")
    ]
    amounts = {"原罚款": disposition.fined, "结果罚款": disposition.settled}
    reviewed, reviewed_on = _reviewed(paper, kind)
    digest = hashlib.sha256(data).hexdigest()
    hidden = parties.hide
    decision = Decision(
        id=head.number or f"导入-{digest[:8]}",
        title=hidden(_title(head, kind, parties, office, conduct.text, reviewed)),
        kind=kind,
        decided_by=decided_by,
        office=office,
        region=_region(office or decided_by or "") or _region(decided_by or ""),
        dates=DecisionDates(
            decided=decided,
            reviewed_act=reviewed_on,
            conduct=facts.conduct_date.value if facts.conduct_date is not None else None,
        ),
        field=_field(office or ""),
        conduct=hidden(conduct.text),
        reviewed_act=hidden(reviewed) if reviewed else None,
        issues=tuple(hidden(text) for text, _ in issues),
        outcomes=disposition.outcomes,
        outcome_note=hidden(disposition.note) if disposition.note else None,
        reasons=disposition.reasons,
        reasoning=hidden("；".join(text for text, _ in reasoning))[:600] or None,
        facts=_plain(facts),
        amounts={label: value for label, value in amounts.items() if value is not None},
        basis=basis,
        outside=outside,
        nature="示例" if "示例" in name or "示例" in head.heading else "官方",
        source=ListSource(title="本单位的决定书"),
        place=name,
        seen="全文",
        read_from=tuple(
            one.model_copy(update={"words": hidden(one.words)[:_QUOTED]}) for one in found if one.words.strip()
        ),
        origin=name,
        origin_digest=digest,
        text=_text(paper, hidden),
        where=name,
    )
    doubts = [*disposition.doubts, *conduct.doubts, *document.warnings, *_unread(decision, head)]
    unseen = tuple(dict.fromkeys(doubt.split("没有")[0] for doubt in doubts if "没有读" in doubt))
    return Drafted(
        decision.model_copy(update={"unseen": unseen}),
        tuple(dict.fromkeys(doubts)),
        tuple(f"{written[0]}…→{masked}" for written, masked in parties.names),
    )


class _Head(NamedTuple):
    heading: str
    number: str | None


def _head(document: Document, paper: Paper) -> _Head:
    """The name of the paper and its number, which stands above the parties."""
    top = [line.text for line in paper.of("题头")[:6]]
    heading = next((t for t in top if re.search(r"(?:决定书|调解书|判决书|裁定书|意见书)$", t)), "")
    heading = heading or document.title or (top[0] if top else "")
    for text in (one for one in (*top, heading) if len(one) <= _HEAD_LINE):
        if match := (_COURT_NO.search(text) or DOCUMENT_NO.search(text)):
            return _Head(heading, re.sub(r"\s", "", match[0]).translate(_BRACKETS))
    return _Head(heading, None)


def _kind(head: _Head, paper: Paper, name: str) -> DecisionKind:
    if _SUED.match(head.heading):
        return "行政诉讼"
    for text in (head.heading, name, paper.text("题头")[:400]):
        for kind, pattern in _KINDS:
            if pattern.search(text):
                return kind
    if paper.of("主文") and paper.of("认为"):
        whole = paper.text()
        return next((kind for kind, pattern in _KINDS if pattern.search(whole)), "行政处罚")
    raise KnowledgeError(
        name, "不像是决定书或者裁判：没有找到文书名称、“认为”和主文", "请确认文件，或者手工写成案例文件"
    )


def _decided(paper: Paper) -> dt.date | None:
    """The day at the foot of the paper."""
    for line in reversed(paper.lines[-6:]):
        if line.part in ("结尾", "主文") and (matches := list(DATE.finditer(line.text))):
            if line.part == "主文" and len(line.text) > 20:
                continue
            return read_date(matches[-1])
    return None


class _Conduct(NamedTuple):
    text: str
    read_from: tuple[ReadFrom, ...] = ()
    doubts: tuple[str, ...] = ()


def _conduct(paper: Paper, kind: DecisionKind, document: Document, decided: dt.date | None) -> _Conduct:
    """What was done, or the act that is fought over: by the title of a case, the reasons, the facts, the request."""
    title = document.title or document.name.rsplit(".", 1)[0]
    if sued := _SUED.match(title):
        return _Conduct(sued["what"], (ReadFrom(field="案由", place="标题", words=title),))
    for line in paper.of("认为", "查明"):
        if match := _DONE.search(line.text):
            return _Conduct(match["what"].strip("，、 "), (_read("案由", line, match[0]),))
    told = paper.text("查明") or paper.text("经过")
    violation = read_facts(told[:20_000], today=decided or today()).facts.violation if told else None
    if violation is not None and kind != "行政诉讼":
        place = next((line.place for line in paper.lines if violation.quote in line.text), "查明的事实")
        return _Conduct(violation.value, (ReadFrom(field="案由", place=place, words=violation.quote),))
    for line in paper.of("经过", "申请人称", "请求"):
        if match := _AGAINST.search(line.text):
            return _Conduct(f"不服{match['what']}", (_read("案由", line, match[0]),), ("案由只读出不服的行为",))
    return _Conduct("案由未读出", doubts=("案由没有读出来，请填写“行为”",))


def _reviewed(paper: Paper, kind: DecisionKind) -> tuple[str | None, dt.date | None]:
    """The act under review and its day."""
    if kind == "行政处罚":
        return None, None
    for line in paper.of("经过", "请求"):
        if match := _AGAINST.search(line.text):
            day = DATE.search(match[0])
            return match["what"], read_date(day) if day is not None else None
    return None, None


def _issues(paper: Paper) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for line in paper.of("焦点", "认为", "查明"):
        match = _ISSUE.search(line.text)
        if match is None:
            continue
        parts = [part.strip("；;，。 ") for part in _NUMBERED.split(match["what"])]
        out += [(part, line.place) for part in parts if len(part) >= 4]
    return list(dict.fromkeys(out))[:6]


def _basis(
    paper: Paper, library: Library, day: dt.date
) -> tuple[tuple[Citation, ...], tuple[str, ...], list[ReadFrom]]:
    """Provisions in the reasons and the order: those held, those not, and where the first stands."""
    basis: dict[str, Citation] = {}
    outside: dict[str, None] = {}
    first: list[ReadFrom] = []
    for line in paper.of("认为", "主文"):
        for one in check(line.text, library, day):
            if one.law is None:
                continue
            if not first:
                first.append(_read("依据", line, one.text))
            citation = Citation(
                law=one.law, article=one.article, paragraph=one.paragraph, item=one.item, subitem=one.subitem
            )
            if one.verdict in ("out_of_scope", "no_such_provision"):
                outside.setdefault(str(citation))
            elif one.article is not None:
                basis.setdefault(str(citation), citation)
    return tuple(basis.values()), tuple(outside), first


def _facts(paper: Paper, decided: dt.date | None, applicant: str | None) -> CaseFacts:
    """The circumstances in what the office found; what parties claim is no fact. The head says who the party is."""
    told = "\n".join(line.text for line in paper.of("查明", "经过"))[:20_000]
    # In a reconsideration the party is called by what it asks; to the reader of facts that would be a claim.
    told = told.replace("被申请人", "行政机关").replace("申请人", "当事人")
    facts = read_facts(told, today=decided or today()).facts if told else CaseFacts()
    if applicant is None or facts.party_type is None or (len(applicant) <= 3) == (facts.party_type.value == "自然人"):
        return facts
    return facts.model_copy(update={"party_type": None})


def _place(paper: Paper, words: str) -> str:
    return next((line.place for line in paper.lines if words and words in line.text), "查明的事实")


def _court(paper: Paper) -> str | None:
    """The court of the last instance, where no head of the paper names one."""
    courts = [match for line in paper.of("认为") for match in _COURT.finditer(line.text)]
    appealed = any("二审" in line.text for line in paper.of("认为"))
    if not courts or (appealed and courts[-1]["of"] == "一审"):
        return None
    return courts[-1][1]


def _plain(facts: CaseFacts) -> CaseFacts:
    """The facts without their quotes, which stand in `read_from`, and without the conduct, which has a field."""
    return CaseFacts.model_validate(
        {
            name: fact.value
            for name, fact in facts.known().items()
            if not name.startswith("other.") and name not in ("violation", "field")
        }
    )


def _title(
    head: _Head, kind: DecisionKind, parties: Parties, office: str | None, conduct: str, reviewed: str | None
) -> str:
    if _SUED.match(head.heading):
        return head.heading
    who, number = parties.applicant or "当事人", f"（{head.number}）" if head.number else ""
    if kind == "行政处罚":
        return f"{who}{conduct}案{number}"
    act = _ACTS.search(reviewed or "") or _ACTS.search(conduct)
    named = f"{office or '行政机关'}{act[0] if act else ''}"
    return f"{who}不服{named}复议案{number}" if kind == "行政复议" else f"{who}诉{named}案{number}"


def _region(name: str) -> str | None:
    return next((province for province in PROVINCES if name.startswith(province[:2])), None)


def _field(office: str) -> str | None:
    return next((field for field, pattern in _FIELDS if re.search(pattern, office)), None)


def _text(paper: Paper, hide: Callable[[str], str]) -> str:
    parts = []
    long = len(paper.text()) > LONGEST
    for part, heading in _KEPT:
        if long and part in _CLAIMS:
            continue
        lines = [line.text for line in paper.of(part) if line.text]
        if lines:
            parts.append(f"## {heading}\n" + "\n\n".join(lines))
    return hide("\n\n".join(parts)[:LONGEST])


def _unread(decision: Decision, head: _Head) -> list[str]:
    missing = {
        "文号": head.number,
        "作出机关": decision.decided_by,
        "被申请人": decision.office,
        "决定日期": decision.dates.decided,
        "依据": decision.basis or decision.outside,
    }
    return [f"{name}没有读出来" for name, value in missing.items() if not value]


def _read(field: str, line: Line, words: str) -> ReadFrom:
    return ReadFrom(field=field, place=line.place, words=words[:_QUOTED])
