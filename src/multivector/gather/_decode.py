"""Bytes into characters: which encoding a text is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from multivector.errors import InputError
from multivector.gather._language import classify

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that publishers use for a superset, after the WHATWG Encoding Standard.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_NEVER_DECLARED = ("utf-7", "utf-16", "utf-32")  # a declaration readable as ASCII cannot be true of these
_SAMPLE = 100_000
_BROKEN_SHARE = 0.001  # share of characters that may be broken in a text that is otherwise in its encoding
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.01
_CYRILLIC = ("mac_cyrillic", "iso8859_5", "cp866", "koi8_u", "cp1251")
_FREQUENT = frozenset("оеаинтсрвлкмдпуія")  # four fifths of the letters of a Russian or Ukrainian text
_LEAST_FREQUENT = 0.65
_LEAST_LETTERS = 4
_POINTS = frozenset("«»–—“”„‘’…№\u00a0")
_ODD_CAPITALS = re.compile("(?<=[А-Яа-яёіїєґ])[А-ЯЁІЇЄҐ]")  # inside a word
_MIXED_WORD = re.compile("[a-zA-Z](?=[а-яА-ЯёЁ])|[а-яА-ЯёЁ](?=[a-zA-Z])")
_BALKAN = frozenset("ђљњћќџѓ")
# Encodings of Latin letters and the languages usually written in them, the commoner first.
_WESTERN = frozenset(("en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "ca", "id", "ms"))
_CENTRAL = frozenset(("pl", "cs", "sk", "hu", "ro", "hr", "bs", "sr", "sl", "sq"))
_LATIN = (
    ("cp1252", _WESTERN),
    ("cp1254", frozenset(("tr",))),
    ("cp1250", _CENTRAL),
    ("iso8859_2", _CENTRAL),
    ("cp1257", frozenset(("et", "lv", "lt"))),
    ("mac_roman", _WESTERN),
)
# A capital with an accent behind a small letter or by itself: mostly a sign misread as a letter.
_ODD_LATIN = re.compile("(?<=[a-z])[À-ÞĄ-Ž]|(?<![^\\W_])[À-ÞĄ-Ž](?![^\\W_])")
_LATIN_SAMPLE = 8_000
_LEAST_PROBABILITY = 0.5
_MOST_HIGH = 0.25  # share of bytes that are not ASCII
_USUAL = [
    *("cp1252", "cp1254", "cp1250", "cp1251", "cp1257", "cp1253", "cp1255", "cp1256", "cp1258", "iso8859_2"),
    *("iso8859_5", "koi8_r", "koi8_u", "koi8_t", "cp866", "mac_cyrillic", "mac_roman", "ptcp154"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874"),
]
_NOT_TEXT = "not text in any encoding that we know"


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """`data` as text. `declared` is the encoding that HTTP or the page states, believed where it fits.

    In this order: byte order mark; the pattern of zero bytes of UTF-16 and UTF-32; UTF-8; the declared
    encoding; the likeliest legacy encoding by charset-normalizer. Raises InputError naming `name`.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"), name)
    if b"\0" in data:
        encoding = _wide_encoding(data)
        if encoding is None:
            raise InputError(name, "a binary file, not a document")
        return _checked(data.decode(encoding, "replace"), name)
    encoding = _known(declared)
    if data.isascii() and (encoding is None or not encoding.startswith(("iso2022", "hz"))):
        return _checked(data.decode("ascii"), name)
    for candidate in ("utf-8", encoding):
        if candidate is not None:
            try:
                return _checked(data.decode(candidate), name)
            except UnicodeDecodeError:
                continue
    for candidate in ("utf-8", encoding):
        if candidate is not None and (text := _nearly(data, candidate)) is not None:
            return _checked(text, name)
    return _checked(_guessed(data, name), name)


