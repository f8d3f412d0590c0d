"""EfficientNet, EfficientNetV2 and MobileNetV3 from Keras Applications, with Keras's own weights.

Facts about them are here, so that listing them loads no Keras. The weights lie where Keras keeps
them (`KERAS_HOME`), and either finds what the other has fetched.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from se_viz.compat.keras_settings import precision, settle
from se_viz.nets.entry import Entry, Progress
from se_viz.nets.fetch.download import Remote, download, is_whole
from se_viz.nets.fetch.failures import explained
from se_viz.nets.network import Network
from se_viz.nets.output import AS_PUBLISHED
from se_viz.pictures import Preprocessing


@dataclass(frozen=True)
class Family:
    """What networks of one paper share.

    Attributes:
        title: what their names begin with.
        url: of the weights, with {} for the kind, such as `b0`.
        page: to read more.
        origin: who trained them.
        accuracy_source: where the published accuracy stands.
        crop_of: size in pixels -> crop and interpolation, as when the authors measured it.
    """

    title: str
    url: str
    page: str
    origin: str
    accuracy_source: str
    crop_of: Callable[[int], tuple[float, str]]


@dataclass(frozen=True)
class Application:
    """A network of `keras.applications`.

    Attributes:
        kind: what its name ends with.
        size: side of its pictures in pixels.
        parameters: weights that training moves; numbers: all that the file holds.
        md5: of the file.
    """

    group: Family
    kind: str
    size: int
    parameters: int
    numbers: int
    se_blocks: int
    top1: float
    top5: float | None
    md5: str

    @property
    def builder(self) -> str:
        """Name of the function that builds it."""
        return f"{self.group.title}{self.kind}"

    @property
    def title(self) -> str:
        """For people."""
        return f"{self.group.title}-{self.kind}, ImageNet"

    @property
    def name(self) -> str:
        """`efficientnet_v2_b0` of `EfficientNetV2` and `B0`."""
        return f"{self.group.title.replace('V', '_v')}_{self.kind}".lower()

    @property
    def url(self) -> str:
        """Of the weights."""
        return self.group.url.format(self.kind.lower())

    @property
    def path(self) -> Path:
        """Where `keras.utils.get_file` keeps the weights on this machine."""
        home = Path(os.environ.get("KERAS_HOME", "~/.keras")).expanduser().absolute()
        there = next(place for place in (home, *home.parents) if place.exists())
        folder = home if os.access(there, os.W_OK) else Path("/tmp/.keras")  # Keras makes its home
        return folder / "models" / self.url.rsplit("/", 1)[1]

    @property
    def bytes(self) -> int:
        """Of the weights in single precision; the file holds their names besides."""
        return 4 * self.numbers

    @property
    def preprocessing(self) -> Preprocessing:
        """Pixels go in as they are, 0 to 255: these networks normalise for themselves."""
        crop, interpolation = self.group.crop_of(self.size)
        return Preprocessing(self.size, crop, interpolation, (0.0,) * 3, (1 / 255,) * 3)


def entries() -> list[Entry]:
    """The networks of this family, small ones first within a paper."""
    return [_entry(application) for application in APPLICATIONS]


def load(application: Application, progress: Progress | None = None) -> Network:
    """The network with Keras's weights, which are fetched where they are not here whole.

    Raises:
        DownloadError: where they cannot be; one sentence.
        ValueError: where Keras is set to something else; one sentence.
    """
    from se_viz.nets import weights
    from se_viz.nets.classes import imagenet

    path = _fetch(application, progress)
    settle()
    import keras

    build = getattr(keras.applications, application.builder)
    shape = (application.size, application.size, 3)
    with precision("float32"):
        model = build(weights="imagenet", input_shape=shape, classifier_activation=None)
    return Network(
        application.name,
        application.title,
        model,
        application.preprocessing,
        imagenet.CLASSES,
        weights.fingerprint(path),
        told=AS_PUBLISHED,
    )


def _fetch(application: Application, progress: Progress | None) -> Path:
    """The file of the weights. Keras would write it in place, and leave half of it after a cut."""
    path, url = application.path, application.url
    host = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    with explained(application.name, host, path.parent, "KERAS_HOME"):
        if path.exists() and not is_whole(path, application.md5):
            path.unlink()
        download(Remote(url, application.md5), path, progress)
    return path


def _is_here(application: Application) -> bool:
    path = application.path
    return path.exists() and path.stat().st_size >= application.bytes


def _entry(application: Application) -> Entry:
    group = application.group
    return Entry(
        name=application.name,
        title=application.title,
        family="Keras Applications",
        classes=CLASSES,
        parameters=application.parameters,
        se_blocks=application.se_blocks,
        preprocessing=application.preprocessing,
        top1=application.top1,
        top5=application.top5,
        accuracy_source=group.accuracy_source,
        size=application.bytes,
        licence="Apache-2.0",
        origin=f"Trained on ImageNet by {group.origin}; converted and published by Keras.",
        url=group.page,
        local=partial(_is_here, application),
        path=lambda: application.path if _is_here(application) else None,
        load=partial(load, application),
    )


def _padded(size: int) -> tuple[float, str]:
    """The centre without 32 pixels in all (google/automl, efficientnetv2/preprocess_legacy.py)."""
    return size / (size + 32), "bicubic"


def _padded_or_whole(size: int) -> tuple[float, str]:
    """The same below 320 pixels, else all of the picture (efficientnetv2/preprocessing.py).

    There the authors squeeze it into a square, where we take the centre square.
    """
    return _padded(size) if size < 320 else (1.0, "bilinear")


def _seven_eighths(size: int) -> tuple[float, str]:
    """The centre 87.5% (tensorflow/models, slim/preprocessing/inception_preprocessing.py)."""
    return 0.875, "bilinear"


CLASSES = 1000
KERAS_IO = "https://keras.io/api/applications/"
STORE = "https://storage.googleapis.com/"
TABLE = "keras.io, table of Keras Applications"
B = Family(
    "EfficientNet",
    f"{STORE}keras-applications/efficientnet{{}}.h5",
    f"{KERAS_IO}efficientnet/",
    "the authors of EfficientNet (Tan and Le, arXiv 1905.11946)",
    TABLE,
    _padded,
)
V2 = Family(
    "EfficientNetV2",
    f"{STORE}tensorflow/keras-applications/efficientnet_v2/efficientnetv2-{{}}.h5",
    f"{KERAS_IO}efficientnet_v2/",
    "the authors of EfficientNetV2 (Tan and Le, arXiv 2104.00298)",
    TABLE,
    _padded_or_whole,
)
V3 = Family(
    "MobileNetV3",
    f"{STORE}tensorflow/keras-applications/mobilenet_v3/weights_mobilenet_v3_{{}}_224_1.0_float.h5",
    f"{KERAS_IO}mobilenet/",
    "the authors of MobileNetV3 (Howard and others, arXiv 1905.02244)",
    "Keras's documentation of MobileNetV3",
    _seven_eighths,
)

# fmt: off
ROWS = (
    (B, "B0", 224, 5288548, 5330571, 16, 77.1, 93.3, "902e53a9f72be733fc0bcb005b3ebbac"),
    (B, "B1", 240, 7794184, 7856239, 23, 79.1, 94.4, "1d254153d4ab51201f1646940f018540"),
    (B, "B2", 260, 9109994, 9177569, 23, 80.1, 94.9, "b15cce36ff4dcbd00b6dd88e7857a6ad"),
    (B, "B3", 300, 12233232, 12320535, 26, 81.6, 95.7, "ffd1fdc53d0ce67064dc6a9c7960ede0"),
    (B, "B4", 380, 19341616, 19466823, 32, 82.9, 96.4, "18c95ad55216b8f92d7e70b3a046e2fc"),
    (B, "B5", 456, 30389784, 30562527, 39, 83.6, 96.7, "ace28f2a6363774853a83a0b21b9421a"),
    (B, "B6", 528, 43040704, 43265143, 45, 84.0, 96.8, "165f6e37dce68623721b423839de8be5"),
    (B, "B7", 600, 66347960, 66658687, 55, 84.3, 97.0, "8c03f828fec3ef71311cd463b6759d99"),
    (V2, "B0", 224, 7139704, 7200312, 16, 78.7, 94.3, "21ecbf6da12460d5c40bb2f29ceb2188"),
    (V2, "B1", 240, 8141052, 8212124, 19, 79.8, 95.0, "069f0534ff22adf035c89e2d9547a9dc"),
    (V2, "B2", 260, 10096086, 10178374, 20, 80.5, 95.1, "424e49f28180edbde1e94797771950a7"),
    (V2, "B3", 300, 14358406, 14467622, 24, 82.0, 95.8, "1f1fc43bd98a6e4fd8fdfd551e02c7a0"),
    (V2, "S", 384, 21458488, 21612360, 30, 83.9, 96.7, "e1d88a8495beba45748fedd0cecbe016"),
    (V2, "M", 480, 54139356, 54431388, 44, 85.3, 97.4, "a3bf6aa3276309f4fc6a34aa114c95cd"),
    (V2, "L", 480, 118515272, 119027848, 61, 85.7, 97.5, "27e6d408b53c7ebc868fefa357689935"),
    (V3, "Small", 224, 2542856, 2554968, 9, 68.1, None, "8768d4c2e7dee89b9d02b2d03d65d862"),
    (V3, "Large", 224, 5483032, 5507432, 8, 75.6, None, "59e551e166be033d707958cf9e29a6a7"),
)
# fmt: on
APPLICATIONS = tuple(Application(*row) for row in ROWS)
