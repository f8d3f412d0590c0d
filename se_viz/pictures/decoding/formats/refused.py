"""Kinds of files that are not read, and what to do with them."""

from __future__ import annotations

import re

AS_PICTURE = "save it as PNG or JPEG"
AS_DEEP = "save it as PNG or TIFF of 16 bits"
DEVELOP = "develop it and save it as JPEG"
_STARTS = (
    (rb"%PDF", "a PDF", "save its pages as PNG"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "a PostScript drawing", AS_PICTURE),
    (rb"\s*<(.*<)?svg\b", "an SVG drawing", AS_PICTURE),
    (rb"\s*<(!doctype )?html", "a web page", "download the picture itself"),
    (rb"8BP[SB]", "a Photoshop file", AS_PICTURE),
    (rb"gimp xcf", "a GIMP file", AS_PICTURE),
    (rb".{128}DICM", "a DICOM file", AS_DEEP),
    (rb"SIMPLE  =", "a FITS file", AS_DEEP),
    (rb"\xff\x0a|\0\0\0\x0cJXL ", "a JPEG XL picture", AS_PICTURE),
    (rb"II\xbc", "a JPEG XR picture", AS_PICTURE),
    (rb"v/1\x01", "an OpenEXR picture", AS_DEEP),
    (rb"#\?RADIANCE|#\?RGBE", "a Radiance picture", AS_DEEP),
    (rb"P7\s|PF\s", "a PAM or a PFM in colour", AS_DEEP),
    (rb"DDS ", "a DDS texture", AS_PICTURE),
    (rb"AT&TFORM", "a DjVu file", "save its pages as PNG"),
    (rb"\xd7\xcd\xc6\x9a|\x01\0\0\0.{36} EMF", "a Windows metafile", AS_PICTURE),
    (rb"\x89HDF|CDF[\x01\x02]", "a file of scientific data", AS_DEEP),
    (rb"\x93NUMPY", "a NumPy array", AS_DEEP),
    (rb"7z\xbc\xaf|Rar!|\x1f\x8b|BZh|\xfd7zXZ|.{257}ustar", "a packed file", "pack it as a ZIP"),
    (rb"PK\x03\x04", "a ZIP by another name", "let its name end in .zip"),
    (rb"....ftypcrx|FUJIFILMCCD|FOVb|IIRO|IIRS|MMOR|IIU\0", "a camera's raw file", DEVELOP),
    (rb"....ftyp|RIFF....AVI |\x1aE\xdf\xa3|\0\0\x01[\xb3\xba]", "a video", "save frames of it"),
)
_REFUSED = tuple(
    (re.compile(start, re.DOTALL | re.IGNORECASE), what, advice) for start, what, advice in _STARTS
)
_ENDINGS = "cr2 cr3 crw nef nrw arw srf sr2 dng orf rw2 raf pef srw x3f 3fr iiq erf kdc"
RAW = frozenset(_ENDINGS.split())
"""Endings of cameras' raw files, most of which begin like a TIFF."""
HEAD = 1024  # bytes at the beginning that are looked at


def reason(data: bytes) -> str | None:
    """Why a file is not read, in words that follow its name; None where it is nothing known."""
    for start, what, advice in _REFUSED:
        if start.match(data[:HEAD]):
            return f"is {what}, which is not read here: {advice}"
    return None
