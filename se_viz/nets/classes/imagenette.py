"""The ten classes of Imagenette v2, a subset of ImageNet (github.com/fastai/imagenette)."""

CLASSES = {
    "n01440764": "tench",
    "n02102040": "English springer",
    "n02979186": "cassette player",
    "n03000684": "chain saw",
    "n03028079": "church",
    "n03394916": "French horn",
    "n03417042": "garbage truck",
    "n03425413": "gas pump",
    "n03445777": "golf ball",
    "n03888257": "parachute",
}
WNIDS = tuple(CLASSES)
NAMES = tuple(CLASSES.values())
