"""Characters that have no place in a data file, and encodings that are not UTF-8.

What a reader cannot see (zero-width and direction characters, no-break spaces, full-width digits)
makes two equal values differ; what an encoding lost cannot be told from the file alone. Both are
named here, with the way to mend them.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence

# What a plain ASCII line may hold; deleting it from a block leaves little to look at.
PLAIN = bytes(range(32, 127)) + b"\n"

_CONTROL = "\x00-\x09\x0b-\x1f\x7f-\x9f"
_SPACE = "\xa0\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\xad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0"
)
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
_BREAK = "\u2028\u2029"
_WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_APART = "\u0300-\u036f\u1100-\u115e\u1161-\u11ff"
_LOST = "\ue000-\uf8ff\ufff0-\uffff\U000e0000-\U0010ffff"
# UTF-8 text that was once read as a one-byte encoding: the lead byte as an accented letter.
_MISREAD = (
    "\xe2\u20ac|[\xc3\xc2][\x80-\xbf]|[\xea-\xed][\x80-\xbf\u0152-\u0178\u2018-\u203a].?[\x80-\xbf]"
)

SUSPECT = re.compile(
    f"[{_CONTROL}{_SPACE}{_INVISIBLE}{_DIRECTION}{_BREAK}{_WIDE}{_APART}{_LOST}]|{_MISREAD}"
)

_KINDS = [
    ("\n", "line break inside a cell", "write it on one line"),
    ("\t", "tab character", "write a space"),
    (_BREAK, "line break inside a cell", "write it on one line"),
    ("\x80-\x9f", "control character, from a wrong encoding", "restore it from the source"),
    (_CONTROL, "control character", "delete it"),
    (_SPACE, "space that is not an ordinary space", "write an ordinary space"),
    (_DIRECTION, "character that turns the direction of writing", "delete it"),
    (_INVISIBLE, "invisible character", "delete it"),
    (_APART, "letter taken apart into its marks", "save the text in Unicode form NFC"),
    (_LOST, "character that an earlier save lost", "restore it from the source"),
]


def first_suspect(text: str) -> tuple[int, str, str] | None:
    """Return where the first suspect character of ``text`` stands, what it is and its mend."""
    match = SUSPECT.search(text)
    if match is None:
        return None
    found = match.group()
    if len(found) > 1:
        mend = "restore it from the source, saved as UTF-8"
        return match.start(), "UTF-8 once read as another encoding", mend
    code = f"U+{ord(found):04X} {unicodedata.name(found, 'unnamed')}"
    if re.match(f"[{_WIDE}]", found):
        plain = unicodedata.normalize("NFKC", found)
        return match.start(), f"full-width character {code}", f"write {plain!r}"
    for members, problem, mend in _KINDS:
        if re.match(f"[{members}]", found):
            return match.start(), f"{problem} {code}", mend
    raise AssertionError(f"no kind for {code}")


def plain(text: str) -> str:
    """Return ``text`` with suspect characters taken out or written in their plain form."""
    text = unicodedata.normalize("NFKC", text)
    return SUSPECT.sub(lambda match: " " if match.group().isspace() else "", text).strip()


def nearest(value: str, allowed: Sequence[str]) -> str | None:
    """Return the member of ``allowed`` that ``value`` was most likely meant to be, or None.

    Case, spaces and punctuation do not count; beyond that the spelling must be near.
    """
    if len(value) > 200:
        return None
    folded = {_folded(name): name for name in reversed(allowed)}
    found = difflib.get_close_matches(_folded(value), list(folded), n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "_", plain(name).casefold()).strip("_")


def wide_encoding(head: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 encoding that ``head`` shows by its mark or its zero bytes."""
    for mark, encoding in [
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ]:
        if head.startswith(mark):
            return encoding
    sample = head[:400]
    if len(sample) < 8:
        return None
    # ASCII text in UTF-16 has a zero in every second byte; a Hangul letter may have one, too.
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 3 and even <= odd // 8:
        return "utf-16-le"
    if even > len(sample) // 3 and odd <= even // 8:
        return "utf-16-be"
    return None


def guess_encoding(sample: bytes) -> str | None:
    """Return the likeliest encoding of bytes that are not UTF-8, or None.

    CP949 (the Korean Windows encoding, which holds EUC-KR) is told by its Hangul: all that is not
    ASCII must decode, and mostly to Hangul or ideographs. Otherwise Windows-1252 if it decodes to
    letters and the usual punctuation.
    """
    for encoding, native in [
        ("cp949", "[\uac00-\ud7a3]"),
        ("cp932", "[\u3040-\u30ff\u4e00-\u9fff]"),
        ("gb18030", "[\u4e00-\u9fff]"),
        ("cp1252", "[\xa0-\xff\u2013-\u201d\u2026\u20ac\u0152-\u017e]"),
    ]:
        try:
            strange = re.sub("[\x00-\x7f]", "", sample.decode(encoding))
        except UnicodeDecodeError:
            continue
        found = "".join(re.findall(native, strange))
        if encoding == "cp949":
            # Bytes of other encodings decode to syllables that no Korean text uses.
            found = found.encode("euc_kr", "ignore").decode("euc_kr")
        if found and len(found) >= 0.6 * len(strange):
            return encoding
    return None


def is_korean(sample: bytes) -> bool:
    """Tell whether ``sample`` is CP949 beyond doubt: nine in ten characters are Hangul."""
    strange = re.sub("[\x00-\x7f]", "", sample.decode("cp949", "replace"))
    return len(re.findall("[\uac00-\ud7a3]", strange)) >= 0.9 * len(strange)


ENCODING_NAMES = {
    "cp949": "CP949 (EUC-KR)",
    "cp932": "CP932 (Shift JIS)",
    "gb18030": "GB 18030",
    "cp1252": "Windows-1252",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
}
