"""The knowledge base: loaded whole, or refused with every problem at once."""
