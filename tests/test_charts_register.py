"""What tests of charts share."""

from __future__ import annotations

WORDS = ("The finding", "What, where, when, unit", "Data: a register.")


def axes(fig, label):
    [ax] = [ax for ax in fig.axes if ax.get_label() == label]
    return ax


def marks(ax, gid):
    found = [item for item in ax.collections if item.get_gid() == gid]
    return sum(len(item.get_offsets()) for item in found)


def words(ax):
    return [text.get_text() for text in ax.texts]


def readable(fig):
    texts = fig.findobj(lambda artist: hasattr(artist, "get_fontsize"))
    return all(text.get_fontsize() >= 7 for text in texts if text.get_text().strip())
