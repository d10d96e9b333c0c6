"""Search.find: the law of the asked day, exact citations, folding, and vectors that are still to come."""

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import EngineError
from assistant.law.library import Library
from assistant.search import Search, open_search

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def search(small: Library, tmp_path: Path) -> Search:
    return open_search(small, tmp_path)


def _ids(search: Search, query: str, day: dt.date = TODAY, **more: object) -> list[str]:
    return [p.id for p in search.find(query, as_of=day, **more)]  # type: ignore[arg-type]


def test_only_the_text_that_rules_on_the_day_is_found(search: Search) -> None:
    laws = {i.split("#")[0] for i in _ids(search, "养犬登记 斗鸡许可 养猫登记")}
    assert laws == {"中华人民共和国养犬法@2024-06-01"}
    then = {i.split("#")[0] for i in _ids(search, "养犬登记 斗鸡许可 养猫登记", dt.date(2015, 5, 5))}
    assert then == {"中华人民共和国养犬法@2010-01-01", "中华人民共和国斗鸡法@2001-01-01"}


def test_on_request_the_rest_comes_with_its_status(search: Search) -> None:
    found = search.find("养犬登记 斗鸡许可 养猫登记", as_of=TODAY, include_not_in_force=True)
    status = {p.id.split("@")[0] + p.id.split("#")[1]: p.status for p in found if p.text != "本法自公布之日起施行。"}
    assert status["中华人民共和国斗鸡法第一条"] == "已废止"
    assert status["中华人民共和国养猫法第一条"] == "尚未施行"


def test_a_provision_named_in_the_question_stands_first_even_out_of_force(search: Search) -> None:
    found = search.find("《中华人民共和国斗鸡法》第一条是怎么规定的", as_of=TODAY)
    assert found[0].id == "中华人民共和国斗鸡法@2001-01-01#第一条"
    assert found[0].status == "已废止"
    assert [p.rank for p in found] == list(range(1, len(found) + 1))
    assert len({p.id for p in found}) == len(found)
    assert all(p.status == "现行有效" for p in found[1:])


def test_the_same_sentence_in_several_laws_is_one_hit(search: Search) -> None:
    found = search.find("本法自公布之日起施行", as_of=TODAY, include_not_in_force=True)
    same = [p for p in found if p.text == "本法自公布之日起施行。"]
    assert len(same) == 1


def test_an_act_is_met_by_the_article_that_punishes_it(search: Search) -> None:
    assert _ids(search, "携带犬只出户未使用犬绳")[0].endswith("第二条")
    assert _ids(search, "携带犬只出户应当怎样？")[0].endswith("第一条")


def test_cases_are_decisions_and_not_law(search: Search) -> None:
    assert _ids(search, "犬绳", kinds=("decision",)) == ["某人诉某局养犬处罚案@2022-02-02#第一条"]
    assert not any("诉" in i for i in _ids(search, "犬绳"))
    assert {p.kind for p in search.find("犬绳", kinds=("law", "decision"), as_of=TODAY)} == {"law", "decision"}
    assert search.find("犬绳", kinds=("list", "discretion"), as_of=TODAY) == ()


@pytest.mark.parametrize("query", ["", "   ", "\x00", "\ud800", "？！", "犬" * 100_000, "𠀀𠀁", "'; DROP TABLE--"])
def test_any_text_may_be_asked(search: Search, query: str) -> None:
    found = search.find(query, as_of=TODAY)
    assert len(found) <= 10


@pytest.mark.parametrize("query", ["？！，。", "😀🎉", "asdfgh qwerty", "𠀀𠀁", "_ _", "кошка"])
def test_what_shares_no_term_with_any_text_finds_nothing(small: Library, tmp_path: Path, letters, query: str) -> None:
    search = open_search(small, tmp_path, embedder=letters)  # whose vectors have a nearest article for anything
    assert search.wait(10)
    assert _ids(search, query) == []
    assert _ids(search, f"{query} 犬绳") != []
    search.close()


