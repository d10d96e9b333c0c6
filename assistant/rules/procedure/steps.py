"""Each step of the procedure held against the proposed penalty and the dates of the file."""

import datetime as dt
import re

from assistant.knowledge.discretion import Discretion
from assistant.rules.limitation import limitation
from assistant.rules.procedure.calendar import after_working_days
from assistant.rules.procedure.money import plain
from assistant.rules.procedure.plan import LAW, PenaltyPlan
from assistant.schema import ProcedureCode, ProcedureStatus, ProcedureStep, Threshold

_PUBLIC_ORDER = "中华人民共和国治安管理处罚法"
_LIGHT = {"警告", "通报批评"}
_CRIME = re.compile(r"(?<!不)(?<!未)构成犯罪")
_FINED = re.compile(r"(?:已|曾)[^，。；]{0,12}(?:被|受到|作出|给予)[^，。；]{0,20}罚款")

__all__ = ["PenaltyPlan", "dated_steps", "procedure_steps"]


def procedure_steps(plan: PenaltyPlan, discretion: Discretion) -> tuple[ProcedureStep, ...]:
    """All ten steps, in the order of the contract. InputError for a day of the file that is no date."""
    hearing = _hearing(plan, discretion)
    return (
        _limitation(plan),
        hearing,
        _legal_review(plan, hearing),
        _collective(plan, discretion),
        _on_the_spot(plan, discretion),
        _notice(plan),
        _decision(plan),
        _service(plan),
        _justice(plan),
        _double(plan),
    )


def dated_steps(plan: PenaltyPlan) -> tuple[ProcedureStep, ...]:
    """Notice, decision, service: the steps that the days of the file decide, whatever the penalty rests on."""
    return (_notice(plan), _decision(plan), _service(plan))


def _step(
    code: ProcedureCode, status: ProcedureStatus, text: str, *articles: str, due: dt.date | None = None
) -> ProcedureStep:
    basis = tuple(one if one.startswith("《") else LAW + one for one in articles)
    return ProcedureStep(code=code, status=status, text=text, basis=basis, due=due)


def _limitation(plan: PenaltyPlan) -> ProcedureStep:
    found = limitation(plan.facts, plan.as_of, plan.description)
    why = "；".join(f"{line.label}：{line.because}" for line in found.conditions)
    status: ProcedureStatus = {"met": "overdue", "unmet": "ok", "unknown": "needs_facts"}[found.status]  # type: ignore[assignment]
    word = {"overdue": "已超过处罚时效，不再给予行政处罚", "ok": "没有超过处罚时效"}.get(status, "是否超过处罚时效待查")
    return _step("limitation", status, f"{word}。{why}", *found.basis, due=found.last_day)


def _limit(threshold: Threshold, plan: PenaltyPlan) -> float | None:
    """The amount for the party; None when it is not known, or hangs on who the party is."""
    party = plan.facts.party_type
    if threshold.citizen == threshold.organisation:
        return threshold.citizen
    if party is None or party.value == "个体工商户":  # a person in law, a business in practice
        return None
    return threshold.citizen if party.value == "自然人" else threshold.organisation


def _safe_limit(threshold: Threshold | None, plan: PenaltyPlan) -> float | None:
    """The amount for the party, or the lower of the two while the party is not known."""
    if threshold is None or threshold.citizen is None or threshold.organisation is None:
        return None
    limit = _limit(threshold, plan)
    return limit if limit is not None else min(threshold.citizen, threshold.organisation)


def _hints(hints: tuple[Threshold, ...]) -> str:
    if not hints:
        return ""
    said = "；".join(
        f"{t.field}公民{plain(t.citizen or 0)}元、组织{plain(t.organisation or 0)}元（{t.source}）" for t in hints
    )
    return f"。仅供参考、性质待核的口径：{said}"


