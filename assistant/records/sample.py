"""Rows for tests and demonstration, made by the program: every one says 示例, and the same seed makes the same rows."""

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError

TITLE = "示例数据：由程序生成，不是真实记录"
DEPARTMENTS = ("应急管理局", "人力资源和社会保障局", "建设和交通局", "市场监督管理局", "生态环境局", "城市管理局",
               "消防救援支队", "卫生健康局", "文化和旅游局")  # fmt: skip
_SHARES = (22, 9, 12, 24, 11, 10, 6, 4, 2)  # of the work; the last ones do little, as the last ones do
_MATTERS = (
    "安全生产",
    "劳动用工",
    "工程质量",
    "广告宣传",
    "污染防治",
    "占道经营",
    "消防",
    "公共卫生",
    "经营场所",
)
_RESULTS = ("合格", "合格", "合格", "责令限期改正", "立案调查")
_CLOSED = ("维持", "维持", "驳回", "终止", "案前调解和解", "案中调解和解", "案中调解和解", "撤销", "确认违法")
_DEMANDS = ("咨询", "咨询", "咨询", "求助", "投诉", "举报", "建议")
_HEADS = {
    kind: tuple(said.split())
    for kind, said in {
        "检查": "检查编号 执法主体 检查日期 检查对象 检查事项 检查结果 执法人员证号 权责编码 示例",
        "处罚": "行政处罚决定书文号 执法主体 处罚决定日期 当事人名称 案由 处罚种类 罚款金额（元） 适用程序 "
        "执法人员证号 权责编码 示例",
        "改正": "改正编号 执法主体 改正日期 行政相对人 文书种类 执法人员证号 权责编码 示例",
        "执法人员": "执法证号 姓名 所属单位 证件状态 发证日期 注销日期 示例",
        "权责": "权责编码 事项名称 实施主体 权力类型 示例",
        "复议": "复议案号 收到日期 被申请人 受理日期 审理程序 审结日期 结案方式 是否涉企 示例",
        "诉讼": "案号 立案日期 被告 开庭日期 负责人是否出庭 结案日期 示例",
        "热线工单": "工单编号 受理时间 承办单位 诉求类型 办结时间 满意度 示例",
    }.items()
}
_ROSTER = 280
_DUTIES = 900

Cells = tuple[object, ...]


@dataclass(frozen=True)
class SampleSheet:
    """The rows of one kind, with the headers of an export."""

    kind: str
    headers: tuple[str, ...]
    rows: Callable[[], Iterator[Cells]]


