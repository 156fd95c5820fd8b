"""Tables of facts: their columns, rules and vocabularies, how a file is read, and what is a fault.

Imports ``writing``, ``paths``, ``words`` and nothing else of the package.
"""
