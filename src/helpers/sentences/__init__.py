"""What is said beside no figure: answers, critics, neighbours; a frame in, sentences out.

Frames are those of the loaders and of :mod:`helpers.analysis`, by the names they have there:
``south`` or ``frame`` are counted incidents, ``gaps`` what official counts have besides.

Imports ``data``, ``analysis`` and ``words``; nothing here reads, draws or writes.
"""
