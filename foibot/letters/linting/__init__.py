"""Reads a letter, by whomever it was written, and names what is wrong with it by rule; no I/O."""
