"""Stands in for the process that opens files and says what it was told."""

import os

print(sorted(set(os.environ) - {"LC_CTYPE"}), end="")
