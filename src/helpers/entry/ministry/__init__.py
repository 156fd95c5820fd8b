"""Reads the Ministry of Unification's own files and brings their numbers into the tables.

``files`` turns CSV, HTML and XLSX into grids of text, ``layout`` finds a table in each, ``tables``
reads it, ``sums`` checks that its parts add up, ``plan`` compares it with the project's tables
(``ledger``), and ``run`` shows the plan and carries it out. ``words.csv`` lists the words of the
ministry: a new spelling is a word more there.
"""
