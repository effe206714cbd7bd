//! One measured figure, and how two sides are compared.

use crate::load::Load;
use std::io::Write;
use std::net::SocketAddr;

/// What can go wrong while measuring, in words.
pub type Result<T> = std::result::Result<T, String>;

/// A figure beside its limit.
pub struct Figure {
    pub name: &'static str,
    pub value: f64,
    pub unit: &'static str,
    pub limit: f64,
}

impl Figure {
    /// Prints the figure's line.
    pub fn print(&self) {
        let rounded = |number: f64, places: f64| (number * places).round() / places;
        // Parts of one need their places behind the dot.
        let places = if self.limit <= 1.0 { 10_000.0 } else { 10.0 };
        // Of what there should be none, none is all of it.
        let ratio = match (self.value, self.limit) {
            (0.0, 0.0) => 1.0,
            (_, 0.0) => 0.0,
            (value, limit) => value / limit,
        };
        let line = serde_json::json!({
            "name": self.name,
            "value": rounded(self.value, places),
            "unit": self.unit,
            "limit": rounded(self.limit, places),
            "ratio": rounded(ratio, 1000.0),
        });
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}").expect("standard output can be written");
    }
}

/// The middle one of an odd number of measurements.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What a comparison found: answers a second on both sides, and how many our side answered in all.
pub struct Compared {
    pub ours: f64,
    pub bare: f64,
    pub answered: u64,
    /// The times within which half and 99 of 100 of our answers came, in milliseconds, medians.
    pub half: f64,
    pub slowest: f64,
}

/// Measures both sides in turn, one round after the other, so that whatever else the machine does
/// meanwhile meets both; answers the medians.
pub fn compare(rounds: usize, load: &Load, ours: SocketAddr, bare: SocketAddr) -> Result<Compared> {
    let (mut own, mut limit, mut answered) = (Vec::new(), Vec::new(), 0);
    let (mut half, mut slowest) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        let served = load.run(ours)?;
        let rate = served.rate;
        own.push(rate);
        half.push(served.quantile(0.5));
        slowest.push(served.quantile(0.99));
        answered += served.answers;
        let other = load.run(bare)?;
        limit.push(other.rate);
        eprintln!(
            "  round {round}: {rate:.0}/s, bare {:.0}/s, ratio {:.3}",
            other.rate,
            rate / other.rate
        );
    }
    Ok(Compared {
        ours: median(own),
        bare: median(limit),
        answered,
        half: median(half),
        slowest: median(slowest),
    })
}