def _hearing(plan: PenaltyPlan, discretion: Discretion) -> ProcedureStep:
    articles: tuple[str, ...] = ("第六十三条", "第六十四条")
    field = plan.facts.field.value if plan.facts.field is not None else None
    threshold, hints = discretion.threshold("听证", plan.law, field)
    if threshold is not None and threshold.law is not None:
        articles = (*articles, threshold.basis)
    if plan.heavy:
        text = f"拟处{'、'.join(plan.heavy)}，应当告知当事人有要求听证的权利"
        return _hearing_days(plan, text, articles)
    confiscates = any(kind.startswith("没收") for kind in plan.kinds)
    if not plan.fine and not confiscates:
        if set(plan.kinds) <= _LIGHT:
            return _step("hearing", "not_required", "拟处的种类不在应当告知听证权利的范围内", *articles)
        text = "是否属于“其他较重的行政处罚”，由有权机关的规定确定"
        return _step("hearing", "needs_facts", text, *articles)
    other = [k for k in plan.kinds if k not in _LIGHT and k != "罚款" and not k.startswith("没收")]
    if other and (threshold is None or threshold.law is None):
        text = f"{'、'.join(other)}是否属于“其他较重的行政处罚”，由有权机关的规定确定；确认以前，建议告知听证权利"
        return _step("hearing", "needs_facts", text, *articles)
    limit = _limit(threshold, plan) if threshold is not None else None
    if plan.fine and threshold is not None and threshold.checked == "核对":
        if limit is not None and plan.fine >= limit:
            text = f"罚款{plain(plan.fine)}元，达到{plain(limit)}元的门槛，应当告知听证权利"
            return _hearing_days(plan, text, articles)
        if limit is not None and not confiscates:
            return _step(
                "hearing", "not_required", f"罚款{plain(plan.fine)}元，没有达到{plain(limit)}元的门槛", *articles
            )
    spot, _ = discretion.threshold("当场处罚", plan.law, field)
    small = _safe_limit(spot, plan)
    if small is not None and plan.fine <= small and not confiscates:
        text = f"罚款{plain(plan.fine)}元，在可以当场处罚的数额（{plain(small)}元）以内，不会是“较大数额”"
        return _step("hearing", "not_required", text, *articles, "第五十一条")
    what = "、".join(
        ([f"罚款{plain(plan.fine)}元"] if plan.fine else []) + [k for k in plan.kinds if k.startswith("没收")]
    )
    told = plan.day("告知日")
    text = f"{what}是否达到“较大数额”，法律没有写明数额，适用的标准待确认；确认以前，建议告知听证权利{_hints(hints)}"
    due = after_working_days(told, 5) if told is not None else None
    if due is not None:
        text += f"。如应告知，当事人要求听证的期限到{due.day}{due.note}"
    return _step("hearing", "needs_facts", text, *articles, due=due.day if due else None)


def _hearing_days(plan: PenaltyPlan, text: str, articles: tuple[str, ...]) -> ProcedureStep:
    """A hearing may be asked for: five working days to ask, notice seven working days before it."""
    articles = (*articles, "第八十五条")
    told, asked, called, held = (plan.day(n) for n in ("告知日", "要求听证日", "听证通知日", "听证日"))
    if told is None:
        return _step("hearing", "required", f"{text}；告知后五个工作日内可以要求听证", *articles)
    last = after_working_days(told, 5)
    text += f"；{told}告知，要求听证的期限到{last.day}{last.note}"
    if called is not None and held is not None:
        earliest = after_working_days(called, 7)
        if held < earliest.day:
            said = f"{text}；{called}通知，听证最早应在{earliest.day}{earliest.note}，却在{held}举行"
            return _step("hearing", "violated", said, *articles, due=earliest.day)
    if called is None and asked is not None and held is not None and held >= asked:
        earliest = after_working_days(asked, 7)  # nobody is called before it was asked for
        if held < earliest.day and earliest.certain:
            said = f"{text}；{asked}要求听证，即使当日通知，听证最早应在{earliest.day}，却在{held}举行"
            return _step("hearing", "violated", said, *articles, due=earliest.day)
    if plan.decided is not None and plan.decided <= last.day and held is None and plan.told("放弃听证") is not True:
        said = f"{text}；期限没有届满，{plan.decided}就作出了决定"
        return _step("hearing", "violated" if last.certain else "needs_facts", said, *articles, due=last.day)
    if asked is not None and asked > last.day:
        return _step("hearing", "ok", f"{text}；{asked}才要求听证，已过期限", *articles, due=last.day)
    if asked is not None and held is None and plan.decided is not None:
        said = f"{text}；{asked}要求听证，没有举行就作出了决定"
        return _step("hearing", "violated", said, *articles, due=last.day)
    if held is not None or (asked is None and plan.decided is not None and plan.decided > last.day):
        return _step("hearing", "ok", text, *articles, due=last.day)
    return _step("hearing", "required", text, *articles, due=last.day)


