//! Requirement A2: every pair of colours that meets in the design is told apart, computed from the tokens themselves.

use std::collections::BTreeMap;

use crate::css::{Declaration, declarations};
use crate::source::{expect_none, file};

const TOKENS: &str = "style/tokens.css";

/// A text and what it stands on.
const TEXTS: [(&str, &str); 30] = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink-soft", "paper"),
    ("ink-soft", "ground"),
    ("paper", "ink"),
    ("ground", "ink"),
    ("on-speech", "speech"),
    ("speech-text", "speech-soft"),
    ("speech-text", "paper"),
    ("speech-text", "ground"),
    ("on-question", "question"),
    ("question-text", "question-soft"),
    ("question-text", "paper"),
    ("question-text", "ground"),
    ("on-poll", "poll"),
    ("poll-text", "poll-soft"),
    ("poll-text", "paper"),
    ("poll-text", "ground"),
    ("on-break", "break"),
    ("break-text", "break-soft"),
    ("break-text", "paper"),
    ("break-text", "ground"),
    ("on-safety", "safety"),
    ("safety-text", "safety-soft"),
    ("safety-text", "paper"),
    ("safety-text", "ground"),
    ("last-text", "last-soft"),
    ("last-text", "paper"),
    ("last-text", "ground"),
    ("code-ink", "code-paper"),
];

/// A form, an edge or a ring, and what it stands on. Yellow and sky alone are too pale: they have `form-edge` and
/// `break-form`.
const FORMS: [(&str, &str); 15] = [
    ("line-strong", "paper"),
    ("line-strong", "ground"),
    ("edge", "paper"),
    ("edge", "ground"),
    ("speech", "paper"),
    ("poll", "paper"),
    ("safety", "paper"),
    ("last", "paper"),
    ("form-edge", "paper"),
    ("form-edge", "ground"),
    ("break-form", "paper"),
    ("break-form", "ground"),
    ("focus-outer", "ground"),
    ("focus-outer", "paper"),
    ("focus-inner", "focus-outer"),
];

/// The least contrast of a form or an edge.
const FORM: f64 = 3.0;

type Colours = BTreeMap<String, String>;

/// A theme: its name, its blocks from the ground up, and the least contrast of its texts.
const THEMES: [(&str, &[&str], f64); 7] = [
    ("light", &[LIGHT], 4.5),
    ("calm", &[LIGHT, CALM], 4.5),
    ("dark", &[LIGHT, DARK], 4.5),
    ("projector", &[LIGHT, "[data-theme=\"projector\"]"], 7.0),
    ("contrast", &[LIGHT, CONTRAST], 7.0),
    ("dark by the device", &[LIGHT, DARK_DEVICE], 4.5),
    ("contrast by the device, on dark", &[LIGHT, DARK_DEVICE, CONTRAST_ON_DARK], 7.0),
];

const LIGHT: &str =
    ":root, [data-theme=\"light\"], [data-theme=\"calm\"], [data-theme=\"projector\"], [data-theme=\"contrast\"]";
const CALM: &str = "[data-theme=\"calm\"]";
const DARK: &str = "[data-theme=\"dark\"]";
const CONTRAST: &str = "[data-theme=\"contrast\"]";
const DEVICE: &str = ":root:not([data-theme])";
const DARK_DEVICE: &str = "device 0";
const CONTRAST_DEVICE: &str = "device 1";
const CONTRAST_ON_DARK: &str = "device 2";

#[test]
fn every_text_and_every_form_stands_out_in_every_theme() {
    let blocks = blocks();
    let mut findings = Vec::new();
    for (theme, layers, least) in THEMES {
        let colours = colours(&blocks, layers);
        for (pairs, least) in [(&TEXTS[..], least), (&FORMS[..], FORM)] {
            for (upper, lower) in pairs {
                let found = contrast(colour(&colours, upper), colour(&colours, lower));
                if found < least {
                    findings.push(format!("{TOKENS}: {theme}: --{upper} on --{lower} is {found:.2}, needs {least}"));
                }
            }
        }
    }
    expect_none(
        &findings,
        "Darken or lighten one of the two until it is told apart in the sun and on a pale projector.",
    );
}

#[test]
fn a_theme_by_the_device_is_the_theme_by_choice() {
    let blocks = blocks();
    for (chosen, device) in [(DARK, DARK_DEVICE), (CONTRAST, CONTRAST_DEVICE)] {
        let (chosen, device) = (&blocks[chosen], &blocks[device]);
        let other: Vec<_> = chosen.iter().filter(|(name, value)| device.get(*name) != Some(value)).collect();
        assert!(other.is_empty() && chosen.len() == device.len(), "{TOKENS}: the two lists differ: {other:?}");
    }
}

/// The custom properties of each block. The blocks for devices have one selector between them: they are numbered.
fn blocks() -> BTreeMap<String, Colours> {
    let source = file(TOKENS);
    // Quoted texts are blanked by the reader, and selectors here are told apart by theirs.
    let text = source.text.replace('"', "");
    let mut blocks: BTreeMap<String, Colours> = BTreeMap::new();
    let mut device = 0;
    let mut last = 0;
    for Declaration { line, selector, property, value } in declarations(&text) {
        let Some(name) = property.strip_prefix("--") else { continue };
        let wanted = [LIGHT, CALM, DARK, CONTRAST, "[data-theme=\"projector\"]"]
            .into_iter()
            .find(|known| known.replace('"', "") == selector);
        let key = if selector == DEVICE {
            // A gap of more than a few lines is the next block.
            device += usize::from(last != 0 && line > last + 3);
            last = line;
            format!("device {device}")
        } else {
            wanted.unwrap_or(&selector).to_owned()
        };
        blocks.entry(key).or_default().insert(name.to_owned(), value);
    }
    blocks
}

fn colours(blocks: &BTreeMap<String, Colours>, layers: &[&str]) -> Colours {
    let mut all = blocks.get(":root").cloned().unwrap_or_default();
    for layer in layers {
        let block = blocks.get(*layer).unwrap_or_else(|| panic!("{TOKENS}: the block `{layer}` is not there any more"));
        all.extend(block.clone());
    }
    all
}

fn colour(colours: &Colours, name: &str) -> [f64; 3] {
    let value = colours.get(name).unwrap_or_else(|| panic!("{TOKENS}: there is no --{name}"));
    let hex = value.strip_prefix('#').filter(|hex| hex.len() == 6);
    let number = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let number = number.unwrap_or_else(|| panic!("{TOKENS}: --{name} is `{value}` and not #RRGGBB"));
    [16, 8, 0].map(|shift| f64::from(number >> shift & 0xff) / 255.0)
}

/// WCAG's contrast of two colours: 1 to 21.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[test]
fn contrast_is_computed_as_the_standard_says() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    let grey = [f64::from(0x77) / 255.0; 3];
    assert!((contrast(grey, [1.0; 3]) - 4.48).abs() < 0.01);
}
