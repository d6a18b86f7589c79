"""Letters and notices: what they say, which words are locked, and what they must not give away; no I/O."""
