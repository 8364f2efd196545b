//! A further language is one file of sentences and one line (`L18`): a copy of the words and the rules learns Urdu.
//!
//! Urdu runs from right to left and is not Arabic: other plural forms, other digits. The copy is a small workspace of
//! its own, built as a translator would build it.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test, as it should")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The one line.
const LINE: &str = r#"    LangInfo { tag: "ur", dir: Dir::Rtl, name: "اردو", plurals: Plurals::OneOther },"#;

/// What a translator has changed so far; the rest still stands as it was copied.
const TRANSLATED: [(&str, &str); 5] = [
    ("name = \"Nadwa\"", "name = \"ندوہ\""),
    ("votes.zero = \"no votes yet\"", "votes.zero = \"ابھی کوئی ووٹ نہیں\""),
    ("votes.one = \"one vote\"", "votes.one = \"ایک ووٹ\""),
    ("votes.other = \"{n} votes\"", "votes.other = \"{n} ووٹ\""),
    ("own_digits = \"0123456789\"", "own_digits = \"۰۱۲۳۴۵۶۷۸۹\""),
];

/// Says a few sentences to a reader of Urdu who wishes the language's own digits.
const SPEAKS: &str = r#"
use nadwa_domain::Lang;
use words::words::{Digits, Reader, audience, common, numbers};

fn main() {
    let lang = Lang::from_tag("ur-PK").expect("it is known");
    let r = Reader::new(lang, Digits::ArabicIndic);
    println!("{} {}", lang.tag(), lang.dir().as_str());
    println!("{}", common::name(r));
    println!("{} {} {}", audience::votes(r, 0), audience::votes(r, 1), audience::votes(r, 23));
    println!("{}", numbers::digits(r, "10:30"));
    println!("{}", serde_json::to_string(&r).expect("a reader is a text"));
}
"#;

const CARGO: &str = r#"[package]
name = "words"
version = "0.1.0"
edition = "2024"
build = "build.rs"

[dependencies]
nadwa-domain.workspace = true
serde.workspace = true
serde_json.workspace = true
uuid.workspace = true

[build-dependencies]
nadwa-domain.workspace = true
toml = "1"
"#;

#[test]
fn a_fourth_language_is_one_file_and_one_line() {
    let copy = Copy::make();
    copy.add_the_line();
    let refused = copy.run();
    assert!(
        !refused.0 && refused.1.contains("app/locales/ur.toml"),
        "the build names the missing file:\n{}",
        refused.1
    );
    copy.add_the_file();
    let (well, said) = copy.run();
    assert!(well, "{said}");
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with(' ')).collect();
    let expected = ["ur rtl", "ندوہ", "ابھی کوئی ووٹ نہیں ایک ووٹ ۲۳ ووٹ", "۱۰:۳۰", "\"ur-arab\""];
    assert_eq!(lines, expected);
}

/// A workspace of the rules and the words alone.
struct Copy(PathBuf);

impl Copy {
    fn make() -> Self {
        let root = root();
        let here = root.join("target/fourth-language");
        // What was built before stays: only the sources are made anew.
        for folder in ["app", "words"] {
            let _ = fs::remove_dir_all(here.join(folder));
        }
        let copy = Self(here);
        for file in ["app/domain/Cargo.toml", "Cargo.lock"] {
            copy.put(file, &fs::read_to_string(root.join(file)).unwrap());
        }
        let workspace = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        let members =
            r#"members = ["app", "app/bundle", "app/domain", "server", "server/booklet", "server/hints", "tests"]"#;
        assert!(workspace.contains(members), "the workspace has other members now: this test has to follow it");
        let workspace = workspace.replace(members, r#"members = ["app/domain", "words"]"#);
        copy.put("Cargo.toml", &workspace.replace("default-members = [\"server\"]", ""));
        copy.copy_folder("app/domain/src", "app/domain/src");
        copy.copy_folder("app/build", "words/build");
        copy.copy_folder("app/locales", "words/locales");
        copy.copy_folder("app/src/words", "words/src/words");
        copy.put("words/src/words.rs", &fs::read_to_string(root.join("app/src/words.rs")).unwrap());
        copy.put("words/build.rs", &fs::read_to_string(root.join("app/build.rs")).unwrap());
        copy.put("words/Cargo.toml", CARGO);
        copy.put("words/src/lib.rs", "pub mod words;\n");
        copy.put("words/src/main.rs", SPEAKS);
        copy
    }

    fn add_the_line(&self) {
        let file = "app/domain/src/lang.rs";
        let source = fs::read_to_string(self.0.join(file)).unwrap();
        let (before, after) = source.split_once("];\n").unwrap();
        self.put(file, &format!("{before}{LINE}\n];\n{after}"));
    }

    fn add_the_file(&self) {
        let mut sentences = fs::read_to_string(self.0.join("words/locales/en.toml")).unwrap();
        for (english, urdu) in TRANSLATED {
            assert!(sentences.contains(english), "{english}");
            sentences = sentences.replacen(english, urdu, 1);
        }
        self.put("words/locales/ur.toml", &sentences);
    }

    /// Builds and runs it: whether all went well, and everything that was said.
    fn run(&self) -> (bool, String) {
        let cargo = option_env!("CARGO").unwrap_or("cargo");
        let output = Command::new(cargo)
            .args(["run", "--quiet", "--offline", "--package", "words"])
            .env("CARGO_TARGET_DIR", self.0.join("target"))
            .current_dir(&self.0)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    fn copy_folder(&self, from: &str, to: &str) {
        for entry in fs::read_dir(root().join(from)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                self.copy_folder(&format!("{from}/{name}"), &format!("{to}/{name}"));
            } else {
                self.put(&format!("{to}/{name}"), &fs::read_to_string(path).unwrap());
            }
        }
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
