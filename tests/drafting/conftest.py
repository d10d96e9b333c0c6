"""Papers over the real corpus and the real engines, kept in a database of their own; no search and no model."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.desk.opinions import OpinionDesk, Signer
from assistant.drafting import Drafter, Forms, Gathering, Judging, Rewriter, load_forms
from assistant.journal import Database, sqlite_url
from assistant.journal.opinions import OpinionStore
from assistant.knowledge.discretion import load_discretion
from assistant.knowledge.lists import load_lists
from assistant.law.library import Library
from assistant.precedents import Precedents
from assistant.rules.exemption import Exemption
from assistant.rules.proportionality import Proportionality
from assistant.schema import Provenance, Sight
from assistant.settings import ROOT

TODAY = dt.date(2026, 11, 23)
TEMPLATES = ROOT / "knowledge_base" / "templates"
ALL = Sight(who=None, everything=True)
DRAFTER, REVIEWER = Signer("本机用户", "李一"), Signer("本机用户", "王二")

SHOP = (
    "2026年9月3日，执法人员检查发现某五金店的商品没有明码标价。店主当场补贴了价签，没有造成危害后果，系首次违法。"
    "该店是个体工商户。"
)
DECISION = {
    "organ": "天津经济技术开发区某局", "document_no": "津开某罚免〔2026〕3号", "party": "某五金店",
    "address": "洞庭路某号", "matter": "没有明码标价", "basis": "《中华人民共和国价格法》第四十二条",
    "duty": "《中华人民共和国价格法》第十三条第一款", "evidence": ["现场笔录", "照片"],
    "review_organ": "天津市某区人民政府", "court": "某人民法院", "date": "2026-11-20",
}  # fmt: skip
REVIEW_FACTS = {
    "party_type": "企业", "conduct_date": "2026-03-10", "goods_value": 453, "illegal_gains": 0, "harm": "一般",
    "corrected": "责令期限内改正", "first_violation": False,
}  # fmt: skip
REVIEW = {
    "submitted_by": "市场监管执法支队", "party": "某餐饮公司", "matter": "销售超过保质期的食品",
    "organ": "某局法制机构", "lawyer": "王某", "date": "2026-11-20",
    "basis": "《食品安全法》第一百二十四条第一款第（五）项", "fine": 60000, "kinds": ["没收非法财物"],
}  # fmt: skip


@pytest.fixture(scope="session")
def forms(library: Library) -> Forms:
    return load_forms(TEMPLATES, library, TODAY)


@pytest.fixture(scope="session")
def drafter(library: Library, forms: Forms) -> Drafter:
    judging = Judging(
        library,
        Exemption(library, load_lists((ROOT / "knowledge_base" / "lists",), library)),
        Proportionality(library, load_discretion(ROOT / "knowledge_base" / "discretion", library, TODAY)),
    )
    return Drafter(forms, Gathering(judging, lambda question, as_of: None, Precedents(library).similar))


@pytest.fixture
def open_papers(library: Library, drafter: Drafter, tmp_path: Path) -> Callable[..., OpinionDesk]:
    def open_it(rewriter: Rewriter | None = None) -> OpinionDesk:
        return OpinionDesk(
            library=library,
            drafter=drafter,
            store=OpinionStore(Database(sqlite_url(tmp_path))),
            provenance=Provenance(code="c", knowledge="k", prompts="p"),
            clock=lambda: TODAY,
            rewriter=rewriter,
        )

    return open_it


@pytest.fixture
def papers(open_papers: Callable[..., OpinionDesk]) -> OpinionDesk:
    return open_papers()