class _Office:
    """An invented office: its officers and duties, and days of work between two dates."""

    def __init__(self, seed: int, since: dt.date, until: dt.date) -> None:
        self.seed, self.since, self.until = seed, since, until
        dice = random.Random(seed)
        self.officers = [(f"示例{2000 + i:05d}", f"示例{i:03d}", self.department(dice)) for i in range(_ROSTER)]
        self.duties = [(f"SL-{i:04d}", f"示例事项{i:04d}", self.department(dice)) for i in range(_DUTIES)]
        self._staff = {d: [o for o in self.officers if o[2] == d] or self.officers[:1] for d in DEPARTMENTS}
        self._tasks = {d: [t for t in self.duties if t[2] == d] or self.duties[:1] for d in DEPARTMENTS}

    @staticmethod
    def department(dice: random.Random) -> str:
        return dice.choices(DEPARTMENTS, _SHARES)[0]

    def day(self, dice: random.Random) -> dt.date:
        return self.since + dt.timedelta(days=dice.randrange((self.until - self.since).days + 1))

    def case(self, dice: random.Random) -> tuple[str, dt.date, str, str, str]:
        """Department, day, firm, certificate numbers of two officers, duty."""
        department = self.department(dice)
        busy = self._staff[department]
        pair = dice.sample(busy[: max(2, len(busy) * 9 // 10)], k=min(2, len(busy)))
        used = self._tasks[department]
        duty = dice.choice(used[: max(1, len(used) * 3 // 4)])
        firm = f"示例企业{dice.randrange(4000):04d}有限公司"
        return department, self.day(dice), firm, "、".join(o[0] for o in pair), duty[0]


def sample_sheets(rows: int, *, seed: int = 20241223, until: dt.date, days: int = 690) -> tuple[SampleSheet, ...]:
    """A sheet for each kind; inspections are `rows`, the others in proportion, over the `days` up to `until`."""
    office = _Office(seed, until - dt.timedelta(days=days - 1), until)

    def dice(kind: str) -> random.Random:
        return random.Random(f"{seed}{kind}")

    def inspections() -> Iterator[Cells]:
        d = dice("检查")
        for i in range(rows):
            department, day, firm, who, duty = office.case(d)
            matter = _MATTERS[DEPARTMENTS.index(department)]
            yield f"SL检{i:08d}", department, day, firm, f"{matter}检查", d.choice(_RESULTS), who, duty, "是"

    def penalties() -> Iterator[Cells]:
        d = dice("处罚")
        for i in range(max(1, rows // 5)):
            department, day, firm, who, duty = office.case(d)
            quick = d.random() < 0.3
            fine = d.choice((200, 500, 1000, 3000)) if quick else d.randrange(5, 400) * 500
            if fine > 100_000:
                fine //= 4
            yield (
                f"津开示罚〔{day.year}〕{i:07d}号", department, day, firm,
                f"示例案由（{_MATTERS[DEPARTMENTS.index(department)]}）",
                "罚款", fine, "简易程序" if quick else "普通程序", who, duty, "是",
            )  # fmt: skip

    def corrections() -> Iterator[Cells]:
        d = dice("改正")
        for i in range(max(1, rows // 40)):
            department, day, firm, who, duty = office.case(d)
            yield f"SL改{i:07d}", department, day, firm, "教育改正", who, duty, "是"

    def officers() -> Iterator[Cells]:
        d = dice("执法人员")
        for number, name, department in office.officers:
            since = office.since - dt.timedelta(days=d.randrange(30, 900))
            gone = office.day(d) if d.random() < 0.04 else None
            yield number, name, department, "注销" if gone else "正常", since, gone, "是"

    def duties() -> Iterator[Cells]:
        d = dice("权责")
        for number, name, department in office.duties:
            yield number, name, department, d.choice(("行政处罚", "行政检查", "行政强制")), "是"

    def reviews() -> Iterator[Cells]:
        d = dice("复议")
        for i in range(max(1, min(rows // 10, 20_000))):
            got = office.day(d)
            closed = d.choice(_CLOSED)
            taken = None if closed == "案前调解和解" else _not_after(got + dt.timedelta(days=d.randrange(1, 6)), until)
            ended = _not_after((taken or got) + dt.timedelta(days=d.randrange(5, 60)), until)
            quick = "简易程序" if d.random() < 0.2 else "普通程序"
            yield (
                f"示例复议〔{got.year}〕{i:05d}号", got, office.department(d), taken, quick if taken else None, ended,
                closed if ended else None, "是" if d.random() < 0.2 else "否", "是",
            )  # fmt: skip

    def suits() -> Iterator[Cells]:
        d = dice("诉讼")
        for i in range(max(1, min(rows // 100, 2_000))):
            filed = office.day(d)
            heard = filed + dt.timedelta(days=d.randrange(20, 60))
            ended = _not_after(heard + dt.timedelta(days=d.randrange(5, 90)), until)
            came = ("是" if d.random() < 0.9 else "否") if heard <= until else None
            yield f"（{filed.year}）示例行初{i:04d}号", filed, office.department(d), heard, came, ended, "是"

    def orders() -> Iterator[Cells]:
        d = dice("热线工单")
        for i in range(rows):
            day = office.day(d)
            done = _not_after(day + dt.timedelta(days=d.randrange(0, 9)), until)
            yield (
                f"SLRX{i:09d}",
                day,
                office.department(d),
                d.choice(_DEMANDS),
                done,
                d.choice(("满意", "基本满意", "不满意")),
                "是",
            )

    made = {"检查": inspections, "处罚": penalties, "改正": corrections, "执法人员": officers, "权责": duties,
            "复议": reviews, "诉讼": suits, "热线工单": orders}  # fmt: skip
    return tuple(SampleSheet(kind, _HEADS[kind], make) for kind, make in made.items())


def write_samples(folder: Path, sheets: Sequence[SampleSheet], form: str = "xlsx") -> tuple[Path, ...]:
    """A file a kind, with a title above the header. `form`: xlsx or csv."""
    if form not in ("xlsx", "csv"):
        raise InputError("--format", f"没有“{form}”这种格式", "可用：xlsx、csv")
    folder.mkdir(parents=True, exist_ok=True)
    write = _xlsx if form == "xlsx" else _csv
    return tuple(write(folder / f"示例-{sheet.kind}.{form}", sheet) for sheet in sheets)


def _csv(path: Path, sheet: SampleSheet) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([TITLE])
        out.writerow(sheet.headers)
        out.writerows(sheet.rows())
    return path


def _xlsx(path: Path, sheet: SampleSheet) -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.kind)
    page.append([TITLE])
    page.append(sheet.headers)
    for row in sheet.rows():
        page.append(row)
    book.save(path)
    return path


def _not_after(day: dt.date, until: dt.date) -> dt.date | None:
    return day if day <= until else None
