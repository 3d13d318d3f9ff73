"""The folders of photos, in one fixed order."""

from pathlib import Path
from urllib.parse import unquote

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"}


def label_of(folder):
    """What the photos of a folder show; exported feedback is percent-encoded."""
    return unquote(folder.name)


def class_names(root):
    """The main classes: the folders of train/, in alphabetical order."""
    return sorted(label_of(folder) for folder in (Path(root) / "train").iterdir() if folder.is_dir())


def photos_of(root, split):
    """(path, class) of every photo of split/CLASS/, by class and file name."""
    folders = sorted(folder for folder in (Path(root) / split).iterdir() if folder.is_dir())
    return [
        (path, label_of(folder))
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUFFIXES
    ]


def samples_of(root):
    """(path, class) of samples/; the class is the file name's part before the underscore."""
    paths = sorted((Path(root) / "samples").iterdir())
    return [
        (path, path.stem.split("_")[0]) for path in paths if path.suffix.lower() in SUFFIXES
    ]
