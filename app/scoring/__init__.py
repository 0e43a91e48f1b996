"""Score sheets, their fusion and the ranking."""
