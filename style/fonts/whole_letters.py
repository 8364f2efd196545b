"""Makes whole letters of bare shapes and dots (N14).

The sources compose ي of a bare shape and two dots that the feature `mark` places. WebKit on Linux loses that place: the dots
lie in the bowl and the word leaves its line. So each pair of a shape and its dots that shaping can make becomes one composite
glyph, put in by a last ligature lookup of `rlig`: what comes before it (forms, contexts) stays as its makers drew it, and vowels
are attached to the whole letter where they stood. Every letter in every form, with every vowel, is compared before and after.

    whole_letters.py OUT.ttf STATIC.ttf              one weight
    whole_letters.py OUT.ttf LIGHT.ttf BOLD.ttf SOURCE.ttf   two weights, joined again as SOURCE, which is variable, has them
"""

import sys
from io import BytesIO
from itertools import product

import uharfbuzz as hb
from fontTools import varLib
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.otlLib.builder import buildLigatureSubstSubtable
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables as ot
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

# All that people type between letters; and what shaping makes of two of them.
VOWELS = [chr(c) for c in (*range(0x064B, 0x0653), 0x0656, 0x0670)]
# Their letters differ in some forms.
LANGUAGES = ["ar", "fa", "ur", "sd"]
WEIGHTS = (400, 700)

# Classes of glyphs as GDEF numbers them.
BASE, MARK = 1, 3


def shape(face_bytes, text, language="ar"):
    font = hb.Font(hb.Face(face_bytes))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "rtl", "arab", language
    hb.shape(font, buffer)
    order = [font.glyph_to_string(i.codepoint) for i in buffer.glyph_infos]
    at = [(p.x_offset, p.y_offset, p.x_advance) for p in buffer.glyph_positions]
    return list(zip(order, at))


def ink(face_bytes, text, language="ar"):
    """Where each glyph stands, from the left."""
    pen, seen = 0, []
    for name, (dx, dy, advance) in shape(face_bytes, text, language):
        seen.append((name, pen + dx, dy))
        pen += advance
    return seen, pen


def letters(font):
    return [chr(c) for c in sorted(font.getBestCmap()) if 0x0620 <= c < 0x0700 and chr(c).isalpha()]


def words(font):
    """Every letter in every form, and after each lam."""
    for letter in letters(font):
        for before, after in product(("", "ب", "ل", "بل"), ("", "ب")):
            yield before + letter + after


def is_mark(font, glyph):
    return font["GDEF"].table.GlyphClassDef.classDefs.get(glyph) == MARK


def pairs(font, data):
    """Each bare shape with its dots, as (shape, dots) → where the dots stand beside the shape."""
    vowels = {font.getBestCmap().get(ord(v)) for v in VOWELS}
    found = {}
    for text, language in product(words(font), LANGUAGES):
        seen, _ = ink(data, text, language)
        # Right to left: a mark comes before what it stands on.
        for (mark, x, y), (base, base_x, base_y) in zip(seen, seen[1:]):
            if is_mark(font, mark) and not is_mark(font, base) and mark not in vowels:
                found[base, mark] = (x - base_x, y - base_y)
    return found


def composite(font, base, mark, at, name):
    table, metrics = font["glyf"], font["hmtx"]
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for part, (x, y) in ((base, (0, 0)), (mark, at)):
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = part, x, y, 0x4
        glyph.components.append(component)
    glyph.components[0].flags |= 0x200
    table[name] = glyph
    glyph.recalcBounds(table)
    metrics[name] = (metrics[base][0], glyph.xMin)


def subtables(table, kind):
    for lookup in table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if subtable.LookupType == kind:
                yield subtable


def anchor(x, y):
    made = ot.Anchor()
    made.Format, made.XCoordinate, made.YCoordinate = 1, x, y
    return made


def on_dots(font, mark):
    """Where a vowel stands that follows these dots: vowel → (place on the dots, place on the vowel)."""
    found = {}
    for subtable in subtables(font["GPOS"].table, 6):
        if mark not in subtable.Mark2Coverage.glyphs:
            continue
        row = subtable.Mark2Array.Mark2Record[subtable.Mark2Coverage.glyphs.index(mark)].Mark2Anchor
        for vowel, record in zip(subtable.Mark1Coverage.glyphs, subtable.Mark1Array.MarkRecord):
            if row[record.Class]:
                found[vowel] = (row[record.Class], record.MarkAnchor)
    return found


