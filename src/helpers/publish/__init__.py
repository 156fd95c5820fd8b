"""What leaves the project: figures by command, codebook and data package, what a change changes.

Imports everything but ``entry``.
"""
