"""Where everything is wired."""

from typing import TYPE_CHECKING

from assistant.desk.desk import Desk
from assistant.desk.phrases import load_phrases
from assistant.desk.provenance import code_digest, knowledge_digest, prompts_digest
from assistant.journal import Journal, sqlite_url
from assistant.knowledge.load import load_library
from assistant.law.citations import check
from assistant.schema import Provenance
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.search import Search


def open_desk(settings: Settings) -> Desk:
    """Load knowledge, open search and journal. Takes seconds; CounselError says what cannot be opened and why."""
    phrases = load_phrases(settings.prompts_dir / "answers.md")
    library = load_library(settings.knowledge_dir, settings.home)
    journal = Journal(settings.database_url or sqlite_url(settings.home))
    search = _open_search(library, settings)
    return Desk(
        library=library,
        search=search,
        journal=journal,
        phrases=phrases,
        checker=check,
        provenance=Provenance(
            code=code_digest(), knowledge=knowledge_digest(library.digest), prompts=prompts_digest(settings.prompts_dir)
        ),
        search_note=lambda: search.state.note,
    )