def _checked(text: str, name: str) -> str:
    """`text` when it reads as text: few control characters, few characters that could not be decoded."""
    strange = len(_CONTROLS.findall(text)) + text.count("\ufffd")
    if strange > max(3, _CONTROL_SHARE * len(text)):
        raise InputError(name, "a binary file, not a document")
    return text


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, by the places of the high bytes of Latin letters and spaces."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    size = len(sample)
    zeros = [sample[place::4].count(0) / max(1, len(sample[place::4])) for place in range(4)]
    if size >= 8 and zeros[3] > 0.9 and zeros[2] > 0.9 and zeros[0] < 0.1:
        return "utf-32-le"
    if size >= 8 and zeros[0] > 0.9 and zeros[1] > 0.9 and zeros[3] < 0.1:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        # White space alone, about every tenth character of any script, has a zero high byte.
        if low == 0 and high > 0.04:
            text = sample.decode(encoding, "replace")
            readable = sum(c.isalpha() or c.isspace() or c.isdigit() or c in ".,;:!?-–—«»\"'()" for c in text)
            if readable > 0.9 * len(text):
                return encoding
    return None


def _known(declared: str | None) -> str | None:
    """The codec for a declared encoding, or None when there is none or it cannot be true."""
    if not declared or len(declared) > 40 or not declared.isascii():
        return None
    try:
        codec = codecs.lookup(declared.strip(" \"'"))
        b"a".decode(codec.name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if codec.name.startswith(_NEVER_DECLARED) else _MEANT.get(codec.name, codec.name)


def _nearly(data: bytes, encoding: str) -> str | None:
    """`data` in `encoding` with a few broken characters replaced, or None when there are more than a few."""
    text = data.decode(encoding, "replace")
    foreign = sum(not c.isascii() for c in text)
    broken = text.count("\ufffd")
    return text if broken <= max(1, _BROKEN_SHARE * len(text)) and broken * 10 < foreign else None


def _cyrillic(sample: bytes) -> str | None:
    """The Cyrillic encoding in which the sample reads as words, or None when it does in none.

    The encodings differ in where the letters stand, so only the right one gives mostly frequent letters and
    capitals in the right places. It tells them apart in a few words, where general detectors need a page.
    """
    scores: list[tuple[float, str]] = []
    for encoding in _CYRILLIC:
        text = sample.decode(encoding, "replace")
        letters = sum(c.isalpha() and not c.isascii() for c in text)
        if letters < _LEAST_LETTERS:
            continue
        frequent = sum(c in _FREQUENT for c in text.casefold())
        foreign = sum(not ("\u0400" <= c <= "\u052f") for c in text if not c.isascii() and c not in _POINTS)
        odd = sum(map(len, _ODD_CAPITALS.findall(text))) if any(map(str.islower, text)) else 0
        mixed = len(_MIXED_WORD.findall(text))
        scores.append(((frequent - 2 * foreign - odd - 3 * mixed) / letters, encoding))
    best, encoding = max(scores, default=(0.0, ""))
    if best < _LEAST_FREQUENT:
        return None
    if encoding == "cp1251" and any(c in _BALKAN for c in sample.decode(encoding, "replace")):
        # The Kazakh code page has its own letters in the places of the Serbian and Macedonian ones.
        return "ptcp154" if classify(sample.decode("ptcp154", "replace"))[0] in {"kk", "ky", "tt"} else encoding
    return encoding


def _latin(sample: bytes) -> str | None:
    """The encoding in which a text in Latin letters reads as one of the languages that are written in it."""
    high = sum(byte >= 0x80 for byte in sample)
    if high > _MOST_HIGH * len(sample):
        return None
    best, encoding = 0.0, None
    for candidate, languages in _LATIN:
        with suppress(UnicodeDecodeError):
            text = sample[:_LATIN_SAMPLE].decode(candidate)
            language, probability = classify(text)
            score = probability - len(_ODD_LATIN.findall(text)) / high
            if language in languages and score > best:
                best, encoding = score, candidate
    return encoding if best > _LEAST_PROBABILITY else None


def _guessed(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    half = _SAMPLE // 2
    sample = data if len(data) <= _SAMPLE else data[:half] + data[-half:]
    encoding = _cyrillic(sample) or _latin(sample)
    if encoding is None:
        best = from_bytes(sample, cp_isolation=_USUAL).best()
        if best is None:
            raise InputError(name, _NOT_TEXT)
        encoding = best.encoding
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > _BROKEN_SHARE * len(text) or not any(map(str.isalpha, text)):
        raise InputError(name, _NOT_TEXT)
    return text
