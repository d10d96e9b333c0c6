"""Search: exact citation, then words and vectors, fused."""
