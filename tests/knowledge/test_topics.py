"""The subject index: every line resolves, topics are told apart, and what is written wrong is said."""

from pathlib import Path

import pytest

from assistant.errors import KnowledgeError
from assistant.knowledge.topics import Topics, load_topics
from assistant.law.library import Library
from assistant.settings import ROOT


@pytest.fixture(scope="module")
def topics(library: Library) -> Topics:
    return load_topics(ROOT / "knowledge_base", library)


@pytest.mark.parametrize(
    ("question", "law", "article"),
    [
        ("隔了四年才查到的违法行为还罚不罚", "行政处罚法", "第三十六条"),
        ("我对罚单有异议，最晚什么时候申请复议", "行政复议法", "第二十条"),
        ("处罚之前，哪些当事人可以要求听证", "行政处罚法", "第六十三条"),
        ("听证要在几日内提出来", "行政处罚法", "第六十四条"),
        ("九岁小孩打坏公物要罚款吗", "行政处罚法", "第三十条"),
        ("小饭馆没有食品经营许可证会被怎么处罚", "食品安全法", "第一百二十二条"),
    ],
)
def test_the_index_opens_what_a_lawyer_opens_first(topics: Topics, question: str, law: str, article: str) -> None:
    first = topics.find(question)[0][0]
    assert (first.law, first.article) == (f"中华人民共和国{law}", article)


def test_an_act_needs_no_word_of_penalty_when_it_is_known_to_be_one(topics: Topics) -> None:
    told = "当事人在住宅楼的疏散通道里堆满纸箱"
    assert not topics.find(told)
    assert topics.find(told, penalty=True)[0][0].item == 3


def test_another_law_that_is_named_and_a_story_mean_no_topic(topics: Topics) -> None:
    assert not topics.find("海商法里听证几天内提出", ("中华人民共和国海商法",))
    assert not topics.find("去年冬天" + "他们在村口的仓库边上来来回回地说了很多话" * 5 + "听证几天内提出")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{问: 听证, 条: 第九百条}", "没有第九百条"),
        ("{问: 听证, 条: 第六十三条第九款}", "没有第六十三条第九款"),
        ('{问: "听证 {没有的}", 条: 第六十三条}', "没有名为“没有的”的词组"),
        ("{问: -听证, 条: 第六十三条}", "没有词"),
        ("{问题: 听证, 条: 第六十三条}", "只有“问”和“条”"),
    ],
)
def test_what_is_written_wrong_is_said(tmp_path: Path, library: Library, line: str, problem: str) -> None:
    (tmp_path / "专题索引.yaml").write_text(f"条目:\n  行政处罚法:\n    索引:\n      - {line}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load_topics(tmp_path, library)
    assert problem in refused.value.problem
    assert "行政处罚法第1行" in refused.value.problem


def test_no_index_is_an_empty_one(tmp_path: Path, library: Library) -> None:
    assert load_topics(tmp_path, library).find("听证几天内提出") == ()
