"""Personal data goes, law stays. The numbers are made up; their check digits are right."""

import pytest

from assistant.law.library import Library
from assistant.masking import kind_of, mask


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("11010519491231002X", "身份证号"),
        ("11010519491231002x", "身份证号"),
        ("110105 19491231 002X", "身份证号"),
        ("１１０１０５１９４９１２３１００２Ｘ", "身份证号"),
        ("110105194912310021", None),  # wrong check digit
        ("110105194913310029", None),  # no such month
        ("13812345678", "手机号"),
        ("+86 138-1234-5678".lstrip("+"), "手机号"),
        ("12812345678", None),
        ("91350100M000100Y43", "统一社会信用代码"),
        ("91350100M000100Y44", None),
        ("4111 1111 1111 1111", "银行卡号"),
        ("4111111111111112", None),
        ("202611230000123456", None),  # an order number
    ],
)
def test_kinds(number: str, kind: str | None) -> None:
    assert kind_of(number) == kind


def test_masked_in_place() -> None:
    masked = mask(
        "李某，身份证号11010519491231002X，电话：13812345678，座机022-25201111，邮箱a.b@example.cn，货值3000元。"
    )
    assert (
        masked.text == "李某，身份证号〔身份证号〕，电话：〔手机号〕，座机〔固定电话〕，邮箱〔电子邮箱〕，货值3000元。"
    )
    assert masked.found == {"身份证号": 1, "手机号": 1, "固定电话": 1, "电子邮箱": 1}


def test_no_law_text_is_damaged(library: Library) -> None:
    damaged = [a.id for a in library.all_articles if mask(a.text).text != a.text]
    assert damaged == []


@pytest.mark.parametrize(
    "text", ["津开执罚〔2026〕第120号", "罚款1234567890.50元", "2026年11月23日10:20:30", "案号（2026）津0116行初1234号"]
)
def test_numbers_of_documents_and_amounts_stay(text: str) -> None:
    assert mask(text).text == text
