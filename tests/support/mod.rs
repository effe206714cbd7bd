//! A whole site for a test: its own database, its own folder, its own clock, a server on a port
//! of its own.

#![allow(dead_code, unused_imports)]

pub mod client;
pub mod dovecot;
pub mod multipart;
pub mod notice;
pub mod process;
pub mod scanner;
pub mod sink;

use actix_web::web::Data;
use jianyan::audit::model::Actor;
use jianyan::clock::{Clock, FixedClock};
use jianyan::config::Config;
use jianyan::consultations::find;
use jianyan::consultations::import::{import, prepare};
use jianyan::consultations::model::Consultation;
use jianyan::db::storage::Storage;
use jianyan::db::{Address, Database};
use jianyan::documents::outline::outline;
use jianyan::documents::published;
use jianyan::documents::read::{Limits, from_bytes};
use jianyan::identity::model::Role;
use jianyan::identity::staff::{NewStaff, add, prepare_password};
use jianyan::intake::email::Mailroom;
use jianyan::intake::mailrooms::Mailrooms;
use jianyan::intake::model::contact::Office;
use jianyan::mail::inbound::Desk;
use jianyan::privacy::model::Key;
use jianyan::privacy::vault::Vault;
use jianyan::web::app::App;
use jianyan::web::server;
use jiff::Timestamp;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

// Not every test binary names a reply.
#[allow(unused_imports)]
pub use client::{Client, Reply};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Makes two tests of one body, one for each database. The second says so and passes when there is
/// no PostgreSQL: `scripts/test` starts one.
#[macro_export]
macro_rules! on_both {
    ($($(#[$doc:meta])* fn $name:ident($site:ident: TestSite) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            fn body($site: $crate::support::TestSite) $body
            #[test]
            fn sqlite() {
                body($crate::support::TestSite::new($crate::support::Backend::Sqlite));
            }
            #[test]
            fn postgres() {
                if let Some(site) = $crate::support::TestSite::on_postgres() {
                    body(site);
                }
            }
        }
    )*};
}

