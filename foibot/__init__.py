"""foibot works a public authority's Freedom of Information mailbox; this module holds its version."""

__version__ = "0.1.0"
