//! A site as it is after a large consultation: opinions by every channel over the whole window,
//! letters, a staff that answered them, a log of all of it.

use crate::figure::Result;
use crate::forms::TEXT;
use jianyan::audit::model::{Action, Actor, NewEvent};
use jianyan::audit::record::record;
use jianyan::clock::{Clock, FixedClock, SystemClock, beijing};
use jianyan::consultations::answered;
use jianyan::consultations::find;
use jianyan::consultations::import::{import, prepare};
use jianyan::consultations::model::Consultation;
use jianyan::db::storage::Storage;
use jianyan::db::{Address, Database, Db};
use jianyan::documents::outline::outline;
use jianyan::documents::published::sections;
use jianyan::documents::read::{Limits, from_bytes};
use jianyan::identity::model::Role;
use jianyan::identity::staff::{NewStaff, add, prepare_password};
use jianyan::intake::mailrooms::Mailrooms;
use jianyan::intake::model::submission::{
    Channel, NewRemark, NewSubmission, ReceivedBasis, Sender, SenderKind,
};
use jianyan::intake::seal::{Sealed, seal};
use jianyan::intake::submit::keep;
use jianyan::privacy::site_key;
use jianyan::privacy::vault::Vault;
use jianyan::responses::answer::{NewAnswer, answer};
use jianyan::responses::model::Outcome;
use jianyan::words::Lang;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The consultation's short name.
pub const SLUG: &str = "bench";
/// The account that looks at the pages.
pub const LOGIN: &str = "zhou";
pub const PASSWORD: &str = "Qing-he-2025-lu";

const NOTICE: &str = include_str!("../../assets/demo/notice.txt");
const NAMES: [&str; 4] = ["周青禾", "陆知夏", "韩立夏", "沈知秋"];
/// Letters that became no submission: of each so many opinions one.
const LETTERS_OF: u64 = 500;
const CHUNK: u64 = 1000;

/// A folder with a filled site: `config.toml`, `jianyan.db`, `data/`.
pub struct Filled {
    pub folder: PathBuf,
}

impl Filled {
    /// Fills a site in a folder with so many opinions, all of them answered and published.
    pub fn make(folder: &Path, opinions: u64) -> Result<Self> {
        let said = |error: jianyan::error::Error| error.to_string();
        std::fs::create_dir_all(folder.join("data")).map_err(|cause| cause.to_string())?;
        let filled = Self {
            folder: folder.to_owned(),
        };
        let filling = Filling::start(&filled).map_err(said)?;
        for from in (0..opinions).step_by(usize::try_from(CHUNK).expect("it fits")) {
            crate::stop::check()?;
            filling
                .send(from, (from + CHUNK).min(opinions))
                .map_err(said)?;
        }
        filling.letters(opinions / LETTERS_OF).map_err(said)?;
        filling.answer().map_err(said)?;
        Ok(filled)
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join("jianyan.db")
    }

    /// Writes the settings of a server on this site.
    pub fn settings(&self, listen: std::net::SocketAddr) -> Result<PathBuf> {
        let text = format!(
            "database_url = \"sqlite:{}\"\nlisten = \"{listen}\"\npublic_url = \"http://{listen}\"\ndata_dir = {:?}\n",
            self.database().display(),
            self.folder.join("data")
        );
        let path = self.folder.join("config.toml");
        std::fs::write(&path, text).map_err(|cause| cause.to_string())?;
        Ok(path)
    }
}

struct Filling {
    database: Database,
    vault: Vault,
    storage: Storage,
    folder: PathBuf,
    consultation: Consultation,
    sections: Vec<Option<String>>,
    staff: Vec<Actor>,
}

type Done = jianyan::error::Result<()>;

impl Filling {
    fn start(site: &Filled) -> jianyan::error::Result<Self> {
        let address = Address::parse(&format!("sqlite:{}", site.database().display()))?;
        let database = Database::open(&address)?;
        let key = site_key::load_or_create(&site.folder.join("data/site.key"))?;
        let vault = Vault::new(&key)?;
        let storage = Storage::open(&site.folder.join("data/storage"), vault.storage())?;
        let today = SystemClock.now().to_zoned(beijing()).date();
        let source = from_bytes("notice.txt", notice(today).as_bytes(), &Limits::default())?;
        let new = prepare(outline(&source), Some(SLUG.to_owned()))?;
        let own = vault.clone();
        let before = FixedClock(SystemClock.now() - SignedDuration::from_hours(24 * 60));
        database.write_now(move |db| import(db, &own, &Actor::System("bench"), &before, &new))?;
        let consultation = database.read_now(|db| find::by_slug(db, SLUG, SystemClock.now()))?;
        let places =
            database.read_now(|db| sections(db, &consultation.id, consultation.version))?;
        let staff = NAMES
            .iter()
            .enumerate()
            .map(|(number, name)| member(&database, number, name))
            .collect::<jianyan::error::Result<_>>()?;
        Ok(Self {
            sections: std::iter::once(None)
                .chain(places.into_iter().map(|place| Some(place.id)))
                .collect(),
            folder: site.folder.clone(),
            database,
            vault,
            storage,
            consultation,
            staff,
        })
    }

    /// The opinions with these numbers, in one transaction.
    fn send(&self, from: u64, until: u64) -> Done {
        let made = (from..until)
            .map(|number| self.one(number))
            .collect::<jianyan::error::Result<Vec<_>>>()?;
        let (vault, plan) = (self.vault.clone(), self.consultation.clone());
        self.database.write_now(move |db| {
            made.iter().try_for_each(|(input, sealed, section)| {
                let sections = [section.clone()];
                keep(db, &vault, &Actor::Public, &plan, input, sealed, &sections).map(|_| ())
            })
        })
    }

