"""The one pass of a question: look → understand → decide → write → check → keep."""

import copy
import datetime as dt
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from typing import Any, Protocol

from assistant.desk.beside import Beside
from assistant.desk.compose import Composer, Draft
from assistant.desk.evidence import Looker, passages
from assistant.desk.fact_form import FactForm
from assistant.desk.figures import FigureTurn, figure_done, figure_turn
from assistant.desk.found import Evidence
from assistant.desk.lexicon import Lexicon
from assistant.desk.memory import Memory, facts_of, read
from assistant.desk.phrases import Phrases
from assistant.desk.question import Reading, Shape
from assistant.desk.scope import Outside, outside, relevant, without_orders
from assistant.desk.scribe import Scribe, applied, promoted
from assistant.desk.verdicts import Heard, Verdicts
from assistant.errors import CounselError, EngineError
from assistant.journal import Journal
from assistant.law.library import Library
from assistant.schema import (
    CheckedCitation,
    DoneEvent,
    Event,
    EvidenceEvent,
    Fact,
    FailedEvent,
    Passage,
    Provenance,
    TextEvent,
)
from assistant.stats import MetricStore

Where = tuple[str, str, dt.date]  # conversation, message, as_of
Checker = Callable[[str, Library, dt.date], tuple[CheckedCitation, ...]]


class Keeping(Protocol):
    """Where the evidence and the checked answer of a pass are kept."""

    def found(self, event: EvidenceEvent) -> None: ...

    def finish(self, event: DoneEvent, memory: dict[str, Any] | None = None) -> None: ...


class _Nowhere:
    """Keeps nothing: for an answer that is only made anew."""

    def found(self, event: EvidenceEvent) -> None:
        """Nothing is kept."""

    def finish(self, event: DoneEvent, memory: dict[str, Any] | None = None) -> None:
        """Nothing is kept."""


