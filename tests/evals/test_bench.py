"""The benchmark's own parts: figures, made-up load, copies, the page it writes."""

from pathlib import Path

import pytest

from assistant.knowledge.importing import import_paths
from assistant.law.library import Library
from evals.bench.__main__ import as_markdown
from evals.bench.growth import copies, lay_vectors
from evals.bench.measures import Row, Times, clock, resident
from evals.bench.synthetic import cited_text, queries, regulations
from tests.evals.fakes import DAY


def test_times() -> None:
    times = Times(tuple(n / 100 for n in range(1, 101)), together=10.0)
    assert times.p50 == pytest.approx(0.505)
    assert times.p95 == pytest.approx(0.9595)
    assert times.rate == 10
    assert Times((0.5,), 0.5).p95 == 0.5


def test_every_call_is_timed_and_errors_are_not_swallowed() -> None:
    seen: list[int] = []
    assert len(clock(seen.append, range(20), threads=4).each) == 20
    assert sorted(seen) == list(range(20))
    with pytest.raises(ZeroDivisionError):
        clock(lambda n: 1 / n, [0], threads=2)


def test_memory_is_told_or_unknown(tmp_path: Path) -> None:
    assert resident("no-such-process") is None
    held = resident()
    assert held is None or held > 1


def test_made_up_regulations_all_come_in(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    regulations(tmp_path / "in", 3, articles=12)
    report = import_paths([tmp_path / "in"], tmp_path / "home", kind="地方政府规章", issuer="示例市人民政府")
    assert (len(report.came_in), report.articles) == (3, 36)


def test_a_cited_text_is_long_enough_and_the_same_each_time(library: Library) -> None:
    text = cited_text(library, 20_000)
    assert 20_000 <= len(text.encode()) < 20_400
    assert text.count("依照《") > 80
    assert text == cited_text(library, 20_000)


def test_questions_repeat_only_when_they_run_out() -> None:
    assert len(set(queries(300))) == 300
    assert len(queries(2000)) == 2000


def test_copies_are_exactly_as_many_and_all_distinct(library: Library) -> None:
    held = sum(1 for _ in library.in_force(DAY))
    grown = copies(library, DAY, held + 500)
    articles = list(grown.all_articles)
    assert len(articles) == held + 500
    assert len({article.text for article in articles[-500:]} & {article.text for article in articles[:500]}) == 0
    assert grown.article(articles[-1].version_id, articles[-1].number or "") == articles[-1]


def test_every_copy_gets_a_vector(library: Library, tmp_path: Path) -> None:
    from assistant.search.vectors import VectorFile, embedded_text, key_of

    few = copies(library, DAY, 300)
    lay_vectors(few, tmp_path / "none", tmp_path, "made-up", 8)
    known = VectorFile(tmp_path / "vectors", "made-up", 8).read()
    assert set(known) == {key_of(embedded_text(article)) for article in few.all_articles}


def test_the_page() -> None:
    page = as_markdown([Row("服务", "延迟", "1 毫秒", "10 毫秒", "10.0×", "好")])
    assert "| 服务 | 延迟 | 1 毫秒 | 10 毫秒 | 10.0× | 好 |" in page
