"""The desk: one question, one pass. look → understand → decide → write → check → keep."""

import datetime as dt
import threading
import unicodedata
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from assistant.desk.compose import Composer, Draft
from assistant.desk.evidence import Evidence, Finder, Looker, passages
from assistant.desk.figures import FigureTurn, figure_done, figure_turn
from assistant.desk.lexicon import Lexicon
from assistant.desk.memory import Memory, facts_of, read
from assistant.desk.phrases import Phrases
from assistant.desk.question import Reading, Shape
from assistant.desk.reviewing import Reviewing
from assistant.desk.scope import Outside, outside, relevant, without_orders
from assistant.desk.scribe import Scribe, applied, promoted
from assistant.desk.understand import Chat
from assistant.errors import CounselError, EngineError, InputError
from assistant.hotline import Hotline
from assistant.jobs import Jobs
from assistant.journal import Journal
from assistant.knowledge.discretion import Discretion
from assistant.knowledge.lists import Lists
from assistant.knowledge.topics import Topics
from assistant.law.citations import CitationSummary, summary
from assistant.law.library import Library
from assistant.law.reading import read_provision
from assistant.masking import mask
from assistant.rules.exemption import Exemption
from assistant.rules.proportionality import Proportionality
from assistant.schema import (
    CheckedCitation,
    DoneEvent,
    Event,
    EvidenceEvent,
    ExemptionAnswer,
    Fact,
    FailedEvent,
    FigureAnswer,
    Kind,
    Passage,
    Provenance,
    ProvisionView,
    TextEvent,
)
from assistant.stats import MetricStore
from assistant.watch import Watch

QUESTION_LIMIT = 20_000
"""Characters a question may have."""
_SHANGHAI = ZoneInfo("Asia/Shanghai")

Where = tuple[str, str, dt.date]  # conversation, message, as_of
Checker = Callable[[str, Library, dt.date], tuple[CheckedCitation, ...]]


def today() -> dt.date:
    """The date in Shanghai, which is what `as_of` defaults to."""
    return dt.datetime.now(_SHANGHAI).date()


class Searching(Finder, Protocol):
    """The search as the desk holds it."""

    def close(self) -> None: ...


