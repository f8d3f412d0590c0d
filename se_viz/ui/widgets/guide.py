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
other side, the weights of the block: with two layers they are 2 C² / r and grow with the square of
the channels, so that wide blocks hold most of them. Where widths differ very much, the axes are
logarithmic, and say so.
"""

CHANNELS = """
**Above**, the squeeze: how strongly each channel answered to this picture, on average over all
positions. **Below**, the gate that the block gave it; the grey line is the usual one, a mean over
the pictures that the source below the figure names. Where the two part, the block treats this
picture differently from most of those.
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
(Benjamini and Hochberg). A triangle at the edge is a channel that is constant within both classes,
at different values: its effect has no bound. Click a channel to look at it alone.
"""

WITH = """
One row is one class: the likeliest without the intervention, and the likeliest with it (of a
network that gives scores, the highest). The **ring** is its number as the network computes it, the
**dot** where it goes when the gates are taken in hand. Hover for logits and ranks. Nothing was
trained anew: the rest of the network does not know that its gates were changed.
"""

WAYS = """
Each bar is the same gates under another intervention: how probable the class stays that was
likeliest without one (dashed line); of a network that gives scores, the highest. An orange bar
means that the network now takes the picture for something else. *Frozen* keeps the static scale, a
mean over many pictures; *shuffled* keeps the values but gives them to the wrong channels.
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

GLANCE = """
A **column** is an SE block, from the first on the left to the last on the right. Within it are all
of the block's gates for this picture, sorted from the lowest at the bottom to the highest at the
top; the colour is the gate. A column of one colour treats all channels alike; one that runs from
dark to bright tells channels apart. Wide blocks and narrow ones are drawn alike, by 64 evenly
spaced ranks. The frame marks the block that is shown below.
"""

MAPS = """
Each square is one channel of U, the feature map that enters the block: **orange** is above 0,
**blue** below, near-white is 0. All squares share one scale of colours; it ends where 99.5 % of
the values shown lie, and what is beyond has the last colour. Squeeze keeps one number of each
square, its mean, the number above it. Places in a square correspond to places in the picture,
though a position deep in the network has seen far more of it than its own patch.
"""

SQUEEZES = """
**Across** are all channels of the block, **up** the squeeze of each: the mean of its feature map.
The dots mark the channels that you chose to look at. This row of numbers is all that the block
knows of the picture when it decides on its gates.
"""

EXCITE = """
**Above**, z: one number for each channel. In the **middle**, the hidden layer, which holds C / r
numbers: the narrow place through which everything must pass. **Below**, s: a gate for each channel,
made of the hidden layer alone. Every gate hangs on all channels, as each of them reaches every
hidden unit. Dots mark the channels that you chose to look at.
"""

EXCITE_AT_ONCE = """
**Above**, z: one number for each channel. **Below**, s: a gate for each channel, made of all the
numbers above. Dots mark the channels that you chose to look at.
"""

SCALE = """
Each column is a channel: what enters the block (**U**) above, what leaves it (**X**) below, the
gate between them. Both rows share one scale of colours, which ends where 99.5 % of the values shown
lie. A gate makes a map paler, all over and by the same factor; it never changes what is in it. A
channel that is pale above stays pale, whatever its gate.
"""

CARRIED = """
What a channel carries is its share of the sum of squares of U (before) or X (after) over all
positions and channels. So a gate of one half leaves a quarter of what a channel carried, and shares
shift as far as gates differ from one another. **Left**, each dot is a channel: how much it carries
before scaling goes across, on a log scale, its gate goes up. Dots at the upper left are wide open
gates with nothing to let through. Left of the dotted line a channel carries less than an even
share. **Right**, the channels are sorted by what they carry: the curves show how many it takes for
a half and for nine tenths of the output, before and after. Later layers may still make much of a
weak channel.
"""

OMEGA = """
For each channel, **omega squared** is the share of its gate's variance over pictures that the class
accounts for, less what chance would give: 0 where the class tells nothing, 1 where it tells
everything. A channel that knows nothing of the class can come out a little below 0.

The **dot** is the median over a block's channels; the thick bar holds half of them, the thin one
nine in ten. The **whiskers** are the median's 95 % interval: pictures are drawn anew from each
class, again and again, so it speaks of other pictures of the same classes. The **dash** is what
shuffled labels reach in 95 of 100 cases: a median above it is more than luck. The spread of the
channels, the bars, is not an error: channels differ.
"""

ENTROPY = """
**Entropy** says how evenly the gates of a block are spread from 0 to 1, in bits: 0 where all share
one value (out of 100 equal steps), 6.6 where every value is as common as any other. It sees all
channels and all pictures of a class. Gates that are all open, or all shut, have none.
"""

VOLCANO = """
Each dot is a channel: **across** how large its effect is (Hedges' g), **up** how sure it is, as
the minus of the logarithm of p: 3 is one in a thousand. What matters stands high **and** far from
the middle. Filled dots stay once p-values are corrected for all channels of all blocks (Benjamini
and Hochberg); triangles at the edge are constant within both classes, at different values. Click a
dot to look at that channel alone.
"""

TELLING_DEPTH = """
**Above**, how many of a block's channels tell the two classes apart (a corrected p of 0.05 or
less): where few are left out, the whole block takes sides. **Below**, the effect of its best
channel, in units of the spread within the classes.
"""

CHANNEL = """
One **row** is a class. The ring is the mean gate of this channel over the pictures of the class,
the thick bar one standard deviation either way, the thin one runs from the smallest gate to the
largest. Small dots are single pictures, where they are known. Rows that stand apart mean that the
channel knows the class; long bars mean that it follows the picture.
"""

DRAWN_CHANNEL = "Add pictures of your own at the side to see which of them open it."
FEW_PICTURES = (
    "Intervals say what a change could be on many pictures like these. With fewer than ten of a "
    "class they are wide, wider even than what these few could show."
)
SCORES = (
    "This network gives scores that are no probabilities of classes, so no picture is right or "
    "wrong, and there is no accuracy. If its highest score stands for its choice, say on the page "
    "The network that its output is logits."
)
NO_OUTPUT = (
    "This network is looked at for its gates alone, so there is no output to see a change in. "
    "Another of its results can be chosen on the page The network."
)
