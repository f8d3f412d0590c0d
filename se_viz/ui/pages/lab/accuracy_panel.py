"""How many pictures are right without and with an intervention, over all and by class, as HTML."""

from __future__ import annotations

from html import escape

import pandas as pd

from se_viz.experiments.wall import Share, Wall
from se_viz.ui.sentences import lab as told
from se_viz.ui.sentences.common import percent

DOTS = 8
"""Pictures of a class up to which each is a dot; of more, their share is a bar."""
CLASSES = 12
"""Classes that are shown; of more, those of which most pictures changed sides."""
STYLE = """
<style>
.right-of {font-size: 12px; line-height: 1.3;}
.right-of .row {display: grid; grid-template-columns: 1fr auto; gap: 0 8px; margin-top: 4px;}
.right-of .row b {font-weight: 600;}
.right-of .track {position: relative; height: 14px; grid-column: 1 / -1;
  border-radius: 7px; background: light-dark(#eef1f4, #262f39);}
.right-of .span {position: absolute; inset: 4px auto 4px auto; border-radius: 3px; opacity: .45;}
.right-of .at {position: absolute; top: 2px; width: 10px; height: 10px; margin-left: -5px;
  border-radius: 50%;}
.right-of .axis {display: flex; justify-content: space-between; font-size: 11px; opacity: .75;}
.right-of table {border-collapse: collapse; width: 100%; margin-top: 6px;}
.right-of td {border: 0; padding: 0 3px; white-space: nowrap; line-height: 17px;}
.right-of td:first-child {text-align: right; max-width: 96px; overflow: hidden;
  text-overflow: ellipsis;}
.right-of i {display: inline-block; width: 9px; height: 9px; margin-right: 2px; border-radius: 50%;
  background: light-dark(#dde2e8, #3a4551);}
.right-of .bar {display: inline-block; width: 46px; height: 8px; border-radius: 4px;
  background: light-dark(#dde2e8, #3a4551);}
.right-of .bar b {display: block; height: 8px; border-radius: 4px;}
.right-of .before {background: #0072b2;} .right-of .after {background: #d55e00;}
</style>
"""
AXIS = '<div class="axis" aria-hidden="true"><span>0</span><span>50</span><span>100%</span></div>'


def panel(wall: Wall, said: str) -> str:
    """Both accuracies on one axis, then the classes; `said` is what is done to the gates."""
    assert wall.before is not None
    assert wall.after is not None
    rows = [_row("as learned", wall.before, "before"), _row(said, wall.after, "after")]
    return f'{STYLE}<div class="right-of">{"".join(rows)}{AXIS}{_classes(wall.by_class)}</div>'


def _row(name: str, share: Share, when: str) -> str:
    low, high, at = (100 * number for number in (share.low, share.high, share.share))
    return (
        f'<div class="row" title="{told.right_of(share.right, share.pictures)}"><b>{escape(name)}'
        f"</b><b>{percent(share.share)}</b>"
        f'<div class="track" role="img" aria-label="95%: {low:.1f} to {high:.1f}%">'
        f'<div class="span {when}" style="left:{low:.1f}%;width:{high - low:.1f}%"></div>'
        f'<div class="at {when}" style="left:{at:.1f}%"></div></div></div>'
    )


def _classes(table: pd.DataFrame) -> str:
    if len(table) > CLASSES:
        moved = (table["before"] - table["after"]).abs()
        table = table.loc[moved.sort_values(ascending=False, kind="stable").index[:CLASSES]]
    rows = "".join(
        f"<tr><td title='{escape(name)}'>{escape(name)}</td><td>{_right(before, n, 'before')}</td>"
        f"<td>→</td><td>{_right(after, n, 'after')}</td></tr>"
        for name, n, before, after in table.itertuples(index=False)
    )
    return f"<table aria-label='Right by class, without and with'>{rows}</table>"


def _right(right: int, pictures: int, when: str) -> str:
    said = told.right_of(right, pictures)
    if pictures > DOTS:
        width = 100 * right / pictures
        inner = f'<b class="{when}" style="width:{width:.0f}%"></b>'
        return f'<span class="bar" role="img" aria-label="{said}" title="{said}">{inner}</span>'
    dots = f'<i class="{when}"></i>' * right + "<i></i>" * (pictures - right)
    return f'<span role="img" aria-label="{said}" title="{said}">{dots}</span>'