def place_vowels(font, composites):
    """A vowel stands on the whole letter where it stood on shape or dots."""
    order = {g: i for i, g in enumerate(font.getGlyphOrder())}
    spoken = {font.getBestCmap().get(ord(v)) for v in VOWELS} | {g for g in order if g.startswith("uni0651")}
    for subtable in subtables(font["GPOS"].table, 4):
        bases, records = subtable.BaseCoverage.glyphs, subtable.BaseArray.BaseRecord
        rows = dict(zip(bases, records))
        marks = list(zip(subtable.MarkCoverage.glyphs, subtable.MarkArray.MarkRecord))
        for (base, mark), (at, name) in composites.items():
            on_mark = on_dots(font, mark)
            row = ot.BaseRecord()
            row.BaseAnchor = [a and anchor(a.XCoordinate, a.YCoordinate) for a in rows[base].BaseAnchor] if base in rows else [None] * subtable.ClassCount
            for which in range(subtable.ClassCount):
                if not any(r.Class == which and vowel in spoken for vowel, r in marks):
                    row.BaseAnchor[which] = None
                moved = {
                    (at[0] + on.XCoordinate - its.XCoordinate + r.MarkAnchor.XCoordinate,
                     at[1] + on.YCoordinate - its.YCoordinate + r.MarkAnchor.YCoordinate)
                    for vowel, r in marks if r.Class == which and vowel in spoken and vowel in on_mark
                    for on, its in (on_mark[vowel],)
                }
                if moved:
                    assert max(abs(a - b) for p in moved for q in moved for a, b in zip(p, q)) <= 2, (name, which, moved)
                    row.BaseAnchor[which] = anchor(*sorted(moved)[0])
            if any(row.BaseAnchor):
                rows[name] = row
        glyphs = sorted(rows, key=order.get)
        subtable.BaseCoverage.glyphs = glyphs
        subtable.BaseArray.BaseRecord = [rows[g] for g in glyphs]
        subtable.BaseArray.BaseCount = len(glyphs)


def kern_alike(font, composites):
    order = {g: i for i, g in enumerate(font.getGlyphOrder())}
    for subtable in subtables(font["GPOS"].table, 2):
        assert subtable.Format == 2, "pairs by class alone"
        for (base, _), (_, name) in composites.items():
            if base in subtable.Coverage.glyphs:
                subtable.Coverage.glyphs.append(name)
            for classes in (subtable.ClassDef1, subtable.ClassDef2):
                if base in classes.classDefs:
                    classes.classDefs[name] = classes.classDefs[base]
        subtable.Coverage.glyphs.sort(key=order.get)


def put_together(font, composites):
    """The last lookup of `rlig`."""
    lookups = font["GSUB"].table.LookupList
    lookup = ot.Lookup()
    lookup.LookupType, lookup.LookupFlag = 4, 0
    lookup.SubTable = [buildLigatureSubstSubtable({pair: name for pair, (_, name) in composites.items()})]
    lookup.SubTableCount = 1
    lookups.Lookup.append(lookup)
    lookups.LookupCount += 1
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "rlig":
            record.Feature.LookupListIndex.append(lookups.LookupCount - 1)
            record.Feature.LookupCount += 1


def same_ink(font, before, after):
    """Every letter in every form, bare and with each vowel, looks as it did: outlines by place, a unit apart at most."""
    parts = {n: [(c.glyphName, c.x, c.y) for c in font["glyf"][n].components] for n in font.getGlyphOrder() if n.startswith("whole.")}

    def spelled(data, text, language):
        seen, width = ink(data, text, language)
        return sorted((g, x + dx, y + dy) for n, x, y in seen for g, dx, dy in parts.get(n, [(n, 0, 0)])), width

    whole = 0
    for text, language in product(words(font), LANGUAGES):
        for vowel in ("", *VOWELS, "\u0651\u064e", "\u0651\u0650"):
            for spot in range(1, len(text) + 1):
                said = text[:spot] + vowel + text[spot:]
                (old, was), (new, now) = spelled(before, said, language), spelled(after, said, language)
                assert was == now and len(old) == len(new), said
                for (a, *p), (b, *q) in zip(old, new):
                    assert a == b and max(abs(i - j) for i, j in zip(p, q)) <= 2, (said, language, old, new)
                whole += 1
                if not vowel:
                    break
    return whole


def unpacked(path):
    """A font as it was before it was packed for browsers: the shaper reads no other."""
    font = TTFont(path)
    font.flavor = None
    return font


def written(font):
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def with_whole_letters(path):
    font = unpacked(path)
    before = written(font)
    composites = {}
    for (base, mark), at in sorted(pairs(font, before).items()):
        name = f"whole.{base}.{mark}"
        font.setGlyphOrder(font.getGlyphOrder() + [name])
        composite(font, base, mark, at, name)
        font["GDEF"].table.GlyphClassDef.classDefs[name] = BASE
        composites[base, mark] = (at, name)
    assert composites, f"{path}: no letter is made of parts"
    place_vowels(font, composites)
    kern_alike(font, composites)
    put_together(font, composites)
    after = written(font)
    made = TTFont(BytesIO(after))
    checked = same_ink(made, before, after)
    print(f"{len(composites)} whole letters, {checked} words as before")
    return made


def joined(light, bold, source):
    """One variable file of two weights, with the steps between them that `source` has."""
    axis = AxisDescriptor()
    axis.name, axis.tag = "Weight", "wght"
    axis.minimum, axis.default, axis.maximum = WEIGHTS[0], WEIGHTS[0], WEIGHTS[1]
    space = DesignSpaceDocument()
    space.addAxis(axis)
    for font, weight in zip((light, bold), WEIGHTS):
        master = SourceDescriptor()
        master.font, master.location = font, {"Weight": weight}
        space.addSource(master)
    font, _, _ = varLib.build(space)
    font["avar"] = source["avar"]
    return font


def main(target, first, *more):
    if not more:
        with_whole_letters(first).save(target)
        return
    bold, source = more
    source = TTFont(source)
    regions = {tuple(part.axes["wght"]) for parts in source["gvar"].variations.values() for part in parts}
    assert regions == {(0, 1, 1)}, f"weights between the two are drawn by themselves: {regions}"
    joined(with_whole_letters(first), with_whole_letters(bold), source).save(target)


main(*sys.argv[1:])