def _legal_review(plan: PenaltyPlan, hearing: ProcedureStep) -> ProcedureStep:
    articles = ["第五十八条"]
    if plan.law == _PUBLIC_ORDER:
        articles.append(f"《{_PUBLIC_ORDER}》第一百一十四条")
    done = plan.told("已法制审核")
    if done:
        return _step("legal_review", "ok", "已经法制审核", *articles)
    needed = hearing.status not in ("not_required", "needs_facts")
    if needed and done is False and plan.decided is not None:
        return _step("legal_review", "violated", "应当法制审核而没有审核，不得作出决定", *articles)
    if needed:
        text = "直接关系当事人重大权益，经过听证程序的，决定前应当法制审核；涉及重大公共利益、疑难复杂的也应当审核"
        return _step("legal_review", "required", text, *articles)
    if hearing.status == "needs_facts":
        text = (
            "是否应当法制审核，取决于是否经过听证、是否涉及重大公共利益、是否疑难复杂，以及本单位的审核目录（待确认）"
        )
        return _step("legal_review", "needs_facts", text, *articles)
    text = "看不出属于应当法制审核的情形；涉及重大公共利益、疑难复杂或者另有规定的，仍应审核"
    return _step("legal_review", "not_required", text, *articles)


def _collective(plan: PenaltyPlan, discretion: Discretion) -> ProcedureStep:
    articles = ("第五十七条第二款",)
    done, grave = plan.told("已集体讨论"), plan.told("情节复杂或者重大违法")
    if done:
        return _step("collective_discussion", "ok", "已由负责人集体讨论", *articles)
    if grave is not False and (grave or plan.heavy):
        why = "情节复杂或者重大违法" if grave else f"拟处{'、'.join(plan.heavy)}，通常属于重大违法行为"
        if done is False and plan.decided is not None:
            return _step("collective_discussion", "violated", f"{why}，却没有集体讨论", *articles)
        return _step("collective_discussion", "required", f"{why}，负责人应当集体讨论决定", *articles)
    field = plan.facts.field.value if plan.facts.field is not None else None
    spot, _ = discretion.threshold("当场处罚", plan.law, field)
    small = _safe_limit(spot, plan)
    if grave is False or (set(plan.kinds) <= _LIGHT and (not plan.fine or (small is not None and plan.fine <= small))):
        return _step("collective_discussion", "not_required", "看不出情节复杂或者重大违法", *articles)
    text = "是否情节复杂或者重大违法，由机关认定；本单位的数额标准待确认"
    return _step("collective_discussion", "needs_facts", text, *articles)


def _on_the_spot(plan: PenaltyPlan, discretion: Discretion) -> ProcedureStep:
    field = plan.facts.field.value if plan.facts.field is not None else None
    threshold, _ = discretion.threshold("当场处罚", plan.law, field)
    articles = ("第五十一条", *((threshold.basis,) if threshold is not None and threshold.law else ()))
    spot = plan.told("当场处罚")
    other = [kind for kind in plan.kinds if kind not in ("警告", "罚款")]
    limit = _limit(threshold, plan) if threshold is not None else None
    if other:
        text = f"{'、'.join(other)}不能当场决定"
        return _step("on_the_spot", "violated" if spot else "not_required", text, *articles)
    if limit is None and plan.fine:
        lowest = min((v for v in (threshold.citizen, threshold.organisation) if v), default=0) if threshold else 0
        highest = max((v for v in (threshold.citizen, threshold.organisation) if v), default=0) if threshold else 0
        if plan.fine <= lowest:
            limit = lowest
        elif plan.fine > highest > 0:
            limit = highest
        else:
            text = "可以当场处罚的数额因当事人是公民还是组织而不同，当事人的类型待查（个体工商户按哪一种，做法不一）"
            return _step("on_the_spot", "needs_facts", text, *articles)
    if limit is not None and plan.fine > limit:
        text = f"罚款{plain(plan.fine)}元，超过可以当场处罚的{plain(limit)}元，应当适用普通程序"
        return _step("on_the_spot", "violated" if spot else "not_required", text, *articles)
    if spot:
        return _step("on_the_spot", "ok", "在可以当场处罚的范围内；违法事实应当确凿", *articles, "第五十二条")
    return _step("on_the_spot", "not_required", "违法事实确凿的，可以当场决定；也可以适用普通程序", *articles)


