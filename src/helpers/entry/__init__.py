"""New facts come in: rows asked for and staged, tables of the ministry, files mended.

Imports ``data`` and the doors ``paths`` and ``writing``; every write is checked as a whole and is
done whole or not at all.
"""
