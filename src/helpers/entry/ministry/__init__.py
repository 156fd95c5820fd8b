"""Reads the Ministry of Unification's own files and brings their numbers into the tables.

``files`` turns CSV, HTML and XLSX into grids of text, ``tables`` finds the ministry's tables in
them, ``sums`` checks that their parts add up, ``plan`` compares them with the tables of the
project, and ``run`` shows the plan and carries it out.
"""