class Desk(Reviewing):
    """Everything that answers, wired once by `open_desk`. Safe for several threads."""

    def __init__(
        self,
        *,
        library: Library,
        search: Searching,
        metrics: MetricStore,
        journal: Journal,
        phrases: Phrases,
        checker: Checker,
        provenance: Provenance,
        chat: Chat | None = None,
        prompts_dir: Path | None = None,
        search_note: Callable[[], str | None] = lambda: None,
        written: Callable[[str], tuple[str, ...]] = lambda _: (),
        clock: Callable[[], dt.date] = today,
        exemption: Exemption | None = None,
        topics: Topics | None = None,
        proportionality: Proportionality | None = None,
        hotline: Hotline | None = None,
        watch: Watch | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        self.library = library
        self.metrics = metrics
        self._exemption = exemption or Exemption(library, Lists({}, ()))
        self._proportionality = proportionality or Proportionality(library, Discretion())
        self.journal = journal
        self._hotline = hotline
        self._watch = watch
        self.jobs = jobs
        self._search = search
        self._phrases = phrases
        self._check = checker
        self._provenance = provenance
        self._search_note = search_note
        self._clock = clock
        self._written = written
        self._lexicon = Lexicon(article.text for article in library.all_articles)
        self._looker = Looker(library, search, self._lexicon, written, topics)
        self._composer = Composer(library, phrases)
        self._scribe = (
            Scribe(chat, prompts_dir, self._lexicon, lambda text, day: checker(text, library, day))
            if chat is not None and prompts_dir is not None
            else None
        )

    # the doors beside the chat

    @property
    def hotline(self) -> Hotline:
        """The desk of the 12345 hotline. EngineError where this desk was opened without one."""
        if self._hotline is None:
            raise EngineError("热线", "没有接上热线的知识与数据库", "用 open_desk 打开")
        return self._hotline

    @property
    def watch(self) -> Watch:
        """What rests on law and lists that have changed since. EngineError where this desk was opened without it."""
        if self._watch is None:
            raise EngineError("变动提醒", "没有接上数据库", "用 open_desk 打开")
        return self._watch

    def search(
        self,
        query: str,
        *,
        kinds: Sequence[Kind] = ("law",),
        as_of: dt.date | None = None,
        top_k: int = 10,
        include_not_in_force: bool = False,
    ) -> tuple[Passage, ...]:
        """Passages that bear on a query, best first."""
        return self._search.find(
            query,
            kinds=kinds,
            as_of=as_of or self._clock(),
            top_k=top_k,
            include_not_in_force=include_not_in_force,
        )

    def search_note(self) -> str | None:
        """Whether the search is whole: what is still being made, in Chinese; None when all of it answers."""
        return self._search_note()

    def check(self, text: str, *, as_of: dt.date | None = None) -> tuple[tuple[CheckedCitation, ...], CitationSummary]:
        """Every citation in a text, looked up, and the summary of them."""
        citations = self._check(text, self.library, as_of or self._clock())
        return citations, summary(citations)

    def article(
        self, law: str, number: str, *, as_of: dt.date | None = None, version_id: str | None = None
    ) -> ProvisionView | None:
        """One provision with its version, status, neighbours and who cites it; None when it is not held."""
        return read_provision(self.library, law, number, as_of or self._clock(), version_id=version_id)

    def check_exemption(
        self, description: str | None, facts: object = None, *, as_of: dt.date | None = None
    ) -> ExemptionAnswer:
        """Whether a penalty falls away or is lighter for a case in words, in facts, or both. No model has a hand in it.

        InputError for what cannot be worked with; a command inside the description is text like any other.
        """
        ordered = description is not None and without_orders(description)[1]
        notes = ("描述里有指挥程序的话，已当作普通文字，没有照办",) if ordered else ()
        return self._exemption.check(description, facts, as_of or self._clock(), notes=notes)

    def figures(self, question: str, today: dt.date | None = None) -> FigureAnswer:
        """The number a question asks for, with its formula and sources. InputError when it cannot be a question."""
        return self.metrics.query(question, today or self._clock())

    @property
    def model(self) -> str | None:
        """The model that writes; None when the program does."""
        return self._scribe.name if self._scribe else None

    def readiness(self) -> dict[str, Any]:
        """What is ready, for /readyz. EngineError where the database does not answer."""
        self.journal.ping()
        return {
            "articles": sum(1 for _ in self.library.all_articles),
            "knowledge": self._provenance.knowledge,
            "model": self.model,
            "note": self._search_note(),
        }

    def start(self) -> None:
        """Take up background work. For the process that serves: one queue a process."""
        if self.jobs is not None:
            self.jobs.start()

    def close(self) -> None:
        """Lets go of indexes, model connections and the journal."""
        if self._scribe is not None:
            self._scribe.close()
        if self.jobs is not None:
            self.jobs.stop()
        self._search.close()
        self.journal.close()

    # the chat

    def advise(
        self,
        question: str,
        *,
        conversation_id: str | None = None,
        as_of: dt.date | None = None,
        who: str | None = None,
        stop: threading.Event | None = None,
    ) -> Generator[Event]:
        """Answer one question: evidence, pieces of text, then `done` with the checked whole (or `failed`).

        InputError at the call, before anything is kept, when the question or the conversation is not to be worked with.
        Closing the iterator, or setting `stop`, breaks the answer off; what was written stays in the journal, marked.
        """
        text = _clean(question)
        if conversation_id is not None:
            conversation = self.journal.conversation(conversation_id, owner=who)
            if conversation is None:
                raise InputError("conversation_id", "没有这个会话，可能已被删除", "不带会话编号提问，会新建会话")
            memory = Memory.load(conversation.memory)
        else:
            memory = Memory()
        return self._answer(mask(text).text, conversation_id, memory, as_of or self._clock(), who, stop)

    def _answer(
        self,
        text: str,
        conversation_id: str | None,
        memory: Memory,
        as_of: dt.date,
        who: str | None,
        stop: threading.Event | None,
    ) -> Generator[Event]:
        conversation = conversation_id or self.journal.create(owner=who, title=text)
        message = self.journal.begin(conversation, text, as_of)
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
        turn = figure_turn(asked, memory, self.metrics, self._clock())
        if turn is not None and (turn.answer.answered or not self._looker.topics.find(asked)):
            yield from self._give_figures(turn, memory, where)
            return
        why = outside(asked, follows=bool(memory.query))
        if why is not None:
            yield from self._decline(why, where)
            return
        cited = self._check(asked, self.library, as_of)
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
        found = EvidenceEvent(
            conversation_id=conversation,
            message_id=message,
            as_of=as_of,
            hits=passages(evidence, self.library),
            note=self._search_note(),
        )
        self.journal.found(found)
        yield found
        draft = self._composer.compose(
            reading,
            evidence,
            self._lexicon.terms(" ".join((reading.query, *self._written(reading.query)))),
            as_of,
            self._clock(),
            preface=self._phrases("outside.mixed") if ordered else None,
        )
        yield TextEvent(text=draft.opening + "\n\n")
        said = None
        if self._scribe is not None and note is None and evidence.decisive:
            pieces: list[str] = []
            try:
                with closing(self._scribe.write(reading, evidence, facts, draft.conclusion, as_of, stopped)) as stream:
                    for piece in stream:
                        pieces.append(piece)
                        yield TextEvent(text=piece)
            except EngineError as error:
                note = f"{error.where}：{error.problem}"
            else:
                checked = self._scribe.verified("".join(pieces), evidence, reading.query, as_of)
                said = checked.text if checked.kept else None
                note = None if checked.kept else "模型写的话没有一句通过核验"
            if stopped():
                return
            yield TextEvent(text="\n\n")
        for block in draft.rest:
            yield TextEvent(text=block + "\n\n")
        made = self._provenance.model_copy(update={"model": model if said else None, "note": note})
        yield self._done(draft.with_words(said, self._phrases, note), reading, evidence, memory, facts, made, where)

    def _bears(self, reading: Reading, evidence: Evidence) -> bool:
        if reading.follows or reading.topics or evidence.laws or evidence.absent or reading.shape is Shape.METRIC:
            return True
        return relevant(reading.text, evidence.cover)

    def _done(
        self,
        draft: Draft,
        reading: Reading,
        evidence: Evidence,
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
            hits=passages(evidence, self.library),
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
        )
        self.journal.finish(done, remembered.keep())
        return done

    def _give_figures(self, turn: FigureTurn, memory: Memory, where: Where) -> Generator[Event]:
        conversation, message, as_of = where
        done = figure_done(turn, where, self._provenance)
        yield EvidenceEvent(conversation_id=conversation, message_id=message, as_of=as_of)
        yield TextEvent(text=done.answer)
        self.journal.finish(done, memory.model_copy(update={"figures": turn.question}).keep())
        yield done

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
        self.journal.finish(done)
        yield done


def _clean(question: str) -> str:
    """A question without what is no character. InputError when nothing is left or it is too long."""
    if len(question) > QUESTION_LIMIT:
        raise InputError(
            "message",
            f"问题有{len(question)}个字，超过{QUESTION_LIMIT}个字的上限",
            "请只写与问题有关的事实；长文件请用导入或卷宗审查",
        )
    kept = "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co") else " " for c in question
    ).strip()
    if not any(unicodedata.category(c)[0] in "LN" for c in kept):
        raise InputError("message", "问题里没有文字", "请写明要问什么")
    return kept
