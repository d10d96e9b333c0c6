"""Checks of who acted: the organ, the officers, their number and their numbers."""

import re
from collections.abc import Mapping

from assistant.casefiles.cutting import Paper
from assistant.casefiles.days import find_days
from assistant.casefiles.fields import fields
from assistant.casefiles.intake import Line
from assistant.casefiles.outcome import Fault, Outcome, ok, unknown, weighed
from assistant.casefiles.people import (
    KEEPERS,
    OFFICERS,
    keeper_of,
    named_with_numbers,
    names_in,
    officers,
    says_two,
    unqualified,
)
from assistant.casefiles.volume import DECISIONS, NOTICE, RECORDS, Volume

_ACTING = (*RECORDS, "证据先行登记保存通知书", "抽样取证凭证", "当场行政处罚决定书")
_INNER = re.compile(
    r"^.{2,30}?(?:局|委员会|委|厅|政府|大队|支队|总队|管委会)(?:.{1,10}(?:科|股|室|中队|处|稽查队))(?:[（(](?:印章|盖章|公章)[）)])?$"
    r"|^.{2,12}(?:科|股|中队)(?:[（(](?:印章|盖章|公章)[）)])?$"
)
_ORGAN = re.compile(
    r"^[\u4e00-\u9fff（）()]{3,30}(?:局|委员会|厅|政府|大队|支队|总队|管委会|街道办事处|海关|分局|部|委|监督所|监察所|管理所|执法所)(?:[（(](?:印章|盖章|公章)[）)])?$"
)
_OF_ORGAN = re.compile(r"(?:^|[。（(])[\u4e00-\u9fff]{3,20}(?:局|委员会)[（(]?(?:印章|公章|盖章)")
_ALONE = ("治安管理处罚法", "道路交通安全法")
"""Laws under which one officer may decide on the spot (行政处罚法第四十二条: 法律另有规定的除外)."""
_NONE = re.compile(
    r"(?:执法|检查|监察|监督)证[件书号]{0,3}(?:编号|号码|号)?[：:|（(]*(?:无(?!误|异议)|暂无|未办理|未办|办理中|正在办理|正在申领|申领中|没有|未取得|尚未取得|尚无|待发)"
    r"|(?:未|尚未|没有|还没有?)(?:取得|领取|办理|申领|申办|持有?)[^。；，]{0,4}(?:行政)?(?:执法|检查)(?:人员)?(?:资格|证)"
    r"|(?:无|不具有|不具备)(?:行政)?执法(?:人员)?(?:资格|证)(?!件?号)"
    r"|执法证件?(?:已|已经|早已)?(?:过期|失效|注销|被?收回|被?暂扣|被?吊销|到期|超过有效期)"
)
_ASKED_OF = re.compile(r"(?:是否|有没有|有无|如|若|不得|应当|他们|你们)[^。；，]{0,8}$")
_EXPIRES = re.compile(r"(?:执法证|证件)[^。；\n]{0,24}?有效期(?:限)?(?:至|到|截至|止)?[：:|]?")
_OFFICE = re.compile(
    r"[（(](?:盖|加盖)?[\u4e00-\u9fff]{0,20}?(?:科|股|室|中队|法规处|法制处|稽查处|执法处|办公室)(?:印章|公章|专用章|章)[）)]"
)
_SHOWN = re.compile(
    r"出示|亮明|表明身份|亮证|出具.{0,6}证件|(?:这是|请看|看清|过目)[^。？\n]{0,14}证件?|证件[^。？\n]{0,12}(?:看|过目|核对)"
)


