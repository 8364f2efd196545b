#!/bin/sh
# Makes public/fonts/*.woff2: the letters that Nadwa's pages need, and no others. And server/booklet/fonts/*.ttf: whole
# sets of letters for the booklet's PDF, which goes over no bad Wi-Fi before it is asked for.
#
#   style/fonts/make.sh        needs npm and python3 with venv; changes those two folders alone
#
# The sources are three packages of the Noto fonts (OFL-1.1, no reserved names). The made files are committed,
# so nobody needs this script to build Nadwa: run it to change what is cut, then look at every page again.
set -eu

version=5.3.0
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$root/public/fonts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --silent --no-audit --no-fund --prefix . \
  @fontsource-variable/noto-sans-arabic@$version \
  @fontsource-variable/noto-sans@$version \
  @fontsource/noto-kufi-arabic@$version \
  @expo-google-fonts/noto-sans@0.4.2 \
  @expo-google-fonts/noto-sans-arabic@0.4.3 \
  @expo-google-fonts/noto-kufi-arabic@0.4.3 \
  @expo-google-fonts/noto-emoji@0.4.7 \
  @expo-google-fonts/noto-sans-symbols-2@0.4.1 \
  @expo-google-fonts/noto-sans-math@0.4.2
python3 -m venv tools
tools/bin/pip install --quiet --requirement "$root/style/fonts/requirements.txt"

# Arabic: letters with hamza, vowel marks, tatweel, both families of digits, punctuation, joiners;
# then the letters of Persian and Urdu.
arabic=U+060C,U+061B,U+061F,U+0621-063A,U+0640-0656,U+0660-066C,U+0670,U+0671,U+200C-200F
arabic=$arabic,U+0679,U+067E,U+0686,U+0688,U+0691,U+0698,U+06A9,U+06AF,U+06BA,U+06BE,U+06C1-06C3,U+06CC,U+06D2-06D4,U+06F0-06F9
# Latin: Basic, Latin-1, the two letters that French wants besides, and the marks of good typesetting.
latin=U+0020-007E,U+00A0-00FF,U+0152,U+0153,U+0178,U+2013,U+2014,U+2018-201E,U+2022,U+2026,U+2039,U+203A,U+2212

# Without these an Arabic word falls apart into separate letters, and marks float off.
shaping=ccmp,init,medi,fina,isol,rlig,liga,calt,locl,mark,mkmk,kern

# cut SOURCE NAME CHARACTERS
cut() {
  tools/bin/pyftsubset "$1" --output-file="$out/$2.woff2" --flavor=woff2 --unicodes="$3" \
    --layout-features="$shaping" --name-IDs=0,1,2,4,6,13,14 --no-hinting --drop-tables+=DSIG,STAT,gasp
}

# Two weights live in one variable file; nothing outside them is kept.
two_weights() {
  tools/bin/fonttools varLib.instancer --quiet "$1" wght=400:700 --output "$2"
}

# bare SOURCE OUT: the letters of a source that we ship, with the names of their glyphs.
bare() {
  tools/bin/pyftsubset "$1" --output-file="$2" --unicodes="$arabic" --layout-features="$shaping" --no-hinting --glyph-names \
    --drop-tables+=DSIG,STAT,gasp
}

# one_weight SOURCE WEIGHT OUT
one_weight() {
  tools/bin/fonttools varLib.instancer --quiet "$1" wght="$2" --output one.ttf
  bare one.ttf "$3"
}

mkdir -p "$out"
from=node_modules/@fontsource-variable
sans_arabic=$from/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2
two_weights "$sans_arabic" both.ttf
one_weight "$sans_arabic" 400 light.ttf
one_weight "$sans_arabic" 700 bold.ttf
tools/bin/python "$root/style/fonts/whole_letters.py" sans-arabic.ttf light.ttf bold.ttf both.ttf
bare node_modules/@fontsource/noto-kufi-arabic/files/noto-kufi-arabic-arabic-700-normal.woff2 kufi-bare.ttf
tools/bin/python "$root/style/fonts/whole_letters.py" kufi.ttf kufi-bare.ttf
two_weights "$from/noto-sans/files/noto-sans-latin-wght-normal.woff2" sans.ttf

cut sans-arabic.ttf noto-sans-arabic "$arabic"
cut sans.ttf noto-sans "$latin"
cut kufi.ttf noto-kufi-arabic "$arabic"

# For print. Everything between Latin, Greek and Cyrillic; all of Arabic; the signs that children put between words.
print=$root/server/booklet/fonts
wide=U+0020-052F,U+1D00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20CF,U+2100-214F,U+2212,U+25CC,U+FB00-FB06,U+FE00-FE0F
signs=U+2300-23FF,U+25A0-25FF,U+2600-26FF,U+2700-27BF,U+2B00-2BFF

# whole SOURCE NAME CHARACTERS
whole() {
  tools/bin/pyftsubset node_modules/@expo-google-fonts/"$1" --output-file="$print/$2.ttf" --unicodes="$3" \
    --layout-features='*' --name-IDs=0,1,2,4,6,13,14,16,17 --no-hinting --drop-tables+=DSIG,MATH
}

mkdir -p "$print"
whole noto-sans/400Regular/NotoSans_400Regular.ttf noto-sans-regular "$wide"
whole noto-sans/700Bold/NotoSans_700Bold.ttf noto-sans-bold "$wide"
whole noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf noto-sans-arabic-regular '*'
whole noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf noto-sans-arabic-bold '*'
whole noto-kufi-arabic/700Bold/NotoKufiArabic_700Bold.ttf noto-kufi-arabic-bold '*'
whole noto-emoji/400Regular/NotoEmoji_400Regular.ttf noto-emoji-regular '*'
whole noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf noto-sans-symbols-regular "$signs"
whole noto-sans-math/400Regular/NotoSansMath_400Regular.ttf noto-sans-math-regular U+2190-21FF,U+2200-22FF

# A clock must not tremble: ten digits of one width in each family, in every file that has them.
tools/bin/python - "$out"/*.woff2 <<'PYTHON'
import os
import sys
from fontTools.ttLib import TTFont

for path in sys.argv[1:]:
    font = TTFont(path)
    letters, widths = font.getBestCmap(), font["hmtx"]
    for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        found = [widths[letters[ord(d)]][0] for d in digits if ord(d) in letters]
        assert not found or (len(found) == 10 and len(set(found)) == 1), f"{path}: uneven digits {digits}"
    print(f"{os.path.getsize(path):6} bytes, {len(letters)} characters  {os.path.basename(path)}")
PYTHON