/// The administrator's address of the test server, when there is one.
pub fn postgres_admin() -> Option<String> {
    std::env::var("JIANYAN_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

/// Says that a test ran without PostgreSQL: in the test's own output, where `scripts/test` counts it,
/// and once for all straight on standard error, because a test that passes is not heard otherwise.
pub fn postgres_left_out() {
    use std::io::Write;
    static ONCE: std::sync::Once = std::sync::Once::new();
    const WORDS: &str = "PostgreSQL was left out; run scripts/test, or set JIANYAN_TEST_POSTGRES";
    println!("SKIPPED: {WORDS}");
    ONCE.call_once(|| {
        let _ = writeln!(std::io::stderr(), "note: {WORDS}");
    });
}

/// A clock that a test sets.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<Timestamp>>);

impl TestClock {
    pub fn at(text: &str) -> Self {
        Self(Arc::new(Mutex::new(text.parse().unwrap())))
    }

    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap() = text.parse().unwrap();
    }

    pub fn advance(&self, seconds: i64) {
        let mut now = self.0.lock().unwrap();
        *now += jiff::SignedDuration::from_secs(seconds);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A database made for one test and dropped after it.
pub struct TestDatabase {
    pub url: String,
    drop_with: Option<(String, String)>,
}

impl TestDatabase {
    pub fn sqlite(folder: &std::path::Path) -> Self {
        Self {
            url: format!("sqlite:{}", folder.join("jianyan.db").display()),
            drop_with: None,
        }
    }

    pub fn postgres(admin: &str) -> Self {
        use diesel::connection::SimpleConnection;
        let random: [u8; 8] = jianyan::ids::random().unwrap();
        let name = format!("t_{}", jianyan::ids::hex(&random));
        let mut connection = connect_admin(admin);
        connection
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .unwrap();
        let (base, query) = admin
            .split_once('?')
            .map_or((admin, String::new()), |(base, query)| {
                (base, format!("?{query}"))
            });
        let server = base.rsplit_once('/').unwrap().0;
        Self {
            url: format!("{server}/{name}{query}"),
            drop_with: Some((admin.to_owned(), name)),
        }
    }
}

fn connect_admin(admin: &str) -> diesel::PgConnection {
    use diesel::Connection;
    diesel::PgConnection::establish(admin).expect("the test PostgreSQL answers")
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        use diesel::connection::SimpleConnection;
        if let Some((admin, name)) = &self.drop_with {
            let _ = connect_admin(admin)
                .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// See the module's description.
pub struct TestSite {
    pub backend: Backend,
    pub database: Database,
    pub vault: Vault,
    pub storage: Storage,
    pub clock: TestClock,
    pub config: Config,
    pub base: String,
    server: actix_web::dev::ServerHandle,
    pub folder: TempDir,
    pub test_database: TestDatabase,
}

pub const LOGIN: &str = "zhou";
pub const PASSWORD: &str = "Qing-he-2025-lu";

impl TestSite {
    pub fn on_postgres() -> Option<Self> {
        if postgres_admin().is_none() {
            postgres_left_out();
            return None;
        }
        Some(Self::new(Backend::Postgres))
    }

    /// A site whose clock stands in the middle of the sample notice's window.
    pub fn new(backend: Backend) -> Self {
        Self::with(backend, |_| {})
    }

    pub fn with(backend: Backend, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let test_database = match backend {
            Backend::Sqlite => TestDatabase::sqlite(folder.path()),
            Backend::Postgres => TestDatabase::postgres(&postgres_admin().unwrap()),
        };
        let mut config = Config {
            database_url: test_database.url.clone(),
            data_dir: folder.path().to_owned(),
            site_name: "测试站".to_owned(),
            workers: Some(1),
            // A machine that tests run on may have little space.
            disk_free_bytes: 0,
            // Nothing is sent there: only the tests of mails run a worker, with a server of their own.
            smtp_url: Some("smtp://127.0.0.1:9".to_owned()),
            mail_from: Some("yijian@example.org".to_owned()),
            mail_host: Some("mail.example.org".to_owned()),
            frame_allowed: vec!["https://www.example.org".to_owned()],
            ..Config::default()
        };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        config.public_url = format!("http://{}", listener.local_addr().unwrap());
        change(&mut config);
        let clock = TestClock::at("2025-06-10T10:00:00+08:00");
        let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
        let address = Address::parse(&config.database_url).unwrap();
        let database = Database::open_for(&address, config.writes_waiting).unwrap();
        let storage = Storage::open(&folder.path().join("storage"), vault.storage()).unwrap();
        let app = Data::new(App::new(
            config.clone(),
            database.clone(),
            vault.clone(),
            storage.clone(),
            Arc::new(clock.clone()),
        ));
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = server::start(app, listener).unwrap();
                send.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Self {
            backend,
            database,
            vault,
            storage,
            clock,
            base: config.public_url.clone(),
            config,
            server: receive.recv().unwrap(),
            folder,
            test_database,
        }
    }

    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(self.clock.clone())
    }

    pub fn client(&self) -> Client {
        Client::new(&self.base)
    }

    /// A client that is signed in; makes the account when it is not there.
    pub fn staff(&self) -> Client {
        self.account(LOGIN, "周青禾", Role::Drafter);
        let mut client = self.client();
        client.sign_in(LOGIN, PASSWORD);
        client
    }

    pub fn account(&self, login: &str, name: &str, role: Role) {
        self.account_with(login, name, role, false);
    }

    /// An account whose password has to be changed first, or not.
    pub fn account_with(&self, login: &str, name: &str, role: Role, must_change_password: bool) {
        let new = NewStaff {
            login: login.to_owned(),
            name: name.to_owned(),
            role,
            password_hash: prepare_password(login, name, PASSWORD).unwrap(),
            must_change_password,
        };
        let clock = self.clock();
        let _ = self
            .database
            .write_now(move |db| add(db, &Actor::System("test"), &*clock, &new));
    }

    /// Publishes a notice under a slug, long before any story begins.
    pub fn publish(&self, slug: &str, text: &str) -> Consultation {
        let source = from_bytes("notice.txt", text.as_bytes(), &Limits::default()).unwrap();
        let new = prepare(outline(&source), Some(slug.to_owned())).unwrap();
        let vault = self.vault.clone();
        let clock = FixedClock("2025-01-01T00:00:00+08:00".parse().unwrap());
        self.database
            .write_now(move |db| import(db, &vault, &Actor::System("test"), &clock, &new))
            .unwrap();
        self.consultation(slug)
    }

    /// Publishes the tests' own notice as `plan`.
    pub fn publish_sample(&self) -> Consultation {
        self.publish("plan", notice::NOTICE)
    }

    pub fn consultation(&self, slug: &str) -> Consultation {
        let (slug, now) = (slug.to_owned(), self.clock().now());
        self.database
            .read_now(|db| find::by_slug(db, &slug, now))
            .unwrap()
    }

    /// The address of a receipt with a pass that is good from now on.
    pub fn receipt(&self, number: &str) -> String {
        let k = jianyan::web::receipt_pass::pass(&self.vault, number, self.clock().now()).unwrap();
        format!("/r/{number}?k={k}")
    }

    /// The mailrooms of the service.
    pub fn mailrooms(&self) -> Mailrooms {
        Mailrooms::new(
            self.config.clone(),
            self.database.clone(),
            self.storage.clone(),
            self.vault.clone(),
            self.clock(),
        )
    }

    pub fn mailroom(&self, slug: &str) -> Mailroom {
        let room = self.mailrooms().of(&self.consultation(slug)).unwrap();
        Arc::into_inner(room).expect("nobody else has it")
    }
}

impl Drop for TestSite {
    fn drop(&mut self) {
        // Not awaited: the test is over, and the database goes with its connections.
        drop(self.server.stop(false));
    }
}

/// A file of the folder of real seed documents beside the project; `None`, with a line that says
/// so, when it is not there.
pub fn seed(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("JIANYAN_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("seeds").join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "CI must have the seed documents"
    );
    println!("SKIPPED: the seed document {name} is not here");
    None
}
