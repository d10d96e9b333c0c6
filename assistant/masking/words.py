"""Names where they are marked as such, and addresses by the form of one: road, number, building, room."""

import re
from collections.abc import Iterator

from assistant.masking.spans import Span

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜"
    "倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲"
    "房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙"
)
_NAME = rf"(?:欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_MINORITY = r"[\u4e00-\u9fff]{2,6}[·•][\u4e00-\u9fff]{2,8}"
_ROLE = (
    r"(?:姓名|户名|联系人|联系人姓名|投诉人|举报人|报案人|来电人|诉求人|申请人|被申请人|当事人|被处罚人|经营者|法定代表人|法人代表"
    r"|负责人|主要负责人|证人|见证人|被询问人|受送达人|收件人|收货人|店主|老板|车主|业主|房东|患者)"
)
_KNOWN_BY = r"[，,、（( ]{0,2}(?:男|女)?[，,、]?(?:身份证|手机|电话|联系方式|住|〔)|[，,、]?(?:男|女)[，,、]|先生|女士"
_MARKED = re.compile(
    rf"{_ROLE}[：:]\s*(?P<after_colon>{_MINORITY}|{_NAME})(?![\u4e00-\u9fff])"
    rf"|{_ROLE}(?P<with_particulars>{_NAME})(?={_KNOWN_BY})"
    rf"|(?<![企物商工农])(?:当事人|投诉人|举报人|申请人|来电人|联系人|法定代表人|经营者)(?P<bare>[{_SURNAMES}][\u4e00-\u9fff]{{2}})"
    rf"(?=[，,。；;（(、\s]|于\d|$)"
    rf"|(?:我叫|本人叫|名叫|名字叫|名字是|我是|本人)(?P<own>{_NAME})(?=[，,。；;（(、]|\s|$|身份证|手机|电话|住在|今年)"
)
_PLAIN = re.compile(
    r"^(?:陈述|申请|申辩|申报|申诉|任何|任意|任职|全部|全体|成立|成年|成为|应当|应该|解除|解释|关于|关门|管理|管辖|经营|经过|包括|包装|严重|严格|时间|单位|单独|高度|高龄|"
    r"安全|安装|安排|方面|方式|何时|何种|明确|文化|文明|商户|商家|商店|农民|农村|司机|司法|师傅|路人|党员|全国|连续|连锁|简单|古董|"
    r"许可|许多|向本|向我|向有|于是|和|白天|游客|项目|席位|应|全权|周边|周围|时)"
)
"""Words that begin with a surname's character and are no name."""

_UNIT = r"(?:号楼|号院|号门|弄|巷|栋|幢|座|单元|层|楼|室|门|户|排|组|号)"
_NUMBER = r"[0-9０-９A-Za-z一二三四五六七八九十百]{1,6}(?:[-－—/、][0-9０-９A-Za-z]{1,6}){0,3}"
_PLACE = (
    r"(?:大街|大道|公路|胡同|小区|花园|家园|新村|公寓|大厦|广场|中心|商城|商场|市场|工业园|产业园|科技园|园区|庄园|山庄|新苑|雅苑|名苑"
    r"|里|路|街|道|巷|弄|苑|村|庄|屯|镇|乡|府|庭|城|园|湾|轩|阁)"
)
_REGION = re.compile(
    r"(?:(?:中国)?(?:北京|天津|上海|重庆)市?|[\u4e00-\u9fff]{2,8}?(?:省|自治区))?"
    r"(?:[\u4e00-\u9fff]{2,7}?(?:市|州|盟))?(?:[\u4e00-\u9fff]{1,7}?(?:新区|开发区|区|县|旗))?"
)
_ADDRESS = re.compile(
    rf"[\u4e00-\u9fff0-9A-Za-z]{{1,12}}?{_PLACE}(?:[（(][^（）()\n]{{1,15}}[)）])?"
    rf"(?:[\u4e00-\u9fff]{{1,10}}?{_PLACE})?(?:(?:与|和)[\u4e00-\u9fff]{{1,6}}{_PLACE}(?:交口|交叉口))?"
    rf"第?{_NUMBER}{_UNIT}(?:第?{_NUMBER}{_UNIT}){{0,5}}(?:[-－]?[0-9０-９]{{1,5}}(?![0-9年月日元]))?"
)
_LABELLED = re.compile(
    r"(?:住址|住所|家庭住址|户籍地址?|通讯地址|联系地址|收货地址|详细地址|家住|现住|住在)[：:为是]?\s*"
    r"(?P<a>[\u4e00-\u9fff0-9０-９A-Za-z（）()\-－—]{4,60})"
)
_HOUSE = re.compile(r"[0-9０-９一二三四五六七八九十百]{1,6}(?:号|栋|幢|单元|室|门|户|排|楼)")
_LEAD = re.compile(
    r"^.*?(?:位于|地址是|地址为|地址|住在|家住|现住|住址|来到|前往|对面是|就在|开在|在|到|至|从|去|往|是)"
)


def find_names(text: str) -> Iterator[Span]:
    """Names after a word that says whose they are (当事人、联系人、我叫…). 李某, 张先生 name nobody and stay."""
    for match in _MARKED.finditer(text):
        group = next(kind for kind in ("after_colon", "with_particulars", "bare", "own") if match[kind])
        name = match[group]
        if name[1:2] in "某先女" or _PLAIN.match(name):
            continue
        yield Span(*match.span(group), "姓名", name)


def is_name(text: str) -> bool:
    """Whether a text by itself has the form of a person's name: a surname and one or two characters."""
    return bool(re.fullmatch(_NAME, text)) and text[1] not in "某先女" and not _PLAIN.match(text)


def find_addresses(text: str) -> Iterator[Span]:
    """Addresses down to a number or a building; the province, city and district before it stay: they name nobody."""
    for match in _LABELLED.finditer(text):
        if _HOUSE.search(match["a"]):
            yield from _inner(text, *match.span("a"))
    for match in _ADDRESS.finditer(text):
        yield from _inner(text, *match.span())


def _inner(text: str, start: int, end: int) -> Iterator[Span]:
    lead = _LEAD.match(text[start:end])
    if lead and lead.end() < end - start - 3:
        start += lead.end()
    region = _REGION.match(text, start, end)
    if region:
        start = region.end()
    if end - start >= 3:
        yield Span(start, end, "地址", text[start:end])
