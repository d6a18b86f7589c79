"""Rows made into tables and words for people; no I/O."""
