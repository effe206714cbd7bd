//! Different people, by the hash of the first way to reach them. PostgreSQL counts them as they come.
//! On SQLite that would change a page of the index for every form, as with the keys of [`super::once`]:
//! a trigger writes each change behind the last one into `people_changes`, and in the same steps as
//! the keys they are carried over to `people`. Whoever counts adds those that are not carried over yet.

use super::Db;
use super::once::bound;
use crate::error::Result;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// People are carried over in so few slices, because each reads all changes.
const SLICES: i64 = 8;

const SINCE: &str = "SELECT coalesce(sum((coalesce(p.submissions, 0) + r.change > 0) \
     - (coalesce(p.submissions, 0) > 0)), 0) AS people \
     FROM (SELECT person, sum(change) AS change FROM people_changes \
       WHERE consultation_id = ? GROUP BY person) r LEFT JOIN people p ON p.person = r.person";

#[derive(QueryableByName)]
struct Since {
    #[diesel(sql_type = BigInt)]
    people: i64,
}

/// What the changes that are not carried over yet make of the number of a consultation's people.
///
/// # Errors
/// What the database reports.
pub fn since(db: &mut Db, consultation_id: &str) -> Result<i64> {
    let Db::Sqlite(connection) = db else {
        return Ok(0);
    };
    let since: Since = diesel::sql_query(SINCE)
        .bind::<Text, _>(consultation_id)
        .get_result(connection)?;
    Ok(since.people)
}

/// Takes part in a step of carrying keys over, one of so many.
pub(super) fn carry(db: &mut Db, step: i64, steps: i64) -> QueryResult<()> {
    let slices = steps.min(SLICES);
    let every = steps / slices;
    let slice = step / every;
    if step % every != 0 || slice >= slices {
        return Ok(());
    }
    let (from, to) = (bound(slice, slices), bound(slice + 1, slices));
    let range = format!("person >= '{from}' AND person < '{to}'");
    db.batch_execute(&format!(
        "UPDATE submission_counts SET people = people + coalesce((SELECT \
             sum((coalesce(p.submissions, 0) + r.change > 0) - (coalesce(p.submissions, 0) > 0)) \
             FROM (SELECT person, sum(change) AS change FROM people_changes c \
               WHERE c.consultation_id = submission_counts.consultation_id AND {range} GROUP BY person) r \
             LEFT JOIN people p ON p.person = r.person), 0) \
           WHERE shard = 0 AND consultation_id IN (SELECT consultation_id FROM people_changes WHERE {range}); \
         INSERT INTO people SELECT person, sum(change) FROM people_changes WHERE {range} \
           GROUP BY person ORDER BY person \
           ON CONFLICT DO UPDATE SET submissions = submissions + excluded.submissions; \
         DELETE FROM people WHERE submissions <= 0 \
           AND person IN (SELECT person FROM people_changes WHERE change < 0 AND {range}); \
         DELETE FROM people_changes WHERE {range};",
    ))
}
