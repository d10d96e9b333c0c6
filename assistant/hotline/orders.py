"""One order, one answer: masked, read, drafted or handed over, and kept under its number."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

from assistant.clock import SHANGHAI
from assistant.errors import InputError
from assistant.hotline.batches import Batches
from assistant.hotline.callbacks import Callbacks
from assistant.hotline.reply import draft, limit_of, suggested
from assistant.hotline.triage import Triage, triage
from assistant.jobs import Jobs
from assistant.journal.batches import Batch, BatchStore
from assistant.journal.callbacks import Callback
from assistant.journal.hotline import Decided, OrderStore, StandardReply
from assistant.knowledge.hotline import HotlineBook
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.masking import mask
from assistant.schema import CheckedCitation, HotlineAnswer, HotlineOrder, HotlineRecord, JobProgress, OrderState, Sight

_CALLER = "〔来电人〕"
_ALIKE = 0.5
"""How much of two orders' pairs of characters must be shared for the reply to one to serve the other."""
REPLY_LIMIT = 5_000


class Hotline:
    """The hotline's desk over one library, one book and one store."""

    def __init__(
        self,
        library: Library,
        book: HotlineBook,
        store: OrderStore,
        *,
        jobs: Jobs,
        callbacks: Callbacks,
        batches: BatchStore,
        knowledge: str,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(SHANGHAI),
    ) -> None:
        self._library = library
        self._book = book
        self._store = store
        self._jobs = jobs
        self._callbacks = callbacks
        self._batches = Batches(batches, self.take)
        jobs.add(self._callbacks)
        jobs.add(self._batches)
        self._knowledge = knowledge
        self._clock = clock

    def take(self, order: HotlineOrder, who: str | None = None) -> HotlineAnswer:
        """The answer to an order; the same order again gets the same answer, and nothing is kept twice.

        ConflictError where its number was used for another order. Personal data is masked before anything reads it.
        """
        if not order.content.strip():
            raise InputError("content", "工单内容是空的", "写明市民反映的事情")
        if order.callback_url is not None:
            self._callbacks.allow(order.callback_url)
        digest = hashlib.sha256(order.model_dump_json().encode()).hexdigest()
        held = self._store.find(order.order_no, digest)
        if held is not None:
            return held
        content = mask(order.content)
        originals = dict(content.originals)
        if order.caller:
            originals[_CALLER] = order.caller
        masked = order.model_copy(update={"content": content.text, "caller": _CALLER if order.caller else None})
        return self._store.keep(masked, digest, originals, self.answer(masked), who)

    def record(self, order_no: str, *, reveal: bool = False, sight: Sight | None = None) -> HotlineRecord | None:
        """An order with its answer; None when there is none in sight. `reveal` is for who may see personal data."""
        return self._store.record(order_no, reveal=reveal, sight=sight)

    def queue(self, *, state: OrderState | None = None, offset: int = 0, limit: int = 50) -> tuple[HotlineRecord, ...]:
        """Orders, masked, the urgent first."""
        return self._store.queue(state=state, offset=offset, limit=limit)

    def approve(self, order_no: str, reply: str, who: str) -> HotlineRecord | None:
        """A person's word on the reply. Without personal data in it, it is the standard answer (口径) of the next.

        InputError when the reply is empty, too long, or cites what cannot be verified.
        """
        if not reply.strip() or len(reply) > REPLY_LIMIT:
            raise InputError("reply", f"答复应有1至{REPLY_LIMIT}个字", "改写后再核准")
        wrong = [c for c in self._cited(reply, self._clock().date()) if c.verdict != "verified"]
        if wrong:
            said = "；".join(f"{c.text}：{c.detail}" for c in wrong)
            raise InputError("reply", f"引用的条文没有核实：{said}", "改正引文后再核准")
        return self._told(self._store.approve(order_no, reply, who, standard=not mask(reply).found))

    def send_back(self, order_no: str, reason: str, who: str) -> HotlineRecord | None:
        """The draft is not to be used; why is kept."""
        return self._told(self._store.send_back(order_no, reason, who))

    def take_all(self, orders: Sequence[HotlineOrder], who: str | None = None) -> Batch:
        """Many orders, taken in the background."""
        batch = self._batches.store.add(orders, who)
        self._jobs.put(self._batches.kind, batch.id)
        return batch

    def batch(self, batch_id: str, *, sight: Sight | None = None) -> Batch | None:
        """How far a batch is; None when there is none of that id in sight."""
        return self._batches.store.get(batch_id, sight=sight)

    def progress(self) -> tuple[JobProgress, ...]:
        """The last batches, and the calls to the platform that wait or failed for good."""
        batches = tuple(
            JobProgress(
                name="热线工单批次",
                detail=batch.id,
                done=batch.done,
                total=batch.total,
                problems=len(batch.problems),
                state="已完成" if batch.finished_at else "进行中",
                since=batch.created_at,
            )
            for batch in self._batches.store.latest()
        )
        waiting, dead = len(list(self._callbacks.store.undone())), len(self._callbacks.store.dead())
        if not waiting and not dead:
            return batches
        detail = f"待送{waiting}个，送不到的{dead}个"
        calls = JobProgress(
            name="回告热线平台",
            detail=detail,
            done=0,
            total=waiting,
            problems=dead,
            state="进行中" if waiting else "有死信",
        )
        return (calls, *batches)

    def dead_callbacks(self) -> tuple[Callback, ...]:
        """Calls to the platform that failed for good."""
        return self._callbacks.store.dead()

    def revive_callback(self, call_id: int) -> None:
        """Send a dead letter again. InputError where there is none of that id."""
        tried = self._callbacks.store.revive(call_id)
        self._jobs.put(self._callbacks.kind, str(call_id), tried=tried)

    def _told(self, decided: Decided | None) -> HotlineRecord | None:
        if decided is None:
            return None
        if decided.call is not None:
            self._jobs.put(self._callbacks.kind, str(decided.call))
        return decided.record

    def standards_before(self, answer: HotlineAnswer) -> tuple[StandardReply, ...]:
        """The approved replies that there were when an answer was made."""
        standards = self._store.standards(answer.matter)
        return tuple(one for one in standards if one.approved_at < answer.created_at)

    def answer(
        self,
        order: HotlineOrder,
        *,
        now: dt.datetime | None = None,
        standards: Sequence[StandardReply] | None = None,
    ) -> HotlineAnswer:
        """The answer to an order whose personal data is masked, without keeping it.

        `now` and `standards`: as of another moment, and with the approved replies of then.
        """
        now = (now or self._clock()).astimezone(SHANGHAI)
        day = now.date()
        found = triage(order.content, order.demand_type, self._book)
        drafted = draft(found, self._book, self._library, day)
        reply, note, hand_over, reason = drafted.reply, drafted.note, drafted.hand_over, drafted.reason
        standard = None if found.rule is not None else self._standard(order.content, found, day, standards)
        if standard is not None:
            reply, hand_over, reason = standard.reply, None, None
            note += (
                f"\n用的是核准过的口径：工单{standard.order_no}，{standard.approved_by}"
                f"于{standard.approved_at.astimezone(SHANGHAI):%Y-%m-%d}核准"
            )
        accepted = order.accept_time or now
        accepted = accepted if accepted.tzinfo else accepted.replace(tzinfo=SHANGHAI)
        return HotlineAnswer(
            order_no=order.order_no,
            category=found.category,
            stated_type=order.demand_type,
            field=found.matter.field if found.matter else None,
            matter=found.matter.name if found.matter else None,
            reply_draft=reply,
            internal_note=note,
            suggested_org=suggested(found.matter, self._book),
            citations=self._cited(reply, day),
            needs_human=hand_over is not None,
            reason=reason,
            hand_over=hand_over,
            urgent=found.rule is not None and found.rule.reason == "危险",
            limit=limit_of(found, self._book, accepted),
            standard=standard.order_no if standard else None,
            as_of=day,
            knowledge_version=self._knowledge,
            created_at=now,
        )

    def _cited(self, text: str, day: dt.date) -> tuple[CheckedCitation, ...]:
        return check(text, self._library, day)

    def _standard(
        self, content: str, found: Triage, day: dt.date, standards: Sequence[StandardReply] | None
    ) -> StandardReply | None:
        """The approved reply to an order of the same matter in much the same words, whose law still holds."""
        asked = _pairs(content)
        if standards is None:
            standards = self._store.standards(found.matter.name if found.matter else None)
        rated = [
            (len(asked & pairs) / len(asked | pairs), one)
            for one in standards
            if (pairs := _pairs(one.content)) and asked
        ]
        near = [one for share, one in sorted(rated, key=lambda r: -r[0]) if share >= _ALIKE]
        return next((one for one in near if all(c.verdict == "verified" for c in self._cited(one.reply, day))), None)


def _pairs(text: str) -> set[str]:
    plain = "".join(c for c in text if c.isalnum())
    return {plain[i : i + 2] for i in range(len(plain) - 1)}
