"""Figures and how they are taken: times, percentiles, memory."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One line of the table: ours, the peer's in the same run, and how many times better ours is."""

    group: str
    name: str
    ours: str
    peer: str = ""
    times: str = ""
    note: str = ""


@dataclass(frozen=True)
class Times:
    """Seconds of many calls, and the seconds all of them took together (less with several threads)."""

    each: tuple[float, ...]
    together: float

    @property
    def p50(self) -> float:
        return statistics.median(self.each)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.each, n=20)[-1] if len(self.each) > 1 else self.each[0]

    @property
    def rate(self) -> float:
        """Calls a second."""
        return len(self.each) / self.together


def clock(call: Callable[[T], object], arguments: Sequence[T], threads: int = 1) -> Times:
    """Times `call` on every argument. What it raises is raised here: a benchmark of errors is none."""

    def once(argument: T) -> float:
        began = time.perf_counter()
        call(argument)
        return time.perf_counter() - began

    began = time.perf_counter()
    if threads == 1:
        each = [once(argument) for argument in arguments]
    else:
        with ThreadPoolExecutor(threads) as pool:
            each = list(pool.map(once, arguments))
    return Times(tuple(each), time.perf_counter() - began)


def resident(pid: int | str = "self") -> float | None:
    """Memory a process holds, in MB (VmRSS); None where the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    kilobytes = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")), None)
    return int(kilobytes) / 1024 if kilobytes else None


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.1f} 毫秒"


def megabytes(value: float | None) -> str:
    return "—" if value is None else f"{value:.0f} MB"


def on_disk(folder: Path) -> float:
    """Megabytes of all files under a folder."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6
