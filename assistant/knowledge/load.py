"""The law library as this installation holds it: the corpus, the laws the office added, and what people corrected."""

from pathlib import Path

from assistant.knowledge.corpus import read_corpus
from assistant.knowledge.corrections import read_aliases, read_corrections
from assistant.knowledge.texts import read_texts
from assistant.law.library import Library
from assistant.law.validity import settle

CORRECTIONS = "有效性更正.yaml"
ALIASES = "简称.yaml"


def load_library(knowledge_dir: Path, home: Path) -> Library:
    """The corpus, `laws/*.md` of the knowledge base and `texts/*.md` of the installation, settled together.

    An imported older text takes its place before the corpus' text of the same law, and the spans of both are
    computed anew. A text held twice (same instrument, same day) is taken from the corpus. KnowledgeError names every
    problem of a file that cannot be taken as it is.
    """
    versions, articles = read_corpus()
    held = {version.id for version in versions}
    laws = knowledge_dir / "laws"
    for folder in (laws, home / "texts"):
        if not folder.is_dir():
            continue
        more_versions, more_articles = read_texts(folder)
        new = {version.id for version in more_versions} - held
        versions += [version for version in more_versions if version.id in new]
        articles += [article for article in more_articles if article.version_id in new]
        held |= new
    corrections = read_corrections(laws / CORRECTIONS) if (laws / CORRECTIONS).is_file() else []
    aliases = read_aliases(laws / ALIASES) if (laws / ALIASES).is_file() else {}
    return Library(*settle(versions, articles, corrections), aliases)
