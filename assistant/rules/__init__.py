"""Rules held against the facts of a case: exemption, and what else is decided from data. No model has a hand in it."""
