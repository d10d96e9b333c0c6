"""The desk: one question, one pass. look → understand → decide → write → check → keep."""

import datetime as dt
import threading
import unicodedata
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

from assistant.clock import today
from assistant.desk.advising import Adviser, Checker
from assistant.desk.beside import Beside
from assistant.desk.casefiles import CaseFileDesk
from assistant.desk.compose import Composer
from assistant.desk.consulting import Consulting
from assistant.desk.evidence import Looker
from assistant.desk.fact_form import FactForm
from assistant.desk.finding import Finding, Searching
from assistant.desk.holdings import Administering
from assistant.desk.lexicon import Lexicon
from assistant.desk.memory import Memory
from assistant.desk.opinions import OpinionDesk
from assistant.desk.phrases import Phrases
from assistant.desk.reviewing import Reviewing
from assistant.desk.rewriting import ModelRewriter
from assistant.desk.scribe import Scribe
from assistant.desk.understand import Chat
from assistant.desk.verdicts import Verdicts
from assistant.drafting import Drafter, Forms, Gathering, Judging
from assistant.errors import EngineError, InputError
from assistant.hotline import Hotline
from assistant.jobs import Jobs
from assistant.journal import Journal
from assistant.journal.opinions import OpinionStore
from assistant.knowledge.discretion import Discretion
from assistant.knowledge.lists import Lists
from assistant.knowledge.topics import Topics
from assistant.law.citations import CitationSummary, summary
from assistant.law.library import Library
from assistant.law.reading import read_provision
from assistant.masking import mask
from assistant.matters import MatterDesk
from assistant.precedents import Precedents
from assistant.records.figures import OfficeFigures
from assistant.records.office import Records
from assistant.rules.exemption import Exemption
from assistant.rules.proportionality import Proportionality
from assistant.schema import (
    CheckedCitation,
    Event,
    FigureAnswer,
    Provenance,
    ProvisionView,
)
from assistant.search import Search
from assistant.stats import MetricStore
from assistant.watch import Watch

QUESTION_LIMIT = 20_000
"""Characters a question may have."""


class Desk(Finding, Reviewing, Administering):
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
        matters: MatterDesk | None = None,
        jobs: Jobs | None = None,
        precedents: Precedents | None = None,
        forms: Forms | None = None,
        papers: OpinionStore | None = None,
        case_files: CaseFileDesk | None = None,
    ) -> None:
        self.library = library
        self.precedents = precedents or Precedents(library)
        self.metrics = metrics
        self._exemption = exemption or Exemption(library, Lists({}, ()))
        self._proportionality = proportionality or Proportionality(library, Discretion())
        self.journal = journal
        self._hotline = hotline
        self._case_files = case_files
        self._watch = watch
        self._matters = matters
        self.jobs = jobs
        self._search = search
        self._check = checker
        self._provenance = provenance
        self._search_note = search_note
        self._clock = clock
        lexicon = Lexicon(article.text for article in library.all_articles)
        looker = Looker(library, search, lexicon, written, topics)
        self._scribe = (
            Scribe(chat, prompts_dir, lexicon, lambda text, day: checker(text, library, day))
            if chat is not None and prompts_dir is not None
            else None
        )
        self._fact_form = FactForm(chat, prompts_dir) if chat is not None and prompts_dir is not None else None
        composer = Composer(library, phrases)
        self._adviser = Adviser(
            looker=looker,
            lexicon=lexicon,
            composer=composer,
            verdicts=Verdicts(looker, self._exemption, self._proportionality, self.precedents),
            beside=Beside(self.precedents, phrases),
            metrics=metrics,
            journal=journal,
            phrases=phrases,
            checker=checker,
            provenance=provenance,
            scribe=self._scribe,
            fact_form=self._fact_form,
            search_note=search_note,
            written=written,
            clock=clock,
        )
        self._opinions = None
        if forms is not None and papers is not None:
            consulting = Consulting(library, looker, composer, checker, written)
            judging = Judging(library, self._exemption, self._proportionality)
            gathering = Gathering(judging, consulting, self.precedents.similar)
            self._opinions = OpinionDesk(
                library=library,
                drafter=Drafter(forms, gathering),
                store=papers,
                provenance=provenance,
                clock=clock,
                rewriter=ModelRewriter(chat, prompts_dir, looker) if chat and prompts_dir else None,
            )

    # the doors beside the chat

    @property
    def opinions(self) -> OpinionDesk:
        """The desk of papers. EngineError where this desk was opened without one."""
        if self._opinions is None:
            raise EngineError("文书", "没有接上文书模板与数据库", "用 open_desk 打开")
        return self._opinions

    @property
    def case_files(self) -> CaseFileDesk:
        """The desk of case files. EngineError where this desk was opened without one."""
        if self._case_files is None:
            raise EngineError("案卷评查", "没有接上评查的标准与数据库", "用 open_desk 打开")
        return self._case_files

    @property
    def hotline(self) -> Hotline:
        """The desk of the 12345 hotline. EngineError where this desk was opened without one."""
        if self._hotline is None:
            raise EngineError("热线", "没有接上热线的知识与数据库", "用 open_desk 打开")
        return self._hotline

    @property
    def matters(self) -> MatterDesk:
        """The lawyers' desk of matters. EngineError where this desk was opened without it."""
        if self._matters is None:
            raise EngineError("事项", "没有接上数据库", "用 open_desk 打开")
        return self._matters

    @property
    def watch(self) -> Watch:
        """What rests on law and lists that have changed since. EngineError where this desk was opened without it."""
        if self._watch is None:
            raise EngineError("变动提醒", "没有接上数据库", "用 open_desk 打开")
        return self._watch

    @property
    def records(self) -> Records:
        """The office's own rows. EngineError where this desk was opened without them."""
        if not isinstance(self.metrics, OfficeFigures):
            raise EngineError("明细", "没有接上本单位的明细", "用 open_desk 打开")
        return self.metrics.records

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

    def figures(self, question: str, today: dt.date | None = None) -> FigureAnswer:
        """The number a question asks for, with its formula and sources. InputError when it cannot be a question."""
        return self.metrics.query(question, today or self._clock())

    @property
    def provenance(self) -> Provenance:
        """What an answer of now is made of."""
        return self._provenance

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

    def settle(self, timeout: float) -> bool:
        """Waits until the search is whole; False when it is not within `timeout` seconds."""
        return self._search.wait(timeout) if isinstance(self._search, Search) else True

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
        self.precedents.close()
        if isinstance(self.metrics, OfficeFigures):
            self.metrics.records.close()
        self._search.close()
        self.journal.close()

    # the chat

    def answered_again(
        self, question: str, memory: Memory, as_of: dt.date, asked_on: dt.date, *, writes: bool
    ) -> Iterator[Event]:
        """The events of an answer as it would be given now to what was asked on another day; none of it is kept.

        `writes`: the model, where there is one, has its part; else the program alone answers.
        """
        return self._adviser.again(question, memory, as_of, asked_on, writes)

    def advise(
        self,
        question: str,
        *,
        conversation_id: str | None = None,
        as_of: dt.date | None = None,
        who: str | None = None,
        department: str | None = None,
        stop: threading.Event | None = None,
    ) -> Generator[Event]:
        """Answer one question: evidence, pieces of text, then `done` with the checked whole (or `failed`).

        A conversation belongs to `who` asked first, and to the `department` he was in.
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
        whose = (who, department)
        return self._adviser.answer(mask(text).text, conversation_id, memory, as_of or self._clock(), whose, stop)


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
