//! What the stories share: a worker whose steps a test takes itself, and sending a comment.

use crate::support::TestSite;
use crate::support::sink::Sink;
use crate::written::Letter;
use diesel::prelude::*;
use jianyan::config::Config;
use jianyan::db::schema::{followers, jobs, letters, submissions};
use jianyan::ids::sha256;
use jianyan::intake::acknowledge::Answer;
use jianyan::jobs::model::{Job, JobKind, NewJob};
use jianyan::jobs::queue;
use jianyan::jobs::tools::Tools;
use jianyan::jobs::worker::Worker;
use tokio::runtime::Runtime;

pub const FROM: &str = "no-reply@example.org";
pub const NAME: &str = "沈知秋";
pub const PHONE: &str = "19900001234";
pub const EMAIL: &str = "shenzhiqiu@example.com";

/// A worker and the runtime it works in.
pub struct Post {
    runtime: Runtime,
    worker: Option<Worker>,
}

impl Drop for Post {
    fn drop(&mut self) {
        // The mailer closes its connections in the runtime.
        let _inside = self.runtime.enter();
        self.worker = None;
    }
}

impl Post {
    /// A worker of a site that sends to a server.
    pub fn to(site: &TestSite, sink: &Sink) -> Self {
        let url = sink.url();
        Self::with(site, |config| config.smtp_url = Some(url))
    }

    /// A worker with settings of its own.
    pub fn with(site: &TestSite, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = site.config.clone();
        config.smtp_url = None;
        config.mail_from = Some(FROM.to_owned());
        change(&mut config);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let tools = {
            let _inside = runtime.enter();
            Tools::new(
                config,
                site.database.clone(),
                site.vault.clone(),
                site.storage.clone(),
                site.clock(),
            )
            .unwrap()
        };
        Self {
            worker: Some(Worker::new(tools)),
            runtime,
        }
    }

    /// One round; answers how many jobs were done in it.
    pub fn step(&mut self) -> usize {
        let worker = self.worker.as_mut().unwrap();
        self.runtime.block_on(worker.step()).unwrap()
    }

    /// Rounds until nothing is due.
    pub fn all(&mut self) -> usize {
        std::iter::from_fn(|| Some(self.step()).filter(|done| *done > 0)).sum()
    }

    /// Takes hold of jobs and does not do them.
    pub fn hold(&mut self, places: usize) -> Vec<Job> {
        let worker = self.worker.as_mut().unwrap();
        self.runtime.block_on(worker.hold(places)).unwrap()
    }
}

/// A citizen's comment with some fields of its form changed; answers its receipt number.
pub fn comment(site: &TestSite, lang: &str, changed: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("section", "2.2.4"),
        ("text", "充电棚请装遮雨板。"),
        ("sender_kind", "person"),
        ("name", NAME),
        ("organisation", ""),
        ("phone", PHONE),
        ("email", EMAIL),
        ("address", "青禾区杏花里3号楼"),
        ("consent", "yes"),
    ];
    fields.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
    fields.extend_from_slice(changed);
    let reply = site
        .client()
        .post(&format!("{lang}/c/plan/submissions"), &fields);
    reply.receipt()
}

/// Every address that was left so far is its owner's.
pub fn confirm_all(site: &TestSite) {
    let now = jianyan::clock::to_micros(site.clock().now());
    site.database
        .write_now(move |db| {
            diesel::update(submissions::table)
                .set(submissions::email_confirmed_at.eq(now))
                .execute(db)?;
            Ok(())
        })
        .unwrap();
}

/// A job as its row says it.
/// A test that shows all of it reads each column.
#[allow(dead_code)]
#[derive(Debug, Queryable)]
pub struct Row {
    pub id: String,
    pub kind: String,
    pub consultation: String,
    pub subject: String,
    pub detail: String,
    pub due_at: i64,
    pub attempts: i32,
    pub leased_until: Option<i64>,
    pub done_at: Option<i64>,
    pub given_up_at: Option<i64>,
    pub last_error: Option<String>,
    pub created_at: i64,
}

/// All jobs of a kind, the oldest first.
pub fn rows(site: &TestSite, kind: JobKind) -> Vec<Row> {
    site.database
        .read_now(|db| {
            Ok(jobs::table
                .filter(jobs::kind.eq(kind.code()))
                .order(jobs::id.asc())
                .load(db)?)
        })
        .unwrap()
}

/// The only job of a kind.
pub fn row(site: &TestSite, kind: JobKind) -> Row {
    let mut rows = rows(site, kind);
    assert_eq!(rows.len(), 1, "not one {kind:?}: {rows:?}");
    rows.remove(0)
}

/// Asks for something to be done.
pub fn ask(site: &TestSite, kind: JobKind, subject: &str, detail: serde_json::Value) {
    let (consultation, now) = (site.consultation("plan").id, site.clock().now());
    let subject = subject.to_owned();
    site.database
        .write_now(move |db| {
            let new = NewJob {
                kind,
                consultation: &consultation,
                subject: &subject,
                detail: detail.clone(),
            };
            queue::enqueue(db, &new, now)
        })
        .unwrap();
}

/// Somebody who follows; `confirmed` and `ended` as far as it has come.
pub fn follower(site: &TestSite, id: &str, lang: &str, confirmed: bool, ended: bool) {
    let consultation = site.consultation("plan");
    let key = site
        .vault
        .data_key(&consultation.id, &consultation.wrapped_key)
        .unwrap();
    let sealed = key
        .seal(format!("{id}@example.net").as_bytes(), id)
        .unwrap();
    let id = id.to_owned();
    let lang = lang.to_owned();
    site.database
        .write_now(move |db| {
            diesel::insert_into(followers::table)
                .values((
                    followers::consultation_id.eq(&consultation.id),
                    followers::id.eq(&id),
                    followers::address_sealed.eq(&sealed),
                    followers::address_hash.eq(&id),
                    followers::lang.eq(&lang),
                    followers::asked_at.eq(1),
                    followers::confirmed_at.eq(confirmed.then_some(2)),
                    followers::ended_at.eq(ended.then_some(3)),
                ))
                .execute(db)?;
            Ok(())
        })
        .unwrap();
}

/// A letter that came in by e-mail, as its row says it.
#[derive(Debug, Queryable)]
pub struct Came {
    pub id: String,
    pub submission: Option<String>,
    pub answer: Option<String>,
    pub thread: Option<Vec<u8>>,
    pub bounced_job: Option<String>,
}

/// The row of a letter.
pub fn came(site: &TestSite, raw: &[u8]) -> Came {
    let sha256 = [sha256(raw), sha256(&in_a_conversation(raw))];
    site.database
        .read_now(|db| {
            Ok(letters::table
                .filter(letters::raw_sha256.eq_any(&sha256))
                .select((
                    letters::id,
                    letters::submission_id,
                    letters::answer,
                    letters::thread_sealed,
                    letters::bounced_job,
                ))
                .first(db)?)
        })
        .unwrap()
}

/// The bytes of a letter that stands in a conversation.
fn in_a_conversation(raw: &[u8]) -> Vec<u8> {
    [b"References: <before@example.com>\r\n".as_slice(), raw].concat()
}

/// Takes a letter in by the mailroom; answers what was decided on answering it.
pub fn receive(site: &TestSite, letter: &Letter<'_>) -> Answer {
    let raw = letter.raw();
    let sent = in_a_conversation(&raw);
    site.mailroom("plan").receive(&sent, None).unwrap();
    Answer::parse(&came(site, &raw).answer.unwrap()).unwrap()
}
