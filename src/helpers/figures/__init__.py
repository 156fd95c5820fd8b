"""Every figure, one file named by its slug: what it shows, says, and how it is drawn.

A file ``shot_at.py`` is the figure ``shot-at``. It has

``NOTEBOOK``
    stem of the notebook that it stands in;
``HEIGHTS``
    the heights of :func:`helpers.figures.style.page`, in millimetres, or a function of the size
    and of what is shown that gives them;
``WHOLE``
    True where it tells the whole time since the armistice, and no period of it;
``table(frames)``
    what it shows, made of :class:`helpers.figures.frames.Frames`: a frame with a row a mark, or a
    tuple of frames of which the first is that one; the tables and layers asked for are noted;
``words(*shown)``
    its :class:`Words`, computed from what ``table`` gives and nothing else;
``draw(page, *shown)``
    which draws it on a :class:`helpers.figures.style.Page` of any size.

Imports data, ``analysis``, ``sentences`` and ``words``; nothing here reads or writes a file but
what ``frames`` loads.
"""

from helpers.figures import style
from helpers.figures.frames import Frames
from helpers.figures.registry import Content, Words, entries, make

__all__ = ["Content", "Frames", "Words", "entries", "make", "style"]


def __dir__() -> list[str]:
    return __all__
