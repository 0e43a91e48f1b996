import sys

from app.cli import main

# Processes that draw certificates import this module again; only the first one is the command.
if __name__ == "__main__":
    sys.exit(main())
