"""How to read each figure: short texts in Markdown, shown on demand."""

CURVES = """
One **panel** is one SE block; `SE_4_6` is the sixth block of stage 4. **Across** run the block's
channels, **up** goes the mean gate over the pictures of a class. The thick grey line, "all", is
the mean over all classes, each with the same weight.

Where the lines lie on one another, the block treats every class alike. Where they part, it lets
different channels through for different classes. Click a name in the legend to hide it, double-
click to see it alone.

*50 sampled* shows evenly spaced channels, as many as the paper shows (Hu et al., [arXiv
1709.01507](https://arxiv.org/abs/1709.01507), "Role of excitation"). *50 most class-specific* are
those whose gate depends most on the class. Sorted *by mean gate*, the lines rise with the grey
one.
"""

VIOLIN = """
The outline is the histogram, mirrored: it is widest where most gates are. The thick bar holds the
middle half of the gates, the dot is the median.
"""

SPREAD = """
The line is the mean gate over the pictures of **one** class, the band one standard deviation
either way. A wide band means that a gate follows the picture itself, not only its class. This is
the paper's companion figure.
"""

SATURATION = """
A gate of 0.95 or more lets its channel through nearly unchanged; one under 0.05 nearly shuts it.
A gate that is always at one end does not adapt to the picture. Each line is the share of such
gates in a block, over all channels and pictures of a class; grey is the mean over classes.
"""

CONFUSION = """
A **row** is the true class, a **column** the network's guess. Everything off the diagonal is a
mistake.
"""

BLOCKS = """
Each bar is one SE block, as long as it has channels C; the dark bar inside it is as long as its
hidden width, C / r: through so few numbers all channels pass on their way to the gates. On the
other side, the weights of the block, 2 C² / r: they grow with the square of the channels, so most
of them sit in the last stage. Where widths differ very much, the axes are logarithmic, and say so.
"""

CHANNELS = """
**Above**, the squeeze: how strongly each channel answered to this picture, on average over all
positions. **Below**, the gate that the block gave it; the grey line is the mean gate over the
built-in validation set. Where the two part, the block treats this picture differently from most.
"""

HISTOGRAM = """
**Across** is the gate, cut into 100 bins; **up** is the share of all gates of a class that fall
into a bin. All channels and all pictures of the class count. A peak at the right edge means
channels that are nearly always let through.
"""

HEATMAP = """
One **row** is a class, one **column** a channel, the colour its mean gate. Rows that look alike
mean classes that the block treats alike. All panels share one scale, from the smallest to the
largest mean shown.
"""

DEPTH = """
For each channel we split the variance of its gate over pictures: the part between the means of
the classes, over all of it. The line is the median over a block's channels, the band holds the
middle half of them. With few pictures in a class the share is too large by chance: about 1 / n
for n pictures.
"""

CURVE = """
**Left**, the loss on the training pictures, which are cropped, mirrored and recoloured at random.
**Right**, the share of validation pictures that the network got right after that epoch.
"""

DOTS = """
Each dot is a channel: its squeeze across, its gate up. If gates only followed strength, the dots
would lie on a line. They need not, as every gate depends on all channels.
"""

SIDES = """
One **half** is one network, one **pair** a stretch of depth: the same stage in both, or, where a
network has no stages, the same quarter of the way from its first block to its last. A half is wide
where many of that network's gates are. The bar holds the middle half of them, the mark is the
median. Between two halves stands how far, on average, gates would have to be moved to turn one
distribution into the other (the Wasserstein distance, in units of the gate).
"""

SIDES_DEPTH = """
**Across** runs the way from a network's first SE block, 0, to its last, 1. On the left the median
gate with the middle half of the gates; on the right the share of a gate's variation that the class
of a picture accounts for.
"""

SHARES = """
The gates of a block vary from channel to channel and from picture to picture. **Static** is what
differs between channels but is the same for every picture: a fixed scale, which a network without
SE could have as well. **Class** is what differs between the classes' means, **picture** what
differs within a class. The last two are what adapts. The three add up to all of the variance; each
class has the same weight. With few pictures, chance alone makes some of the share *class*; the
mark shows how much.
"""

DISTANCES = """
The number between two classes is how far their mean gates lie apart in this block: the root mean
square of the differences over its channels, in units of the gate. The tree joins the closest
classes first (average linkage).
"""

PARTING = """
How far apart two classes are in each block, beside how much the pictures of one class differ among
themselves. Where the first is above the second, a picture's gates tell its class better than they
tell which picture of the class it is.
"""

TELLING = """
Each row is a channel, the dot its effect size (Hedges' g: the difference of the two means in units
of the spread within the classes), the bar its 95 % interval. Channels whose difference might be
chance are marked: p-values are of Welch's test, corrected for all channels of all blocks
(Benjamini and Hochberg).
"""

WITH = """
One row is one class: the likeliest without the intervention, and the likeliest with it. The
**ring** is its probability as the network computes it, the **dot** where it goes when the gates are
taken in hand. Hover for logits and ranks. Nothing was trained anew: the rest of the network does
not know that its gates were changed.
"""

WAYS = """
Each bar is the same gates under another intervention: how probable the class stays that was
likeliest without one (dashed line). An orange bar means that the network now takes the picture for
something else. *Frozen* keeps the static scale, a mean over many pictures; *shuffled* keeps the
values but gives them to the wrong channels.
"""

SWEEP = """
Each block is taken in hand alone, all others as they are. **Bypassed**: its gates are 1, as if
there were no recalibration. **Frozen**: its gates stay at their mean over all classes, so the
static scale is kept and only what adapts is gone. The height is what that changes; for many
pictures it is a change of accuracy, with a 95 % interval from the pictures that change sides
(Agresti and Min, 2005). Where frozen lies at zero and bypassed far below, the block works as a
fixed scale.
"""

STAGES = """
The same with all blocks of a stage at once, and with all blocks of the network. Losses need not add
up: what one block no longer does, the next may still do.
"""

ACCURACY = """
For each class, how much of its pictures are got right with the intervention, minus without; the
line is a 95 % interval. The same pictures are seen both ways, so only those that change sides
count.
"""
