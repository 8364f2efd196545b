//! Makes the table of weights from the labelled sentences: `cargo run --release -p nadwa-hints --bin weigh`.

use std::path::Path;

use nadwa_hints::corpus;
use nadwa_hints::train::{Example, table};

fn main() -> std::io::Result<()> {
    let examples: Vec<Example> = corpus::all().into_iter().map(Example::of).collect();
    let all: Vec<&Example> = examples.iter().collect();
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("weights.bin"), table(&all).to_bytes())
}
