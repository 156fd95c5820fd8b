"""Methods and counts: a frame in, a smaller frame out; nothing here reads, draws or words.

Imports ``data``.
"""
