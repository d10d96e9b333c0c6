"""What the checks may ask beside the file: the laws, the engine of proportionality, the thresholds."""

import re
from dataclasses import dataclass

from assistant.casefiles.volume import Volume
from assistant.knowledge.discretion import Discretion
from assistant.law.library import Library
from assistant.rules.proportionality import Proportionality
from assistant.schema import CrimeSign, PartyType

_FIELDS = (
    ("市场监管", re.compile("市场监督|市监")), ("生态环境", re.compile("生态环境|环境保护|环罚")),
    ("应急管理", re.compile("应急管理|安全生产监督|应急罚")), ("海关", re.compile("海关")),
    ("治安", re.compile("公安")),
)  # fmt: skip
_UNIT = re.compile(r"公司|集团|厂$|合作社|合伙企业|事务所")


@dataclass(frozen=True)
class Counsel:
    """The engines behind the checks."""

    library: Library
    proportionality: Proportionality
    discretion: Discretion
    signs: tuple[CrimeSign, ...] = ()

    def party_type(self, volume: Volume) -> PartyType | None:
        """What the party is, by its name or what the file calls it; None when neither tells."""
        paper = volume.decision or volume.notice
        named = [party for one, party in volume.parties if one is paper] or [party for _, party in volume.parties]
        if not named:
            return None
        name = named[0].name
        if _UNIT.search(name):
            return "企业"
        if any("个体工商户" in p.tight for p in volume.papers if p.readable and p.stage != "卷首"):
            return "个体工商户"
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name) and not re.search(r"店|部|馆|厅|社|厂|场|坊|吧|行$", name):
            return "自然人"
        return None

    def field(self, volume: Volume) -> str | None:
        """The field of enforcement, by the organ that decides."""
        paper = volume.decision or volume.notice
        words = "".join(line.tight for line in (*paper.lines[:4], *paper.lines[-6:])) if paper is not None else ""
        return next((field for field, pattern in _FIELDS if pattern.search(words)), None)
