"""Penalty clauses from the text of an article: conditions and subjects are carried through its sentences."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from assistant.law.penalties import words as w
from assistant.law.penalties.amounts import Amount, amounts
from assistant.law.penalties.conditions import bounds, kinds_of, range_kind
from assistant.law.penalties.segments import Block, Piece, Segment, blocks, sentences
from assistant.law.penalties.subjects import actor, is_party, subject_kind, subjects_in
from assistant.law.structure import parse_paragraphs
from assistant.schema import AmountBounds, ConditionKind, PenaltyClause

_ACTION = re.compile(
    r"(?<!被)(?<!经)(?<!受到)责令|处以|并处|单处"
    r"|(?<!被)处(?![理置罚分方长境])(?=[^，；。]{0,60}?(?:元|倍|罚款|警告|拘留|百分之|暂扣))"
    r"|给予(?:警告|通报|罚款)"
    r"|予以(?:警告|罚款|没收|通报|拘留)|(?<!被)没收|(?<!被)(?<!或者)吊销|(?<!被)暂扣|追缴|(?:依照"
    r"|按照|适用)[^，]{1,40}(?:处罚|规定$|处理$)|不得从事|(?:内|终身|终生|期限)(?:不得|禁止)"
    r"|禁止其|(?<!被)取消|列入[^，]*名单|依法追究|承担[^，]{0,10}(?:责任|费用)$"
)
_BARE = re.compile(
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
_PROCEDURE = re.compile(
    r"当场(?:作出|收缴|处罚|决定)|听证|规定给予行政拘留|处罚程序适用|(?<!加)(?:缴纳|收缴|交纳"
    r"|上缴)(?:的)?罚款|简易程序|行政复议|快速办理|罚款决定|可以从轻"
    r"|适用本法第[^，]{2,10}的处罚程序|罚款的设定|本法规定的行政处罚|设定(?:警告|罚款|行政处罚)"
    r"|处罚的种类|申请人民法院强制执行罚款"
)
_PLEDGED = re.compile(r"下列(?:规定|标准|幅度|方式)|以下(?:规定|标准)|如下")
_COURT = re.compile(
    r"(?:人民法院|海事法院|法院|审判长|法庭|合议庭|独任审判员)(?:可以|应当|对|予以|给予|处|根据|依"
    r"|驳回|裁定|决定)|由[^，]{0,6}人民法院|妨害民事诉讼"
)
_UNLICENSED = re.compile(r"未取得|未经|擅自|非法从事|无证|无照|未领取|被吊销")
_PART_OF = re.compile(r"有(?:前款|前两款|本条|上述)第")
_STATED = re.compile(
    r"对(?P<who>[^，。；]{2,20}?)的罚款(?:的)?(?:金额|数额"
    r"|幅度)?，?为(?P<amount>[^，。；]{2,24}元(?:以下)?)"
)
_LIMIT = re.compile(r"但罚款(?:总额|数额|金额)?(?:最[高低])?不得(?P<way>低于|超过)(?P<amount>[^，。；：]{1,10}元)")
_REFUSALS: frozenset[ConditionKind] = frozenset({"逾期不改正", "拒不改正"})
_FLOOR = re.compile(
    r"(?P<of>[^，。；]{0,12}?)(?:不足|不满|低于)[^，。；]{1,10}的?，?(?:以"
    r"|按照?)(?P<amount>[^，。；]{1,10}元)(?:计算|计)"
)


@dataclass(frozen=True)
class _Condition:
    """What stands between the conduct and a penalty."""

    kinds: tuple[ConditionKind, ...] = ()
    text: str | None = None


@dataclass
class _State:
    """What a penalty inherits where it stands."""

    conduct: str | None = None
    head: str | None = None
    ground: _Condition = field(default_factory=_Condition)  # of the paragraph's own hypothesis
    refusal: _Condition | None = None
    condition: _Condition = field(default_factory=_Condition)
    bound: AmountBounds | None = None
    bound_text: str | None = None
    subject: str | None = None
    may: bool = False
    fined: bool = False
    fresh: bool = False  # the words just before are a condition
    own: bool = False  # the segment has a condition or a conduct of its own
    court: bool = False
    paired: bool = False  # the condition was followed by 对单位…, to which another 对… is parallel
    charged: str | None = None  # the last person in charge that the sentence named
    opening: bool = False  # nothing but the words that open the sentence has been read
    licensee: str | None = None  # whose licence the words before take away
    banned: str | None = None  # whom the sentence has already kept from an occupation

    def drop_bound(self) -> None:
        self.bound = self.bound_text = None


class _Reader:
    """Reads the blocks of one article in their order and keeps the clauses it finds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.amounts = amounts(text)
        self._starts = [a.start for a in self.amounts]
        self.clauses: list[PenaltyClause] = []
        self.used: set[int] = set()  # starts of amounts that became part of a clause
        self.conditions: list[tuple[int, int]] = []  # spans of hypotheses
        self.procedures: list[tuple[int, int]] = []  # spans of sentences about procedure
        self.head: _State | None = None
        self._seen: set[tuple[object, ...]] = set()

    def read(self) -> None:
        emitted_by_head = False
        paragraph = 0
        skipped = 0
        for block in _blocks(self.text):
            if block.item is None:
                paragraph = block.paragraph
                self.head = None
                skipped = 0
            if block.item is not None and skipped == paragraph:
                self.procedures.append((block.start, block.start + len(block.text)))
                continue
            before = len(self.clauses)
            if (
                block.item is not None
                and emitted_by_head
                and not re.search(r"处[^，。；]{0,40}罚款|罚款[^，。；]{0,6}元", block.text)
            ):
                self._conduct_only(block)
                continue
            procedural = self._read_block(block)
            if block.item is None:
                emitted_by_head = block.opens_list and len(self.clauses) > before
                if procedural and block.opens_list:
                    skipped = paragraph
        self._floors()
        self._limits()

    def _conduct_only(self, block: Block) -> None:
        self.conditions.append((block.start, block.start + len(block.text)))

    def _read_block(self, block: Block) -> bool:
        procedural = False
        last: _State | None = None
        all_sentences = sentences(block)
        for at, segments in enumerate(all_sentences):
            if not segments:
                continue
            start, end = segments[0][0].start, segments[-1][-1].end
            words_of = self.text[start:end]
            if stated := _STATED.search(words_of):
                self._stated(block, stated, start)
                continue
            if _PROCEDURE.search(words_of) and not re.search(r"[，；]吊销[^，]*[，；]?处", words_of):
                self.procedures.append((start, end))
                procedural = at == len(all_sentences) - 1
                continue
            last = self._read_sentence(block, segments, first=at == 0, before=last)
        if block.item is None:
            self.head = last
        return procedural

    def _read_sentence(self, block: Block, segments: list[Segment], *, first: bool, before: _State | None) -> _State:
        state = _State()
        if block.item is not None and self.head is not None:
            state = replace(
                self.head,
                condition=self.head.ground,
                refusal=self.head.ground
                if self.head.ground.kinds[:1] and self.head.ground.kinds[0] in _REFUSALS
                else None,
                fined=False,
            )
        elif before is not None:
            state.head, state.conduct = before.head, before.conduct
        state.court = state.court or bool(_COURT.search(block.text))
        for at, segment in enumerate(segments):
            self._read_segment(block, segment, state, initial=at == 0, first=first and at == 0)
        return state

    def _read_segment(self, block: Block, segment: Segment, state: _State, *, initial: bool, first: bool) -> None:
        if not (initial and block.item is not None):
            state.subject = None
        state.drop_bound()
        state.own = state.fresh = False
        state.fined = False
        state.licensee = None
        self._seen = set()
        if not initial or block.item is None:
            state.may = False
        pending: list[Piece] = []
        begun = False  # a hypothesis or an action has been read in this segment
        for piece in _split_inner(segment):
            named = _only_subject(piece.text)
            if piece.text.endswith("的") or _BARE.search(piece.text):
                self._hypothesis(
                    block, [*pending, piece], state, initial=initial and not begun, first=first and not begun
                )
                pending = []
                begun = True
            elif named is not None and (begun or not initial or not pending):
                for waiting in pending:
                    self._action(block, waiting, state, later=begun)
                pending = []
                self._switch(named, state, begun=begun)
                begun = True
            elif _ACTION.search(piece.text) or (begun and subjects_in(piece.text)):
                for waiting in pending:
                    self._action(block, waiting, state, later=begun)
                pending = []
                self._action(block, piece, state, later=begun)
                begun = True
            else:
                pending.append(piece)
        for waiting in pending:
            self._action(block, waiting, state, later=begun)

    def _hypothesis(self, block: Block, pieces: list[Piece], state: _State, *, initial: bool, first: bool) -> None:
        start, end = pieces[0].start, pieces[-1].end
        text = self.text[start:end]
        self.conditions.append((start, end))
        kinds = kinds_of(text, first=first)
        # In the words that open a sentence a sum belongs to the conduct, unless they are about nothing else.
        bound = bounds(pieces[-1].text.removeprefix("其中"))
        if bound is not None and not bound.quantity:
            bound = bound.model_copy(update={"quantity": "金额"})
        follows = state.fresh
        state.paired = False
        owned = state.own
        state.fresh = state.own = True
        who = None if bound is not None else actor([p.text for p in pieces])
        plain = text.removesuffix("的")
        if initial:
            state.conduct = text
            if who is not None or first or not (kinds or bound):
                state.head = who if who is not None or block.item is None else state.head
            said = [p.text.removesuffix("的") for p in pieces if kinds_of(p.text, first=first)]
            state.ground = state.condition = _Condition(kinds, ("，".join(said) or plain) if kinds else None)
            state.refusal = state.condition if kinds and kinds[0] in _REFUSALS else None
            state.bound, state.bound_text = (bound, plain) if bound is not None else (None, None)
            state.opening = True
            return
        if who is not None:
            state.subject = who
        if follows and not kinds and bound is None:  # …的，或者…的: one conduct in several parts
            state.conduct = f"{state.conduct}，{text}" if state.conduct else text
            return
        if kinds:
            state.condition = _Condition(kinds, plain)
            if follows and state.opening:  # 有前款行为，情节严重的: the whole sentence stands under it
                state.ground = state.condition
            if kinds[0] in _REFUSALS:
                state.refusal = state.condition
            state.bound, state.bound_text = bound, plain if bound else None
        elif bound is not None:
            if bound.min_open and bound.min == 0 and not owned:  # ；有违法所得的，没收违法所得: whatever the gravity
                state.condition, state.refusal = state.ground, None
            state.bound, state.bound_text = bound, plain
        else:
            if _PART_OF.match(text):  # ；有前款第二项情形的: another part of the list, without this one's gravity
                state.ground = _Condition()
            state.condition = state.ground
            state.refusal = None
            state.drop_bound()
            state.conduct = text
        state.fined = False

    def _switch(self, who: str, state: _State, *, begun: bool) -> None:
        """Another subject: the persons in charge answer whatever the unit's gains, and beside its aggravation."""
        if subject_kind(who) == "责任人员":
            if not state.own and not begun and not state.paired:
                state.condition = state.refusal or state.ground
            if not state.fresh:
                state.drop_bound()
            state.charged = who
        if state.fresh:
            state.paired = True
        state.subject = who
        state.fresh = False

    def _action(self, block: Block, piece: Piece, state: _State, *, later: bool) -> None:
        text = piece.text
        low = bisect_left(self._starts, piece.start)
        high = bisect_left(self._starts, piece.end)
        here = [_moved(a, piece.start) for a in self.amounts[low:high]]
        found = [
            *w.fines(text, here, lenient=True),
            *w.detentions(text, here),
            *w.confiscations(text),
            *w.others(text),
            *w.references(text),
        ]
        spans = [(f.start, f.end) for f in found if f.refers_to is not None]
        found = [
            f for f in found
            if f.refers_to is not None or f.amount is not None or f.kind != "罚款"
            or not any(start <= f.start and f.end <= end for start, end in spans)
        ]  # fmt: skip
        found.sort(key=lambda word: word.start)
        subjects = subjects_in(text)
        for word in found:
            while subjects and subjects[0][0] < (word.end if word.kind == "罚款" else word.start + 1):
                self._switch(subjects.pop(0)[1], state, begun=later)
            self._emit(block, piece, state, word, found)
        for _, who in subjects:
            self._switch(who, state, begun=later)
        state.opening = False
        if found or not subjects:
            state.fresh = state.fresh and not found
        if not found and w.may(text):
            state.may = True

    def _emit(self, block: Block, piece: Piece, state: _State, word: w.Word, found: list[w.Word]) -> None:
        text = piece.text
        if block.opens_list and word.kind == "罚款" and word.amount is None and _PLEDGED.search(text):
            return
        if word.kind != "罚款" and state.fined and state.bound is not None:
            state.drop_bound()
        subject = state.subject or state.head
        kind = word.kind
        own = _owner(word)
        if kind in ("暂扣许可证件", "吊销许可证件"):
            if own is None and text[: word.start].endswith("直至"):
                own = state.licensee
            state.licensee = own
        if word.occupation is not None:
            state.banned = own = own or (state.subject is None and state.banned) or None
        if own is not None:
            subject = own
        who = subject_kind(subject) if subject else "行为人"
        if kind == "限制从业" and word.occupation is False:
            kind = "限制开展生产经营活动"
        if kind == "没收非法财物" and word.bare and state.bound is not None and state.bound.quantity == "违法所得":
            kind = "没收违法所得"
        if kind.startswith("限制开展") and word.ceasing and _UNLICENSED.search(state.conduct or ""):
            return  # 未经许可从事…的，责令停止…业务: an order, no penalty
        if word.occupation is False and who in ("个人", "责任人员"):
            kind = "限制从业"
        judicial = state.court
        if kind == "行政拘留" and judicial:
            kind = "其他"
        condition = state.condition
        kinds = condition.kinds
        if state.bound is not None and not kinds:
            kinds = (range_kind(state.bound),)
        says = "，".join(
            t for t in (condition.text, state.bound_text) if t and t != condition.text or t == condition.text and t
        )
        if state.bound_text and condition.text and state.bound_text in condition.text:
            says = condition.text
        low: float | None
        high: float | None
        low, high = (word.amount.min, word.amount.max) if word.amount else (None, None)
        base = word.base
        if word.per == "日" and base == "原处罚数额":
            low = high = 1.0
        if word.amount is not None and word.amount.unit == "倍" and base is None:
            base = state.bound.quantity if state.bound is not None else "（未写明）"
        key = (kind, low, high, base, subject, kinds, state.bound, word.refers_to)
        if key in self._seen:
            return
        self._seen.add(key)
        lead = text[: max(word.end, word.start + 1)]
        if word.amount is not None:
            self.used.add(piece.start + word.amount.start)
            if word.cap is not None:
                for amount in self.amounts:
                    if (
                        piece.start + word.amount.end <= amount.start < piece.start + word.end
                        and amount.max == word.cap
                    ):
                        self.used.add(amount.start)
        words_before = text[: word.start + 6]
        self.clauses.append(
            PenaltyClause(
                kind=kind,
                min=low,
                max=high,
                base=base,
                subject=subject,
                condition=says or None,
                text=text[word.start : word.end],
                subject_kind=who,
                condition_kind=kinds[0] if kinds else "base",
                condition_kinds=kinds,
                applies_if=state.bound,
                conduct=state.conduct,
                discretion="可以" if state.may or w.may(lead) else "应当",
                combination=_combination(words_before),
                alternative=_alternative(text, word, found),
                per=word.per,
                cap=word.cap,
                term=word.term,
                mode=word.mode,
                refers_to=word.refers_to,
                judicial=judicial,
                paragraph=block.paragraph,
                item=block.item,
                offsets=(piece.start + word.start, piece.start + word.end),
            )
        )
        if kind == "罚款":
            state.fined = True

    def _stated(self, block: Block, match: re.Match[str], start: int) -> None:
        """对个人的罚款金额，为十万元以下: the range that a court's fines of the article stay in."""
        for amount in self.amounts:
            if start + match.start("amount") <= amount.start < start + match.end("amount"):
                self.used.add(amount.start)
                self.clauses.append(
                    PenaltyClause(
                        kind="罚款",
                        min=amount.min,
                        max=amount.max,
                        base="fixed",
                        subject=match["who"],
                        subject_kind=subject_kind(match["who"]),
                        text=match[0],
                        mode=f"罚款…{amount.form}",
                        judicial=bool(_COURT.search(self.text)),
                        paragraph=block.paragraph,
                        item=block.item,
                        offsets=(start + match.start(), start + match.end()),
                    )
                )

    def _limits(self) -> None:
        """但罚款不得低于二千元: a least or a highest sum that holds whatever the multiple gives."""
        for match in _LIMIT.finditer(self.text):
            amount = next(a for a in self.amounts if match.start("amount") <= a.end - 1 < match.end("amount"))
            sum_ = amount.max or amount.min
            self.used.add(amount.start)
            field_ = "least" if match["way"] == "低于" else "cap"
            before = [i for i, c in enumerate(self.clauses) if c.kind == "罚款" and c.offsets[1] <= match.start()]
            for at in before[-1:]:
                self.clauses[at] = self.clauses[at].model_copy(update={field_: sum_})

    def _floors(self) -> None:
        """不足一万元的，按一万元计算 belongs to the fines of its paragraph that multiply the same quantity."""
        for match in _FLOOR.finditer(self.text) if "计" in self.text else ():
            floor = next((a.max for a in amounts(match["amount"]) if a.unit == "元"), None)
            paragraph = self.text.count("\n", 0, match.start())
            for at, clause in enumerate(self.clauses):
                same = self.text.count("\n", 0, clause.offsets[0]) == paragraph
                if same and clause.kind == "罚款" and clause.base and match["of"].endswith(clause.base[-4:]):
                    self.clauses[at] = clause.model_copy(update={"floor": floor})


