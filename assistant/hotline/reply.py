"""The words for an order: what the citizen may be told, and what the agent must know. By template, from the book."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.hotline.triage import Triage
from assistant.knowledge.hotline import HotlineBook, Limit, Matter, Office
from assistant.law.library import Library
from assistant.law.structure import parse_paragraphs
from assistant.rules.procedure.calendar import after_working_days
from assistant.schema import Article, Citation, HandOver, OrderLimit, Status

_LONGEST_QUOTE = 300
_GREETING = "您好，您反映的情况已收悉。"
_CLOSING = "以上依据{day}施行中的法律，供您参考；具体事项以承办单位调查核实后的答复为准。"
_REASONS: dict[HandOver, str] = {
    "危险": "可能危及生命财产，须立即人工处理",
    "举报": "属于举报线索，由人工交执法部门核查，助手不作定性",
    "个案": "要求评判具体案件或者执法行为，须人工处理",
    "看不准": "内容需要人工判断",
    "只转办": "这类事项没有核准的答复口径，由承办单位答复",
    "未收录": "没有认出是哪一类事项，或者几类都像",
}


@dataclass(frozen=True)
class Drafted:
    """`basis` are the provisions quoted to the citizen; `hand_over` None: the draft may be given once approved."""

    reply: str
    note: str
    hand_over: HandOver | None
    reason: str | None
    basis: tuple[Citation, ...]


def draft(found: Triage, book: HotlineBook, library: Library, as_of: dt.date) -> Drafted:
    """The reply and the note for an order as it was read."""
    matter = found.matter
    hand_over: HandOver | None = None
    if found.rule is not None:
        hand_over = found.rule.reason
    elif matter is None or found.rivals:
        hand_over = "未收录"
    elif matter.told is None:
        hand_over = "只转办"
    held = tuple(_in_force(matter.basis, library, as_of)) if matter else ()
    lapsed = [c for c in (matter.basis if matter else ()) if all(c != one[0] for one in held)]
    if hand_over is None and lapsed:
        hand_over = "看不准"  # what the reply rests on is not law in force on that day
    office = book.offices[matter.office] if matter else None
    note = _note(found, held, lapsed, office, book, hand_over)
    if hand_over is not None or matter is None or office is None:
        told = found.rule.told if found.rule else "为了答复准确，本件已转人工核实后与您联系。"
        return Drafted(f"您好。{told}", note, hand_over, _REASONS[hand_over or "未收录"], ())
    parts = [f"{_GREETING}{matter.told}"]
    if held:
        quotes = [f"{citation}：“{_short(citation, article)}”（{status}）" for citation, article, status in held]
        parts.append("法律依据：\n" + "\n".join(f"{n}. {quote}" for n, quote in enumerate(quotes, 1)))
    if found.category in ("投诉", "求助"):
        parts.append(f"本件建议转{office.name}核实处理。")
    parts.append(_CLOSING.format(day=f"{as_of.year}年{as_of.month}月{as_of.day}日"))
    return Drafted("\n\n".join(parts), note, None, None, tuple(c for c, _, _ in held))


def limit_of(found: Triage, book: HotlineBook, accepted: dt.datetime) -> OrderLimit:
    """By when the order must be taken up, counted from when the hotline took the call."""
    code = found.rule.limit if found.rule and found.rule.limit else "一般"
    if found.matter and found.matter.field == "公用事业" and code == "一般":
        code = "水电气热" if "水电气热" in book.limits else code
    limit = book.limits[code]
    due = _due(limit, accepted)
    span = f"{limit.minutes}分钟" if limit.minutes else f"{limit.working_days}个工作日"
    worth = "" if limit.nature == "官方" else f"（{limit.nature}）"
    return OrderLimit(
        matter=limit.matter,
        due=due,
        text=f"{limit.matter}：{span}内，至{due:%Y-%m-%d %H:%M}{worth}" if due else f"{limit.matter}：{span}内{worth}",
        nature=limit.nature,
        source=limit.source,
    )


def _due(limit: Limit, accepted: dt.datetime) -> dt.datetime | None:
    if limit.minutes:
        return accepted + dt.timedelta(minutes=limit.minutes)
    if limit.working_days:
        day = after_working_days(accepted.date(), limit.working_days).day
        return dt.datetime.combine(day, dt.time(23, 59), accepted.tzinfo)
    return None


def _in_force(
    basis: Iterable[Citation], library: Library, as_of: dt.date
) -> Iterable[tuple[Citation, Article, Status]]:
    for citation in basis:
        version = library.version_on(citation.law, as_of)
        article = library.article(version.id, citation.article) if version and citation.article else None
        if article is not None and (status := library.status(article, as_of)) in ("现行有效", "待核"):
            yield citation, article, status


def _short(citation: Citation, article: Article) -> str:
    """The words of the 款 or 项 cited, whole where they are short; else their beginning, marked as cut."""
    text = article.text
    for paragraph in parse_paragraphs(article.text):
        if citation.item is not None and citation.paragraph in (None, paragraph.number):
            item = next((i for i in paragraph.items if i.number == citation.item), None)
            if item is not None:
                text = f"{paragraph.text}……{item.text}"
                break
        elif citation.item is None and paragraph.number == citation.paragraph:
            text = paragraph.text + "".join(i.text for i in paragraph.items)
            break
    text = text.replace("\n", "")
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}……"


def _note(
    found: Triage,
    held: tuple[tuple[Citation, Article, Status], ...],
    lapsed: list[Citation],
    office: Office | None,
    book: HotlineBook,
    hand_over: HandOver | None,
) -> str:
    lines = [f"诉求类别：{found.category}"]
    if found.matter:
        lines.append(f"事项：{found.matter.field}·{found.matter.name}（对上的词：{'、'.join(found.matter_words)}）")
    else:
        lines.append("事项：没有认出，请人工归类")
    if found.rivals:
        lines.append(f"也像：{'、'.join(f'{m.field}·{m.name}' for m in found.rivals)}")
    if hand_over:
        words = f"（对上的词：{'、'.join(found.rule_words)}）" if found.rule_words else ""
        lines.append(f"转人工：{_REASONS[hand_over]}{words}")
    if office:
        worth = "" if book.offices_nature == "官方" else f"（名称与职责{book.offices_nature}）"
        lines.append(f"建议承办：{office.name}{worth}，职责：{office.duty}，地域：{office.region}")
    if hand_over and held:
        lines.append(f"可供承办参考的条文：{'、'.join(str(c) for c, _, _ in held)}")
    if lapsed:
        lines.append(f"事项表所列{'、'.join(map(str, lapsed))}当日不是施行中的法律，请法务更新事项表")
    lines.append("请核实：具体时间、地点、对象和证据；口径经人工核准后才能答复市民")
    return "\n".join(lines)


def suggested(matter: Matter | None, book: HotlineBook) -> str | None:
    """The office to send it to; None when the matter is not known."""
    return book.offices[matter.office].name if matter else None
