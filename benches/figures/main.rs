//! Measures the figures that `benches/README.md` explains. Run it as `scripts/bench NAME...`.
//!
//! Standard output holds one JSON document a line, one line a figure; everything else goes to
//! standard error.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    clippy::string_slice
)]

mod arrive;
mod bare;
#[path = "../../tests/letters/builder.rs"]
#[allow(dead_code)]
mod builder;
#[path = "../../tests/letters/corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;
mod figure;
mod fill;
mod flood;
mod forms;
mod intake;
mod letters;
mod load;
mod outline;
mod page;
mod plan;
mod process;
mod site;
mod start;
mod stop;
#[path = "../../tests/support/mod.rs"]
#[allow(clippy::print_stdout)]
mod support;

use figure::{Figure, Result};
use std::process::ExitCode;

type Measure = fn(&mut dyn FnMut(Figure)) -> Result<()>;

const FIGURES: [(&str, Measure); 9] = [
    ("page", page::measure),
    ("intake", intake::measure),
    ("intake-million", intake::million),
    ("flood", flood::measure),
    ("outline", outline::measure),
    ("mail-parse", letters::parse),
    ("mail-accuracy", letters::accuracy),
    ("mail-intake", arrive::measure),
    ("start", start::measure),
];

fn main() -> ExitCode {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    if names.first().is_some_and(|name| name == bare::COMMAND) {
        return bare::run(&names[1..]);
    }
    if let [command, file] = names.as_slice()
        && command == "plan"
    {
        return match std::fs::write(file, plan::notice()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(fault) => {
                eprintln!("{file}: {fault}");
                ExitCode::FAILURE
            }
        };
    }
    // Cargo itself says `--bench`. Without it and without a name (a test run of all targets)
    // there is nothing to measure.
    let asked_by_cargo = names.iter().any(|name| name == "--bench");
    names.retain(|name| name != "--bench");
    if names.is_empty() && asked_by_cargo {
        names = FIGURES.map(|(name, _)| name.to_owned()).to_vec();
    }
    let mut chosen = Vec::new();
    for name in &names {
        match FIGURES.iter().find(|(known, _)| known == name) {
            Some((_, measure)) => chosen.push(measure),
            None => {
                let known = FIGURES.map(|(name, _)| name).join(", ");
                eprintln!("there is no figure {name}; known are {known}");
                return ExitCode::from(2);
            }
        }
    }
    stop::watch();
    for measure in chosen {
        if let Err(fault) = measure(&mut |figure| figure.print()) {
            eprintln!("not measured: {fault}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
