//! The table of links between versions.

use crate::db::Db;
use crate::db::schema::section_links;
use crate::documents::compare::{Change, Link};
use crate::error::{Error, Result};
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = section_links)]
struct NewRow<'a> {
    consultation_id: &'a str,
    version: i32,
    position: i32,
    from_anchor: Option<&'a str>,
    to_anchor: Option<&'a str>,
    change: &'a str,
    likeness: i32,
    also_edited: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = section_links)]
struct Row {
    from_anchor: Option<String>,
    to_anchor: Option<String>,
    change: String,
    likeness: i32,
    also_edited: bool,
}

pub(in crate::documents) fn insert(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
    links: &[Link],
) -> Result<()> {
    for (position, link) in links.iter().enumerate() {
        diesel::insert_into(section_links::table)
            .values(NewRow {
                consultation_id,
                version,
                position: i32::try_from(position).map_err(Error::internal)?,
                from_anchor: link.from.as_deref(),
                to_anchor: link.to.as_deref(),
                change: link.change.code(),
                likeness: i32::from(link.likeness),
                also_edited: link.also_edited,
            })
            .execute(db)?;
    }
    Ok(())
}

pub(in crate::documents) fn of_version(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
) -> Result<Vec<Link>> {
    let rows: Vec<Row> = section_links::table
        .filter(section_links::consultation_id.eq(consultation_id))
        .filter(section_links::version.eq(version))
        .order(section_links::position.asc())
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter()
        .map(|row| {
            Ok(Link {
                from: row.from_anchor,
                to: row.to_anchor,
                change: Change::parse(&row.change)
                    .ok_or_else(|| Error::internal("a link has an unknown kind of change"))?,
                likeness: u16::try_from(row.likeness).map_err(Error::internal)?,
                also_edited: row.also_edited,
            })
        })
        .collect()
}

pub(in crate::documents) fn remove(db: &mut Db, consultation_id: &str, version: i32) -> Result<()> {
    diesel::delete(
        section_links::table
            .filter(section_links::consultation_id.eq(consultation_id))
            .filter(section_links::version.eq(version)),
    )
    .execute(db)?;
    Ok(())
}
