"""Whether a question is one for this desk. Decided by rules, before and after the search; never by a model.

Refusing a real question is the worse error: what only looks odd is searched first, and declined only when neither its
words nor what was found speak of law.
"""

import re
import unicodedata
from enum import StrEnum


class Outside(StrEnum):
    """Why a question is declined. The words are in `prompts/answers.md`."""

    GREETING = "greeting"
    INJECTION = "injection"
    TASK = "task"  # a poem, a program, a translation
    TOPIC = "topic"  # weather, stocks, recipes
    NOTHING = "nothing"  # nothing relevant was found


_ASKS_LAW = re.compile(
    r"违法|犯法|合法|犯罪|违规|处罚|罚款|罚多少|怎么罚|会罚|被罚|罚吗|罚不罚|罚不|责任|侵权|规定|许可|资质|执照|备案|依据|法律|法规|条例"
    r"|哪条|第.{1,8}条|赔偿|维权|起诉|投诉|举报|主管|监管|哪个部门|谁可以|允许|归谁|谁管|拘留|判刑|坐牢|合规|追究|构成|承担|不可抗力|享有|权利|权益|请求|有权"
)
_STRONG = re.compile(
    # law and administration
    r"(?<![方办看想语书魔算做说用手无没设])法(?![国语式兰老拉])|罚|条例|规章|规定|(管理|实施|暂行|处理)办法|执法|行政|责令|改正|整改|取缔|处分|许可|执照|证照|备案|审批"
    r"|核准|注销|吊销|撤销|资质|资格|听证|复议|诉讼|仲裁|调解|裁量|立案|管辖|时效|告知书|送达|强制|查封|扣押|没收|拘留|拘役|判刑|坐牢|犯罪"
    r"|刑|逮捕|违|侵权|侵害|侵犯|侵占|赔|补偿|投诉|举报|起诉|上诉|告(他|她|谁|上|状|公司|单位|老板|房东)|去哪告|维权|报警|警察|派出所|公安|城管|法院"
    r"|检察|律师|法官|证据|证人|公证|机关|公务员|政府|职权|主管|监督|检查|督查|首违|免责|义务|权利|权益|责任|人权|国籍|选举|代表大会|信访"
    # quarrels between people
    r"|担保|抵押|质押|质权|留置|保证金|债|欠[钱条款薪债]|拖欠|借条|借款|借钱|还钱|贷款|利息|合同|协议|定金|订金|押金|违约|解除|退款|退货|退钱|退费|退票"
    r"|赠与|赠送|保理|仓单|仓储|保管|承揽|定作|委托|居住权|肖像|姓名|名誉|荣誉|隐私|作品|著作|版权|商标|专利|商业秘密|盗版|抄袭"
    r"|邻居|隔壁|楼上|楼下|扣(车|押|留|了|我)|咬人|权(?![威衡])|要求(其|他|她|对方|用户|赔|退|拆|停|我)|拒绝|纠纷|约定|费用|缴费|补交|电费|水费|供暖|供电|供水|机票|旅客|乘客|行李|被抓|拆除|转租|运费|扣留|霸占|侵入"
    r"|离婚|结婚|婚姻|彩礼|抚养|赡养|遗产|继承|遗嘱|监护|收养|房东|租房|房租|承租|租户|租赁|物业|业主|产权|房产|宅基地|拆迁|征收|征地|漏水|财产"
    r"|工资|加班|辞退|辞职|开除|裁员|劳动|工伤|社保|医保|公积金|试用期|产假|年假|用人单位|欠薪|报销"
    # acts that are regulated
    r"|消费者|假货|冒充|冒用|假冒|伪造|变造|伪劣|以次充好|缺陷|过期|变质|超载|明码标价|虚假|欺诈|传销|垄断|不正当|无证|没证|没办证|未经|未取得|擅自|逾期|非法"
    r"|摆摊|占道|小贩|油烟|扰民|噪声|噪音|污染|排污|废水|废气|扬尘|环评|违建|隐患|事故|酒驾|醉驾|超速|闯红灯|车祸|肇事|打架|斗殴|打人|殴打|辱骂|骂人|侮辱|诽谤"
    r"|偷[拍盗税摘东]|小偷|盗窃|抢劫|抢夺|诈骗|被骗|赌博|赌钱|毒品|吸毒|嫖|淫秽|骚扰|跟踪|威胁|恐吓|养狗|狗咬|咬伤|个人信息|泄露|作弊|帮信罪"
    r"|税|发票|账簿|记账|统计|审计|招标|投标|采购|海关|检疫|屠宰|兽药|农药|特种设备|取水|排放|危险化学|烟花爆竹|股东|股权|破产|合伙|个体户|法人|清算|不可抗力"
)
_WEAK = re.compile(
    r"经营|营业|生产|销售|批发|进口|出口|进货|食品|餐饮|餐馆|饭店|饭馆|药|化妆品|医疗|医院|医生|疫苗|诊所|质量|标签|价格|收费|广告|宣传|网店|电商|平台|直播|快递|外卖"
    r"|垃圾|环境|生态|河道|水资源|林地|砍|野生动物|捕鱼|渔|矿|消防|安全|爆炸|危险|电梯|施工|工地|建筑|工程|装修|规划|燃气|井盖|驾|交通|车辆|停车|偷|骗|赌|骂|狗|犬"
    r"|数据|网络|档案|测绘|学校|幼儿园|未成年|教育|培训|招生|退学|学历|宗教|集会|户口|户籍|身份证|护照|签证|外国人|居留|公司|企业|单位|老板|员工|职工|雇|邻居|楼上"
    r"|子女|父母|老人|遗|房子|土地|承包|基金|证券|保险|银行|支付|信用|彩票|烟|酒|盐|种子|饲料|动物|植物|养殖|计量|标准|认证|检验|检测|气象|地震|人防|殡葬|残疾|妇女"
    r"|当事人|违规|货值|涉案|厂房|厂里|工厂|仓库|车间|店家|商家|店里|店铺|商场|超市|摊|门店|柜台|窗口|办个证|招聘|录用|求职|工资|标价|结账|押着|押金|收费站|加油|改装|摩托|三轮|货车|罐车|客车|校车"
    r"|司机|行人|斑马线|路口|托运|运输|化学品|危化|气瓶|充装|锅炉|叉车|消火栓|灭火|疏散|着火|火锅|餐具|消毒|冷藏|饭菜|死猪|猪肉|屠|猪|牛|羊|鱼|鸟|林|草原|湿地|农田|耕地|鱼塘|秸秆|河|湖|海|水源|水库"
    r"|排水|管道|排放|污|渣土|围挡|古城|古墓|景区|文化|文物|出版|演出|电影院|网吧|导游|旅行社|酒店|宾馆|民宿|游客|采集|人脸|通讯录|隐私|账号|App|APP|小程序|推送|算法|杀熟|好评|刷单|刷手|虚构"
    r"|会员卡|年卡|健身|美容|理发|家政|中介|家电|电器|漏电|厂家|厂商|出厂|不合格|超标|伪劣|质检|抽检|化验|吹气|血液|酒精|中学生|高中生|小学生|学生|老师|孩子|保姆|养老院|敬老院|殡仪|墓"
    r"|儿童|慈善|军人|退役|兵役|村委|居委|登记|办证|申请|期限|几日|几天|材料|手续|鉴定|有效|无效|生效|归谁|谁管|补贴|救助|低保|公示|公开|保密"
)

