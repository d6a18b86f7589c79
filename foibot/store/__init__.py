"""The only SQL: everything foibot remembers, in one database, in transactions that happen whole or not at all."""
