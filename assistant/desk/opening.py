"""Where everything is wired."""

import datetime as dt

from assistant.casefiles import CHECKS, CaseReview
from assistant.casefiles.ocr import page_reader
from assistant.clock import today
from assistant.desk.casefiles import CaseFileDesk
from assistant.desk.desk import Desk
from assistant.desk.phrases import load_phrases
from assistant.desk.provenance import code_digest, knowledge_digest, prompts_digest
from assistant.drafting import Judging, load_forms
from assistant.engines import Jieba, make_chat, make_embedder, make_reranker, store_opener
from assistant.errors import EngineError
from assistant.hotline import Hotline
from assistant.hotline.callbacks import Callbacks
from assistant.jobs import Jobs
from assistant.journal import Database, Journal, sqlite_url
from assistant.journal.batches import BatchStore
from assistant.journal.callbacks import CallbackStore
from assistant.journal.file_reviews import FileReviewStore
from assistant.journal.hotline import OrderStore
from assistant.journal.opinions import OpinionStore
from assistant.knowledge.casefiles import load_case_file_rules
from assistant.knowledge.decisions import FOLDER, load_decisions
from assistant.knowledge.discretion import Discretion, load_discretion
from assistant.knowledge.hotline import load_hotline
from assistant.knowledge.lists import load_lists
from assistant.knowledge.load import load_library
from assistant.knowledge.snapshots import Snapshots
from assistant.knowledge.topics import load_topics
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.masking.sealed import Seal
from assistant.matters import MatterDesk, MatterFeed, MatterStore
from assistant.precedents import Precedents, read_elements
from assistant.records.figures import load_figures
from assistant.rules.exemption import Exemption
from assistant.rules.proportionality import Proportionality
from assistant.schema import Provenance, Sight
from assistant.search import Lexicon, Search, SearchState, open_search, read_lexicon
from assistant.settings import Settings
from assistant.watch import Watch
from assistant.watch.engines import RuleEngines
from assistant.watch.kept import KeptAnswers, KeptPapers, KeptReplies

_OWN = ("lists", FOLDER)
"""What an office brings in of its own beside its texts, which are in the library."""
SNAPSHOTS = "snapshots"
"""Where in the home the knowledge and the prompts are kept that answers were made on."""


def open_desk(settings: Settings) -> Desk:
    """Load knowledge, open search, model and journal. Takes seconds; CounselError says what cannot be opened."""
    phrases = load_phrases(settings.prompts_dir / "answers.md")
    library = load_library(settings.knowledge_dir, settings.home)
    database = Database(settings.database_url or sqlite_url(settings.home))
    jobs, seal = Jobs(settings.home, settings.database_url), Seal(settings.home)
    knowledge = knowledge_digest(library.digest, settings.knowledge_dir, *(settings.home / own for own in _OWN))
    provenance = Provenance(code=code_digest(), knowledge=knowledge, prompts=prompts_digest(settings.prompts_dir))
    _keep_snapshots(settings, provenance)
    lexicon = read_lexicon(settings.knowledge_dir)
    lists = load_lists((settings.knowledge_dir / "lists", settings.home / "lists"), library)
    discretion = load_discretion(settings.knowledge_dir / "discretion", library, today())
    decisions = load_decisions((settings.knowledge_dir / FOLDER, settings.home / FOLDER), library)
    papers, matters = OpinionStore(database), MatterStore(database)
    forms = load_forms(settings.knowledge_dir / "templates", library, today())
    exemption, proportionality = Exemption(library, lists), Proportionality(library, discretion, lists)
    engines = RuleEngines(exemption, proportionality)
    search = wire_search(library, settings, lexicon)
    precedents = Precedents(
        library,
        lists,
        discretion,
        decisions,
        elements=read_elements(settings.knowledge_dir),
        lexicon=lexicon,
        segmenter=Jieba(),
        embedder=search.embedder,
        kept=settings.home / "vectors" / FOLDER if search.keeps else None,
        shipped=settings.knowledge_dir / "vectors" / FOLDER,
    )
    return Desk(
        library=library,
        search=search,
        metrics=load_figures(settings.knowledge_dir, settings.home, today, (MatterFeed(matters),)),
        journal=Journal(database),
        phrases=phrases,
        checker=check,
        provenance=provenance,
        chat=make_chat(settings),
        prompts_dir=settings.prompts_dir,
        search_note=lambda: _note(search.state),
        exemption=exemption,
        proportionality=proportionality,
        case_files=CaseFileDesk(
            wire_case_review(library, settings, proportionality, discretion), FileReviewStore(database, seal), today
        ),
        precedents=precedents,
        written=lexicon.written,
        hotline=Hotline(
            library,
            load_hotline(settings.knowledge_dir, library),
            OrderStore(database, seal),
            jobs=jobs,
            callbacks=Callbacks(
                CallbackStore(database),
                hosts=tuple(host.strip() for host in settings.callback_hosts.split(",") if host.strip()),
                secret=settings.callback_secret.get_secret_value() if settings.callback_secret else None,
            ),
            batches=BatchStore(database, seal),
            knowledge=knowledge,
        ),
        watch=Watch(
            library,
            lists.lists,
            (
                KeptAnswers(database, engines),
                KeptPapers(papers, forms, Judging(library, exemption, proportionality)),
                KeptReplies(database, lambda text, day: check(text, library, day)),
            ),
            provenance,
        ),
        jobs=jobs,
        topics=load_topics(settings.knowledge_dir, library),
        forms=forms,
        papers=papers,
        matters=MatterDesk(matters, lambda opinion_id: _final(papers, opinion_id)),
    )


