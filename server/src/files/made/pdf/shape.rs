//! What a page may be made of: for each kind of PDF object the dictionary keys that tell how it looks. Numbers, names
//! and strings under such a key are taken over; objects under it have a shape of their own; any other key stays behind.

/// What an object may hold: an allow-list of its dictionary's keys.
#[derive(Debug)]
pub(super) struct Shape {
    /// The keys that are taken over, and what stands under them.
    keys: &'static [(&'static [u8], &'static Shape)],
    /// What stands under any other key: for resource dictionaries, whose keys are names that the page gives.
    any: Option<&'static Shape>,
    /// What it is where it is a stream.
    pub body: Body,
}

/// What the bytes of a stream are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// It is no stream.
    No,
    /// Bytes that a decoder reads: a font, a table, colours.
    Data,
    /// A content stream: operators, one after the other.
    Content,
    /// An XObject: an image, or a form that is used like one.
    Object,
}

impl Shape {
    /// What may stand under a key.
    pub(super) fn under(&self, key: &[u8]) -> Option<&'static Self> {
        self.keys.iter().find(|(known, _)| *known == key).map(|(_, shape)| *shape).or(self.any)
    }
}

macro_rules! shape {
    ($name:ident: $body:ident { $($plain:literal)* $(; $($key:literal => $of:ident)*)? }) => {
        pub(super) static $name: Shape = Shape {
            keys: &[$(($plain.as_bytes(), &PLAIN),)* $($(($key.as_bytes(), &$of),)*)?],
            any: None,
            body: Body::$body,
        };
    };
}

macro_rules! table {
    ($name:ident of $of:ident) => {
        pub(super) static $name: Shape = Shape { keys: &[], any: Some(&$of), body: Body::No };
    };
}

// Numbers, names and strings, also in arrays; no dictionaries.
shape!(PLAIN: No {});
shape!(DATA: Data { "Length1" "Length2" "Length3" "Subtype" });

pub(super) static RESOURCES: Shape = Shape {
    keys: &[
        (b"ExtGState", &STATES),
        (b"ColorSpace", &SPACES),
        (b"Pattern", &PATTERNS),
        (b"Shading", &SHADINGS),
        (b"XObject", &OBJECTS),
        (b"Font", &FONTS),
    ],
    any: None,
    body: Body::No,
};
table!(STATES of STATE);
table!(SPACES of SPACE);
table!(PATTERNS of PATTERN);
table!(SHADINGS of SHADING);
table!(OBJECTS of OBJECT);
table!(FONTS of FONT);
table!(GLYPHS of GLYPH);

shape!(STATE: No {
    "LW" "LC" "LJ" "ML" "D" "RI" "OP" "op" "OPM" "BM" "CA" "ca" "AIS" "TK" "SA" "FL" "SM";
    "Font" => FONT "SMask" => MASK
});
shape!(MASK: No { "S" "BC"; "G" => OBJECT "TR" => FUNCTION });
shape!(GROUP: No { "S" "I" "K"; "CS" => SPACE });
shape!(SPACE: Data {
    "N" "Range" "WhitePoint" "BlackPoint" "Gamma" "Matrix"
    "FunctionType" "Domain" "C0" "C1" "Bounds" "Encode" "Decode" "Size" "BitsPerSample" "Order";
    "Alternate" => SPACE "Functions" => FUNCTION
});
shape!(FUNCTION: Data {
    "FunctionType" "Domain" "Range" "C0" "C1" "N" "Bounds" "Encode" "Decode" "Size" "BitsPerSample" "Order";
    "Functions" => FUNCTION
});
shape!(PATTERN: Content {
    "Type" "PatternType" "PaintType" "TilingType" "BBox" "XStep" "YStep" "Matrix";
    "Resources" => RESOURCES "Shading" => SHADING "ExtGState" => STATE
});
shape!(SHADING: Data {
    "ShadingType" "Background" "BBox" "AntiAlias" "Coords" "Domain" "Extend" "Matrix"
    "BitsPerCoordinate" "BitsPerComponent" "BitsPerFlag" "Decode" "VerticesPerRow";
    "ColorSpace" => SPACE "Function" => FUNCTION
});
shape!(OBJECT: Object {
    "Type" "Subtype" "FormType" "BBox" "Matrix"
    "Width" "Height" "BitsPerComponent" "Intent" "ImageMask" "Decode" "Interpolate" "SMaskInData" "Matte";
    "Resources" => RESOURCES "Group" => GROUP "ColorSpace" => SPACE "Mask" => OBJECT "SMask" => OBJECT
});
shape!(FONT: No {
    "Type" "Subtype" "BaseFont" "FirstChar" "LastChar" "Widths" "DW" "W" "DW2" "W2" "FontBBox" "FontMatrix";
    "FontDescriptor" => DESCRIPTOR "DescendantFonts" => FONT "CIDSystemInfo" => SYSTEM "Encoding" => ENCODING
    "ToUnicode" => ENCODING "CIDToGIDMap" => DATA "CharProcs" => GLYPHS "Resources" => RESOURCES
});
shape!(SYSTEM: No { "Registry" "Ordering" "Supplement" });
shape!(ENCODING: Data {
    "Type" "BaseEncoding" "Differences" "CMapName" "WMode"; "CIDSystemInfo" => SYSTEM "UseCMap" => ENCODING
});
shape!(DESCRIPTOR: No {
    "Type" "FontName" "Flags" "FontBBox" "ItalicAngle" "Ascent" "Descent" "Leading" "CapHeight" "XHeight"
    "StemV" "StemH" "AvgWidth" "MaxWidth" "MissingWidth";
    "FontFile" => DATA "FontFile2" => DATA "FontFile3" => DATA
});
shape!(GLYPH: Content {});
