//! Questions to a database in its own words, past the program's modules.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use jianyan::db::{Database, Db};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    answer: i64,
}

#[derive(QueryableByName)]
struct Words {
    #[diesel(sql_type = Text)]
    answer: String,
}

/// The one number that a query answers in a column named `answer`.
pub fn number(database: &Database, sql: &str) -> i64 {
    let rows: Vec<Number> = database
        .read_now(|db| {
            Ok(match db {
                Db::Sqlite(own) => diesel::sql_query(sql).load(own)?,
                Db::Postgres(own) => diesel::sql_query(sql).load(own)?,
            })
        })
        .unwrap();
    let [Number { answer }] = rows.as_slice() else {
        panic!("{sql} answers {} rows", rows.len())
    };
    *answer
}

/// The texts that a query answers in a column named `answer`.
pub fn words(database: &Database, sql: &str) -> Vec<String> {
    let rows: Vec<Words> = database
        .read_now(|db| {
            Ok(match db {
                Db::Sqlite(own) => diesel::sql_query(sql).load(own)?,
                Db::Postgres(own) => diesel::sql_query(sql).load(own)?,
            })
        })
        .unwrap();
    rows.into_iter().map(|row| row.answer).collect()
}

/// Nothing is half there: every submission has remarks and exactly one event of its arrival, no
/// remark or event stands without its submission, and SQLite finds its file sound.
pub fn assert_whole(database: &Database) {
    let none = [
        (
            "submissions without a remark",
            "SELECT COUNT(*) AS answer FROM submissions s WHERE NOT EXISTS \
             (SELECT 1 FROM remarks r WHERE r.consultation_id = s.consultation_id AND r.submission_id = s.id)",
        ),
        (
            "submissions without their one event",
            "SELECT COUNT(*) AS answer FROM submissions s WHERE 1 <> \
             (SELECT COUNT(*) FROM audit_events e WHERE e.subject_id = s.id AND e.action = 'submission-received')",
        ),
        (
            "remarks without a submission",
            "SELECT COUNT(*) AS answer FROM remarks r WHERE NOT EXISTS \
             (SELECT 1 FROM submissions s WHERE s.consultation_id = r.consultation_id AND s.id = r.submission_id)",
        ),
        (
            "events without a submission",
            "SELECT COUNT(*) AS answer FROM audit_events e WHERE e.action = 'submission-received' AND NOT EXISTS \
             (SELECT 1 FROM submissions s WHERE s.id = e.subject_id)",
        ),
    ];
    for (what, sql) in none {
        assert_eq!(number(database, sql), 0, "{what}");
    }
    let sqlite = database
        .read_now(|db| Ok(matches!(db, Db::Sqlite(_))))
        .unwrap();
    if sqlite {
        let said = words(
            database,
            "SELECT integrity_check AS answer FROM pragma_integrity_check",
        );
        assert_eq!(said, ["ok"]);
    }
}
