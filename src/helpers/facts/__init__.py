"""One number or sentence from frames, for notebooks, README and tests alike."""