def organ(volume: Volume) -> Outcome:
    """The organ at the foot of what went out: no inner unit, one and the same."""
    faults, doubts = [], []
    names: dict[str, Paper] = {}
    for paper in volume.of(NOTICE, *DECISIONS, "听证通知书", "责令改正通知书"):
        sealed = volume.find(paper, _OFFICE)
        if sealed is not None:
            faults.append(Fault(f"{paper.name}盖的是内设机构的章", (sealed,)))
        foot = _foot(paper)
        if foot is None:
            continue
        line, name = foot
        if _INNER.match(line.tight):
            text = f"{paper.name}以内设机构“{name}”的名义作出"
            faults.append(Fault(text, (volume.place(paper, line),)))
        elif paper.name in (NOTICE, *DECISIONS):
            names.setdefault(name, paper)
    entrusted = next((name for name in names if name.endswith("所")), None)
    above = next((p for paper in volume.papers if paper.readable and (p := volume.find(paper, _OF_ORGAN))), None)
    if entrusted is not None and above is not None:
        text = f"{names[entrusted].name}以“{entrusted}”的名义作出，同一卷里另有主管机关作出的文书，没有看到授权的依据"
        faults.append(Fault(text, (volume.place(names[entrusted], (_foot(names[entrusted]) or (None, ""))[0]), above)))
    part = _part_of(names)
    if part is not None:
        whole, unit = part
        text = f"{names[unit].name}以“{unit}”的名义作出，{names[whole].name}是“{whole}”"
        faults.append(Fault(text, (volume.place(names[unit], (_foot(names[unit]) or (None, ""))[0]),)))
    elif len(names) > 1:
        places = tuple(volume.place(p, (_foot(p) or (None, ""))[0]) for p in names.values())
        doubts.append(Fault(f"告知、决定的落款机关不同：{'、'.join(names)}，待人工核对", places))
    if not names and not faults:
        return unknown("没有读到告知书、决定书的落款机关，待人工核对")
    place = [volume.place(p, (_foot(p) or (None, ""))[0]) for p in names.values()]
    return weighed(faults, doubts, ok(f"落款是{'、'.join(names)}；是否有这项处罚权，对照本单位的权责清单", *place))


def _part_of(names: Mapping[str, Paper]) -> tuple[str, str] | None:
    """An organ and a unit of it that acted in the same file, each in its own name: 某某局 and 某某局综合执法大队."""
    for whole in names:
        for unit in names:
            if unit != whole and unit.startswith(whole) and unit.endswith(("大队", "支队", "所", "队")):
                return whole, unit
    return None


def _foot(paper: Paper) -> tuple[Line, str] | None:
    """The organ named near the foot, with its line."""
    for line in reversed(paper.lines[-14:]):
        words = re.sub(r"\d{4}年.*$|[二〇○零一]{4}年.*$", "", line.tight)
        if words and (_INNER.match(words) or _ORGAN.match(words)) and not re.search(r"送达|签收|名称[：:]", words):
            return line, re.sub(r"[（(](?:印章|盖章|公章)[）)]", "", words)
    return None


def qualification(volume: Volume) -> Outcome:
    """Signs in the file that somebody acted without being an officer."""
    faults = []
    numbers = bool(_carded(volume))
    for paper in volume.of(*_ACTING):
        for name, line in unqualified(paper.lines):
            faults.append(
                Fault(f"{paper.name}的执法人员“{name}”不是有执法资格的人员", (volume.place(paper, line, name),))
            )
        none = next((m for m in _NONE.finditer(paper.tight) if not _ASKED_OF.search(paper.tight[: m.start()])), None)
        if none is not None:
            place = volume.place(paper, paper.line_of(none[0]), none[0])
            faults.append(Fault(f"{paper.name}写明执法人员没有有效的执法证", (place,)))
        faults += _expired(volume, paper)
    fine = ok("写有执法证号；是否有效，在执法人员库核对") if numbers else unknown("没有读到执法证号，资格待人工核对")
    return weighed(faults, [], fine)


def _expired(volume: Volume, paper: Paper) -> list[Fault]:
    """A card whose last day, as the record gives it, was before the record."""
    dated = volume.day(paper)
    faults = []
    for match in _EXPIRES.finditer(paper.tight) if dated is not None else ():
        last = next((f for f in find_days(paper.tight[match.end() : match.end() + 24]) if f.day), None)
        if last is not None and last.day is not None and dated is not None and last.day < dated.day:
            place = volume.place(paper, paper.line_of(match[0]), match[0])
            faults.append(Fault(f"{paper.name}的执法证有效期到{last.day}，已经过期", (place, volume.at(dated))))
    return faults


