"""Texts cut into articles and segments; mastheads read. All texts here are invented."""

import datetime as dt

import pytest

from assistant.knowledge import masthead, titles
from assistant.knowledge.instrument import Cut, cut, heading, incomplete
from assistant.knowledge.readers import Block, Document


def of(text: str, **options: bool) -> Cut:
    return cut([Block(line) for line in text.split("\n")], **options)


def labels(text: str) -> list[str]:
    return [p.label for p in of(text).pieces]


def test_numbers_however_they_are_spaced() -> None:
    text = (
        "第一条甲。\n第 二 条　乙。\n第二条之一　丙。\n第二条 之二 丁。\n第3条 戊。\n第四条【职责】己。\n第五条：庚。"
    )
    assert labels(text) == ["第一条", "第二条", "第二条之一", "第二条之二", "第三条", "第四条", "第五条"]
    assert [p.text for p in of(text).pieces] == ["甲。", "乙。", "丙。", "丁。", "戊。", "【职责】己。", "庚。"]


@pytest.mark.parametrize(
    "reference",
    [
        "第三条第二款规定的情形除外。",
        "第三条规定的情形除外。",
        "第三条、第四条规定的情形除外。",
        "第三条至第五条的规定适用于此。",
        "第三条 第二款规定的情形除外。",
        "第九条　的规定不适用。",
        "第一条规定的目的应当遵守。",
    ],
)
def test_a_reference_at_the_start_of_a_line_opens_no_article(reference: str) -> None:
    text = f"第一条　甲。\n第二条　乙：\n{reference}\n第三条　丙。\n第四条　丁。"
    assert labels(text) == ["第一条", "第二条", "第三条", "第四条"]
    assert of(text).pieces[1].lines == ("乙：", reference)


def test_a_gap_in_the_numbers_is_kept_and_named() -> None:
    result = of("第一条　甲。\n第二条　乙。\n第五条　丙。\n第六条　丁。")
    assert [p.number for p in result.pieces] == ["第一条", "第二条", "第五条", "第六条"]
    assert result.warnings == ("第二条之后直接是第五条，第三条等没有找到",)


def test_articles_whose_line_breaks_were_lost() -> None:
    text = "第一条 甲应当依照第五条 办理。 第二条 乙。 丙，依照第一条办理。 第三条 丁： （一）戊； （二）己。"
    result = of(text)
    assert [(p.label, p.text) for p in result.pieces] == [
        ("第一条", "甲应当依照第五条 办理。"),
        ("第二条", "乙。\n丙，依照第一条办理。"),
        ("第三条", "丁：\n（一）戊；\n（二）己。"),
    ]


def test_a_reference_after_a_full_stop_opens_no_article() -> None:
    text = "第一条 甲。 第二条规定的乙，依照本条办理。 第二条 丙。 第三条所称丁，是指戊。 第三条己。"
    assert labels(text) == ["第一条", "第二条", "第三条"]
    assert of(text).pieces[1].text == "丙。 第三条所称丁，是指戊。"


def test_headings_become_the_path_and_the_contents_are_dropped() -> None:
    text = (
        "目　录\n第一编　总则\n第一章　通则\n第二编　分则\n第二章　处罚\n附则\n"
        "第一编　总　则\n第一章　通则\n第一条　甲。\n第二编　分　则\n"
        "第二章　处罚\n第一节　种类\n第二条　乙。\n附　则\n第三条　丙。"
    )
    assert [p.path for p in of(text).pieces] == [
        ("第一编 总则", "第一章 通则"),
        ("第二编 分则", "第二章 处罚", "第一节 种类"),
        ("第二编 分则", "附则"),
    ]


def test_a_heading_on_two_lines_and_words_between_a_heading_and_its_first_article() -> None:
    text = (
        "第一章 总则\n第一条 甲。\n第二章 有关部门和地方机关\n在管理中的职责\n第二条 乙。\n"
        "第三章 处罚\n本章适用于下列人员：\n第三条 丙。"
    )
    assert [(p.label, p.text, p.path) for p in of(text).pieces] == [
        ("第一条", "甲。", ("第一章 总则",)),
        ("第二条", "乙。", ("第二章 有关部门和地方机关在管理中的职责",)),
        ("第三章 处罚", "本章适用于下列人员：", ("第三章 处罚",)),
        ("第三条", "丙。", ("第三章 处罚",)),
    ]


