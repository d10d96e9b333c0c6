"""What a piece of a sentence is: a condition, an action, a name, or words that wait for one of them."""

import re

from assistant.law.penalties.segments import Piece, Segment
from assistant.law.penalties.subjects import is_party
from assistant.law.penalties.words import Word

ACTION = re.compile(
    r"(?<!被)(?<!经)(?<!受到)责令|处以|并处|单处|[元倍下]的?罚款$"
    r"|(?<!被)处(?![理置罚分方长境])(?=[^，；。]{0,60}?(?:元|倍|罚款|警告|拘留|百分之|暂扣))"
    r"|给予(?:警告|通报|罚款)"
    r"|予以(?:警告|罚款|没收|通报|拘留)|(?<!被)没收|(?<!被)(?<!或者)吊销|(?<!被)暂扣|追缴|(?:依照"
    r"|按照|适用)[^，]{1,40}(?:处罚|规定$|处理$)|不得从事|(?:内|终身|终生|期限)(?:不得|禁止)"
    r"|禁止其|(?<!被)取消|列入[^，]*名单|依法追究|承担[^，]{0,10}(?:责任|费用)$"
)
BARE = re.compile(
    r"^(?:有|存在|违反|属于|具有)?[^，]*(?:下列|前款|前两款|前条|上述|以下|本条)[^，]*(?:情形|行为"
    r"|情况)(?:之一)?$|^(?:逾期|拒不|情节)[^，处]{2,14}$|^发生[^，处]{2,12}事故$"
    r"|^(?:没有|无)(?:违法所得|违法经营额)$|^(?:广告费用|违法所得|货值金额)无法[^，]{2,10}$"
    r"|^货值金额(?:不足|在)?[^，]{2,12}元(?:以上)?$|^构成犯罪$|^尚不构成犯罪$"
)
_INNER = re.compile(
    r"^(?P<c>(?:并|对)?[^，。；]{0,40}?(?:情节(?:特别)?严重|情节较[重轻]|情节轻微"
    r"|(?<!没)有违法所得|没有违法所得|不足[^，]{1,9}元|元以上|逾期[^，的]{1,10}|拒不[^，的]{1,10}"
    r"|严重后果"
    r"|构成犯罪|行为)的)(?=没收|吊销|并处|单处|可以|处|责令|给予|由|应当|依照|按照)"
)
BANNED = re.compile(r"不得(?:再)?(?:从事|担任)")
PROCEDURE = re.compile(
    r"可以由[^，。；]{2,10}决定$|作出处(?!罚|理)|决定处(?!罚|理)|罚款的，[^。]{0,24}(?:由|须|应当)[^。]{0,30}(?:作出|决定|批准)|当场(?:作出|收缴|处罚|决定)|听证|规定给予行政拘留|处罚程序适用|(?<!加)(?:缴纳|收缴|交纳"
    r"|上缴)(?:的)?罚款|简易程序|行政复议|快速办理|罚款决定|可以从轻"
    r"|适用本法第[^，]{2,10}的处罚程序|罚款的设定|本(?:法|条例|办法|规定)规定的[^，。]{0,40}行政处罚，|本法规定的行政处罚|设定(?:警告|罚款|行政处罚)"
    r"|处罚的种类|申请人民法院强制执行罚款"
)
PLEDGED = re.compile(r"下列(?:规定|标准|幅度|方式)|以下(?:规定|标准)|如下")
COURT = re.compile(
    r"(?:人民法院|海事法院|法院|审判长|法庭|合议庭|独任审判员)(?:可以|应当|对|予以|给予|处|根据|依"
    r"|驳回|裁定|决定)|由[^，]{0,6}人民法院|妨害民事诉讼"
)
UNLICENSED = re.compile(r"未取得|未经|擅自|非法从事|无证|无照|未领取|被吊销")
PART_OF = re.compile(r"有(?:前款|前两款|本条|上述)第")


def split_inner(segment: Segment) -> list[Piece]:
    """The pieces of a segment, a condition that no comma follows cut off: 有违法所得的没收违法所得."""
    pieces: list[Piece] = []
    for piece in segment:
        match = _INNER.match(piece.text)
        if match:
            pieces.append(Piece(piece.start, match["c"]))
            pieces.append(Piece(piece.start + match.end(), piece.text[match.end() :]))
        else:
            pieces.append(piece)
    return pieces


def only_subject(text: str) -> str | None:
    """The person a piece names and nothing else: 并对直接负责的主管人员和其他直接责任人员, 其中的会计人员."""
    match = re.fullmatch(
        r"(?:并|同时|还应当|还|应当|可以|并可以|由[^，]{2,20})?(?:对于?|其中的?"
        r"|属于)(?P<who>[^，。；]{2,90})",
        text,
    )
    if (
        match
        and is_party(match["who"])
        and not re.search(r"处罚|责令", match["who"])
        and not re.search(r"[处罚没]", text[: match.start("who")])
    ):
        return match["who"]
    return None


def names_party(text: str) -> bool:
    """Whether a piece is nothing but somebody who can be punished, however described."""
    return is_party(text) and not re.match(r"(?:由|经|对|向|按)", text) and not re.search(r"责令|给予|没收|吊销", text)


def owner(word: Word) -> str | None:
    """Who a licence or a prohibition belongs to, where its own words say so."""
    if not word.owner:
        return None
    who = re.sub(r"^(?:并|其中的?|对|由[^，]{2,20}|应当|可以|并可以决定|可以决定)+", "", word.owner)
    who = re.sub(r"(?:在|自[^，]{2,30}起|等)$", "", re.sub(r"(?:自[^，]{2,30}起|在)$", "", who))
    if is_party(who) and not re.search(r"责令|没收|违法行为人|应当|处以|禁止|提出", who):
        return who
    return None


def combination(text: str) -> str | None:
    if re.search(r"单处或者并处|并处或者单处", text):
        return "单处或者并处"
    last = max(("并处", "单处"), key=text.rfind)
    return last if text.rfind(last) >= 0 and text.rfind(last) >= len(text) - 40 else None


def alternative(text: str, word: Word, found: list[Word]) -> bool:
    """Whether 或者 joins a penalty to the one before or after it."""
    at = found.index(word)
    before = text[found[at - 1].end : word.start] if at else ""
    after = text[word.end : found[at + 1].start] if at + 1 < len(found) else ""
    return any(re.search(r"(?<!单处)或者(?!并处)|或$", part) for part in (before, after))
