"""The office's own records: rows brought in from exports and ledgers, and the metrics they make."""