@pytest.mark.parametrize(
    "line", ["第三章规定的措施，由区政府实施。", "第一节 的内容。", "第二章至第四章的规定不适用", "附则所称"]
)
def test_running_text_is_no_heading(line: str) -> None:
    assert heading(line) is None


def test_text_before_the_first_article_and_annexes_after_the_last_are_kept() -> None:
    text = (
        "根据有关规定，制定本办法。\n第一条　甲。\n附图如下。\n第二条　乙。\n"
        "收费表\n附件1：\n甲类10元\n附件2　乙表\n乙类20元"
    )
    assert [(p.label, p.number, p.text) for p in of(text).pieces] == [
        ("序言", None, "根据有关规定，制定本办法。"),
        ("第一条", "第一条", "甲。\n附图如下。"),
        ("第二条", "第二条", "乙。"),
        ("附件1", None, "收费表\n附件1：\n甲类10元"),
        ("附件2", None, "附件2　乙表\n乙类20元"),
    ]


def test_articles_of_an_annexed_text_do_not_mix_with_the_main_ones() -> None:
    result = of("第一条　甲。\n第二条　乙。\n附件：示范合同\n第一条　丙。\n第二条　丁。")
    assert [p.number for p in result.pieces] == ["第一条", "第二条", None]
    assert "第二条　丁。" in result.pieces[-1].lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各区：\n一、甲。\n说明。\n二、乙：\n（一）丙；\n（二）丁。\n三、戊。", ["序言", "一", "二", "三"]),
        ("（一）甲。\n（二）乙。", ["（一）", "（二）"]),
        ("1. 甲。\n2. 乙。\n3.5米以上的除外。", ["1", "2"]),
        ("一、甲。\n三、丙。\n一、丁。\n二、戊。", ["一", "三", "一（2）", "二"]),
        ("只有一段话。", ["正文"]),
    ],
)
def test_texts_without_articles_are_cut_by_their_own_count(text: str, expected: list[str]) -> None:
    result = of(text)
    assert [p.label for p in result.pieces] == expected
    assert "\n".join(p.text for p in result.pieces) == text


def test_a_long_text_without_any_count_is_cut_by_length() -> None:
    text = "\n".join("甲" * 400 + "。" for _ in range(10))
    result = of(text)
    assert len(result.pieces) == 4
    assert "\n".join(p.text for p in result.pieces) == text


def test_a_decision_is_cut_by_its_customary_openings() -> None:
    text = (
        "申请人：某甲。\n申请人称：没有通知。\n被申请人称：已经通知。\n经审理查明：某日送达。\n本机关认为：程序合法。"
    )
    result = of(text, case=True)
    assert [p.label for p in result.pieces] == ["正文", "申请人称", "被申请人称", "经审理查明", "本机关认为"]


def test_an_order_to_articles_in_a_case_stays_text() -> None:
    result = of("第一条规定了职责。\n经查明：依照第二条处理。", case=True)
    assert all(p.number is None for p in result.pieces)


def test_a_text_that_breaks_off_is_called_incomplete() -> None:
    assert incomplete(of("第一章 总则\n第一条　甲。\n第二条　乙。")) is not None
    assert incomplete(of("第一条　甲。\n第二条　违反本办法第九条的，罚款。")) is not None
    assert incomplete(of("第一条　甲。\n第二条　依照《某法》第九条和其他办法第八条办理。")) is None


def head(name: str, *lines: str, folders: tuple[str, ...] = ()) -> masthead.Masthead:
    document = Document(name, "text", tuple(Block(line) for line in lines))
    title, above, body = titles.split(document)
    return masthead.read(document, cut(body), title, above, folders)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_masthead_of_a_state_council_order() -> None:
    found = head(
        "示例.docx",
        "中华人民共和国国务院令",
        "第999号",
        "《示例管理条例》已经2021年1月8日国务院第1次常务会议通过，现予公布，自2021年3月1日起施行。",
        "总理　某某",
        "2021年1月20日",
        "示例管理条例",
        "第一条　甲。",
        "第二条　本条例自2021年3月1日起施行。",
    )
    assert (found.title, found.kind, found.issuer) == ("示例管理条例", "行政法规", "国务院")
    assert found.document_no == "中华人民共和国国务院令第999号"
    assert (found.passed, found.published, found.effective) == (day("2021-01-08"), day("2021-01-20"), day("2021-03-01"))


