"""Korean particles after computed words: 은/는, 이/가, 을/를, 과/와, 으로/로, 이었/였 ...

A template writes both, ``{place}은(는)``; which one stays is a matter of the last sound before it
(Hangul orthography, rules of the National Institute of Korean Language on 조사).
"""

import re

#: Both forms as a template writes them, after a consonant and after a vowel.
FORMS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)라": ("이라", "라"),
    "(이)며": ("이며", "며"),
    "(이)다": ("이다", "다"),
    "(이)었": ("이었", "였"),
}
_PAIRS = re.compile("|".join(map(re.escape, FORMS)))
_SILENT = re.compile(r"\([^()]*\)$|[^0-9A-Za-z%가-힣]$")
#: How digits and Latin letters end when they are read in Korean: with which consonant, if any.
_DIGITS = dict(zip("0123456789", "ㅇㄹ-ㅁ--ㄱㄹㄹ-", strict=True))
_LETTERS = {"L": "ㄹ", "R": "ㄹ", "M": "ㅁ", "N": "ㄴ"}


def particles(text: str) -> str:
    """Return a sentence in which each pair of particles has become the one that fits."""
    return _PAIRS.sub(lambda match: _fitting(text[: match.start()], match[0]), text)


def _fitting(before: str, pair: str) -> str:
    consonant = _last_consonant(before)
    after_consonant, after_vowel = FORMS[pair]
    open_end = consonant == "-" or (consonant == "ㄹ" and pair == "(으)로")
    return after_vowel if open_end else after_consonant


def _last_consonant(text: str) -> str:
    """Return the consonant that a text ends with when read aloud, "-" if it ends with a vowel."""
    while text and (shorter := _SILENT.sub("", text)) != text:
        text = shorter
    last = text[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return "-" if final == 0 else "ㄹ" if final == 8 else "ㅇ"
    return _DIGITS.get(last) or _LETTERS.get(last.upper(), "-")
