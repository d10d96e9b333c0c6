"""The lawyers' part in matters answers questions of figures as imported rows do, at any moment as it stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.clock import today
from assistant.errors import InputError
from assistant.journal import Database
from assistant.matters import MatterDesk, MatterFeed, MatterStore
from assistant.records.figures import OfficeFigures, load_figures
from assistant.records.importing import Source
from assistant.records.sample import sample_sheets, write_samples
from assistant.schema import FigureAnswer, MatterKind, NewMatter, Sight
from assistant.settings import ROOT

EVERYTHING = Sight(who=None, everything=True)
ASKED = ("公职律师参与率是多少？", "今年有多少件法律事务？", "今年公职律师用时多少？", "重大决策公职律师参与率是多少？")


class Office:
    """A desk of matters beside the figures it feeds."""

    def __init__(self, url: str, home: Path) -> None:
        self.store = MatterStore(Database(url))
        self.matters = MatterDesk(self.store, lambda _: None)
        self.home = home
        self.figures = self.opened()
        self.store.register("王律师", "公职律师", "市场监管局", ["市场监管"])

    def opened(self) -> OfficeFigures:
        return load_figures(ROOT / "knowledge_base", self.home, today, (MatterFeed(self.store),))

    def matter(self, kind: MatterKind, department: str | None, minutes: int | None = None) -> str:
        """A matter; with minutes, in the hands of the lawyer."""
        made = self.matters.open(NewMatter(kind=kind, title=kind), "李科员", department)
        if minutes is not None:
            self.matters.assign(made.id, "王律师", "主任", EVERYTHING)
            self.matters.remark(made.id, "王律师", EVERYTHING, "看了材料", minutes)
        return made.id

    def asked(self, question: str) -> FigureAnswer:
        answer = self.figures.answer(question, today())
        assert answer is not None
        return answer

    def values(self) -> list[float | None]:
        return [self.asked(question).value for question in ASKED]


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = Office(database_url, tmp_path / "home")
    yield opened
    opened.figures.records.close()


def test_what_is_done_at_the_desk_is_counted_at_once(office: Office) -> None:
    nothing = office.asked(ASKED[0])
    assert not nothing.answered
    assert "公职律师工作台还没有登记事项" in nothing.text
    assert office.figures.records.overview().holdings == ()
    office.matter("咨询", "市场监管局", 30)
    office.matter("重大决策", "应急管理局", 45)
    second = office.matter("重大决策", "应急管理局")
    office.matter("会议", None)
    assert office.values() == [50, 4, 75, 50]
    office.matters.withdraw(second, "李科员", EVERYTHING, "不办了")
    assert office.values() == [pytest.approx(66.67), 3, 75, 100], "a matter that was withdrawn counts no more"
    assert not office.asked(ASKED[0]).sample
    assert "公职律师工作台" in office.asked(ASKED[0]).text
    best = office.asked("哪个部门的公职律师参与率最高？")
    assert {line.department for line in best.rankings[0].lines if line.rank == 1} == {"市场监督管理局", "应急管理部门"}


def test_another_process_sees_it_and_nothing_is_kept_twice(office: Office) -> None:
    office.matter("咨询", "市场监管局", 30)
    office.matter("法制审核", "市场监管局")
    assert office.values()[:2] == [50, 2]
    other = office.opened()
    office.matter("咨询", "市场监管局", 10)
    assert (found := other.answer(ASKED[1], today())) is not None
    assert found.value == 3
    other.records.close()
    assert office.values()[:2] == [pytest.approx(66.67), 3]
    records = office.figures.records
    assert [(one.kind, one.file) for one in records.store.state().imports] == [("法律事务", "公职律师工作台")]
    assert records.overview().imports == (), "nobody imported it"
    assert [(one.kind, one.rows) for one in records.overview().holdings] == [("法律事务", 3)]
    assert len(list((office.home / "records").glob("rows-*.parquet"))) == 1


def test_it_stands_beside_the_sample_without_taking_its_mark(office: Office, tmp_path: Path) -> None:
    for file in write_samples(tmp_path, sample_sheets(300, until=today()), "csv"):
        office.figures.records.importer.bring_in(Source(file))
    office.matter("咨询", "市场监管局", 30)
    penalties = office.asked("今年哪个部门处罚最多？")
    assert penalties.sample
    part = office.asked(ASKED[0])
    assert part.value == 100
    assert not part.sample
    assert not any("示例" in flag.text for flag in part.flags)


def test_its_rows_are_not_imported_and_not_undone(office: Office, tmp_path: Path) -> None:
    office.matter("咨询", "市场监管局", 30)
    office.values()
    sheet = tmp_path / "法律事务.csv"
    sheet.write_text("事项编号,登记日期,类型,状态,公职律师参与\n1,2026-11-01,咨询,已办结,是\n", encoding="utf-8")
    with pytest.raises(InputError):
        office.figures.records.importer.bring_in(Source(sheet, kind="法律事务"))
    (made,) = office.figures.records.store.state().imports
    with pytest.raises(InputError, match="公职律师工作台"):
        office.figures.records.store.undo(made.id)
