"""Who may give orders, and how they prove who they are; no I/O."""
