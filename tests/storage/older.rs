//! What came in before receipts could be read back: its receipts stay valid, and the same thing
//! sent again is still the same thing.

use crate::on_both;
use crate::support::{Backend, TestSite};
use diesel::connection::{Connection, SimpleConnection};
use diesel::migration::MigrationSource;
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use jianyan::audit::model::Actor;
use jianyan::db::{Address, Database};
use jianyan::intake::find::by_receipt;
use jianyan::intake::form::{RawForm, Rules, read};
use jianyan::intake::model::receipt;
use jianyan::intake::model::submission::{Channel, ReceivedBasis};
use jianyan::intake::submit::submit;
use std::path::PathBuf;

const MIGRATION: &str = "20261126000003";
const OLD_ID: &str = "0197595e-5d80-7a01-8000-00000000f00d";
const TEXT: &str = "每层的灭火器请挂在看得见的地方。";

fn folder(database: &str) -> FileBasedMigrations {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations");
    FileBasedMigrations::from_path(path.join(database)).unwrap()
}

/// Takes back a migration and those after it.
fn revert<DB: diesel::backend::Backend>(
    connection: &mut impl MigrationHarness<DB>,
    database: &str,
    migration: &str,
) where
    FileBasedMigrations: MigrationSource<DB>,
{
    loop {
        let version = connection.revert_last_migration(folder(database)).unwrap();
        if version.to_string().as_str() <= migration {
            return;
        }
    }
}

/// Makes a site's database one from before a migration, and changes it by some statements.
pub fn before(site: &TestSite, migration: &str, sql: &str) {
    let url = &site.test_database.url;
    match site.backend {
        Backend::Sqlite => {
            let path = url.strip_prefix("sqlite:").unwrap();
            let mut connection = SqliteConnection::establish(path).unwrap();
            revert(&mut connection, "sqlite", migration);
            connection.batch_execute(sql).unwrap();
        }
        Backend::Postgres => {
            let mut connection = PgConnection::establish(url).unwrap();
            revert(&mut connection, "postgres", migration);
            connection.batch_execute(sql).unwrap();
        }
    }
}

/// Makes the site's only submission one of the older program, under the identifier and with the
/// hashes that it would have given it.
fn as_before(site: &TestSite) -> String {
    let consultation = site.consultation("plan");
    let vault = &site.vault;
    let number = receipt::number(vault.receipt(), OLD_ID).unwrap();
    let receipt_hash = vault.lookup().keyed_hash(&["receipt", &number]).unwrap();
    let key = vault
        .data_key(&consultation.id, &consultation.wrapped_key)
        .unwrap();
    let sender = serde_json::json!({"kind": "person", "name": "沈知秋", "phones": ["19900001234"]});
    let sealed = key.seal(sender.to_string().as_bytes(), OLD_ID).unwrap();
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    let bytes = match site.backend {
        Backend::Sqlite => format!("x'{hex}'"),
        Backend::Postgres => format!("decode('{hex}', 'hex')"),
    };
    let sql = format!(
        "UPDATE remarks SET submission_id = '{OLD_ID}'; UPDATE audit_events SET subject_id = '{OLD_ID}' WHERE subject = 'submission'; \
         UPDATE submissions SET id = '{OLD_ID}', contact_sealed = {bytes}, receipt_hash = '{receipt_hash}';"
    );
    before(site, MIGRATION, &sql);
    number
}

/// Sends a form to a program that starts on the site's database and ends again; answers the receipt
/// and whether the same one was there already.
fn send(site: &TestSite, text: &str) -> (String, bool) {
    let database = Database::open(&Address::parse(&site.test_database.url).unwrap()).unwrap();
    let consultation = site.consultation("plan");
    let clock = site.clock();
    let raw = RawForm {
        section: "2.2.4".to_owned(),
        text: text.to_owned(),
        sender_kind: "person".to_owned(),
        name: "沈知秋".to_owned(),
        phone: "19900001234".to_owned(),
        consent: "yes".to_owned(),
        ..RawForm::default()
    };
    let (channel, basis) = (Channel::Web, ReceivedBasis::Form);
    let input = read(&raw, Rules::Public, channel, basis, clock.now()).unwrap();
    let vault = site.vault.clone();
    let done = database
        .write_now(move |db| submit(db, &vault, &Actor::Public, &*clock, &consultation, &input))
        .unwrap();
    (done.receipt, done.repeated)
}

/// The submission that a receipt leads to, and the receipt that it shows.
fn found(site: &TestSite, number: &str) -> Option<(String, String)> {
    let (vault, now) = (site.vault.clone(), site.clock().now());
    let found = site
        .database
        .read_now(|db| by_receipt(db, &vault, number, now));
    found
        .unwrap()
        .map(|found| (found.submission_id, found.receipt))
}

on_both! {
    /// Forms of before and of now, each known by its receipt and by what it says.
    fn an_older_receipt_stays_valid(site: TestSite) {
        site.publish_sample();
        let (newer, _) = send(&site, TEXT);
        let number = as_before(&site);
        assert_ne!(number, newer);
        // The new program starts on it: the same form gets its old receipt, another one its own.
        assert_eq!(send(&site, TEXT), (number.clone(), true));
        assert_eq!(found(&site, &number), Some((OLD_ID.to_owned(), number)));
        assert_eq!(found(&site, &newer), None);
        let (other, repeated) = send(&site, "另一条意见。");
        assert!(!repeated);
        assert_eq!(found(&site, &other).map(|(_, shown)| shown), Some(other));
    }
}
