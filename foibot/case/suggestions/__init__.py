"""What a new message looks like, with the words that say so: suggestions for an officer, never decisions."""
