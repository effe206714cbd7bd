//! Submissions by the hundred thousand, for a site that should have had many.

use crate::figure::Result;
use crate::forms::TEXT;
use crate::site::{SLUG, Site};
use jianyan::audit::model::Actor;
use jianyan::clock::{Clock, SystemClock};
use jianyan::consultations::find;
use jianyan::consultations::model::Consultation;
use jianyan::db::{Address, Database};
use jianyan::intake::form::{self, RawForm, Rules};
use jianyan::intake::model::submission::{Channel, NewSubmission, ReceivedBasis};
use jianyan::intake::seal::{Sealed, seal};
use jianyan::intake::submit::keep;
use jianyan::privacy::site_key;
use jianyan::privacy::vault::Vault;

impl Site {
    /// Makes submissions, one as the form makes it for each number below `count`, through the
    /// program's own door but without a server before it. The service must not run.
    pub fn fill(&self, count: u64) -> Result<()> {
        let said = |error: jianyan::error::Error| error.to_string();
        let address = Address::parse(&self.database_url).map_err(said)?;
        let database = Database::open(&address).map_err(said)?;
        let key = site_key::load_or_create(&self.folder().join("data/site.key")).map_err(said)?;
        let filling = Filling {
            vault: Vault::new(&key).map_err(said)?,
            consultation: database
                .read_now(|db| find::by_slug(db, SLUG, SystemClock.now()))
                .map_err(said)?,
            database,
        };
        let next = std::sync::atomic::AtomicU64::new(0);
        std::thread::scope(|scope| {
            let work = || filling.some(&self.sections, count, &next);
            let threads = [scope.spawn(work), scope.spawn(work)];
            threads
                .into_iter()
                .try_for_each(|thread| thread.join().expect("filling does not panic"))
        })
        .map_err(said)
    }
}

struct Filling {
    database: Database,
    vault: Vault,
    consultation: Consultation,
}

impl Filling {
    /// Takes one chunk of numbers after the other until all are taken.
    fn some(
        &self,
        sections: &[String],
        count: u64,
        next: &std::sync::atomic::AtomicU64,
    ) -> jianyan::error::Result<()> {
        const CHUNK: u64 = 1000;
        loop {
            let from = next.fetch_add(CHUNK, std::sync::atomic::Ordering::Relaxed);
            if from >= count {
                return Ok(());
            }
            let chunk = (from..(from + CHUNK).min(count))
                .map(|number| self.one(sections, number))
                .collect::<jianyan::error::Result<Vec<_>>>()?;
            let (vault, consultation) = (self.vault.clone(), self.consultation.clone());
            self.database.write_now(move |db| {
                for (input, sealed) in &chunk {
                    keep(
                        db,
                        &vault,
                        &Actor::Public,
                        &consultation,
                        input,
                        sealed,
                        &[None],
                    )?;
                }
                Ok(())
            })?;
        }
    }

    fn one(
        &self,
        sections: &[String],
        number: u64,
    ) -> jianyan::error::Result<(NewSubmission, Sealed)> {
        let index = usize::try_from(number).expect("numbers fit") % sections.len();
        let input = as_sent(number, &sections[index]);
        let sealed = seal(
            &self.vault,
            &Actor::Public,
            &SystemClock,
            &self.consultation,
            &input,
        )?;
        Ok((input, sealed))
    }
}

/// The form with a number, read as the service reads it.
fn as_sent(number: u64, section: &str) -> NewSubmission {
    let raw = RawForm {
        section: section.to_owned(),
        text: format!("{TEXT}{number}"),
        sender_kind: "person".to_owned(),
        name: "赵晓岚".to_owned(),
        phone: format!("0900-5{:07}", number % 10_000_000),
        email: format!("resident{number:07}@example.org"),
        consent: "yes".to_owned(),
        ..RawForm::default()
    };
    let (channel, basis) = (Channel::Web, ReceivedBasis::Form);
    let read = form::read(&raw, Rules::Public, channel, basis, SystemClock.now());
    read.unwrap_or_else(|_| panic!("form {number} is not taken"))
}
