//! What the stories share: commenting, entering a call, reading a page, reading the tables.

use crate::support::client::Reply;
use crate::support::{Client, TestSite};
use diesel::prelude::*;
use jianyan::db::schema::{audit_events, staff, submissions};

pub const QUEUE: &str = "/office/c/plan/remarks";
pub const ENTRY: &str = "/office/c/plan/submissions";
pub const NAME: &str = "沈知秋";
pub const PHONE: &str = "19900001234";
pub const EMAIL: &str = "shenzhiqiu@example.com";

/// Fields with some of them changed or added.
pub fn with<'a>(
    fields: &[(&'a str, &'a str)],
    changed: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = fields
        .iter()
        .filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    kept.chain(changed).copied().collect()
}

/// A citizen's comment; answers its receipt number.
pub fn comment(site: &TestSite, section: &str, text: &str) -> String {
    comment_with(site, &[("section", section), ("text", text)])
}

/// A citizen's comment with some fields of its form changed.
pub fn comment_with(site: &TestSite, changed: &[(&str, &str)]) -> String {
    let fields = [
        ("section", "2.1.1"),
        ("text", "建议每月清理一次。"),
        ("sender_kind", "person"),
        ("name", NAME),
        ("organisation", ""),
        ("phone", PHONE),
        ("email", EMAIL),
        ("address", ""),
        ("consent", "yes"),
    ];
    let reply = site
        .client()
        .post("/c/plan/submissions", &with(&fields, changed));
    reply.receipt()
}

/// Opens the entry form and sends it with some fields changed.
pub fn enter(office: &mut Client, changed: &[(&str, &str)]) -> Reply {
    let page = office.get("/office/c/plan/submissions/new");
    let (csrf, once) = (page.hidden("csrf"), page.hidden("once"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("once", once.as_str()),
        ("channel", "phone"),
        ("received_on", "2025-06-10"),
        ("received_at", "09:30"),
        ("section", "2.1.1"),
        ("text", "来电说楼道灯坏了。"),
        ("sender_kind", "person"),
    ];
    office.post(ENTRY, &with(&fields, changed))
}

/// The identifiers of the remarks that a page links to, in order, each once.
pub fn remark_ids(page: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for part in page.split("/office/c/plan/remarks/").skip(1) {
        let id: String = part
            .chars()
            .take_while(|c| c.is_ascii_hexdigit() || *c == '-')
            .collect();
        if id.len() == 36 && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// A page of the queue.
pub fn queue(office: &mut Client, query: &str) -> String {
    let reply = office.get(&format!("{QUEUE}{query}"));
    assert_eq!(reply.status, 200, "{query}");
    reply.text()
}

/// The address of the only remark there is.
pub fn only_remark(office: &mut Client) -> String {
    let ids = remark_ids(&queue(office, ""));
    assert_eq!(ids.len(), 1);
    format!("{QUEUE}/{}", ids[0])
}

/// Sends the outcome form of a remark as it is shown now, with some fields changed.
pub fn decide(office: &mut Client, address: &str, changed: &[(&str, &str)]) -> Reply {
    let page = office.get(address);
    let (csrf, revision) = (page.hidden("csrf"), revision(&page, "outcome"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("revision", revision.as_str()),
        ("outcome", "adopted"),
        ("reason", "已写入第1项。"),
    ];
    office.post(&format!("{address}/outcome"), &with(&fields, changed))
}

/// The revision that one of the two forms of a remark's page was made for.
pub fn revision(page: &Reply, form: &str) -> String {
    let text = page.text();
    let form = text.split(&format!("/{form}\">")).nth(1).unwrap();
    let form = form.split("name=\"revision\" value=\"").nth(1).unwrap();
    form.split('"').next().unwrap().to_owned()
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub action: String,
    pub kind: String,
    pub who: String,
    pub subject: String,
    pub detail: String,
    pub at: i64,
}

/// The whole log, oldest first.
pub fn events(site: &TestSite) -> Vec<Event> {
    type Row = (String, String, String, String, String, i64);
    let rows: Vec<Row> = site
        .database
        .read_now(|db| {
            Ok(audit_events::table
                .order(audit_events::id.asc())
                .select((
                    audit_events::action,
                    audit_events::actor_kind,
                    audit_events::actor_name,
                    audit_events::subject_id,
                    audit_events::detail,
                    audit_events::at,
                ))
                .load(db)?)
        })
        .unwrap();
    rows.into_iter()
        .map(|(action, kind, who, subject, detail, at)| Event {
            action,
            kind,
            who,
            subject,
            detail,
            at,
        })
        .collect()
}

/// The events of one action.
pub fn events_of(site: &TestSite, action: &str) -> Vec<Event> {
    let mut all = events(site);
    all.retain(|event| event.action == action);
    all
}

/// How many submissions there are.
pub fn submissions_kept(site: &TestSite) -> i64 {
    site.database
        .read_now(|db| Ok(submissions::table.count().get_result(db)?))
        .unwrap()
}

/// An account's stored hash, and whether its owner must change the password.
pub fn account(site: &TestSite, login: &str) -> (String, bool) {
    let login = login.to_owned();
    site.database
        .read_now(|db| {
            Ok(staff::table
                .filter(staff::login.eq(login))
                .select((staff::password_hash, staff::must_change_password))
                .first(db)?)
        })
        .unwrap()
}

/// What a browser makes of an attribute's value.
pub fn unescaped(text: &str) -> String {
    [
        ("&#38;", "&"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The address of the link with this relation, such as `next`.
pub fn rel(page: &str, rel: &str) -> Option<String> {
    let end = page.find(&format!("\" rel=\"{rel}\""))?;
    let start = page[..end].rfind("href=\"")? + "href=\"".len();
    Some(unescaped(&page[start..end]))
}

/// How many jobs of a kind were asked for.
pub fn jobs(site: &TestSite, kind: &str) -> usize {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let query = format!("SELECT COUNT(*) AS count FROM jobs WHERE kind = '{kind}'");
    let query = diesel::sql_query(query);
    let found: Vec<Line> = site
        .database
        .read_now(|db| {
            Ok(match db {
                jianyan::db::Db::Sqlite(connection) => query.load(connection)?,
                jianyan::db::Db::Postgres(connection) => query.load(connection)?,
            })
        })
        .unwrap();
    usize::try_from(found[0].count).unwrap()
}