    fn one(&self, number: u64) -> jianyan::error::Result<(NewSubmission, Sealed, Option<String>)> {
        let window = self.consultation.window;
        let length = window.closes_at.duration_since(window.opens_at).as_secs();
        // Spread over the window, each at a second of its own order; more towards its end.
        let part = (number * 7919 % 100_003) as f64 / 100_003.0;
        let second = (length as f64 * part.sqrt()) as i64;
        let late = number.is_multiple_of(211);
        let received_at = match late {
            true => window.closes_at + SignedDuration::from_secs(second / 10),
            false => window.opens_at + SignedDuration::from_secs(second),
        };
        let channel = match number % 100 {
            _ if late => Channel::Letter,
            0..=84 => Channel::Web,
            85..=94 => Channel::Email,
            95..=97 => Channel::Phone,
            98 => Channel::Letter,
            _ => Channel::Visit,
        };
        let sender = Sender {
            kind: SenderKind::Person,
            name: Some("赵晓岚".to_owned()),
            // Some write twice.
            phones: vec![format!("199{:08}", number - number % 9 % 2)],
            ..Sender::default()
        };
        let input = NewSubmission {
            channel,
            received_at,
            received_basis: ReceivedBasis::Form,
            sent_at: None,
            sender,
            remarks: vec![NewRemark {
                text: format!("{TEXT}{number}"),
                ..NewRemark::default()
            }],
            attachments: Vec::new(),
            uploads: Vec::new(),
            consented: true,
            subject: None,
            elided: None,
            raw_sha256: None,
            lang: Lang::Zh,
            same_as: vec![number.to_string()],
        };
        let clock = FixedClock(received_at);
        let sealed = seal(
            &self.vault,
            &Actor::Public,
            &clock,
            &self.consultation,
            &input,
        )?;
        let place = usize::try_from(number * 31).expect("numbers fit") % self.sections.len();
        Ok((input, sealed, self.sections[place].clone()))
    }

    /// Letters that a machine wrote: set aside.
    fn letters(&self, count: u64) -> Done {
        let config = jianyan::config::Config {
            data_dir: self.folder.join("data"),
            ..jianyan::config::Config::default()
        };
        let rooms = Mailrooms::new(
            config,
            self.database.clone(),
            self.storage.clone(),
            self.vault.clone(),
            Arc::new(SystemClock),
        );
        let room = rooms.of(&self.consultation)?;
        for number in 0..count {
            let raw = format!(
                "Message-ID: <{number}@example.org>\r\nFrom: auto{number}@example.org\r\nTo: yijian@example.org\r\n\
                 Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN?=\r\nAuto-Submitted: auto-replied\r\n\
                 Content-Type: text/plain; charset=utf-8\r\n\r\n本人休假，稍后回复。{number}\r\n"
            );
            room.receive(raw.as_bytes(), None)?;
        }
        Ok(())
    }

    /// Every remark is looked at and answered by somebody, and the answers are published.
    fn answer(&self) -> Done {
        use diesel::prelude::*;
        use jianyan::db::schema::remarks;
        let all: Vec<(String, String)> = self.database.read_now(|db| {
            Ok(remarks::table
                .select((remarks::id, remarks::submission_id))
                .order((remarks::received_at.asc(), remarks::id.asc()))
                .load(db)?)
        })?;
        for (number, chunk) in all.chunks(1000).enumerate() {
            let (chunk, plan) = (chunk.to_vec(), self.consultation.id.clone());
            let actor = self.staff[number % self.staff.len()].clone();
            let clock =
                FixedClock(self.consultation.window.closes_at + SignedDuration::from_hours(24));
            self.database.write_now(move |db| {
                for (number, (remark, submission)) in chunk.iter().enumerate() {
                    let new = NewAnswer {
                        consultation_id: plan.clone(),
                        remark_id: remark.clone(),
                        outcome: Outcome::all()[number % 5],
                        reason: "已写入方案第三部分：明确牵头单位和完成时限。".to_owned(),
                        seen_revision: 0,
                    };
                    answer(db, &actor, &clock, &new)?;
                    if number.is_multiple_of(4) {
                        viewed(db, &actor, &plan, submission)?;
                    }
                }
                Ok(())
            })?;
        }
        let plan = self.consultation.id.clone();
        let done = move |db: &mut Db| answered::mark(db, &plan, SystemClock.now());
        self.database.write_now(done).map(|_| ())
    }
}

fn viewed(db: &mut Db, actor: &Actor, consultation: &str, submission: &str) -> Done {
    let event = NewEvent {
        consultation,
        action: Action::ContactViewed,
        subject: "submission",
        subject_id: submission,
        detail: serde_json::json!({}),
    };
    record(db, actor, SystemClock.now(), &event)
}

fn member(database: &Database, number: usize, name: &str) -> jianyan::error::Result<Actor> {
    let login = if number == 0 {
        LOGIN.to_owned()
    } else {
        format!("office{number}")
    };
    let new = NewStaff {
        password_hash: prepare_password(&login, name, PASSWORD)?,
        login,
        name: name.to_owned(),
        role: Role::Drafter,
        must_change_password: false,
    };
    let staff =
        database.write_now(move |db| add(db, &Actor::System("bench"), &SystemClock, &new))?;
    Ok(staff.actor())
}

/// The sample notice with a window that ended ten days ago.
fn notice(today: Date) -> String {
    let words = |date: Date| format!("{}年{}月{}日", date.year(), date.month(), date.day());
    NOTICE
        .replace("2025年5月29日", &words(today.saturating_sub(40.days())))
        .replace("2025年6月28日", &words(today.saturating_sub(10.days())))
}
