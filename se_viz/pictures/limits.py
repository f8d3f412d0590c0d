"""How much is accepted, and why not more."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Every limit on what people hand in.

    file_bytes: one picture file. A worker holds it in memory while decoding.
    pixels: width x height, read from the header before decoding, so that a small file which
        unpacks to a huge picture (a decompression bomb) costs nothing. 64 million pixels
        cover the cameras of most phones and take 0.3 to 1.3 GB while unpacked, depending on the
        format; `load` unpacks such pictures one at a time.
    upload_files: pictures in one upload, so that one person cannot keep the machine for hours.
    upload_bytes: all files of one upload together, ZIPs unpacked.
    zip_entries: files in one ZIP; its list of contents is held in memory.
    zip_ratio: unpacked size / packed size of a file in a ZIP. Pictures hardly shrink in a ZIP;
        far higher ratios are how ZIP bombs look. Small files are exempt, see `zip_guard`.

    pages: pages or frames of one file, where all of them are taken.

    Files and folders of one's own disk (`gather_paths`) have no limit on how many and how much
    in all; ZIPs among them do, and `upload_files` is what links may bring a second time.
    """

    file_bytes: int = 50 * MIB
    pixels: int = 64_000_000
    upload_files: int = 20_000
    upload_bytes: int = 2048 * MIB
    zip_entries: int = 20_000
    zip_ratio: int = 200
    pages: int = 500

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"the limit {name} must be at least 1, not {value}")

    def describe(self) -> tuple[str, ...]:
        """One sentence per limit, with its reason, for people."""
        return (
            f"A picture file may have up to {megabytes(self.file_bytes)}, since it is read "
            "into memory.",
            f"A picture may have up to {self.pixels / 1e6:,.0f} million pixels, since small files "
            "can unpack to pictures that fill the memory.",
            f"One upload may hold up to {self.upload_files:,} files and "
            f"{megabytes(self.upload_bytes)} after unpacking, so that the machine stays free.",
            f"A ZIP may list up to {self.zip_entries:,} files, since its list is kept in memory.",
            f"A file in a ZIP may unpack to {self.zip_ratio:,} times its packed size, since "
            "pictures hardly shrink and ZIP bombs do.",
            f"Of a file's pages or frames up to {self.pages:,} are taken, since small files can "
            "hold any number of them.",
        )


def megabytes(count: int) -> str:
    """A number of bytes as people say it: 812 bytes, 50 MB, 2.0 GB (steps of 1024)."""
    if count < 1024:
        return f"{count} bytes"
    if count < MIB:
        return f"{count / 1024:.0f} kB"
    if count < 1024 * MIB:
        return f"{count / MIB:.3g} MB"
    return f"{count / (1024 * MIB):.1f} GB"
