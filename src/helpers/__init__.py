"""Helpers for *The JSA crossing in context*: load, derive, draw and export.

Importing the package loads nothing heavy: pandas, geopandas and matplotlib come in with the
module that needs them.
"""