class Adviser:
    """Answers one question of a conversation, event by event, and keeps it in the journal."""

    def __init__(
        self,
        *,
        looker: Looker,
        lexicon: Lexicon,
        composer: Composer,
        verdicts: Verdicts,
        beside: Beside,
        metrics: MetricStore,
        journal: Journal,
        phrases: Phrases,
        checker: Checker,
        provenance: Provenance,
        scribe: Scribe | None,
        fact_form: FactForm | None,
        search_note: Callable[[], str | None],
        written: Callable[[str], tuple[str, ...]],
        clock: Callable[[], dt.date],
    ) -> None:
        self.library = looker.library
        self._looker = looker
        self._lexicon = lexicon
        self._composer = composer
        self._verdicts = verdicts
        self._beside = beside
        self.metrics = metrics
        self.journal = journal
        self._keep: Keeping = journal
        self._phrases = phrases
        self._check = checker
        self._provenance = provenance
        self._scribe = scribe
        self._fact_form = fact_form
        self._search_note = search_note
        self._written = written
        self._clock = clock

    def answer(
        self,
        text: str,
        conversation_id: str | None,
        memory: Memory,
        as_of: dt.date,
        whose: tuple[str | None, str | None],
        stop: threading.Event | None,
    ) -> Generator[Event]:
        """The events of one answer; whatever becomes of it is kept. `whose`: who asks, and his department."""
        conversation = conversation_id or self.journal.create(owner=whose[0], department=whose[1], title=text)
        message = self.journal.begin(conversation, text, as_of, memory=memory.keep())
        written: list[str] = []
        kept = False
        try:
            with closing(self._pass(text, (conversation, message, as_of), memory, stop)) as events:
                for event in events:
                    if isinstance(event, TextEvent):
                        written.append(event.text)
                    kept = isinstance(event, DoneEvent)
                    yield event
                    if stop is not None and stop.is_set() and not kept:
                        return
        except CounselError as error:
            failed = FailedEvent(where=error.where, problem=error.problem, remedy=error.remedy)
            self.journal.fail(message, failed)
            kept = True
            yield failed
        finally:
            if not kept:
                self.journal.break_off(message, "".join(written))

    def again(self, text: str, memory: Memory, as_of: dt.date, asked_on: dt.date, writes: bool) -> Generator[Event]:
        """The events of an answer as it would be given now to what was asked on another day; none of it is kept.

        `writes`: the model, where there is one, has its part; else the program alone answers.
        """
        other = copy.copy(self)
        other._keep, other._clock = _Nowhere(), lambda: asked_on
        other._scribe = self._scribe if writes else None
        yield from other._pass(text, ("", "", as_of), memory, None)

    def _pass(
        self,
        text: str,
        where: Where,
        memory: Memory,
        stop: threading.Event | None,
    ) -> Generator[Event]:
        conversation, message, as_of = where

        def stopped() -> bool:
            return stop is not None and stop.is_set()

        asked, ordered = without_orders(text)
        cited = self._check(asked, self.library, as_of)
        heard = self._verdicts.hear(asked, memory, cited, as_of, ordered=ordered)
        if heard is None:  # a case, and an answer in one, may well speak of numbers and years
            turn = figure_turn(asked, memory, self.metrics, self._clock())
            if turn is not None and (turn.answer.answered or not self._looker.topics.find(asked)):
                yield from self._give_figures(turn, memory, where)
                return
        why = outside(asked, follows=bool(memory.query))
        if why is not None:
            yield from self._decline(why, where)
            return
        if heard is not None:
            yield from self._give_verdict(heard, memory, where, stopped)
            return
        reading = read(
            asked,
            memory,
            self.library,
            as_of,
            cites=any(c.article for c in cited),
            names_law=bool(self._looker.laws_in(asked)),
        )
        reading = self._looker.settled(reading)
        evidence = self._looker.look(reading, cited, as_of)
        if not self._bears(reading, evidence):
            yield from self._decline(Outside.NOTHING, where)
            return
        facts = facts_of(reading, memory.facts)
        model, note = self._scribe.name if self._scribe else None, None
        if self._scribe is not None:
            try:
                form = self._scribe.read(reading, evidence, facts, stopped)
            except EngineError as error:
                note = f"{error.where}：{error.problem}"
            else:
                reading, before = applied(reading, form), evidence
                if form.search:
                    evidence = self._looker.look(reading, cited, as_of)
                evidence = promoted(evidence, before, form.picks)
                facts.update(form.facts)
        if stopped():
            return
        hits = passages(evidence, self.library)
        beside = self._beside.look(reading.query, reading.shape, as_of, len(hits))
        found = EvidenceEvent(
            conversation_id=conversation,
            message_id=message,
            as_of=as_of,
            hits=(*hits, *beside),
            note=self._search_note(),
        )
        self._keep.found(found)
        yield found
        draft = self._composer.compose(
            reading,
            evidence,
            self._lexicon.terms(" ".join((reading.query, *self._written(reading.query)))),
            as_of,
            self._clock(),
            preface=self._phrases("outside.mixed") if ordered else None,
        )
        draft = replace(draft, rest=(*draft.rest, *self._beside.blocks(beside)))
        yield TextEvent(text=draft.opening + "\n\n")
        said = None
        if self._scribe is not None and note is None and evidence.decisive:
            said, note = yield from self._write(reading, evidence, facts, draft.conclusion, as_of, stopped)
            if stopped():
                return
            yield TextEvent(text="\n\n")
        for block in draft.rest:
            yield TextEvent(text=block + "\n\n")
        made = self._provenance.model_copy(update={"model": model if said else None, "note": note})
        draft = draft.with_words(said, self._phrases, note)
        yield self._done(draft, reading, evidence, found.hits, memory, facts, made, where)

    def _bears(self, reading: Reading, evidence: Evidence) -> bool:
        if reading.follows or reading.topics or evidence.laws or evidence.absent or reading.shape is Shape.METRIC:
            return True
        return relevant(reading.text, evidence.cover)

    def _done(
        self,
        draft: Draft,
        reading: Reading,
        evidence: Evidence,
        hits: tuple[Passage, ...],
        memory: Memory,
        facts: dict[str, Fact],
        made: Provenance,
        where: Where,
    ) -> DoneEvent:
        conversation, message, as_of = where
        done = DoneEvent(
            conversation_id=conversation,
            message_id=message,
            as_of=as_of,
            answer=draft.text,
            conclusion=draft.conclusion,
            hits=hits,
            facts=facts,
            missing=draft.missing,
            citations=self._check(draft.text, self.library, as_of),
            mode="model" if made.model else "extractive",
            refused=not evidence.decisive and reading.shape not in (Shape.METRIC, Shape.TIME),
            provenance=made,
        )
        first = evidence.decisive[0] if evidence.decisive else None
        remembered = Memory(
            query=reading.query if evidence.decisive else memory.query,
            shape=reading.shape,
            focus=first.article.id if first else memory.focus,
            paragraph=first.part.citation.paragraph if first else None,
            articles=tuple(f.article.id for f in evidence.decisive),
            law=first.article.law if first else memory.law,
            facts=facts,
            case=memory.set_aside(),
        )
        self._keep.finish(done, remembered.keep())
        return done

    def _give_figures(self, turn: FigureTurn, memory: Memory, where: Where) -> Generator[Event]:
        conversation, message, as_of = where
        done = figure_done(turn, where, self._provenance)
        yield EvidenceEvent(conversation_id=conversation, message_id=message, as_of=as_of)
        yield TextEvent(text=done.answer)
        self._keep.finish(done, memory.model_copy(update={"figures": turn.question, "case": memory.set_aside()}).keep())
        yield done

    def _give_verdict(
        self, heard: Heard, memory: Memory, where: Where, stopped: Callable[[], bool]
    ) -> Generator[Event]:
        """A case decided by the engines. A model may add facts that no rule read, and phrase around the verdict."""
        conversation, message, as_of = where
        note = None
        turn = self._verdicts.decide(heard, as_of, memory.case)
        if self._fact_form is not None and turn.finding is not None:
            try:
                filled = self._fact_form.fill(heard.case.told, as_of, stopped)
            except EngineError as error:
                note = f"{error.where}：{error.problem}"
            else:
                if filled:
                    heard = self._verdicts.with_model_facts(heard, filled, as_of)
                    turn = self._verdicts.decide(heard, as_of, memory.case)
        if stopped():
            return
        provisions = passages(turn.evidence, self.library)
        beside = self._beside.look_at(turn.case, as_of, len(provisions)) if turn.finding is not None else ()
        hits = (*provisions, *beside)
        found = EvidenceEvent(
            conversation_id=conversation, message_id=message, as_of=as_of, hits=hits, note=self._search_note()
        )
        self._keep.found(found)
        yield found
        blocks = (*turn.blocks, *self._beside.blocks(beside))
        draft = Draft(turn.conclusion, f"**结论**：{turn.conclusion}", blocks)
        yield TextEvent(text=draft.opening + "\n\n")
        said = None
        if self._scribe is not None and note is None and turn.finding is not None and turn.evidence.decisive:
            said, note = yield from self._write(
                turn.reading, turn.evidence, turn.facts, turn.conclusion, as_of, stopped
            )
            if stopped():
                return
        for block in draft.rest:
            yield TextEvent(text=block + "\n\n")
        draft = draft.with_words(said, self._phrases, note)
        model = self._scribe.name if self._scribe and said else None
        done = DoneEvent(
            conversation_id=conversation,
            message_id=message,
            as_of=as_of,
            answer=draft.text,
            conclusion=draft.conclusion,
            hits=hits,
            findings=(turn.finding,) if turn.finding is not None else (),
            facts=turn.facts,
            missing=turn.missing,
            citations=self._check(draft.text, self.library, as_of),
            mode="model" if said else "extractive",
            provenance=self._provenance.model_copy(update={"model": model, "note": note}),
        )
        first = turn.evidence.decisive[0].article if turn.evidence.decisive else None
        remembered = Memory(
            query=turn.case.told,
            shape=Shape.VERDICT,
            focus=first.id if first else memory.focus,
            articles=tuple(f.article.id for f in turn.evidence.decisive),
            law=first.law if first else memory.law,
            facts=turn.facts,
            case=turn.case,
        )
        self._keep.finish(done, remembered.keep())
        yield done

    def _write(
        self,
        reading: Reading,
        evidence: Evidence,
        facts: dict[str, Fact],
        conclusion: str,
        as_of: dt.date,
        stopped: Callable[[], bool],
    ) -> Generator[Event, None, tuple[str | None, str | None]]:
        """What a model writes, streamed; then its words as far as they hold, or why there are none."""
        assert self._scribe is not None
        pieces: list[str] = []
        try:
            with closing(self._scribe.write(reading, evidence, facts, conclusion, as_of, stopped)) as stream:
                for piece in stream:
                    pieces.append(piece)
                    yield TextEvent(text=piece)
        except EngineError as error:
            return None, f"{error.where}：{error.problem}"
        checked = self._scribe.verified("".join(pieces), evidence, reading.query, as_of)
        return (checked.text, None) if checked.kept else (None, "模型写的话没有一句通过核验")

    def _decline(self, why: Outside, where: Where) -> Generator[Event]:
        conversation, message, as_of = where
        sentence = self._phrases(f"outside.{why.value}")
        yield EvidenceEvent(conversation_id=conversation, message_id=message, as_of=as_of)
        yield TextEvent(text=sentence)
        done = DoneEvent(
            conversation_id=conversation,
            message_id=message,
            as_of=as_of,
            answer=sentence,
            conclusion=sentence,
            citations=self._check(sentence, self.library, as_of),
            refused=True,
            provenance=self._provenance,
        )
        self._keep.finish(done)
        yield done
