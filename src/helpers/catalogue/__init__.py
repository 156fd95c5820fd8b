"""The catalogue of figures: each with its words, its table and how it is drawn, by its slug.

A notebook calls the function of a figure with the frames it has derived step by step. The command
``crossings export`` and the comparison of findings know no notebook: they take the same function
and let :attr:`helpers.catalogue.common.Entry.recipe` derive the same frames.
"""
