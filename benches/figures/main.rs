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
mod filled;
mod flood;
mod forms;
mod intake;
mod letters;
mod load;
mod outline;
mod page;
mod pages;
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

const FIGURES: [(&str, Measure); 13] = [
    ("page", page::measure),
    ("intake", intake::measure),
    ("intake-million", intake::million),
    ("flood", flood::measure),
    ("outline", outline::measure),
    ("mail-parse", letters::parse),
    ("mail-accuracy", letters::accuracy),
    ("mail-intake", arrive::measure),
    ("start", start::measure),
    ("office-export-page", pages::export_page),
    ("office-log", pages::log),
    ("feedback", pages::feedback),
    ("office-pages", pages::others),
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
    if let [command, opinions, rest @ ..] = names.as_slice()
        && command == "fill"
    {
        return fill(opinions, rest.first());
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
    let print = |figure: figure::Figure| figure.print();
    let done = chosen
        .into_iter()
        .try_for_each(|measure| measure(&mut { print }));
    pages::end();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("not measured: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// `fill N [FOLDER]`: a site with so many opinions, to look at.
fn fill(opinions: &str, folder: Option<&String>) -> ExitCode {
    let folder = folder.map_or_else(|| format!("target/fill-{opinions}"), Clone::clone);
    let begun = std::time::Instant::now();
    stop::watch();
    let made = opinions
        .parse::<u64>()
        .map_err(|cause| format!("{opinions}: {cause}"));
    let made = made.and_then(|opinions| {
        let filled = filled::Filled::make(std::path::Path::new(&folder), opinions)?;
        filled.settings(process::free_address()?)
    });
    match made {
        Ok(config) => {
            eprintln!(
                "made in {:.0} s; look at it with: JIANYAN_CONFIG={} jianyan serve (login {}, password {})",
                begun.elapsed().as_secs_f64(),
                config.display(),
                filled::LOGIN,
                filled::PASSWORD
            );
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("not filled: {fault}");
            ExitCode::FAILURE
        }
    }
}
