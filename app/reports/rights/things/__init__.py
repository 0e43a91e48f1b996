"""The single things one may ask about, each by what people write on paper."""
