"""What the office does when something lands on it: the only place where reading, deciding and writing meet."""
