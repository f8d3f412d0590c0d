"""What a person should know of how files were read, in few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from se_viz.pictures.records import Remark


def tell(remarks: Sequence[Remark]) -> list[str]:
    """A line for each text: the first file that it is of, how many more, and the text."""
    counts: Counter[str] = Counter()
    for remark in remarks:
        counts[remark.text] += remark.count
    first = {remark.text: remark.name for remark in reversed(remarks)}
    return [
        f"{first[text]}: {text}" if count == 1 else f"{first[text]} and {count - 1:,} more: {text}"
        for text, count in counts.items()
    ]
