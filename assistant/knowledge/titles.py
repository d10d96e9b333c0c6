"""Where a document's title ends, its masthead and its text begin."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from assistant.knowledge.instrument import heading, squeeze
from assistant.knowledge.readers.document import Block, Document

_NUM = "[〇○零一二三四五六七八九十0-9０-９]"
DATE = re.compile(
    rf"({_NUM}{{4}})\s*年\s*({_NUM}{{1,3}})\s*月\s*({_NUM}{{1,3}})\s*日|(\d{{4}})[-./](\d{{1,2}})[-./](\d{{1,2}})"
)
FILE_DATE = re.compile(r"[（(_\-\s]?((?:19|20)\d{2})[-._年]?(\d{2})[-._月]?(\d{2})日?[)）]?$")
_ORDER = re.compile(
    r"(?:令|公告)\s*[（(]?\s*(?:\d{4}年)?第?\s*[一二三四五六七八九十百〇零0-9]+\s*号[)）]?|第\s*\d+\s*号令"
)
DOCUMENT_NO = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔［\[（(【]\s*(?:19|20)\d{2}\s*[〕］\])）】]\s*(?:第\s*)?\d{1,5}\s*号"
)
_ORDER_LINE = re.compile(
    r"[\u4e00-\u9fff、]{2,40}(?:[院部局署会行]|政府|主席|办公室)(?:令|公告|文件)|[（(]?\s*第\s*[一二三四五六七八九十百〇零0-9]+\s*号\s*[)）]?"
)
_SIGNED = re.compile(
    r"(?:总理|主席|部长|主任|局长|署长|行长|省长|市长|区长|县长)[\s\u3000：:]*\S{1,2}[\s\u3000]*\S{1,3}"
)
_ANNOUNCED = re.compile(r"《([^《》]{4,80})》[^。]{0,120}(?:现予公布|予以公布|现予发布|予以发布|现公布|现发布)")
_SUFFIX = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规则|决定|决议|通知|意见|公告|通告|命令|令|方案|制度|标准|基准|清单|目录|规范|规程|指引|指南|批复|函|答复|解释|章程|准则"
    r"|守则|措施|要点|纲要|规划|计划)(?:[（(].{1,12}[)）])?$"
)
CASE_TITLE = re.compile(r"(?:案|案例|判决书|裁定书|复议决定书|行政处罚决定书|典型案例)$")
AT_ONCE = re.compile(r"[（(]?\s*(?:发布|公布|自)?(?:发布|公布)?之日.{0,4}施行\s*[)）]?$")
_EVENT = re.compile(r"通过|批准|修订|修正|修改|公布|发布|印发|施行|执行|实施|实行|生效|签发")
_ISSUES = re.compile(r".*(?:印发|发布|公布)《([^《》]{4,80})》.{0,6}的(?:通知|通告|公告)")
_MOST_MASTHEAD_LINES = 40


def split(document: Document) -> tuple[str, tuple[str, ...], tuple[Block, ...]]:
    """A document as title, masthead lines and body blocks."""
    blocks = list(document.blocks)
    end = next((i for i, b in enumerate(blocks) if b.ends_head), None)
    title, start = _find_title(document, blocks[: end or len(blocks)])
    if end is not None:
        return title, tuple(b.text for b in blocks[start:end]), tuple(blocks[end + 1 :])
    above = [b.text for b in blocks[:start] if squeeze(b.text) not in squeeze(title)]
    stop = start
    open_bracket = False
    while stop < min(len(blocks), start + _MOST_MASTHEAD_LINES):
        text = blocks[stop].text
        if _starts_body(blocks[stop]) or not (open_bracket or _is_masthead(text)):
            break
        opened = text.count("（") + text.count("(") - text.count("）") - text.count(")")
        open_bracket = opened > 0 or (open_bracket and opened >= 0)
        stop += 1
    if (inner := _issued_text(title, blocks, stop)) is not None:
        # 关于印发《…办法》的通知: the instrument is what is issued; the notice is its masthead.
        name, begins = inner
        return name, tuple(b.text for b in blocks[:begins]), tuple(blocks[begins + 1 :])
    lines = [b.text for b in blocks[start:stop]]
    return title, (*above, *lines), tuple(blocks[stop:])


def _issued_text(title: str, blocks: Sequence[Block], start: int) -> tuple[str, int] | None:
    """The name of the instrument that a notice issues and the index of its title line, where its text follows."""
    issued = _ISSUES.fullmatch(squeeze(title))
    if issued is None:
        return None
    at = next((i for i in range(start, len(blocks)) if squeeze(blocks[i].text) == issued[1]), None)
    if at is None or at + 2 >= len(blocks):
        return None
    return issued[1], at


def _starts_body(block: Block) -> bool:
    return heading(block.text, block.level) is not None or re.match(r"第\s*[一1]\s*条|目\s*录$", block.text) is not None


def _is_masthead(text: str) -> bool:
    if len(text) > 400:
        return False
    bare = text.strip("（）() \u3000")
    return bool(
        (DATE.match(bare) and _EVENT.search(bare) and not bare.endswith(("。", "；")))
        or (text.startswith(("（", "(")) and DATE.search(text) and _EVENT.search(text))
        or DOCUMENT_NO.fullmatch(bare)
        or _ORDER_LINE.fullmatch(squeeze(text))
        or _SIGNED.fullmatch(text)
        or _ANNOUNCED.match(text)
        or (_ORDER.search(bare) and len(bare) <= 60 and not bare.endswith("。"))
        or AT_ONCE.match(bare)
        or (DATE.fullmatch(bare))
        or re.fullmatch(
            r"(?:发布|公布|实施|施行|生效|成文|印发)(?:日期|时间)[：:].*|(?:索引号|文号|发文机关|发布机构|来源|主题分类|信息来源)[：:].*",
            bare,
        )
    )


def _find_title(document: Document, blocks: Sequence[Block]) -> tuple[str, int]:
    """The title and the index of the first block after it."""
    for index, block in enumerate(blocks[:30]):
        if block.level == 1 and heading(block.text) is None:
            return _tidy_title(block.text), index + 1
    announced = None
    for index, block in enumerate(blocks[:30]):
        text = block.text
        if _starts_body(block):
            break
        if found := _ANNOUNCED.match(text):
            announced = found[1]
        if _is_masthead(text) or text.endswith(("文件", "：", ":", "。")) or len(text) < 3:
            continue
        joined, stop = text, index + 1
        # A long title is set on several lines.
        while (
            not _title_like(joined) and stop < len(blocks) and stop - index < 4 and not _is_masthead(blocks[stop].text)
        ):
            if _starts_body(blocks[stop]) or blocks[stop].text.endswith("。"):
                break
            joined, stop = joined + blocks[stop].text, stop + 1
        if _title_like(joined) and len(joined) <= 120:
            if announced and squeeze(announced) not in squeeze(joined):
                continue
            return _tidy_title(joined), stop
    stem = _tidy_title(FILE_DATE.sub("", PurePath(document.name).stem))
    if document.title and (_title_like(document.title) or not _title_like(stem)):
        return _tidy_title(document.title), 0
    return stem, 0


def _title_like(text: str) -> bool:
    bare = squeeze(text)
    return len(bare) >= 3 and bool(_SUFFIX.search(bare) or CASE_TITLE.search(bare))


def is_instrument_title(title: str) -> bool:
    """Whether a title is one that legal texts and cases have."""
    return _title_like(title)


def _tidy_title(text: str) -> str:
    text = " ".join(text.split())
    if re.search("[\u4e00-\u9fff]", text):
        text = re.sub(r"(?<=[\u4e00-\u9fff《》（）、]) (?=[\u4e00-\u9fff《》（）、])", "", text)
    return (
        text.strip("《》 ") if text.count("《") == 1 and text.startswith("《") and text.endswith("》") else text.strip()
    )