def two_officers(volume: Volume) -> Outcome:
    """Every record shows two officers. One alone is a fault only where the form says so and nothing else says two."""
    faults, doubts = [], []
    shown = 0
    for paper in volume.of(*_ACTING):
        acted = officers(paper.lines)
        barred = {name for name, _ in unqualified(paper.lines)}
        names = [name for name in acted.names if name not in barred]
        if len(names) >= 2:
            shown += 1
        elif (
            not acted.acting
            or _keeper_unread(paper)
            or _another_keeper(paper, (*acted.names, *barred))
            or ((len(acted.numbers) >= 2 or says_two(paper.tight)) and not barred)
        ):
            doubts.append(Fault(f"{paper.name}没有读全执法人员的姓名", (volume.place(paper),)))
        elif not names:
            faults.append(Fault(f"{paper.name}没有有资格的执法人员", (volume.place(paper),)))
        else:
            faults.append(
                Fault(
                    f"{paper.name}只有一名执法人员（{names[0]}）",
                    tuple(volume.place(paper, one) for one in acted.lines[:2]),
                )
            )
    if faults and volume.procedure == "简易程序" and volume.decision is not None:
        cited = [c.checked.law or "" for c in volume.cited(volume.decision)]
        if any(law.endswith(_ALONE) for law in cited):
            return unknown("依据的法律对当场处罚的人数另有规定，待人工核对", *faults[0].places)
    if not shown and not faults and not doubts:
        return unknown("没有可以核对执法人员的笔录")
    return weighed(faults, doubts if not shown else [], ok("各份笔录都有两名以上执法人员"))


def _another_keeper(paper: Paper, names: tuple[str, ...]) -> bool:
    keeper = keeper_of(paper.tight)
    return keeper is not None and not any(keeper.startswith(name) for name in names)


def _keeper_unread(paper: Paper) -> bool:
    """Whether a field for who kept the record holds words that were not read as a name."""
    return any(
        not names_in(field.value) and re.search(r"[\u4e00-\u9fff]{2}", field.value)
        for field in fields(paper.lines, KEEPERS)
    )


def officer_numbers(volume: Volume) -> Outcome:
    """Each officer of a record with a number; one number for one person throughout."""
    faults: list[Fault] = []
    known: dict[str, tuple[str, Paper]] = {}
    looked = 0
    carded = _carded(volume)
    for paper in volume.of(*RECORDS, "当场行政处罚决定书"):
        acted = officers(paper.lines, tuple(label for label in OFFICERS if not label.startswith("送达")))
        barred = {name for name, _ in unqualified(paper.lines)}
        acting = tuple(name for name in acted.names if name not in barred)
        if not acting:
            continue
        looked += 1
        where = tuple(volume.place(paper, line) for line in acted.lines[:2])
        if not acted.numbers and set(acting) <= carded:
            continue
        if not acted.numbers:
            faults.append(Fault(f"{paper.name}没有执法证号", where))
            continue
        if len(acted.numbers) < min(2, len(acting)):
            faults.append(Fault(f"{paper.name}有{len(acting)}名执法人员，只有{len(acted.numbers)}个执法证号", where))
            continue
        if len(acting) == len(acted.numbers):
            for name, number in zip(acting, acted.numbers, strict=True):
                before = known.setdefault(name, (number, paper))
                if before[0] != number:
                    text = f"{name}的执法证号前后不一：{before[1].name}是{before[0]}，{paper.name}是{number}"
                    faults.append(Fault(text, (*where, volume.place(before[1]))))
    return weighed(faults, [], ok("笔录都有执法证号") if looked else unknown("没有可以核对的笔录"))


def _carded(volume: Volume) -> set[str]:
    """Officers whose numbers some paper of the file gives: they need not stand in every other."""
    found: set[str] = set()
    for paper in volume.papers:
        if paper.readable and paper.stage != "卷首":
            acted = officers(paper.lines)
            if len(acted.numbers) >= len(acted.names) > 0:
                found |= set(acted.names)
            found |= named_with_numbers(paper.lines)
    return found


def shown(volume: Volume) -> Outcome:
    """Records say that the officers showed who they are."""
    records = volume.of(*RECORDS, "当场行政处罚决定书") if volume.procedure == "简易程序" else volume.of(*RECORDS)
    if not records:
        return unknown("没有可以核对的笔录")
    faults = [
        Fault(f"{paper.name}没有记载出示执法证件", (volume.place(paper),))
        for paper in records
        if not _SHOWN.search(paper.tight)
    ]
    if volume.procedure == "简易程序" and len(faults) < len(records):
        faults = []
    return weighed(faults, [], ok("笔录记载了出示执法证件"))
