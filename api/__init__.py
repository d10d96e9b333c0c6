"""The HTTP doors: they translate between HTTP and `assistant`, and do nothing else."""
