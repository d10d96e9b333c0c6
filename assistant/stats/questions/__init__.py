"""From a question in everyday Chinese to queries: words, what they name, and the sentences they make."""
