"""What a case is and how it moves: facts in the past tense, one lifecycle table, one fold; no I/O."""
