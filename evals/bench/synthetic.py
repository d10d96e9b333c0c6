"""Made-up load: questions, texts to import, a long text full of citations. Nothing in it is law."""

import random
from itertools import cycle, islice
from pathlib import Path

from assistant.law.library import Library, short_title
from assistant.numerals import to_chinese
from evals.reading import AS_OF, FOLDER, RetrievalCase, load_yaml

_SUBJECTS = ("经营者", "建设单位", "主管部门", "申请人", "养护单位", "产权人", "管理机构", "使用人")
_DUTIES = ("建立台账", "及时报告", "公示信息", "定期检查", "消除隐患", "保存记录", "接受监督", "告知相关人")
_OBJECTS = ("停车泊位", "公共绿地", "户外招牌", "排水设施", "集贸摊位", "充电设施", "广场照明", "步行街区")


def queries(count: int) -> list[str]:
    """`count` questions of the project's own, over and over if need be."""
    cases = load_yaml(RetrievalCase, FOLDER / "retrieval.yaml")
    return list(islice(cycle(case.query for case in cases), count))


def regulations(folder: Path, count: int, articles: int = 40) -> None:
    """`count` invented local rules as Markdown files, each with a chapter or two and `articles` articles."""
    dice = random.Random(1)
    for number in range(count):
        title = f"示例市{dice.choice(_OBJECTS)}管理办法之{to_chinese(number + 1)}"
        lines = [f"# {title}", "", "（2024年3月1日示例市人民政府令第7号公布，自2024年5月1日起施行）", ""]
        for at in range(1, articles + 1):
            if at in (1, articles // 2):
                lines += [f"## 第{'一' if at == 1 else '二'}章　{dice.choice(_DUTIES)}", ""]
            sentences = "".join(
                f"{dice.choice(_SUBJECTS)}应当对{dice.choice(_OBJECTS)}{dice.choice(_DUTIES)}，"
                f"期限为{dice.randint(2, 60)}日。"
                for _ in range(dice.randint(1, 4))
            )
            items = "".join(
                f"\n\n（{to_chinese(i)}）{dice.choice(_OBJECTS)}{dice.choice(_DUTIES)}；"
                for i in range(1, dice.randint(1, 4))
            )
            lines += [f"**第{to_chinese(at)}条**　{sentences}{items}", ""]
        (folder / f"{number:04}.md").write_text("\n".join(lines), encoding="utf-8")


def cited_text(library: Library, size: int) -> str:
    """About `size` bytes of invented prose with a citation every sixty characters or so, right ones and wrong ones."""
    dice = random.Random(2)
    titles = [title for title in library.titles if title.endswith("法") and len(title) < 24]
    pieces: list[str] = []
    length = 0
    while length < size:
        title = dice.choice(titles)
        version = library.version_on(title, AS_OF)
        held = [a.number for a in library.articles_of(version.id) if a.number] if version else []
        number = dice.choice(held) if held and dice.random() < 0.9 else f"第{dice.randint(500, 900)}条"
        name = dice.choice((title, short_title(title)))
        tail = dice.choice(("", "第一款", "第二款", "第一款第（一）项"))
        piece = (
            f"{dice.choice(_SUBJECTS)}未就{dice.choice(_OBJECTS)}{dice.choice(_DUTIES)}，"
            f"依照《{name}》{number}{tail}的规定，{dice.choice(_SUBJECTS)}应当{dice.choice(_DUTIES)}并说明情况。"
        )
        pieces.append(piece)
        length += len(piece.encode())
    return "".join(pieces)
