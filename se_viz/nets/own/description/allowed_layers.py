"""The parts of Keras that image classifiers are made of; nothing else is opened.

A list of what is allowed, not of what is forbidden: whatever Keras adds, or somebody finds a
way to abuse, stays out until it is put in here. Names are the modules and classes in the
`config.json` of a `.keras` file.
"""

from __future__ import annotations

from se_viz.compat.keras import FUNCTIONAL, SEQUENTIAL
from se_viz.compat.keras import OPERATIONS as MODULES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODELS = frozenset(("Functional", "Sequential", "Model"))
POLICIES = frozenset(("DTypePolicy", "FloatDTypePolicy"))

LAYERS = _words("""
    InputLayer Identity Activation ReLU LeakyReLU PReLU ELU Softmax
    Dense Conv1D Conv2D DepthwiseConv2D SeparableConv2D Conv2DTranspose MultiHeadAttention
    BatchNormalization LayerNormalization GroupNormalization UnitNormalization RMSNormalization
    SpectralNormalization Normalization Rescaling Resizing CenterCrop
    ZeroPadding2D Cropping2D UpSampling2D MaxPooling2D AveragePooling2D
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D
    AdaptiveAveragePooling2D AdaptiveMaxPooling2D
    Add Subtract Multiply Average Maximum Minimum Concatenate Dot
    Flatten Reshape Permute RepeatVector
    Dropout SpatialDropout2D AlphaDropout GaussianDropout GaussianNoise ActivityRegularization
    RandomCrop
""")

AUGMENTATIONS = _words("""
    RandomFlip RandomRotation RandomZoom RandomContrast RandomTranslation RandomBrightness
    RandomHeight RandomWidth RandomShear RandomHue RandomSaturation RandomSharpness RandomGrayscale
    RandomPosterization RandomColorJitter RandomColorDegeneration RandomErasing RandomGaussianBlur
    RandomInvert RandomPerspective RandomElasticTransform RandAugment AugMix MixUp CutMix
""")
"""Layers that change pictures in training alone, whatever their settings; none of them is built."""

NUMPY = _words("""
    Absolute Abs Add Amax Amin Clip Concatenate Divide Exp ExpandDims Flip GetItem Log Matmul Max
    Maximum Mean Min Minimum Moveaxis Multiply Negative Pad Power Ravel Reciprocal Reshape Roll
    Split Sqrt Square Squeeze Stack Std Subtract Sum Swapaxes Tanh Transpose TrueDivide Var
""")

NN = _words("""
    AdaptiveAveragePool AdaptiveMaxPool AveragePool BatchNorm Conv DepthToSpace DepthwiseConv Elu
    Gelu HardSigmoid HardSilu HardTanh LayerNorm LeakyRelu LogSoftmax MaxPool Normalize Relu Relu6
    Selu Sigmoid Silu Softmax Softplus Softsign SpaceToDepth
""")

OURS = {
    "se_viz.nets.se_resnet.se_block": _words("ChannelWeight ChannelConstant"),
    "se_viz.nets.se_resnet.group_conv": _words("GroupConv2D"),
}
"""Layers of our own builders, in files of networks that these made."""

KNOWN = {
    **OURS,
    "keras": MODELS | POLICIES,
    "keras.models": MODELS,
    FUNCTIONAL: frozenset(("Functional",)),
    SEQUENTIAL: frozenset(("Sequential",)),
    "keras.dtype_policies": POLICIES,
    "keras.layers": LAYERS,
    "keras.random": frozenset(("SeedGenerator",)),
    MODULES["numpy"]: NUMPY,
    MODULES["nn"]: NN,
    MODULES["core"]: frozenset(("Cast", "StopGradient")),
    MODULES["math"]: frozenset(("Rsqrt",)),
}

OPERATIONS = tuple(MODULES.values())

ACTIVATIONS = _words("""
    celu elu exponential gelu hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear
    log_sigmoid log_softmax mish relu relu6 selu sigmoid silu softmax softplus softsign squareplus
    swish tanh
""")
FUNCTION_MODULES = frozenset(("builtins", "keras.activations"))

FLOATS = frozenset(("float16", "bfloat16", "float32", "float64", "mixed_float16", "mixed_bfloat16"))
DTYPES = FLOATS | frozenset(("bool", "int8", "uint8", "int16", "uint16", "int32", "int64"))

VALUES = frozenset(("__keras_tensor__", "__tensor__", "__numpy__", "__slice__", "__ellipsis__"))
