"""Draws the images that hold the service's pre-processing and inference to this folder's.

    python src/training/parity.py   (build.py does it too)
"""

import io
import json

import cv2
import numpy as np
import torch
from PIL import Image

import drawing
from evaluate import arguments, load_graphs
from head import logits_of
from model_folder import read_head
from preprocessing import preprocess

# EXIF orientation: how to lay an upright image so that the tag turns it upright again.
LAID = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
ORIENTATION_TAG = 0x0112
SMALL, TINY = (320, 240), (160, 120)


def picture(bgr):
    return Image.fromarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB))


def encoded(image, file_format, **options):
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def jpeg(image, **options):
    return encoded(image, "JPEG", **({"quality": 88} | options))


def turned(image, orientation):
    """A JPEG whose pixels lie on their side and whose EXIF tag says so."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    laid = image.transpose(LAID[orientation]) if LAID[orientation] is not None else image
    return jpeg(laid, exif=exif)


def transparent(image):
    """Opaque in the middle, fading to the edges: alpha must be dropped, not blended."""
    rows, columns = np.mgrid[-1 : 1 : image.height * 1j, -1 : 1 : image.width * 1j]
    alpha = (255 * (1.3 - np.hypot(rows, columns)).clip(0, 1)).astype(np.uint8)
    result = image.copy()
    result.putalpha(Image.fromarray(alpha))
    return result


def jpegs(butterfly, panda, generator):
    small = butterfly.resize(SMALL, Image.Resampling.LANCZOS)
    large = drawing.enlarged(np.array(butterfly)[..., ::-1], 3000, 2000, generator)
    medium = drawing.enlarged(np.array(panda)[..., ::-1], 1100, 800, generator)
    files = {
        "baseline-420.jpg": jpeg(butterfly, subsampling=2),
        "baseline-444.jpg": jpeg(butterfly, subsampling=0),
        "panda.jpg": jpeg(panda),
        "progressive.jpg": jpeg(butterfly, progressive=True),
        "grey.jpg": jpeg(butterfly.convert("L")),
        "cmyk.jpg": jpeg(small.convert("CMYK")),
        "reduced-8.jpg": jpeg(picture(large), quality=38),
        "reduced-2.jpg": jpeg(picture(medium), quality=75),
        "portrait-tiny.jpg": jpeg(butterfly.resize((90, 130), Image.Resampling.LANCZOS)),
    }
    files |= {f"orientation-{tag}.jpg": turned(small, tag) for tag in LAID}
    return files


def others(butterfly, panda):
    small = butterfly.resize(SMALL, Image.Resampling.LANCZOS)
    tiny = butterfly.resize(TINY, Image.Resampling.LANCZOS)
    grey16 = np.array(small.convert("L")).astype(np.uint16) * 257
    return {
        "rgb.png": encoded(small, "PNG"),
        "rgba.png": encoded(transparent(tiny), "PNG"),
        "palette.png": encoded(panda.quantize(64), "PNG"),
        "grey.png": encoded(small.convert("L"), "PNG"),
        "grey-16bit.png": cv2.imencode(".png", grey16)[1].tobytes(),
        "grey-alpha.png": encoded(transparent(small.convert("L")), "PNG"),
        "lossy.webp": encoded(butterfly, "WEBP", quality=80),
        "lossless.webp": encoded(small, "WEBP", lossless=True),
        "alpha.webp": encoded(transparent(small), "WEBP", quality=80),
        "still.gif": encoded(butterfly.quantize(64), "GIF"),
        "rgb.bmp": encoded(tiny, "BMP"),
    }


def expectation(content, graphs, weight, bias, labels):
    """What the service must answer for these bytes."""
    width, height = Image.open(io.BytesIO(content)).size
    pixels = torch.from_numpy(preprocess(content)[None])
    logits = [logits_of(graph(pixels).numpy(), weight, bias)[0] for graph in graphs]
    return {
        "width": width,
        "height": height,
        "label": labels[int(logits[0].argmax())],
        "logits_int8": [round(float(value), 4) for value in logits[0]],
        "logits_fp32": [round(float(value), 4) for value in logits[1]],
    }


def write_parity(model, out):
    """The images and expected.json; answers the expectations."""
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    generator = np.random.default_rng(42)
    butterfly, panda = (picture(draw(generator)) for draw in (drawing.butterfly, drawing.panda))
    files = jpegs(butterfly, panda, generator) | others(butterfly, panda)
    labels = (model / "synset.txt").read_text().split()
    graphs, (weight, bias) = load_graphs(model), read_head(model / "head.safetensors")
    expected = {}
    for name, content in sorted(files.items()):
        (out / name).write_bytes(content)
        expected[name] = expectation(content, graphs, weight, bias, labels)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(e)}" for name, e in expected.items())
    (out / "expected.json").write_text("{\n" + lines + "\n}\n")
    return expected


def main():
    options = arguments(__doc__).parse_args()
    write_parity(options.model, options.parity)


if __name__ == "__main__":
    main()
