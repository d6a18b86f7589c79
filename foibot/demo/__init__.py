"""The office on loopback: real mail servers in this process, and the story told with them."""
