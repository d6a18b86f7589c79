"""`python -m foibot` is the command line."""

from foibot.cli import main

if __name__ == "__main__":
    main()
