"""How fast, how small, and how it grows: `python -m evals.bench`, always beside the peer of the corpus package."""
