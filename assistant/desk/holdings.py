"""What is known, counted: the sources as the lawyers wrote them, the texts and what they are today, the lists."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import yaml

from assistant.desk.finding import Searching
from assistant.hotline import Hotline
from assistant.journal import Journal
from assistant.law.library import Library
from assistant.rules.exemption import Exemption
from assistant.schema import (
    HealthLook,
    Holdings,
    JobProgress,
    KnowledgeSource,
    ListHolding,
    Provenance,
    RuleList,
    TextCount,
    TextDoubt,
)


def holdings(
    library: Library, lists: Mapping[str, RuleList], folder: Path | None, knowledge: str, day: dt.date
) -> Holdings:
    """`folder` is the knowledge base, where sources.yaml stands; `knowledge` its digest."""
    return Holdings(
        day=day,
        knowledge=knowledge,
        sources=tuple(_sources(folder)) if folder is not None else (),
        texts=_texts(library, day),
        doubts=tuple(
            TextDoubt(version=version.id, title=version.title, note=version.note or "")
            for version in library.all_versions
            if version.status_on(day) == "待核"
        ),
        lists=tuple(_list(one, day) for one in lists.values()),
    )


def _sources(folder: Path) -> Iterable[KnowledgeSource]:
    file = folder / "sources.yaml"
    held = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    for entry in held.get("来源", []):
        pattern = entry.get("文件")
        yield KnowledgeSource(
            name=entry["名称"],
            content=entry.get("内容", ""),
            nature=entry.get("性质", "待核"),
            checked=entry.get("核对", ""),
            as_of=str(entry.get("时点", "")),
            files=sum(1 for _ in folder.glob(pattern)) if isinstance(pattern, str) else None,
        )


def _texts(library: Library, day: dt.date) -> tuple[TextCount, ...]:
    titles: dict[str, set[str]] = defaultdict(set)
    articles: Counter[str] = Counter()
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for version in library.all_versions:
        titles[version.kind].add(version.title)
        articles[version.kind] += len(library.articles_of(version.id))
        states[version.kind][version.status_on(day)] += 1
    return tuple(
        TextCount(
            kind=kind,
            instruments=len(titles[kind]),
            texts=states[kind].total(),
            articles=articles[kind],
            in_force=states[kind]["现行有效"],
            not_yet=states[kind]["尚未施行"],
            ended=states[kind]["已废止"] + states[kind]["已修改"],
            doubtful=states[kind]["待核"],
        )
        for kind in sorted(titles, key=lambda kind: -states[kind].total())
    )


def _list(held: RuleList, day: dt.date) -> ListHolding:
    span = held.in_force
    if span.to is not None and span.to < day:
        state = "已到期"
    elif span.from_ is not None and span.from_ > day:
        state = "尚未施行"
    elif span.from_ is None and span.to is None:
        state = "有效期待核"
    else:
        state = "有效期内"
    return ListHolding(
        title=held.title, category=held.category, region=held.region, nature=held.nature, in_force=span, state=state
    )


class Administering:
    """What a desk tells whoever administers it."""

    library: Library
    journal: Journal
    _exemption: Exemption
    _search: Searching
    _provenance: Provenance
    _hotline: Hotline | None
    _search_note: Callable[[], str | None]
    _clock: Callable[[], dt.date]

    def holdings(self, folder: Path) -> Holdings:
        """What is known, counted today. `folder` is the knowledge base."""
        return holdings(self.library, self._exemption.lists, folder, self._provenance.knowledge, self._clock())

    def progress(self) -> tuple[JobProgress, ...]:
        """Background work and how far it is: the search's vectors first."""
        state = self._search.state
        vectors = JobProgress(
            name="语义向量",
            detail=state.embedder or "没有嵌入模型，只按字词检索",
            done=state.vectors,
            total=state.articles if state.embedder else 0,
            state="已完成" if state.complete else "进行中",
        )
        return (vectors, *(self._hotline.progress() if self._hotline is not None else ()))

    def looks(self) -> tuple[HealthLook, ...]:
        """What an answer depends on, as the running desk sees it. EngineError where the database does not answer."""
        self.journal.ping()
        state, note, made = self._search.state, self._search_note(), self._provenance
        return (
            HealthLook(name="知识", state="ok", seen=f"{state.articles}条条文，知识版本{made.knowledge}"),
            HealthLook(
                name="检索",
                state="warning" if note else "ok",
                seen=note or f"词语{state.words}条，向量{state.vectors}条",
                remedy="后台会自己算完；也可以运行 counsel index" if note else "",
            ),
            HealthLook(name="程序", state="ok", seen=f"程序{made.code}，提示词{made.prompts}"),
        )
