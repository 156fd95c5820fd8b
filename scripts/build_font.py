"""Build the semibold Hangul of the figures: a cut of Noto Sans KR to the syllables of KS X 1001.

The package with the whole font (6 MB) is fetched with npm from its registry and compared with its
SHA-256. What is kept: ASCII, the punctuation that the words use, and the 2,350 syllables of
KS X 1001; any other letter comes from the regular cut. The same bytes each time.

    python scripts/build_font.py            # write the font beside the figures
    python scripts/build_font.py --check    # build aside and compare; exit 1 if different
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parents[1] / "src/helpers/figures/fonts/NotoSansKR-SemiBold.ttf"
PACKAGE = "@expo-google-fonts/noto-sans-kr@0.4.3"
FILE = "package/600SemiBold/NotoSansKR_600SemiBold.ttf"
SHA256 = "f3af82b46afd914853a00d3079e395eb6befaaa9be3d68c661199bba6a912ea5"
SIGNS = "·\u2018\u2019“”…\u2013—~〈〉《》「」『』【】±\u00d7÷≥≤°%→←↑↓㎞㎜㎡"


def syllables() -> str:
    """Return the Hangul syllables of KS X 1001, which EUC-KR writes in rows 16 to 40."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("euc_kr") for pair in rows)


def fetched() -> bytes:
    """Return the whole font out of the package.

    Raises
    ------
    SystemExit
        If it is not the file that is expected.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (package,) = Path(folder).glob("*.tgz")
        with tarfile.open(package) as files:
            font = files.extractfile(FILE).read()
    if (found := hashlib.sha256(font).hexdigest()) != SHA256:
        raise SystemExit(f"{FILE} of {PACKAGE} has SHA-256 {found}, expected {SHA256}")
    return font


def cut(font: bytes) -> bytes:
    """Return the font with the kept letters only, without features that the figures never use."""
    whole = TTFont(BytesIO(font), recalcTimestamp=False)
    options = subset.Options()
    options.layout_features, options.hinting, options.name_IDs = ["kern"], False, ["*"]
    cutter = subset.Subsetter(options)
    ascii_letters = "".join(map(chr, range(0x20, 0x7F)))
    cutter.populate(text=ascii_letters + SIGNS + syllables())
    cutter.subset(whole)
    buffer = BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    made = cut(fetched())
    if "--check" in sys.argv:
        sys.exit(0 if OUT.read_bytes() == made else f"{OUT.name} differs from what is built")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(made)
