"""The desk opens in the background, so that the server answers (503, with the reason) from its first second."""

import logging
import threading
from collections.abc import Callable

from api.problems import ProblemError
from assistant.desk import Desk
from assistant.errors import CounselError

_LOG = logging.getLogger("counsel.api")


class Opening:
    """A desk on its way: opened once, in a thread of its own, closed with the server."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._open = open_desk
        self._desk: Desk | None = None
        self._reason = "正在载入知识库与索引，请稍候"
        self._thread = threading.Thread(target=self._run, name="open-desk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        try:
            self._desk = self._open()
        except CounselError as error:
            self._reason = str(error)
            _LOG.error("cannot open the desk: %s", error)
        except Exception:
            # A bug on this thread would otherwise leave 「请稍候」 on every page for ever.
            self._reason = "载入时出了程序错误，详见服务日志；可运行 counsel doctor 检查"
            _LOG.exception("cannot open the desk")
            raise

    def wait(self, seconds: float | None = None) -> None:
        self._thread.join(seconds)

    def desk(self) -> Desk:
        """The open desk. ProblemError 503 with the reason until then."""
        if self._desk is None:
            raise ProblemError(503, self._reason, {"Retry-After": "2"})
        return self._desk

    def close(self) -> None:
        self._thread.join()
        if self._desk is not None:
            self._desk.close()
