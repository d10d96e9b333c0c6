"""An office's own list out of a table (.xlsx, .docx, .csv): columns guessed and shown, nothing invented.

Conditions are taken over only where the table's words say them wholly; otherwise the item says that it is 待核.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.clock import today
from assistant.errors import KnowledgeError
from assistant.knowledge.lists import UNSEEN, load_lists
from assistant.knowledge.tables import TableRow, read_table
from assistant.law.citations import check
from assistant.law.library import Library

_HEADERS: dict[str, tuple[str, ...]] = {
    "编号": ("序号", "编号", "项目编号"),
    "事项": ("违法行为", "违法事项", "事项名称", "清单事项", "具体事项", "轻微违法行为", "事项", "案由"),
    "领域": ("领域", "执法领域", "行业"),
    "违则": ("违法依据", "违反条款", "违反依据", "禁止性规定", "义务性规定", "定性依据", "违则"),
    "罚则": ("处罚依据", "罚则", "法律责任", "处罚条款"),
    "依据": ("法律依据", "依据", "设定依据"),
    "条件": ("适用条件", "适用情形", "免罚条件", "不予处罚条件", "不予处罚情形", "减免情形", "条件", "情形"),
    "配套": ("配套措施", "监管措施", "教育措施", "柔性措施", "措施"),
    "说明": ("备注", "说明"),
}
_PHRASES: tuple[tuple[str, tuple[str, Any]], ...] = (
    (r"(?:属于)?(?:初次|首次)(?:实施)?(?:违法|发现|被发现)?(?:的)?", ("初次违法", "是")),
    (r"(?:危害)?后果轻微(?:的)?", ("危害后果", {"属于": ["无", "轻微"]})),
    (r"(?:没有|未|无)(?:造成|产生)?(?:明显)?(?:危害)?后果(?:的)?", ("危害后果", "无")),
    (
        r"(?:能够?)?(?:及时|主动|自行|立即|限期|按期|在?责令期限内|责令(?:限期)?改正后)(?:主动|及时|予以)?(?:改正|整改|纠正)(?:的)?",
        ("及时改正", "是"),
    ),
    (r"(?:没有|无)违法所得(?:的)?", ("违法所得", {"不超过": 0})),
    (r"签订(?:守法)?承诺书(?:的)?", ("签订承诺书", "是")),
)
_MEASURED = (
    (re.compile(r"(?:涉及|涉案)?人数?(?:不超过|在|≤)(\d+)人(?:以下|以内)?(?:的)?"), "涉及人数"),
    (re.compile(r"货值(?:金额)?(?:不超过|在|≤)(\d+(?:\.\d+)?)(万?)元(?:以下|以内)?(?:的)?"), "货值金额"),
    (re.compile(r"违法所得(?:不超过|在|≤)(\d+(?:\.\d+)?)(万?)元(?:以下|以内)?(?:的)?"), "违法所得"),
    (re.compile(r"持续(?:时间)?(?:不超过|在|≤)(\d+)[天日](?:以下|以内)?(?:的)?"), "持续天数"),
)
_BREAK = re.compile(r"[，,；;、。\s]+|且|并且|并|同时(?:具备|符合)?")
_HEADING_ROWS = 15  # rows from the top among which the headings are looked for


@dataclass(frozen=True)
class ListDraft:
    """A list as it would be written: `columns` maps our names to the table's headings, `ignored` are the others.

    `absent` are columns of ours that the table lacks, `skipped` rows that are no items, each with the reason; with
    `problems` the list cannot be written.
    """

    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    absent: tuple[str, ...]
    skipped: tuple[str, ...]
    problems: tuple[str, ...]
    items: tuple[Mapping[str, Any], ...]
    text: str

    @property
    def unread(self) -> int:
        """How many items carry conditions that were not, or not wholly, understood."""
        return sum(item["条件"] == UNSEEN or item.get("条件不全") == "是" for item in self.items)


def draft_list(file: Path, head: Mapping[str, Any], library: Library, *, renumber: bool = False) -> ListDraft:
    """Read a table and draw up the list file. KnowledgeError when there is no table of matters, or it is not valid.

    `head` holds the keys of the list itself (清单, 发文机关, 地域, 类别, 有效期, 性质, 来源…). `renumber` counts the
    items anew, where the table gives one number twice.
    """
    rows = read_table(file)
    heading = _heading(rows, file)
    items: list[dict[str, Any]] = []
    skipped: list[str] = []
    problems: list[str] = []
    numbers: dict[str, int] = {}
    for row in rows[heading.below :]:
        cells = {ours: row.cells[place] for ours, place in heading.places.items() if place < len(row.cells)}
        if row.banner or not cells.get("事项") or cells["事项"] in heading.names:
            skipped.append(f"第{row.number}行：{next(c for c in row.cells if c)[:30]}")
            continue
        item = _item(cells, str(len(items) + 1), library)
        if renumber:
            item["编号"] = str(len(items) + 1)
        before = numbers.setdefault(item["编号"], row.number)
        if before != row.number:
            problems.append(f"第{row.number}行：编号“{item['编号']}”与第{before}行重复")
        items.append(item)
    if not items:
        raise KnowledgeError(file.name, "表头以下没有事项", "请核对表格，事项应当一行一项")
    document = {**head, "事项": items}
    text = yaml.dump(document, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120)
    if not problems:
        with tempfile.TemporaryDirectory() as folder:  # the same door as every other list
            (Path(folder) / f"{file.stem}.yaml").write_text(text, encoding="utf-8")
            load_lists((Path(folder),), library)
    taken = set(heading.places.values())
    return ListDraft(
        columns={ours: heading.names[place] for ours, place in heading.places.items()},
        ignored=tuple(dict.fromkeys(name for place, name in enumerate(heading.names) if name and place not in taken)),
        absent=tuple(name for name in ("编号", "罚则", "条件") if name not in heading.places),
        skipped=tuple(skipped),
        problems=tuple(problems),
        items=tuple(items),
        text=text,
    )


@dataclass(frozen=True)
class _Heading:
    """The headings of a table, the place of each of our columns, and how many rows come before the items."""

    names: tuple[str, ...]
    places: Mapping[str, int]
    below: int


def _heading(rows: Sequence[TableRow], file: Path) -> _Heading:
    """The row of headings by which most columns are known; two rows of them are read as one."""
    best: _Heading | None = None
    for at, row in enumerate(rows[:_HEADING_ROWS]):
        following = rows[at + 1] if at + 1 < len(rows) else None
        for names, below in ((row.cells, at + 1), (_joined(row, following), at + 2)):
            places: dict[str, int] = {}
            plain = [re.sub(r"\s", "", cell) for cell in names]
            for ours, words in _HEADERS.items():
                place = _place(plain, words, set(places.values()))
                if place is not None:
                    places[ours] = place
            if "事项" in places and (best is None or len(places) > len(best.places)):
                best = _Heading(tuple(names), places, below)
    if best is None:
        raise KnowledgeError(file.name, "没有找到写着“违法行为”或者“事项”的表头", "请给表格加上表头一行")
    return best


def _joined(row: TableRow, following: TableRow | None) -> tuple[str, ...]:
    """A row of headings with the finer ones under it; nothing where the next row is an item already."""
    if following is None or len(following.cells) != len(row.cells):
        return ()
    words = [word for group in _HEADERS.values() for word in group]
    finer = [c for c in following.cells if c]
    if sum(re.sub(r"\s", "", cell) in words for cell in finer) < 2:
        return ()
    return tuple(low or high for high, low in zip(row.cells, following.cells, strict=True))


def _place(cells: Sequence[str], words: Sequence[str], taken: set[int]) -> int | None:
    for same in (True, False):
        for word in words:
            for at, cell in enumerate(cells):
                if at not in taken and cell and (cell == word if same else word in cell and len(cell) <= 20):
                    return at
    return None


def _item(cells: Mapping[str, str], number: str, library: Library) -> dict[str, Any]:
    own = re.sub(r"[、.．）)（(\s]", "", cells.get("编号", ""))
    item: dict[str, Any] = {"编号": own or number, "事项": _line(cells["事项"])}
    if cells.get("领域"):
        item["领域"] = _line(cells["领域"])
    condition, whole = read_conditions(cells.get("条件", ""))
    item["条件"] = condition or UNSEEN
    notes = []
    if cells.get("条件") and not whole:
        notes.append(f"条件原文：{_line(cells['条件'])}")
        if condition:
            item["条件不全"] = "是"
    outside: list[str] = []
    for key, column in (("违则", "违则"), ("罚则", "罚则"), ("罚则", "依据")):
        held = _provisions(cells.get(column, ""), library, outside)
        if held:
            item[key] = list(dict.fromkeys([*item.get(key, []), *held]))
    if outside:
        item["语料外"] = list(dict.fromkeys(outside))
    if cells.get("配套"):
        item["配套"] = [m for m in re.split(r"[；;、\n]+", cells["配套"]) if m.strip()]
    if cells.get("说明"):
        notes.append(_line(cells["说明"]))
    if notes:
        item["说明"] = "；".join(notes)
    return item


def _line(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _provisions(text: str, library: Library, outside: list[str]) -> list[str]:
    """The citations in a cell that the library holds; the others go to `outside` as written."""
    held = []
    for one in check(text, library, today()):
        known = one.law is not None and one.article is not None
        if known and one.verdict in ("verified", "repealed", "superseded", "not_yet_effective"):
            tail = f"第{_chinese(one.paragraph)}款" if one.paragraph else ""
            tail += f"第（{_chinese(one.item)}）项" if one.item else ""
            held.append(f"《{one.law}》{one.article}{tail}")
        else:
            outside.append(_line(one.text))
    if text.strip() and not held and not outside:
        outside.append(_line(text)[:120])
    return held


def _chinese(number: int | None) -> str:
    from assistant.numerals import to_chinese

    return to_chinese(number or 0)


def read_conditions(text: str) -> tuple[dict[str, Any], bool]:
    """Conditions in the closed language, and whether they say all that the words say."""
    out: dict[str, Any] = {}
    whole = bool(text.strip())
    for piece in _BREAK.split(re.sub(r"[（(]?[\d一二三四五六七八九十]+[)）.、]", "，", text)):
        if not piece:
            continue
        found = _measured(piece) or next((made for p, made in _PHRASES if re.fullmatch(p, piece)), None)
        if found is None or (found[0] in out and out[found[0]] != found[1]):
            whole = False
        else:
            out[found[0]] = found[1]
    if re.search(r"或者?|之一|任一|除外|但", text):  # alternatives and exceptions are a person's to write
        return {}, False
    return out, whole and bool(out)


def _measured(piece: str) -> tuple[str, Any] | None:
    for pattern, name in _MEASURED:
        match = pattern.fullmatch(piece)
        if match:
            number = float(match[1]) * (10_000 if match.lastindex == 2 and match[2] else 1)
            return name, {"不超过": int(number) if number.is_integer() else number}
    return None
