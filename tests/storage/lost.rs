//! PostgreSQL goes away while the service runs, and comes back.

use crate::ask::{assert_whole, number};
use crate::program::comment;
use crate::support::client::Reply;
use crate::support::{TestSite, postgres_admin};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use jianyan::error::Kind;

const TEXT: &str = "数据库断开时写的话：请把楼道灯修好。";

/// What an administrator does to the site's database from outside.
struct Server {
    connection: PgConnection,
    database: String,
}

impl Server {
    fn of(site: &TestSite) -> Self {
        let url = site.config.database_url.split('?').next().unwrap();
        let (_, database) = url.rsplit_once('/').unwrap();
        Self {
            connection: PgConnection::establish(&postgres_admin().unwrap()).unwrap(),
            database: database.to_owned(),
        }
    }

    fn allow(&mut self, allowed: bool) {
        let database = &self.database;
        let sql = format!("ALTER DATABASE {database} ALLOW_CONNECTIONS {allowed}");
        self.connection.batch_execute(&sql).unwrap();
    }

    fn end_connections(&mut self) {
        let database = &self.database;
        let sql = format!(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'"
        );
        self.connection.batch_execute(&sql).unwrap();
    }
}

fn send(site: &TestSite, text: &str) -> Reply {
    site.client().post("/c/plan/submissions", &comment(text))
}

fn kept(site: &TestSite) -> i64 {
    number(&site.database, "SELECT COUNT(*) AS answer FROM submissions")
}

#[test]
fn refused_connections_are_a_clear_answer_until_they_are_allowed() {
    let Some(site) = TestSite::on_postgres() else {
        return;
    };
    site.publish_sample();
    let before = send(&site, "先前的意见：请修好单元门。").receipt();
    let mut server = Server::of(&site);
    server.allow(false);
    server.end_connections();

    let refused = send(&site, TEXT);
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.header("retry-after").is_some());
    let page = refused.text();
    assert!(page.contains(TEXT) && page.contains("没有保存"), "{page}");
    let ready = site.client().get("/readyz");
    assert_eq!(ready.status, 503);
    let said = ready.text();
    assert!(
        said.contains("\"database\":\"failed\"") && said.contains("\"storage\":\"ok\""),
        "{said}"
    );
    assert_eq!(site.client().get("/healthz").status, 200);

    server.allow(true);
    assert_eq!(site.client().get("/readyz").status, 200);
    let after = send(&site, TEXT).receipt();
    for receipt in [before, after] {
        assert_eq!(site.client().get(&site.receipt(&receipt)).status, 200);
    }
    assert_eq!(kept(&site), 2);
    assert_whole(&site.database);
}

/// A server that was started anew: the next person notices nothing.
#[test]
fn ended_connections_are_replaced_unseen() {
    let Some(site) = TestSite::on_postgres() else {
        return;
    };
    site.publish_sample();
    let mut server = Server::of(&site);
    for round in 0..5 {
        send(&site, &format!("第{round}条意见：请修好单元门。")).receipt();
        server.end_connections();
    }
    send(&site, TEXT).receipt();
    assert_eq!(kept(&site), 6);
}

/// A connection that ends in the middle of a change: nothing of it stays, and the kind of the
/// error says that trying again helps.
#[test]
fn a_connection_that_ends_in_the_middle() {
    let Some(site) = TestSite::on_postgres() else {
        return;
    };
    let broken = site.database.write_now(|db| {
        db.batch_execute("INSERT INTO site_settings (name, value) VALUES ('half', '')")?;
        db.batch_execute("SELECT pg_terminate_backend(pg_backend_pid())")?;
        Ok(db.batch_execute("SELECT 1")?)
    });
    let error = broken.unwrap_err();
    assert_eq!(error.kind(), Kind::Unavailable, "{error:?}");
    let left = "SELECT COUNT(*) AS answer FROM site_settings WHERE name = 'half'";
    assert_eq!(number(&site.database, left), 0);
}
