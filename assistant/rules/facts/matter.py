"""The violation in the words of the description, where they say it plainly; the search does the rest."""

import re
from collections.abc import Iterator

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.mentions import Mention

_CAUSE = re.compile(r"(?:案由|违法行为|违法事实)[：:]\s*(?P<what>[^，。；\n□]{2,40})")
_DONE = (
    r"(?:未(?!造成|发现|改正|及时改|整改|提供证|提交证|签|受|满|果|成年|查|陈述|申辩|提出|申请听证|要求听证)[^，。；□]{2,36}|没有?(?:按|办|保存|建立|配备|贴|放|公示|明示|取得|经|标"
    r"|签订|缴|报|挂)[^，。；□]{2,36}|无(?:证|照|许可)[^，。；□]{2,30}|擅自[^，。；□]{2,36}|占用?道[^，。；□]{0,20}|占用[^，。；□]{2,30}"
    r"|超(?:出|范围|限)[^，。；□]{2,30}|违规[^，。；□]{2,30}|非法(?!所得|获利)[^，。；□]{2,30}|虚假[^，。；□]{2,30}|(?:销售|生产|经营"
    r"|使用)[^，。；□]{0,6}(?:过期|不符合|不合格|标签|假|无)[^，。；□]{0,30})"
)
_FOUND = re.compile(
    rf"(?:发现|查明|涉嫌|属|系|为|，|。|^|当事人|公司|单位|店|处|厂|日起|起|日|户|月|均|仍|仍然|一直)(?P<what>{_DONE})"
)
_CALLED = re.compile(rf"(?:涉嫌|属于?|构成|系)(?P<what>{_DONE}?)(?:的)?(?:违法)?行为")
_TRIM = re.compile(r"(?:的)?(?:违法)?(?:行为|情况|问题|情形)?(?:属实|立案|案)?[。，；]?$")
_TAIL = re.compile(r"(?:持续|至今|属于|已构成|，).*$")


def read(telling: Telling) -> Iterator[Mention]:
    """violation, at most once: the stated cause of the case, else the first thing done or left undone."""
    text = telling.asserted
    for pattern in (_CAUSE, _CALLED):
        if match := pattern.search(text):
            yield _mention(match)
            return
    for match in _FOUND.finditer(text):
        if re.match(
            r"(?:未(?:按期|按时|及时)?(?:改正|整改)|未被|未有|未曾|无违法|未见|未能)|.*(?:无关|\d元)", match["what"]
        ):
            continue
        yield _mention(match)
        return


def _mention(match: re.Match[str]) -> Mention:
    words = _TAIL.sub("", match["what"])
    words = _TRIM.sub("", words).strip()
    start = match.start("what")
    return Mention("violation", words, start, start + len(words))