_INJECTION = re.compile(
    r"(忽略|无视|忘记|忘掉|忘了|抛开|抛弃|跳过|绕过|绕开|取消|解除|推翻|不要(再)?(遵守|管|理会|遵循)|不用(再)?(遵守|管|理会|遵循)|别(再)?(遵守|管)|停止(遵守|执行)|覆盖|清除|删除|重置|违反|突破|放弃)"
    r"[^。！？!?\n]{0,14}(以上|上面|上述|之前|先前|前面|此前|你的|你所有|您的|所有|一切|全部|原有|原来的|现有的|系统|内置|开发者|安全|默认)[^。！？!?\n]{0,10}(规则|指令|提示|设定|要求|限制|约束|约定|命令|说明|规范|指示|内容|对话|角色|prompt)"
    r"|(以上|上面|上述|之前|先前|前面|此前|你的|所有|全部)(的)?(所有|全部)?(的)?(规则|指令|提示词?|设定|限制|约束|命令|指示)[^。！？!?\n]{0,8}(作废|无效|失效|忽略|忘记|不算|取消|清空|别管|不用管)"
    r"|(忽略|无视|忘记|忘掉|绕过)(规则|指令|提示词?|设定|限制|系统提示|安全限制|前文|上文|前述|以上)"
    r"|系统提示(?!我|你|您|他|她|该|已|说|当事|处罚|未)词?|提示词(是|内容|原文|全文|发|给|输出|打印|泄露|告诉)|(你的|您的|初始|内部|隐藏|后台)(的)?(提示词|系统指令|指令|prompt|设定|系统消息|开发者消息|初始化|配置|规则)(是|有|内容|原文|全文|发|给|告诉|输出|打印|逐字|复述|重复|都|全)?"
    r"|system\s*prompt|(你|您)(的)?(system|初始)\s*(message|消息)|developer\s*(mode|message)|开发者模式|越狱|jailbreak|\bDAN\b|god\s*mode|上帝模式|无限制模式|调试模式|管理员模式|root\s*权限"
    r"|ignore\s+(all\s+|any\s+|the\s+|your\s+|my\s+)*(previous|prior|above|earlier|instructions?|rules?|prompts?)|disregard\s+(all|any|the|your|previous|prior|above)|forget\s+(all|everything|your|previous|the)|"
    r"reveal\s+(your|the)|(print|show|repeat|output|leak|tell\s+me)\s+(me\s+)?(your|the|all)\s+(system|initial|hidden|prompt|instructions?|rules?)|you\s+are\s+now|act\s+as\s+|pretend\s+(to|you)|without\s+(any\s+)?restrictions?"
    r"|(你现在|从现在起|从现在开始|接下来|现在开始)[，,]?\s*(你)?(就)?(是|扮演|变成|充当|成为|作为|要扮演|不再是|没有)(?!否)[^。！？!?\n]{0,30}"
    r"|(假装|扮演|模拟|假扮)(一个|一名|成|你是|自己是|我的|没有|不受|成为|一下)"
    r"|(输出|打印|显示|泄露|告诉我|给我|列出|发给我|说出|交出|透露)[^。！？!?\n]{0,10}(密钥|api\s*key|token|令牌|环境变量|数据库(密码|地址|连接)|配置文件|源代码|源码|训练数据|密码|内部指令|内部规则|隐藏指令)"
    r"|(无论|不管)[^。！？!?\n]{0,16}(都|一律|必须)(只)?(回答|输出|回复|说|写|判|认定)"
    r"|只(能|准|许|需|要)?(回答|输出|回复)[“「\"'：: ]"
    r"|(?<![书单表录证函件中里上])(直接|必须|请|只|一律|务必)(输出|回复|回答|写出|写)[：:]?\s*[“「\"'‘][^”」\"'’]{1,20}[”」\"'’]"
    r"|不(要|用|必|许)(引用|核验|核对|查|检索)(任何)?(法条|法律|条文|引用|依据)[^。！？!?\n]{0,10}(直接|编|虚构|随便)"
    r"|(编造|虚构|杜撰|捏造|瞎编|胡编|编|造)(一|几|两|三|个|条|部|些|出|点)+[^。！？!?\n]{0,14}"
    r"(法条|法律|条文|案例|规定|判例|司法解释|依据|文号|文件)"
    r"|<\s*/?\s*(system|instruction|im_start|im_end|s)\b|\[/?INST\]|<\|[^|>]{1,20}\|>|###\s*(system|instruction|指令)|BEGIN\s+(SYSTEM|PROMPT)",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(你好|您好|你们好|hi|hello|hey|哈喽|嗨|在吗|在不在|在么|早上好|上午好|中午好|下午好|晚上好|晚安|早安|早|谢谢你?|谢谢您|多谢|感谢|辛苦了|再见|拜拜|好的|好|嗯|哦|ok|收到|明白了?|知道了|没事了|不客气|"
    r"(你|您)(是|叫)(谁|什么|什么名字|啥|哪位|机器人吗|人吗|真人吗|ai吗|人工智能吗|chatgpt吗|什么模型)|(你|您)(能|会|可以)(做|干|帮我做|帮我)?(些)?(什么|啥|哪些)(事|事情|忙|呢)?|(你|您)有(什么|哪些)(功能|用|本事|能力)|(怎么|如何)(使用|用)(你|您|这个|本系统|这个系统)?|介绍(一下)?(你|您)?自己|自我介绍(一下)?|(测试)+(一下)?|test|hello\s*world|嘿|喂|人工|转人工)"
    r"(啊|呀|呢|吗|么|了|哈|啦|哦|吧|喔)*$",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"(?:^|[，。！？!?；;\s]|请|帮我|帮忙|给我|给(?=.{1,8}写)|替我|为我|你|您|能|会|想)(?:再|先|来|帮|帮忙|我|用\S{1,10}|以\S{1,12})*"
    r"(写|作|做|编|创作|来|生成|吟|赋|画|谱|背|讲|说|唱)(一|几|两|三|个|首|篇|段|则|下|张|幅|封|出|点|些|一下|支)*[^，。！？!?\n]{0,24}"
    r"(诗|诗歌|藏头诗|绝句|律诗|诗词|打油诗|词牌|对联|春联|歌词|歌|散文|小说|故事|童话|剧本|段子|笑话|情书|作文|日记|祝福语?|贺词|顺口溜|绕口令|谜语|脑筋急转弯|文案|朋友圈|小红书|读后感|检讨书?|情话|画|图片|图|代码|程序|脚本|函数|算法|爬虫|网页|小程序|sql|正则|rap|简历|自我介绍|演讲稿|ppt|周报|年终总结|请假条)"
    r"|(用|拿|使用)?\s*(python|java|javascript|c\+\+|golang|rust|php|html|css|sql|excel|vba|shell|linux)\b[^。！？!?\n]{0,30}|快速排序|冒泡排序|斐波那契|二叉树|leetcode|正则表达式"
    r"|(翻译|译)(成|为|一下|这|下面|以下|：|:)|translate|(成|用)(英文|英语|日语|法语|韩语|文言文)(怎么说|翻译|回答|写)|(英文|英语|日语)怎么说"
    r"|(润色|改写|续写|扩写|缩写|仿写)(一下|这|下面|以下|：|:)|(算命|占卜|看相|测字|塔罗|起名|取名|解梦|周公解梦)|陪我(聊|玩|说)|(猜谜|成语接龙|玩个?游戏|角色扮演)|讲(个|一个|几个)"
    r"|^\s*[\d\s.+\-*/×÷()（）^=＝]+(等于(几|多少)|=)?[？?]?\s*$|\d\s*[+\-*/×÷加减乘除]\s*\d+.{0,4}(等于|=|是)(几|多少)|(解方程|求导|积分|微积分|平方根|质数|鸡兔同笼)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"(请|麻烦|劳驾)(你|您)?(帮|给|替|为)?(我|我们)?[^，。]{0,6}(写|作|编|创作|画|讲|唱|背|续写|润色)(?!明)"
    r"|(帮|给|替|为)(我|我们|我家\S{1,4})(们)?[^，。]{0,10}(写|作|编|创作|画|讲|唱|背)"
    r"|^(写|作|编|创作|画|讲|唱|背|来)(一|个|首|篇|段|则|份|幅)+"
)
_TOPIC = re.compile(
    r"天气|气温|下雨吗|会下雨|下雪|多少度|空气质量怎么样|雾霾|台风(来|到)|"
    r"(股票|股市|大盘|A股|个股|基金|比特币|黄金|期货|房价|汇率|币圈|茅台|理财).{0,12}(怎么样|走势|涨|跌|能买|推荐|买哪|该买|能不能买|值得|前景|预测|多少钱|是多少|抄底|加仓|可以买|会不会)|(推荐|买)(一|几|哪)?(只|支|个)?(股票|基金)|(涨停|牛市|熊市|抄底|炒股技巧|选股)|"
    r"(怎么|如何)做(才)?(好吃|菜|饭)|(红烧|清蒸|糖醋|宫保|麻婆|炒|炖|烤|煮)\S{1,6}(怎么做|做法)|菜谱|食谱|做法(是什么)?$|(好吃|美食)(的)?(推荐|吗|有哪些|在哪)|吃什么(好|呢|比较)?$|(午饭|晚饭|早饭|夜宵)吃|"
    r"(推荐|介绍)(一|几|两|三|个|部|本|首|些|下|点|一下)*[^，。！？!?\n]{0,10}(电影|电视剧|综艺|小说|书|歌|音乐|餐厅|饭店|酒店|景点|旅游|游戏|手机|电脑|车|大学|专业|护肤品|衣服|礼物|减肥方法)|(好看|好听|好玩)的|(电影|电视剧|综艺|动漫|明星|偶像|演唱会)(叫|谁|好看|有哪些|推荐|票)|谁(演|唱|导演|主演)|(坐|乘)(高铁|火车|飞机|地铁|公交)[^，。]{0,6}(要|得)?(多久|几个小时|多长时间|几小时)|(发烧|感冒|咳嗽|布洛芬|头孢|阿莫西林)[^。]{0,16}(吃|用|还是)|"
    r"(世界杯|欧冠|奥运会|NBA|CBA|英超|中超|国足|足球|篮球|梅西|C罗|乒乓).{0,12}(谁|比分|冠军|赢|输|几比|结果|赛程|直播|怎么看)|彩票.{0,6}(号码|中奖号|预测|买什么)|双色球|大乐透|"
    r"星座|运势|属相|生肖|风水|塔罗|(头疼|头痛|感冒|发烧|咳嗽|失眠|拉肚子|胃疼|牙疼|腰疼|过敏)(了)?(怎么办|吃什么|怎么治|怎么缓解|是什么原因)|(减肥|减脂|健身|增肌|瘦身|祛痘|美白|护肤|脱发|长高).{0,10}(方法|怎么|最快|技巧|计划|有效|推荐|办法)?|血压(高|低)|糖尿病(能|可以)?(吃|怎么)|"
    r"(怎么|如何)(追|哄|表白|讨好|搭讪|安慰)|(女朋友|男朋友|女友|男友|对象)(生气|不理|分手|吵架|送什么)|(失恋|单身|暗恋)|我(今天|最近|现在)?(心情|好累|好烦|好无聊|不开心|很难过|无聊)|"
    r"(世界上|全世界|全球|宇宙)(最|有|一共)|(多高|多重|多远|多少岁|几岁)[？?]?$|(首都|人口|面积|海拔|最高峰|最长的河|最大的)(是)?(哪|多少|什么|谁|在哪)|(谁|哪一年|哪年|什么时候)(发明|发现|建立|创立|统一|登基|发射|登月)|(历史上|古代|唐朝|宋朝|明朝|清朝|秦始皇|三国|红楼梦|西游记|水浒|李白|杜甫|苏轼|鲁迅)|"
    r"(量子|相对论|黑洞|宇宙|光速|元素周期|化学方程式|光合作用|恐龙|地球|月亮|太阳).{0,10}(是什么|怎么|多远|多大|多少|为什么|介绍|原理|有多|灭绝)|"
    r"(怎么|如何)(学好?|学会|提高|练好?|背)(英语|数学|编程|钢琴|吉他|游泳|单词|口语|画画|写作|日语)|(高考|考研|雅思|托福|四级|六级).{0,8}(怎么|技巧|分数线|复习|报什么)|"
    r"(手机|电脑|微信|wifi|路由器|打印机|windows|苹果|安卓|iphone|软件|系统).{0,10}(死机|卡|打不开|连不上|蓝屏|怎么设置|怎么装|怎么下载|重装|慢|黑屏|没声音|怎么用|哪款好|哪个好)|"
    r"几点了|现在几点|今天(星期|周|几号|几月)|明天(星期|周几|几号|天气)|(怎么|如何)(去|到|走|坐车)(?!法)[^，。！？!?\n]{0,10}(地铁|公交|最近|最快|车站|机场|火车|景区|公园)|(火车|飞机|机票|高铁)(票)?(怎么买|多少钱|时刻|几点)|(旅游|旅行|景点)(攻略|推荐|路线)|"
    r"(chatgpt|gpt-?\d|deepseek|文心|豆包|通义|claude|gemini|大模型).{0,12}(谁|哪个|更|比|好用|怎么|是什么)|(人工智能|AI)会(不会)?(取代|毁灭|统治)|人生的意义|活着(的)?意义|外星人|世界末日|鬼",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Full-width forms as plain ones and invisible characters out: what is hidden between letters hides nothing."""
    return visible(unicodedata.normalize("NFKC", text))


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Co", "Cs"))


def outside(text: str, *, follows: bool = False) -> Outside | None:
    """Why a question is not for this desk, judged by its words alone; None when it may be.

    `follows`: there is a conversation before it, so a short word may lean on that.
    """
    text = plain(text).strip()
    bare = re.sub(r"[\s，。！？!?,.~～、；;：:…“”\"'（）()]+", "", text)
    if not bare:
        return Outside.NOTHING
    if is_injection(text):
        return Outside.INJECTION
    if _GREETING.fullmatch(bare):
        return Outside.GREETING
    if _TASK.search(text) and (_REQUEST.search(text) or not speaks_of_law(text)):
        return Outside.TASK
    if _TOPIC.search(text) and not _ASKS_LAW.search(text) and not speaks_of_law(text):
        return Outside.TOPIC
    return None


_PARROT = re.compile(r"(重复|复述|复读|回复|输出|念|打出|写出|照抄)\s*[：:]?\s*[“\"「『‘'][^”\"」』]{1,40}[”\"」』’']")
_BRACKETED = re.compile(
    r"\[(\w+)\].*?\[/\1\]|【[^】]*】|\[[^\]]*\]|<[^>]*>[^<]*</[^>]*>|<[^>]*>|『[^』]*』|「[^」]*」|（[^）]*）|\([^)]*\)|“[^“”]*”|\"[^\"]*\""
)


def is_injection(text: str) -> bool:
    """Whether the text gives orders to the assistant itself rather than asking about law."""
    text = plain(text)
    return bool(_INJECTION.search(text)) or bool(
        _PARROT.search(text) and not re.search(r"[？?吗]|是否|合法|怎么", text)
    )


def speaks_of_law(text: str) -> bool:
    """Whether a question has words of law, administration, or of the quarrels that law settles."""
    return bool(_STRONG.search(plain(text)))


def without_orders(text: str) -> tuple[str, bool]:
    """The sentences of a question that do not give orders to the assistant, and whether any did.

    When what is left does not speak of law, the whole is returned as it was: then it is the order that is answered.
    """
    if not is_injection(text):
        return text, False
    kept = _BRACKETED.sub(lambda group: " " if is_injection(group[0]) else group[0], visible(text))
    sentences = re.findall(r"[^。！？!?\n]*[。！？!?\n]?", kept)
    kept = "".join(s for s in sentences if s and not is_injection(s)).strip()
    asks = bool(re.search(r"第.{1,8}条|[？?吗]|怎么|如何|什么|哪", kept))
    return (kept, True) if kept and asks and speaks_of_law(kept) else (text, True)


_FROM = {"strong": 0.0, "weak": 0.0, "none": 0.62}
_QUARREL = re.compile(
    r"可以.{0,30}吗|可不可以|能不能|能否|能.{0,20}吗|是否|归谁|谁的|怎么(要回|处理|解决|算)|不给|不让|不同意|抢|占|堵|影响|扰|气味|清理|借给|咋办|咋整|找谁"
)
_LONG = 40  # characters: so long a story shares few of its words with any provision


def relevant(text: str, cover: float) -> bool:
    """Whether what was found bears on a question that names nothing itself.

    `cover` is the best share of the question's words, by weight, that one provision holds. The less a question speaks
    of law, the more of it must be found. Idle questions are declined before by what they ask (`outside`): here a word
    of regulated life (学校, 仓库) is enough, for to decline a real question is the worse error.
    """
    strength = "strong" if _STRONG.search(plain(text)) else "weak" if _WEAK.search(plain(text)) else "none"
    if len(text) > _LONG and strength != "none":
        return True
    if strength == "weak" and _QUARREL.search(text):
        strength = "strong"
    return cover >= _FROM[strength]
