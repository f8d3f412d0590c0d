"""What a person should know of how files were read, in few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from se_viz.pictures.decoding.decode import Opened, Upright
from se_viz.pictures.decoding.pages import left_out
from se_viz.pictures.options import ALL
from se_viz.pictures.records import AMOUNT, Remark, Source
from se_viz.pictures.ways import OPTIONS, said, way

HOW_ALL = f"{way('pages')} takes all."
HOW_ONE = "one picture is asked for."
DARK = 32  # of 255: a picture without any lighter grey is hard to see
DARK_SAID = f"in that range it is dark: no grey of it is lighter than {DARK} of 255."
LIGHT = 255 - DARK
LIGHT_SAID = f"in that range it is pale: no grey of it is darker than {LIGHT} of 255."


def tell(remarks: Sequence[Remark], words: Mapping[str, str] = OPTIONS) -> list[str]:
    """A line for each text: the first file that it is of, how many more, and the text.

    words: of the surface, for the ways to set things otherwise; see `ways`.
    """
    counts: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    for remark in remarks:
        counts[remark.text] += remark.count
        amounts[remark.text] += remark.amount
    first = {remark.text: remark.name for remark in reversed(remarks)}
    lines = []
    for text, count in counts.items():
        who = first[text] if count == 1 else f"{first[text]} and {count - 1:,} more"
        amount = amounts[text]
        whole = text.replace(AMOUNT, f"{amount:,}") if amount else text
        lines.append(f"{who}: {said(whole, words)}")
    return lines


def of_reading(opened: Opened, upright: Upright, source: Source) -> Iterator[Remark]:
    """What to know of how one picture was read."""
    if opened.count > 1 and source.page is None:
        how = HOW_ONE if source.options.pages == ALL else HOW_ALL
        text, left = left_out(opened.inside.word, 1, opened.count - 1, how)
        yield Remark(source.name, text, amount=left)
    for text in _of_pixels(opened, upright):
        yield Remark(source.name, text)
    if upright.taken is None and source.options.range is not None:
        text = f"it has 8 bits a channel, so the range {source.options.range} was not needed."
        yield Remark(source.name, text, idle=True)


def _of_pixels(opened: Opened, upright: Upright) -> Iterator[str]:
    if opened.inside.said:
        yield opened.inside.said
    if upright.taken is not None:
        yield upright.taken.words()
        if upright.endless:
            yield upright.endless
        greys = np.asarray(upright.image)
        if greys.max() < DARK:
            yield DARK_SAID
        elif greys.min() > LIGHT:
            yield LIGHT_SAID
