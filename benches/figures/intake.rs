//! `intake` and `intake-postgres`: the public's form, sent over and over, each time by another
//! person.

use crate::bare::Bare;
use crate::figure::{Figure, Result, compare};
use crate::forms::Forms;
use crate::load::Load;
use crate::site::{SLUG, Site};
use std::sync::Arc;
use std::time::Duration;

const CONNECTIONS: usize = 256;
const ROUNDS: usize = 5;
const LENGTH: Duration = Duration::from_millis(1400);

/// Forms a second that are on disk when they are answered, beside a bare server that only parses
/// and validates them.
pub fn measure(report: &mut dyn FnMut(Figure)) -> Result<()> {
    report(on(&Site::on_sqlite()?, "intake")?);
    match Site::on_postgres()? {
        Some(site) => report(on(&site, "intake-postgres")?),
        None => eprintln!("intake-postgres: left out, JIANYAN_TEST_POSTGRES is not set"),
    }
    Ok(())
}

fn on(site: &Site, name: &'static str) -> Result<Figure> {
    let bare = Bare::intake()?;
    eprintln!("{name}: POST /c/{SLUG}/submissions, {CONNECTIONS} connections");
    let forms = Forms::new(SLUG, site.sections.clone());
    let load = Load {
        connections: CONNECTIONS,
        length: LENGTH,
        status: 303,
        body: None,
        write: Arc::new(move |number, buffer| forms.write(number, buffer)),
        next: Arc::default(),
    };
    let compared = compare(ROUNDS, &load, site.address, bare.address)?;
    let kept = site.submissions()?;
    if kept != compared.answered {
        return Err(format!(
            "{} forms were answered, {kept} submissions are in the database",
            compared.answered
        ));
    }
    eprintln!("  every one of the {kept} answered forms is in the database");
    Ok(Figure {
        name,
        value: compared.ours,
        unit: "forms/s",
        limit: compared.bare,
    })
}
