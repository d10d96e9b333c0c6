"""Errors a person can mend. Bugs are not among them: those propagate."""

from collections.abc import Sequence


class CounselError(Exception):
    """Something a person can mend: where it is, what is wrong, and what to do about it.

    The three texts are Chinese, because an official reads them.
    """

    def __init__(self, where: str, problem: str, remedy: str = "") -> None:
        self.where = where
        self.problem = problem
        self.remedy = remedy
        super().__init__("".join([f"{where}：{problem}", f"。{remedy}" if remedy else ""]))


class KnowledgeError(CounselError):
    """The knowledge base, or a file brought into it, cannot be taken as it is."""


class EngineError(CounselError):
    """An engine (embedder, vector store, chat model, database) is absent or failed."""


class InputError(CounselError):
    """What a person or a client sent cannot be worked with."""


class ConflictError(CounselError):
    """What was sent contradicts what is already held under the same number or name."""


class AccessError(CounselError):
    """Whoever asks is not let in. `retry_after`: seconds until another attempt, where it is only too soon."""

    def __init__(self, where: str, problem: str, remedy: str = "", *, retry_after: int | None = None) -> None:
        super().__init__(where, problem, remedy)
        self.retry_after = retry_after


class UncheckedOpinion(CounselError):  # noqa: N818 - the name by which the house knows it
    """A paper cannot be final: `problems` are the unverified citations and open vetoes, each (where, what)."""

    def __init__(self, where: str, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        text = "；".join(problem for _, problem in self.problems)
        super().__init__(where, f"还不能定稿：{text}", "改正引文、补齐事实和字段，或者由复核人写明处理意见后再定稿")
