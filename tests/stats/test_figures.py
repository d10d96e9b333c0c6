"""The figures stand as their sources have them, and what does not agree is found and kept."""

import re
from collections import Counter
from pathlib import Path

from assistant.stats import MetricStore


def test_both_dates_of_the_platform_are_held(store: MetricStore) -> None:
    dated = Counter(f.as_of.isoformat() for f in store.figures if f.as_of)
    assert dated == {"2024-12-23": 10, "2024-10-31": 11}


def test_every_quotation_stands_in_the_report_and_holds_its_number(store: MetricStore, shared: Path) -> None:
    report = re.sub(r"\s", "", (shared / "domain" / "report-2024.txt").read_text(encoding="utf-8"))
    words = {"三": "3", "两": "2", "四": "4"}
    for figure in store.figures:
        if "2024年行政执法工作情况报告" not in figure.source or figure.quote is None:
            continue
        for quote in figure.quote.split("；"):
            assert re.sub(r"\s", "", quote) in report, figure.where
        written = "".join(words.get(c, c) for c in figure.quote)
        if figure.quote not in ("未发生重大影响事件", "全部质量合格"):
            assert f"{figure.value.normalize():f}" in written, figure.where


def test_every_number_of_the_report_stands_in_a_quotation(store: MetricStore, shared: Path) -> None:
    """All but dates, headings and the names of programmes; in Arabic figures or in Chinese ones before a measure."""
    report = re.sub(r"\s", "", (shared / "domain" / "report-2024.txt").read_text(encoding="utf-8"))
    held = [False] * len(report)
    for figure in store.figures:
        for quote in (figure.quote or "").split("；") if "2024年行政执法工作情况报告" in figure.source else ():
            for match in re.finditer(re.escape(re.sub(r"\s", "", quote)), report):
                held[match.start() : match.end()] = [True] * (match.end() - match.start())
    names = re.compile(
        r"20\d\d(?:—20\d\d)?年(?:\d+月)?(?:\d+日)?|“1234”|12345、12333|综合查一次|三项制度|一企一档|每一项|(?<=执法)1\.|(?<=[。”])\d\."
    )
    for match in names.finditer(report):
        held[match.start() : match.end()] = [True] * (match.end() - match.start())
    numbers = re.compile(r"\d+(?:\.\d+)?|[一二两三四五六七八九十百]+(?=[个项部件份次家名张版场户组条])")
    found = list(numbers.finditer(report))
    assert len(found) > 110
    assert [report[m.start() - 6 : m.end() + 6] for m in found if not all(held[m.start() : m.end()])] == []


def test_the_contradictions_are_exactly_these(store: MetricStore) -> None:
    found = {f.name for f in store.findings if not f.agrees}
    assert found == {
        "归集执法信息与分项",
        "责令整改通知书与四类分项",
        "复议案前结案不应多于未受理案件",
        "大厅三类业务不应多于年办件量",
        "资格人员参加执法比例与人员参与率",
    }


def test_what_does_not_agree_is_told_in_numbers(store: MetricStore) -> None:
    bad = {f.name: f.text for f in store.findings if not f.agrees}
    assert "1482条" in bad["归集执法信息与分项"]
    assert "少6条" in bad["归集执法信息与分项"]
    assert "155份" in bad["责令整改通知书与四类分项"]
    assert "145" in bad["责令整改通知书与四类分项"]
    assert "39件，多于" in bad["复议案前结案不应多于未受理案件"]
    assert "合计177,249件次，多于大厅年办件量14.6万件" in bad["大厅三类业务不应多于年办件量"]


def test_what_agrees_is_checked_too(store: MetricStore) -> None:
    good = [f for f in store.findings if f.agrees]
    october = next(f for f in good if f.name == "归集执法信息与分项")
    assert "1273条" in october.text
    assert any("426条" in f.text for f in good)
    assert {"履责率复算", "人员参与率复算", "人均执法量复算"} <= {f.name for f in good}


def test_the_count_per_officer_fits_one_denominator_only(store: MetricStore) -> None:
    texts = [f.text for f in store.findings if f.name == "人均执法量复算" and "288" in f.text]
    assert len(texts) == 1
    assert "265人 = 5.62件，来源写6件，一致" in texts[0]
    assert "288人 = 5.17件，与来源不符" in texts[0]
