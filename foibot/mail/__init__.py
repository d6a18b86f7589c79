"""What an email says, and what ours look like: pure, and safe on any bytes a stranger sends."""