def _keep_snapshots(settings: Settings, made: Provenance) -> None:
    """Keep what answers will be made on from now, so that they can be made anew when it has changed."""
    snapshots = Snapshots(settings.home / SNAPSHOTS)
    own = {f"home/{name}": settings.home / name for name in ("texts", *_OWN)}
    snapshots.keep(made.knowledge, {"knowledge": settings.knowledge_dir, **own})
    snapshots.keep(made.prompts, {"prompts": settings.prompts_dir})


def wire_case_review(
    library: Library, settings: Settings, proportionality: Proportionality, discretion: Discretion
) -> CaseReview:
    """The review of case files with the standard that is held."""
    rules = load_case_file_rules(settings.knowledge_dir / "casefiles", library, today(), CHECKS)
    return CaseReview(library, rules, proportionality, discretion, page_reader)


def open_case_review(settings: Settings) -> tuple[CaseReview, dt.date]:
    """The review alone, without search and journal, and today."""
    library = load_library(settings.knowledge_dir, settings.home)
    discretion = load_discretion(settings.knowledge_dir / "discretion", library, today())
    lists = load_lists((settings.knowledge_dir / "lists", settings.home / "lists"), library)
    return wire_case_review(library, settings, Proportionality(library, discretion, lists), discretion), today()


def _final(papers: OpinionStore, opinion_id: str) -> bool | None:
    """Whether a paper is final; None: there is none of that id."""
    kept = papers.get(opinion_id, Sight(who=None, everything=True))
    return None if kept is None else kept.status == "final"


def wire_search(library: Library, settings: Settings, lexicon: Lexicon) -> Search:
    """The search with the engines that the settings name; without an embedder that cannot run here, which is said."""
    note = None
    try:
        embedder = make_embedder(settings)
    except EngineError as error:
        embedder, note = None, str(error)
    return open_search(
        library,
        settings.home,
        shipped=settings.knowledge_dir / "vectors",
        embedder=embedder,
        open_store=store_opener(settings),
        shared_store=settings.chroma_url is not None,
        segmenter=Jieba(),
        reranker=make_reranker(settings),
        lexicon=lexicon,
        note=note,
    )


def _note(state: SearchState) -> str | None:
    """What keeps the search from being whole, for a person; None when nothing does."""
    behind = f"还有 {state.articles - state.vectors} 条的语义向量在后台计算，算好之前只按字词检索这些条文"
    return "；".join(n for n in (state.note, None if state.complete else behind) if n) or None
