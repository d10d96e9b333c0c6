"""Personal data goes, law stays. The numbers are made up; their check digits are right."""

import random
import time
from itertools import cycle, islice, pairwise

import pytest

from assistant.law.library import Library
from assistant.masking import is_bank_card, is_credit_code, is_identity_card, kind_of, mask


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


def _made_up(kind: str, chance: random.Random) -> str:
    """A number of the kind with right check digits, by trying the last characters."""
    if kind == "身份证号":
        day = f"{chance.randint(1940, 2015)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        head = f"120116{day}{chance.randint(0, 999):03}"
        return next(head + c for c in "0123456789X" if is_identity_card(head + c))
    if kind == "统一社会信用代码":
        head = "9112011" + "".join(chance.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=10)).replace(" ", "")
        head = "91120116" + head[8:17]
        return next(head + c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(head + c))
    if kind == "银行卡号":
        head = "622202" + "".join(chance.choices("0123456789", k=12))
        return next(head + c for c in "0123456789" if is_bank_card(head + c))
    return f"1{chance.choice('3456789')}{''.join(chance.choices('0123456789', k=9))}"


_FRAMES = (
    "{n}",
    "我的号是{n}。",
    "号码：{n}，请尽快回电",
    "罚款3000元 {n} 谢谢",
    "2026年11月24日 {n}",
    "({n})",
    "第33条 {n}；",
    "no.{n}号",
    "登记为{n}的那家店",
    "编号5，{n}，共2人",
    "卖家{n}欠我15000.50元",
    "备注{n}/无",
    "{n}\n第二行",
    "“{n}”",
)


def _cases() -> list[tuple[str, str, str]]:
    chance = random.Random(20261124)
    frames = cycle(_FRAMES)
    out = []
    for kind in ("身份证号", "统一社会信用代码", "银行卡号", "手机号"):
        for frame in islice(frames, 45):
            number = _made_up(kind, chance)
            out.append((kind, number, frame.format(n=number)))
        for gap in (" ", "-"):
            number = _made_up(kind, chance)
            step = {"身份证号": (6, 14), "手机号": (3, 7), "银行卡号": (4, 8, 12, 16)}.get(kind)
            if step:
                cuts = [0, *step, len(number)]
                spaced = gap.join(number[a:b] for a, b in pairwise(cuts))
                out.append((kind, spaced, f"号{spaced}，麻烦了"))
        wide = "".join(chr(ord(c) + 0xFEE0) for c in _made_up(kind, chance))
        out.append((kind, wide, f"全角{wide}写的"))
    return out


def test_of_two_hundred_numbers_none_is_left() -> None:
    cases = _cases()
    left = [text for kind, number, text in cases if number in mask(text).text or kind not in mask(text).found]
    assert len(cases) >= 180
    assert left == []


def test_everything_comes_back_for_who_may_see_it() -> None:
    for _, number, text in _cases():
        masked = mask(text)
        assert masked.restored(masked.text) == text
        assert number not in repr(masked)


def test_the_same_number_is_the_same_bracket_and_another_is_another() -> None:
    masked = mask("13812345678打给13912345678，后来13812345678又打，138-1234-5678")
    assert masked.text == "〔手机号〕打给〔手机号②〕，后来〔手机号〕又打，〔手机号〕"


def test_a_bracket_that_stands_in_the_text_is_not_taken() -> None:
    text = "原文写着〔手机号〕，实为13812345678"
    masked = mask(text)
    assert masked.text == "原文写着〔手机号〕，实为〔手机号②〕"
    assert masked.restored(masked.text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系人：王小明，电话25201111", "联系人：〔姓名〕，电话〔固定电话〕"),
        ("我叫李华，今年40岁", "我叫〔姓名〕，今年40岁"),
        ("当事人张建国，男，汉族", "当事人〔姓名〕，男，汉族"),
        ("法定代表人：阿卜杜拉·买买提", "法定代表人：〔姓名〕"),
        ("投诉人欧阳明远，反映夜间施工", "投诉人欧阳明远，反映夜间施工"),  # four characters without a mark: left
        ("被询问人姓名：赵四", "被询问人姓名：〔姓名〕"),
        ("家住天津市滨海新区第三大街51号泰达花园3号楼2门301室", "家住天津市滨海新区〔地址〕"),
        ("店在洞庭路20号，晚上很吵", "店在〔地址〕，晚上很吵"),
        ("户籍地址：河北省沧州市沧县刘家村12号", "户籍地址：河北省沧州市沧县〔地址〕"),
        ("车牌津A12345的货车和津AD12345的轿车", "车牌〔车牌号〕的货车和〔车牌号②〕的轿车"),
        ("打一三八一二三四五六七八找我", "打〔手机号〕找我"),
        ("电话：022-25201111转8012", "电话：〔固定电话〕"),
        ("老身份证110105491231002", "老身份证〔身份证号〕"),
        ("tel13812345678微信同号", "tel〔手机号〕微信同号"),
        ("3000 11010519491231002X", "3000 〔身份证号〕"),
    ],
)
def test_names_addresses_and_plates(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "当事人李某于2026年3月5日销售过期食品",
        "当事人高度重视，积极整改",
        "当事人张贴小广告，罚款500元",
        "投诉人要求退款",
        "滨海新区黄海路与第四大街交口的工地夜里施工",
        "泰达大街市场监管所",
        "天津市滨海新区",
        "南海路第三小学门口100米",
        "申请人申请延期",
        "每户10元，第三十三条第一款第（二）项",
        "津ICP备12345678号",
        "京A类企业",
        "津市监罚〔2026〕120116001号",
        "货值12345678.90元",
        "经营者应当公示，任何单位不得拒绝",
        "电话亭3座，广场2处",
        "国务院令第764号",
        "GB 7718-2011",
        "王先生来电反映噪声",
        "本人不服处罚，申请复议",
        "负责人员应当在场",
        "我是餐馆老板，想问健康证",
        "第三大街有5家餐馆",
        "开发区第一大街沿线",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask(text).text == text


def test_a_million_characters_in_seconds() -> None:
    """No pattern may go over a long text again and again."""

    begun = time.process_time()
    mask("当事人于某年某月某日在某大街某号销售食品" * 10_000 + "1" * 100_000 + "a-" * 100_000 + "路" * 50_000)
    assert time.process_time() - begun < 20
