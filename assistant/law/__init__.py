"""Law as text in time: citations, versions, structure, penalty clauses, time limits."""
