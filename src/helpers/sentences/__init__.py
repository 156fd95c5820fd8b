"""What is said beside no figure: answers, critics, neighbours; a frame in, sentences out.

Imports ``derive``, ``words`` and ``vocab``; nothing here reads, draws or writes.
"""