def test_a_local_regulation_with_its_history_in_brackets() -> None:
    found = head(
        "a.txt",
        "天津市示例条例",
        "（2010年5月19日天津市第十五届人民代表大会常务委员会第十七次会议通过",
        "根据2018年12月14日天津市第十七届人民代表大会常务委员会第七次会议《关于修改部分地方性法规的决定》修正）",
        "第一条　甲。",
        "第二条　本条例自2010年9月1日起施行。",
    )
    assert (found.title, found.kind, found.region) == ("天津市示例条例", "地方性法规", "天津市")
    assert found.issuer == "天津市人民代表大会常务委员会"
    assert found.passed == day("2018-12-14")
    assert found.commenced == day("2010-09-01")
    # The amendment's own day of effect is not in the text, and is not guessed.
    assert found.effective is None
    assert "施行日期" in found.doubts


def test_a_notice_that_carries_a_document_number() -> None:
    found = head(
        "a.txt",
        "天津市示例委员会文件",
        "津示规〔2023〕5号",
        "天津市示例委员会关于规范某事项的通知",
        "各区：",
        "一、甲。",
        "二、本通知自2023年6月1日起施行。",
    )
    assert (found.title, found.kind) == ("天津市示例委员会关于规范某事项的通知", "规范性文件")
    assert (found.document_no, found.region) == ("津示规〔2023〕5号", "天津市")
    assert found.effective == day("2023-06-01")


def test_a_notice_that_issues_a_text_is_the_masthead_of_that_text() -> None:
    lines = (
        "天津市示例委员会关于印发《天津市示例办法》的通知",
        "津示规〔2023〕5号",
        "各区：",
        "现将《天津市示例办法》印发给你们。",
        "2023年5月20日",
        "天津市示例办法",
        "第一条　甲。",
        "第二条　本办法自2023年6月1日起施行。",
    )
    found = head("a.txt", *lines)
    assert (found.title, found.kind, found.document_no) == ("天津市示例办法", "规范性文件", "津示规〔2023〕5号")
    assert found.issuer == "天津市示例委员会"
    assert found.lines == lines[:5]
    assert found.effective == day("2023-06-01")


def test_a_notice_that_issues_a_text_without_articles() -> None:
    found = head(
        "a.docx",
        "示例总局关于印发《示例行为",
        "分类指引》的通知",
        "示规〔2022〕2号",
        "现印发给你们。",
        "2022年10月8日",
        "示例行为分类指引",
        "一、甲。",
        "二、乙。",
    )
    assert (found.title, found.issuer, found.published) == ("示例行为分类指引", "示例总局", day("2022-10-08"))


def test_in_force_from_publication() -> None:
    found = head("a.txt", "示例规定", "2001年2月3日 国务院发布", "第一条　甲。", "第二条　本规定自发布之日起施行。")
    assert found.effective == day("2001-02-03")


def test_the_date_in_the_file_name_is_of_passing_and_tells_of_an_amendment_the_masthead_leaves_out() -> None:
    lines = (
        "示例条例",
        "2002年3月19日 中华人民共和国国务院令第348号公布",
        "第一条　甲。",
        "第二条　本条例自2002年5月1日起施行。",
    )
    first = head("示例条例(2002-03-10).md", *lines)
    assert (first.passed, first.published, first.effective) == (day("2002-03-10"), day("2002-03-19"), day("2002-05-01"))
    later = head("示例条例(2020-03-27).md", *lines)
    assert (later.passed, later.commenced, later.effective) == (day("2020-03-27"), day("2002-05-01"), None)
    assert "题注止于2002-03-19" in later.notes[0]


def test_a_repeal_in_the_last_article_is_not_the_day_of_commencement() -> None:
    found = head(
        "a.txt",
        "示例办法",
        "第一条　甲。",
        "第二条　本办法自2021年1月1日起施行。1999年5月1日起施行的《旧办法》同时废止。",
    )
    assert found.effective == day("2021-01-01")


def test_days_in_chinese_figures_and_days_that_do_not_exist() -> None:
    events = masthead.events(["二〇〇七年十月十八日 某部发布", "2021年13月45日 某部发布"])
    assert [(e.day, e.what) for e in events] == [(day("2007-10-18"), "公布")]


def test_a_folder_says_the_kind_and_a_name_without_any_hint_stays_open() -> None:
    assert masthead.folder_kind(("人力资源社会保障部", "部门规章")) == "部门规章"
    assert masthead.folder_kind(("旧版法律",)) == "法律"
    assert masthead.folder_kind(("地方政府规章",)) == "地方政府规章"
    assert head("示例办法.txt", "示例办法", "第一条　甲。", "第二条　乙。").kind is None
