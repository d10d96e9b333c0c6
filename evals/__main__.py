"""`python -m evals`."""

import typer

from evals.runner import main

typer.run(main)
