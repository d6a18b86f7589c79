"""The only outside world: mail servers, files, the PDF compiler, the clock; one library per file."""
