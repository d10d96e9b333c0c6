"""The last look before a number is given: what the question says besides must be in the answer, or none is given."""

import re

from assistant.schema import FigureAnswer, MetricQuery
from assistant.stats.catalogue import Catalogue
from assistant.stats.ledger import Ledger
from assistant.stats.lexicon import Heard, Token
from assistant.stats.numbers import plain
from assistant.stats.words import COUNTS, UNIT_KINDS

_SINGLE = frozenset(["composition", "trend", "rank", "check", "why"])
_COUNTED = ("多少", "几", "若干", "好多", "百分之")
_WHICH = re.compile(
    r"哪[一二两三四五六七八九十几\d]*(?:个|家|名|位)?(?:单位|部门|企业|公司|人(?!员)|项目|工程|工地)|是谁|名单"
)
_FUNCTION = frozenset(
    "是为有在做办的得地着被把将给让向对于以所已曾都就也还又再才只其呢吗吧啊呀么嘛哈哦噢哎上来去全能会要想用个件条份人家次名位场组张户"
    "之中里前后间真很更没说讲问看查列每那这该您你我咱它他请到分发出开下第但项可而提年两"
)
_OFFICES = re.compile(
    r"(?:每一?|各|几|哪)(?:个|家|名|位)?(?:行政)?(?:执法|职能|业务)?(?:部门|单位|机构|局|委办|科室|大队|支队|街道|区县?)"
)


def doubt(heard: Heard, query: MetricQuery, answer: FigureAnswer, catalogue: Catalogue, ledger: Ledger) -> str | None:
    """Why an answer does not cover its question, in words; None when it does."""
    return (
        _too_few(heard, query, answer)
        or _by_office(heard, query, catalogue)
        or _stray_number(heard, query, answer, ledger)
        or _averages(heard, query, catalogue)
        or _class_within(heard, query, catalogue)
        or _joins_nothing(heard)
        or _names_asked(heard, query)
        or _pieced(heard)
        or _again(heard)
        or _unread_signs(heard)
        or _dropped(heard, query, catalogue)
        or _counted_share(heard, query, catalogue)
    )


def _too_few(heard: Heard, query: MetricQuery, answer: FigureAnswer) -> str | None:
    """One number for two that were asked is half an answer that looks whole."""
    asked = [t for t in heard.of("ask") if t.text.removeprefix("有").startswith(_COUNTED)]
    given = len(answer.values) or 1
    if query.operation in _SINGLE:
        return None
    if len(asked) > 1 and given > len(asked) and "each" not in heard.operations():
        return f"一句里问了{len(asked)}个数，却读出{given}个，请分开问"
    if len(asked) <= given:
        return None
    return f"一句里问了{len(asked)}个数，只认出{given}个，请分开问"


def _by_office(heard: Heard, query: MetricQuery, catalogue: Catalogue) -> str | None:
    """每个执法部门多少人 asks for a table by department, which is not held."""
    offices = any(catalogue.metrics[term.metric].unit in ("个", "家") for term in query.terms)
    found = _OFFICES.search(heard.text)
    if found is None or offices or any(t.start <= found.start() < t.end for t in heard.of("metric", "per")):
        return None
    return "没有分部门的数据，不能按部门拆分"


def _stray_number(heard: Heard, query: MetricQuery, answer: FigureAnswer, ledger: Ledger) -> str | None:
    """12345工单: a number without a measure that runs into a metric is part of a name."""
    held = {plain(r.value) for t in query.terms for s in ledger.scopes(t.metric)
            for r in ledger.readings(t.metric, s).values()}  # fmt: skip
    held |= {o.value for o in answer.operands}
    for token in heard.of("number"):
        bare = re.fullmatch(r"\d+", token.text) is not None and heard.text[token.start - 1] != "、"
        touches = any(t.start == token.end for t in heard.of("metric", "plain", "scope"))
        if bare and touches and int(token.text) not in held:
            return f"指标库里没有按“{token.text}{_after(heard, token)}”统计的数"
    return None


def _after(heard: Heard, token: Token) -> str:
    return next((t.text for t in heard.tokens if t.start == token.end), "")


