"""Penalty clauses from the text of an article: conditions and subjects are carried through its sentences."""

import re
from bisect import bisect_left
from dataclasses import replace

from assistant.law.penalties import pieces as p
from assistant.law.penalties.actors import actor
from assistant.law.penalties.amounts import Amount, amounts
from assistant.law.penalties.conditions import bounds, kinds_of, range_kind
from assistant.law.penalties.fines import detentions, fines
from assistant.law.penalties.kinds import confiscations, others
from assistant.law.penalties.segments import Block, Piece, Segment, blocks, sentences
from assistant.law.penalties.state import Condition, State
from assistant.law.penalties.subjects import subject_kind, subjects_in
from assistant.law.penalties.sums import STATED, floors, limits, quantities, stated
from assistant.law.penalties.words import Word, may, references
from assistant.schema import ConditionKind, Latitude, PenaltyClause, PenaltyKind, SubjectKind

_REFUSALS: frozenset[ConditionKind] = frozenset({"逾期不改正", "拒不改正"})
LONGEST = 1_000
"""Characters of a piece that is still read. No statute goes so far without a comma; the amounts of longer ones are
reported as not read."""
_OUTRIGHT = re.compile(r"处(?![理置罚分方长境])")


class Reader:
    """Reads the blocks of one article in their order and keeps the clauses it finds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.amounts = amounts(text)
        self._starts = [a.start for a in self.amounts]
        self.clauses: list[PenaltyClause] = []
        self.used: set[int] = set()  # starts of amounts that became part of a clause
        self.conditions: list[tuple[int, int]] = []  # spans of hypotheses
        self.procedures: list[tuple[int, int]] = []  # spans of sentences about procedure
        self.head: State | None = None
        self._seen: set[tuple[object, ...]] = set()

    def read(self) -> None:
        emitted_by_head = False
        paragraph = 0
        skipped = 0
        for block in blocks(self.text):
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
        floors(self.text, self.clauses)
        quantities(self.clauses)
        self.used.update(amount.start for amount in limits(self.text, self.amounts, self.clauses))

    def _conduct_only(self, block: Block) -> None:
        self.conditions.append((block.start, block.start + len(block.text)))

    def _read_block(self, block: Block) -> bool:
        procedural = False
        last: State | None = None
        all_sentences = sentences(block)
        for at, segments in enumerate(all_sentences):
            start, end = segments[0][0].start, segments[-1][-1].end
            words_of = self.text[start:end]
            if found := STATED.search(words_of):
                for amount, clause in stated(self.text, self.amounts, block, found, start):
                    self.used.add(amount.start)
                    self.clauses.append(clause)
                continue
            if p.PROCEDURE.search(words_of) and not re.search(r"[，；]吊销[^，]*[，；]?处", words_of):
                self.procedures.append((start, end))
                procedural = at == len(all_sentences) - 1
                continue
            last = self._read_sentence(block, segments, first=at == 0, before=last)
        if block.item is None:
            self.head = last
        return procedural

    def _read_sentence(self, block: Block, segments: list[Segment], *, first: bool, before: State | None) -> State:
        state = State()
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
        state.court = state.court or bool(p.COURT.search(block.text))
        for at, segment in enumerate(segments):
            self._read_segment(block, segment, state, initial=at == 0, first=first and at == 0)
        return state

    def _read_segment(self, block: Block, segment: Segment, state: State, *, initial: bool, first: bool) -> None:
        if not (initial and block.item is not None):
            state.subject = None if initial else state.continued
        state.drop_bound()
        state.own = state.fresh = False
        state.fined = False
        state.licensee = None
        self._seen = set()
        if not initial or block.item is None:
            state.may = False
        if not initial and _OUTRIGHT.match(segment[0].text):
            state.condition, state.refusal = (
                state.ground,
                None,
            )  # ；处五千元…: the refusal before it only led to an order
        pending: list[Piece] = []
        begun = False  # a hypothesis or an action has been read in this segment
        for piece in p.split_inner(tuple(piece for piece in segment if len(piece.text) <= LONGEST)):
            named = p.only_subject(piece.text)
            if piece.text.endswith("的") or p.BARE.search(piece.text):
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
            elif p.BANNED.search(piece.text) and pending and p.names_party(pending[-1].text):
                state.subject = pending.pop().text  # 受到开除处分的检验人员，十年内不得从事…
                for waiting in pending:
                    self._action(block, waiting, state, later=begun)
                pending = []
                self._action(block, piece, state, later=begun)
                begun = True
            elif p.ACTION.search(piece.text) or (begun and subjects_in(piece.text)):
                for waiting in pending:
                    self._action(block, waiting, state, later=begun)
                pending = []
                self._action(block, piece, state, later=begun)
                begun = True
            else:
                pending.append(piece)
        for waiting in pending:
            self._action(block, waiting, state, later=begun)

    def _hypothesis(self, block: Block, pieces: list[Piece], state: State, *, initial: bool, first: bool) -> None:
        start, end = pieces[0].start, pieces[-1].end
        text = self.text[start:end]
        self.conditions.append((start, end))
        more = state.fresh and text.startswith("或者")  # …的，或者…的: conduct still, whatever its words
        kinds = kinds_of(text, first=first or more)
        # In the words that open a sentence a sum belongs to the conduct, unless they are about nothing else.
        bound = bounds(pieces[-1].text.removeprefix("其中"))
        if bound is not None and not bound.quantity:
            bound = bound.model_copy(update={"quantity": "金额"})
        follows = state.fresh
        state.paired = False
        owned = state.own
        state.fresh = state.own = True
        who = None if bound is not None else actor([piece.text for piece in pieces])
        plain = text.removesuffix("的")
        if initial:
            state.conduct = text
            if who is not None or first or not (kinds or bound):
                state.head = who if who is not None or block.item is None else state.head
            said = [piece.text.removesuffix("的") for piece in pieces if kinds_of(piece.text, first=first)]
            state.ground = state.condition = Condition(kinds, ("，".join(said) or plain) if kinds else None)
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
            state.condition = Condition(kinds, plain)
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
            if p.PART_OF.match(text):  # ；有前款第二项情形的: another part of the list, without this one's gravity
                state.ground = Condition()
            state.condition = state.ground
            state.refusal = None
            state.drop_bound()
            state.conduct = text
        state.fined = False

    def _switch(self, who: str, state: State, *, begun: bool) -> None:
        """Another subject: the persons in charge answer whatever the unit's gains, and beside its aggravation."""
        if subject_kind(who) == "责任人员":
            if not state.own and not begun and not state.paired:
                state.condition = state.refusal or state.ground
            if not state.fresh:
                state.drop_bound()
            state.charged = who
        if state.fresh:
            state.paired = True
        state.addressed = (*state.addressed, who)
        state.subject = who
        state.fresh = False

    def _action(self, block: Block, piece: Piece, state: State, *, later: bool) -> None:
        text = piece.text
        low = bisect_left(self._starts, piece.start)
        high = bisect_left(self._starts, piece.end)
        here = [_moved(a, piece.start) for a in self.amounts[low:high]]
        found = [
            *fines(text, here),
            *detentions(text, here),
            *confiscations(text),
            *others(text),
            *references(text),
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
        if not found and may(text):
            state.may = True

    def _emit(self, block: Block, piece: Piece, state: State, word: Word, found: list[Word]) -> None:
        text = piece.text
        if block.opens_list and word.kind == "罚款" and word.amount is None and p.PLEDGED.search(text):
            return  # 依照下列规定处以罚款：the items say how much
        if word.kind != "罚款" and state.fined and state.bound is not None:
            state.drop_bound()
        self.used.update(
            piece.start + amount.start for amount in (word.amount, word.cap, word.least) if amount is not None
        )
        subject = _subject(text, word, state)
        who = subject_kind(subject) if subject else "行为人"
        kind = _kind(word, state, who)
        if kind is None:
            return
        kinds = state.condition.kinds
        if state.bound is not None:
            kinds = (*kinds, range_kind(state.bound))
        low, high, base = _range(word, state)
        discretion: Latitude = "可以" if state.may or may(text[: word.end]) else "应当"
        key = (kind, low, high, base, subject, kinds, state.bound, word.refers_to, discretion)
        if key in self._seen:
            return
        self._seen.add(key)
        self.clauses.append(
            PenaltyClause(
                kind=kind,
                min=low,
                max=high,
                base=base,
                subject=subject,
                condition=state.says,
                text=self.text[piece.start + word.start : piece.start + word.end],
                subject_kind=who,
                condition_kind=kinds[0] if kinds else "base",
                condition_kinds=kinds,
                applies_if=state.bound,
                conduct=state.conduct,
                discretion=discretion,
                combination=p.combination(text[: word.start + 6]),
                alternative=p.alternative(text, word, found),
                per=word.per,
                cap=word.cap.max if word.cap else None,
                least=word.least.min if word.least else None,
                term=word.term,
                mode=word.mode,
                refers_to=word.refers_to,
                judicial=state.court,
                paragraph=block.paragraph,
                item=block.item,
                offsets=(piece.start + word.start, piece.start + word.end),
            )
        )
        state.struck = (*state.struck, subject)
        if kind == "罚款":
            state.fined = True


def _subject(text: str, word: Word, state: State) -> str | None:
    """Who a penalty falls on: whom its own words name, else 对…, else the actor of the violation."""
    own = p.owner(word)
    if word.kind in ("暂扣许可证件", "吊销许可证件"):
        if own is None and text[: word.start].endswith("直至"):
            own = state.licensee
        held = state.subject or state.head
        if own and held and subject_kind(own) == "个人" and subject_kind(held) in ("个人", "责任人员"):
            own = None  # 对船长…暂扣船员适任证书: the licence is that of who is punished
        state.licensee = own
    if word.occupation is not None:
        state.banned = own = own or (state.banned if state.subject is None else None)
    if word.kind == "行政拘留" and own is None and state.subject is None:
        own = state.charged  # only a person can be detained
    return own or state.subject or state.head


def _kind(word: Word, state: State, who: SubjectKind) -> PenaltyKind | None:
    """The kind of a penalty, where its words alone do not settle it; None for an order that is no penalty."""
    if word.kind == "行政拘留" and state.court:
        return "其他"
    if word.kind == "没收非法财物" and word.bare and state.bound is not None and state.bound.quantity == "违法所得":
        return "没收违法所得"
    if word.kind == "限制开展生产经营活动" and word.ceasing and p.UNLICENSED.search(state.conduct or ""):
        return None  # 未经许可从事…的，责令停止…业务
    if word.occupation is False:
        return "限制从业" if who in ("个人", "责任人员") else "限制开展生产经营活动"
    return word.kind


def _range(word: Word, state: State) -> tuple[float | None, float | None, str | None]:
    """Minimum, maximum and base of a penalty."""
    if word.amount is None:
        once = 1.0 if word.base == "原处罚数额" else None  # 按日连续处罚: the first fine again for each day
        return once, once, word.base
    base = word.base
    if word.amount.unit == "倍" and base is None:
        base = state.bound.quantity if state.bound is not None else "（未写明）"
    return word.amount.min, word.amount.max, base


def _moved(amount: Amount, start: int) -> Amount:
    return replace(amount, start=amount.start - start, end=amount.end - start)


def read(text: str) -> Reader:
    """Reads one article: its clauses, and what became of its amounts."""
    reader = Reader(text)
    reader.read()
    return reader


def penalty_clauses(article_text: str) -> tuple[PenaltyClause, ...]:
    """Every penalty that an article provides, in the order of its text. Pure: nothing is looked up."""
    return tuple(read(article_text).clauses)
