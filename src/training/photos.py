"""The folders of photos, in one fixed order."""

from pathlib import Path

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"}


def class_names(root):
    """The main classes: the folders of train/, in alphabetical order."""
    return sorted(folder.name for folder in (Path(root) / "train").iterdir() if folder.is_dir())


def photos_of(root, split):
    """(path, class) of every photo of split/CLASS/, by class and file name."""
    folders = sorted(folder for folder in (Path(root) / split).iterdir() if folder.is_dir())
    return [
        (path, folder.name)
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
