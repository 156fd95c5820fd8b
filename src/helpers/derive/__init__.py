"""Frame in, smaller frame out: counts, shares, intervals. No reading, no drawing."""