def _averages(heard: Heard, query: MetricQuery, catalogue: Catalogue) -> str | None:
    if query.operation != "average":
        return None
    if query.per is not None:
        spans = [t for t in heard.of("time") if t.time and t.time.kind != "latest"]
        return "只能按一整段累计数求平均，不能按两个时点之间求平均" if len(spans) > 1 else None
    for top, below in zip(query.terms[::2], query.terms[1::2], strict=False):
        one, per = catalogue.metrics[top.metric], catalogue.metrics[below.metric]
        if per.scope != one.scope and catalogue.within(one.scope, per.scope):
            return f"“{one.name}”只是{one.scope}的数，不能按{per.scope}的“{per.name}”平均"
    tops = [term.metric for term in query.terms[::2]]
    listed = heard.operations() & {"and", "each"}
    if len(tops) > 1 and not listed and any(catalogue.metrics[a].whole == b for a in tops for b in tops):
        return f"没有认准对哪一项求平均（{'、'.join(tops)}）"
    return None


def _class_within(heard: Heard, query: MetricQuery, catalogue: Catalogue) -> str | None:
    """权责884项里行政处罚类多少项: counted in another measure inside another metric, it is a part that is not held."""
    within = [t for t in heard.of("operation") if t.names[0] == "within"]
    if query.operation != "value" or len(query.terms) != 1 or not within:
        return None
    metric = catalogue.metrics[query.terms[0].metric]
    outer = [t for t in heard.of("metric") if t.end <= within[0].start and metric.name not in t.names]
    kinds = {name for t in heard.of("ask") for name in t.names if name in COUNTS}
    if not outer or not kinds or UNIT_KINDS.get(metric.unit) in kinds | {"%", None, ""}:
        return None
    return f"没有在“{outer[0].text}”里按“{metric.name}”分的数"


def _joins_nothing(heard: Heard) -> str | None:
    """共同检查: 同 with nothing before it joins nothing, so it belongs to a word that was not understood."""
    named = min((t.start for t in heard.tokens if t.size > 1 or t.kind == "number"), default=0)
    loose = [t for t in heard.of("operation") if t.names[0] == "and" and t.size == 1 and t.start < named]
    return f"没有认出“{heard.text[: loose[0].end]}”的意思" if loose else None


def _names_asked(heard: Heard, query: MetricQuery) -> str | None:
    """是哪三个单位 asks for names, and only their number is held."""
    named = query.operation == "value" and _WHICH.search(heard.text)
    return f"指标库只有数，没有名单（“{named[0]}”）" if named else None


def _pieced(heard: Heard) -> str | None:
    """一审, 年审: single characters that mean nothing alone may be a word together, one that was not understood."""
    run = ""
    last = -1
    for token in sorted(heard.of("plain"), key=lambda t: t.start):
        if token.size == 1:
            run = run + token.text if token.start == last else token.text
            if len(run) > 1 and not set(run) <= _FUNCTION:
                return f"没有认出“{run}”的意思"
        else:
            run = ""
        last = token.end
    return None


def _again(heard: Heard) -> str | None:
    """再检查 is not 检查: a repetition is counted nowhere."""
    again = [t for t in heard.of("plain") if t.text in ("再", "又")]
    found = next((t for t in again if any(m.start == t.end for m in heard.of("metric"))), None)
    return f"没有按“{found.text}”次统计的数" if found else None


def _counted_share(heard: Heard, query: MetricQuery, catalogue: Catalogue) -> str | None:
    """一门事项多少项: only the share is held, not the count."""
    if query.operation != "value" or len(query.terms) != 1:
        return None
    metric = catalogue.metrics[query.terms[0].metric]
    counted = [t.text for t in heard.of("ask") if any(name in COUNTS for name in t.names)]
    return f"“{metric.name}”只有比率，没有{counted[0]}" if metric.unit == "%" and counted else None


def _unread_signs(heard: Heard) -> str | None:
    """检查+处罚, 年中: signs and seasons that nothing else reads."""
    sign = re.search(r"[+＋×÷]|(?<!全)年[中初]", heard.text)
    if len(heard.of("time")) < 2:
        sign = sign or re.search(r"两个?(?:时点|时期|日期|节点)|两期|两次统计", heard.text)
    outside = [t for t in heard.of("operation") if t.text == "外"]
    if sign is None and outside and heard.text[: outside[0].start][-1:] not in ("之", "以", "除", "另"):
        sign = re.match(r"外.?", heard.text[outside[0].start :])
    return f"没有认出“{sign[0]}”的意思" if sign else None


def _dropped(heard: Heard, query: MetricQuery, catalogue: Catalogue) -> str | None:
    """停工通知涉及面积: two metrics run together, of which only one would be answered."""
    if query.operation != "value" or len(query.terms) != 1 or "涉及" not in heard.text:
        return None
    name = query.terms[0].metric
    other = next((t for t in heard.of("metric") if t.own and name not in t.names), None)
    return f"没有“{other.text}”与“{name}”相连的数" if other else None
