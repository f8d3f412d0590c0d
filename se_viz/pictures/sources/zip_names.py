"""Names in ZIPs: most say how they are to be read, old ones leave it to a guess."""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence

from se_viz.pictures.records import Remark
from se_viz.pictures.ways import way

PAGES = {
    "utf-8": "UTF-8",
    "cp437": "DOS",
    "cp850": "Western European",
    "cp852": "Central European",
    "cp737": "Greek",
    "cp857": "Turkish",
    "cp862": "Hebrew",
    "cp720": "Arabic",
    "cp866": "Cyrillic",
    "cp874": "Thai",
    "cp932": "Japanese",
    "cp949": "Korean",
    "cp950": "traditional Chinese",
    "gb18030": "simplified Chinese",
    "cp1251": "Cyrillic of Windows",
    "cp1252": "Western European of Windows",
}
"""Code pages that a person can choose, by Python's names for them."""
LIKELY = ("cp949", "cp932", "big5", "gb18030", "gbk", "cp866", "cp437", "cp850", "utf-8")
"""Code pages that are told apart by names alone."""
WIDER = {"euc_kr": "cp949", "big5": "cp950", "gb2312": "gb18030", "gbk": "gb18030"}
"""What Windows writes where only a part of it is found."""
DOUBLE = ("cp932", "cp949", "cp950", "gb18030")
"""Pages in which a backslash may be half of a letter."""
FALLBACK = "cp437"
"""What ZIPs are in by their specification (APPNOTE 4.4.17, D.1); every byte is a letter in it."""
UTF8_NAME = 0x800  # flag bit of an entry
UNICODE_PATH = 0x7075  # extra field of Info-ZIP, Bandizip and 7-Zip
PLAIN_BACKSLASH = re.compile(r"[\0-\x7f]\\")
MADE_ON_DOS = (0, 6, 10, 14)  # FAT, OS/2, NTFS, VFAT


def page_of(name: str) -> str:
    """The code page that is meant, one of PAGES, "" for none; raises ValueError."""
    try:
        found = codecs.lookup(name).name if name else ""
    except LookupError:
        found = name
    page = WIDER.get(found, found)
    if page and page not in PAGES:
        raise ValueError(f"{name} is none of the code pages of ZIPs: {', '.join(PAGES)}.")
    return page


def read_names(
    entries: Sequence[zipfile.ZipInfo], chosen: str = ""
) -> tuple[list[str], Remark | None]:
    """Names of the entries, with / between folders, and what to know of how they were read; the
    remark has no name yet.

    chosen: the page (one of PAGES) of names that do not say theirs; "" finds it out from all of
    them together. A name that is no text in that page is read as code page 437.
    """
    said = [_said(info) for info in entries]
    pairs = list(zip(entries, said, strict=True))
    unsaid = list(dict.fromkeys(_bytes(info) for info, name in pairs if name is None))
    page = chosen or _detect(unsaid)
    clear = page in DOUBLE or any(map(_has_plain_backslash, entries))
    names = []
    for info, name in pairs:
        text = _decode(_bytes(info), page) if name is None else name
        folders = info.create_system in MADE_ON_DOS and (clear or name is not None)
        names.append(text.replace("\\", "/") if folders else text)
    return names, _told(unsaid, page, chosen)


def _said(info: zipfile.ZipInfo) -> str | None:
    """The name, where it says how it is to be read."""
    name = info.orig_filename
    if info.flag_bits & UTF8_NAME:
        return name
    told = _unicode_path(info.extra, zlib.crc32(_bytes(info)))
    return told or (name if name.isascii() else None)


def _has_plain_backslash(info: zipfile.ZipInfo) -> bool:
    """Whether it lies in folders with backslashes between them that cannot be halves of letters."""
    return info.create_system in MADE_ON_DOS and bool(PLAIN_BACKSLASH.search(info.orig_filename))


def _bytes(info: zipfile.ZipInfo) -> bytes:
    """A name without the UTF-8 flag as it is stored: zipfile reads all of them as page 437."""
    return info.orig_filename.encode(FALLBACK)


def _unicode_path(extra: bytes, checksum: int) -> str | None:
    """The name in the Unicode path field, where it belongs to the name with this CRC-32."""
    for kind, data in _fields(extra):
        if kind == UNICODE_PATH and data[:5] == struct.pack("<BI", 1, checksum):
            try:
                return data[5:].decode() or None
            except UnicodeError:
                continue
    return None


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        yield kind, extra[4 : 4 + size]
        extra = extra[4 + size :]


def _detect(names: Iterable[bytes]) -> str:
    together = b"\n".join(names)
    try:
        together.decode()
        return "utf-8"
    except UnicodeError:
        import chardet

    found = chardet.detect(together, include_encodings=LIKELY, no_match_encoding=FALLBACK)
    return page_of(found["encoding"] or FALLBACK)


def _decode(name: bytes, page: str) -> str:
    try:
        return name.decode(page)
    except UnicodeError:
        return name.decode(FALLBACK)


def _told(names: Sequence[bytes], page: str, chosen: str) -> Remark | None:
    if names:
        return Remark("", _sentence(names, page, chosen))
    plain = "Its names are plain or say themselves how they are read"
    return Remark("", f"{plain}, so {chosen} was not needed.", idle=True) if chosen else None


def _sentence(names: Sequence[bytes], page: str, chosen: str) -> str:
    how = "as chosen" if chosen else "as all names together suggest"
    other = sum(_decode(name, page) != name.decode(page, "replace") for name in names)
    odd = f", but {other:,} that are no text in it as {PAGES[FALLBACK]} ({FALLBACK})" * bool(other)
    return (
        f"Names were read as {PAGES[page]} ({page}), {how}{odd}; {way('zip_names')} reads them "
        "otherwise."
    )
