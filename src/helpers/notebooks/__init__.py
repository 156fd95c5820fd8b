"""Notebooks are run here, and what stands in them beside pandas: claims that are held, tables shown.

Imports everything but ``publish`` and ``entry``.
"""