def _blocks(text: str) -> list[Block]:
    lines: list[tuple[int, int, int | None, str]] = []
    at = 0

    def place(part: str, paragraph: int, item: int | None) -> None:
        nonlocal at
        for line in part.split("\n"):
            found = text.find(line, at)
            lines.append((found, paragraph, item, line))
            at = found + len(line)

    for paragraph in parse_paragraphs(text):
        place(paragraph.text, paragraph.number, None)
        for item in paragraph.items:
            place(item.text, paragraph.number, item.number)
            for subitem in item.subitems:
                place(subitem.text, paragraph.number, item.number)
    return blocks(lines)


def _split_inner(segment: Segment) -> list[Piece]:
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


def _only_subject(text: str) -> str | None:
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


def _moved(amount: Amount, start: int) -> Amount:
    return replace(amount, start=amount.start - start, end=amount.end - start)


def _owner(word: w.Word) -> str | None:
    """Who a licence or a prohibition belongs to, where its own words say so."""
    if not word.owner:
        return None
    who = re.sub(r"^(?:并|其中的?|对|由[^，]{2,20}|应当|可以|并可以决定|可以决定)+", "", word.owner)
    who = re.sub(r"(?:在|自[^，]{2,30}起|等)$", "", re.sub(r"(?:自[^，]{2,30}起|在)$", "", who))
    if is_party(who) and not re.search(r"责令|没收|违法行为人|应当|处以|禁止|提出", who):
        return who
    return None


def _combination(text: str) -> str | None:
    if re.search(r"单处或者并处|并处或者单处", text):
        return "单处或者并处"
    last = max(("并处", "单处"), key=text.rfind)
    return last if text.rfind(last) >= 0 and text.rfind(last) >= len(text) - 40 else None


def _alternative(text: str, word: w.Word, found: list[w.Word]) -> bool:
    """Whether 或者 joins a penalty to the one before or after it."""
    at = found.index(word)
    before = text[found[at - 1].end : word.start] if at else ""
    after = text[word.end : found[at + 1].start] if at + 1 < len(found) else ""
    return any(re.search(r"(?<!单处)或者(?!并处)|或$", part) for part in (before, after))


def read(text: str) -> _Reader:
    reader = _Reader(text)
    reader.read()
    return reader


def penalty_clauses(article_text: str) -> tuple[PenaltyClause, ...]:
    """Every penalty that an article provides, in the order of its text. Pure: nothing is looked up."""
    return tuple(read(article_text).clauses)