def test_a_document_as_a_question_is_read_from_its_beginning(search: Search) -> None:
    question = "携带犬只出户应当怎样？"
    assert _ids(search, question + "。" * 4000 + "五百元罚款" * 1000) == _ids(search, question)


def test_top_k(search: Search) -> None:
    assert len(search.find("养犬", as_of=TODAY, top_k=1)) == 1
    assert search.find("养犬", as_of=TODAY, top_k=0) == ()


def test_vectors_find_what_words_do_not_share(small: Library, tmp_path: Path, letters, open_store) -> None:
    search = open_search(small, tmp_path, embedder=letters, open_store=open_store)
    assert search.wait(10)
    state = search.state
    assert state.complete
    assert state.vectors == state.articles == len(list(small.all_articles))
    assert _ids(search, "携带犬只出户应当怎样？")[0].endswith("第一条")
    search.close()


def test_search_works_on_words_while_vectors_come(small: Library, tmp_path: Path, letters) -> None:
    go = threading.Event()

    class Slow(type(letters)):  # type: ignore[misc]
        def passages(self, texts):  # type: ignore[no-untyped-def]
            go.wait(10)
            return super().passages(texts)

    search = open_search(small, tmp_path, embedder=Slow())
    assert search.state.vectors == 0
    assert not search.state.complete
    assert _ids(search, "携带犬只出户应当怎样？")[0].endswith("第一条")
    go.set()
    assert search.wait(10)
    assert search.state.complete
    search.close()


def test_what_was_embedded_is_not_embedded_again(small: Library, tmp_path: Path, letters, open_store, stores) -> None:
    first = open_search(small, tmp_path, embedder=letters, open_store=open_store)
    assert first.wait(10)
    first.close()
    assert all(store.closed for store in stores.values())
    done = len(letters.embedded)
    assert done > 0
    again = open_search(small, tmp_path, embedder=letters, open_store=open_store)
    assert again.wait(10)
    assert len(letters.embedded) == done
    assert again.state.complete
    again.close()


def test_a_store_that_cannot_be_opened_is_said_and_done_without(small: Library, tmp_path: Path, letters) -> None:
    def broken(folder: Path, name: str):  # type: ignore[no-untyped-def]
        raise EngineError("向量库", "打不开", "检查权限")

    search = open_search(small, tmp_path, embedder=letters, open_store=broken)
    assert search.wait(10)
    assert "打不开" in (search.state.note or "")
    assert _ids(search, "携带犬只出户应当怎样？")[0].endswith("第一条")
    search.close()


def test_a_second_process_reads_only_and_says_so(small: Library, tmp_path: Path, letters, open_store) -> None:
    first = open_search(small, tmp_path, embedder=letters, open_store=open_store)
    second = open_search(small, tmp_path, embedder=letters, open_store=open_store)
    assert first.wait(10)
    assert second.wait(10)
    assert first.state.note is None
    assert "另一个进程" in (second.state.note or "")
    assert _ids(first, "犬绳") == _ids(second, "犬绳")
    first.close()
    second.close()


def test_another_library_is_gone_over_to_while_others_search(
    small: Library, tmp_path: Path, letters, open_store: Callable
) -> None:
    search = open_search(small, tmp_path, embedder=letters, open_store=open_store)
    more = Library(
        list(small.all_versions),
        [a.model_copy(update={"text": a.text + "遛鸟应当登记。"}) for a in small.all_articles],
    )
    stop = threading.Event()
    broken: list[BaseException] = []

    def ask() -> None:
        while not stop.is_set():
            try:
                assert search.find("养犬登记", as_of=TODAY)
            except BaseException as error:  # noqa: BLE001 — handed to the test
                broken.append(error)
                return

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    search.renew(more)
    assert "遛鸟" in search.find("遛鸟应当登记", as_of=TODAY)[0].text
    assert search.wait(10)
    stop.set()
    for thread in asking:
        thread.join()
    assert not broken
    assert [f.name for f in (tmp_path / "index").iterdir()] == [search.state.index]
    search.close()
