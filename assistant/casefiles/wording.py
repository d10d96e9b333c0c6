"""A review as a text: the verdict, the vetoes, what is to be mended, what a person must look at."""

from collections.abc import Sequence

from assistant.schema import FileFinding, FilePlace, FileReview

STATUS = {"ok": "符合", "missing": "缺少", "defect": "不符合", "unknown": "待人工核对"}
GROUPS = ("否决项成立", "要整改", "待人工核对", "符合")


def where(place: FilePlace) -> str:
    """`02-询问笔录.docx，询问笔录，第3页第5段：“……”`."""
    spot = (f"第{place.page}页" if place.page else "") + (f"第{place.paragraph}段" if place.paragraph else "")
    parts = [place.file, place.document if place.document not in place.file else "", spot]
    words = f"：“{place.words}”" if place.words else ""
    return "，".join(part for part in parts if part) + words


def grouped(items: Sequence[FileFinding]) -> dict[str, list[FileFinding]]:
    """The items by what is to be done about them, vetoes that hold first."""
    groups: dict[str, list[FileFinding]] = {name: [] for name in GROUPS}
    for item in items:
        if item.status == "unknown":
            groups["待人工核对"].append(item)
        elif item.status == "ok":
            groups["符合"].append(item)
        else:
            groups["否决项成立" if item.veto else "要整改"].append(item)
    return groups


def scored(review: FileReview) -> str:
    """The score in words, with what it may still lose."""
    if review.score is None:
        return "没有可以计分的内容"
    said = f"计分项{review.score:g}分（满分100分）"
    return said + (f"，待人工核对的项目最多还会扣{review.open_points:g}分" if review.open_points else "")


def opinion(review: FileReview) -> str:
    """The whole review as a text; its citations are checked by the caller."""
    lines = [f"结论：{review.label}。", f"{scored(review)}。", f"程序：{review.procedure or '看不出'}。"]
    unread = [file for file in review.files if file.state != "read"]
    if unread:
        lines.append("没有读全的文件：" + "；".join(f"{file.name}（{file.note}）" for file in unread) + "。")
    for name, items in grouped(review.items).items():
        if name == "符合" or not items:
            continue
        lines.append(f"{name}：")
        for item in items:
            cost = f"，扣{item.deducted:g}分" if item.deducted else ""
            basis = f"（{'、'.join(item.basis)}）" if item.basis else ""
            lines.append(f"- {item.code} {item.label}（{STATUS[item.status]}{cost}）：{item.text}{basis}")
            lines += [f"  见 {where(place)}" for place in item.where[:3]]
    lines.append(f"评查标准：{review.standard}，性质{review.standard_nature}。{review.standard_note}")
    return "\n".join(lines)