def _notice(plan: PenaltyPlan) -> ProcedureStep:
    articles = ("第四十四条", "第四十五条", "第六十二条")
    told = plan.day("告知日")
    if told is None:
        if plan.decided is not None and plan.decided <= plan.as_of:
            text = "决定已经作出，告知的日期待查；没有告知就不得作出决定"
            return _step("notice", "needs_facts", text, *articles)
        text = "决定前应当告知拟处罚的内容及事实、理由、依据，以及陈述、申辩、要求听证的权利"
        return _step("notice", "required", text, *articles)
    if plan.decided is not None and told > plan.decided:
        text = f"{plan.decided}作出决定，{told}才告知，不得作出决定"
        return _step("notice", "violated", text, *articles)
    return _step("notice", "ok", f"{told}告知；陈述、申辩应当复核，不得因申辩加重处罚", *articles)


def _decision(plan: PenaltyPlan) -> ProcedureStep:
    order = plan.law == _PUBLIC_ORDER
    days = 30 if order else 90
    articles = ("第六十条", *((f"《{_PUBLIC_ORDER}》第一百一十八条",) if order else ()))
    filed = plan.facts.filed_date
    if filed is None:
        if plan.told("当场处罚"):
            return _step("decision_deadline", "not_required", "当场决定的不立案", *articles)
        return _step("decision_deadline", "needs_facts", f"立案之日起{days}日内作出决定；立案日期待查", *articles)
    last = filed.value + dt.timedelta(days=days)
    text = f"{filed.value}立案，{days}日到{last}届满"
    reserve = "；法律、法规、规章另有规定（延长、检验鉴定不计入等）的从其规定"
    if plan.decided is not None:
        late = plan.decided > last
        said = f"{text}，{plan.decided}作出决定" + (f"，超过{(plan.decided - last).days}日" if late else "")
        return _step("decision_deadline", "overdue" if late else "ok", said + reserve, *articles, due=last)
    if plan.as_of > last:
        return _step("decision_deadline", "overdue", f"{text}，还没有作出决定{reserve}", *articles, due=last)
    return _step("decision_deadline", "required", text + reserve, *articles, due=last)


def _service(plan: PenaltyPlan) -> ProcedureStep:
    articles = ("第六十一条", "第八十五条")
    served = plan.day("送达日")
    if plan.decided is None:
        text = "决定书应当宣告后当场交付；当事人不在场的，七个工作日内送达"
        return _step("service_deadline", "required", text, *articles)
    last = after_working_days(plan.decided, 7)
    text = f"{plan.decided}作出决定，当事人不在场的，送达期限到{last.day}{last.note}"
    if served is not None:
        if served > last.day and not last.certain:
            return _step("service_deadline", "needs_facts", f"{text}，{served}送达", *articles, due=last.day)
        status: ProcedureStatus = "overdue" if served > last.day else "ok"
        return _step("service_deadline", status, f"{text}，{served}送达", *articles, due=last.day)
    if plan.as_of > last.day:
        return _step("service_deadline", "needs_facts", f"{text}，是否送达待查", *articles, due=last.day)
    return _step("service_deadline", "required", text, *articles, due=last.day)


def _justice(plan: PenaltyPlan) -> ProcedureStep:
    articles = ("第二十七条",)
    suspected = plan.told("涉嫌犯罪")
    if suspected:
        return _step("transfer_to_justice", "required", "涉嫌犯罪，应当及时将案件移送司法机关", *articles)
    if suspected is False:
        return _step("transfer_to_justice", "not_required", "已认定不涉嫌犯罪", *articles)
    grave = plan.facts.harm is not None and plan.facts.harm.value in ("较大", "严重")
    if "构成犯罪" in plan.article_text or grave or _CRIME.search(plan.description):
        text = "依据的条文写到构成犯罪的情形" if "构成犯罪" in plan.article_text else "后果较重"
        text += "，是否达到刑事追诉标准待查；追诉标准不在库中，应当对照"
        return _step("transfer_to_justice", "needs_facts", text, *articles)
    return _step("transfer_to_justice", "not_required", "依据的条文没有写到犯罪，也看不出涉嫌犯罪", *articles)


def _double(plan: PenaltyPlan) -> ProcedureStep:
    articles = ("第二十九条",)
    if not plan.fine:
        return _step("double_fine", "not_required", "没有拟处罚款", *articles)
    fined = plan.told("同一行为已被罚款")
    if fined:
        return _step("double_fine", "violated", "同一个违法行为已经被罚款，不得再次罚款", *articles)
    if fined is False:
        return _step("double_fine", "ok", "同一个违法行为没有被罚款", *articles)
    hint = "描述说到曾被罚款，" if _FINED.search(plan.description) else ""
    text = f"{hint}同一个违法行为是否已被罚款待查；同时违反几个规定的，按罚款数额高的规定处罚，只罚一次"
    return _step("double_fine", "needs_facts", text, *articles)
