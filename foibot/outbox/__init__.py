"""What leaves the office, who let it leave, and how fast; no I/O."""
