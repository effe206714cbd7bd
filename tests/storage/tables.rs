//! What tables, columns and indexes a database has, in words that both databases share.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel::{PgConnection, SqliteConnection};
use std::collections::BTreeMap;

/// One column, in its table's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// `text`, `bigint`, `integer`, `bytes` or `boolean`.
    pub class: String,
    pub nullable: bool,
    pub has_default: bool,
}

/// One index that is not the primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    pub unique: bool,
    /// The condition of a partial index, without brackets.
    pub only: String,
    pub columns: Vec<String>,
}

/// One table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub primary_key: Vec<String>,
    pub indexes: BTreeMap<String, Index>,
}

/// All tables by name, but for the book that the migrations themselves keep.
pub type Tables = BTreeMap<String, Table>;

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    class: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
    #[diesel(sql_type = Bool)]
    has_default: bool,
    /// Place in the primary key from 1, or 0.
    #[diesel(sql_type = BigInt)]
    key: i64,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    /// Which rows it holds; empty for all.
    #[diesel(sql_type = Text)]
    only: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

const SQLITE_COLUMNS: &str = "SELECT t.name AS table_name, c.name AS name, c.type AS class, \
     c.\"notnull\" = 0 AS nullable, c.dflt_value IS NOT NULL AS has_default, c.pk AS key \
     FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c \
     WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
     AND t.name <> '__diesel_schema_migrations' ORDER BY t.name, c.cid";

const SQLITE_INDEXES: &str = "SELECT t.name AS table_name, i.name AS name, \
     i.\"unique\" AS is_unique, \
     coalesce((SELECT substr(m.sql, instr(m.sql, ' WHERE ') + 7) FROM sqlite_master m \
       WHERE m.name = i.name AND i.partial), '') AS only, \
     coalesce(c.name, '(expression)') AS column_name \
     FROM pragma_table_list t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c \
     WHERE t.schema = 'main' AND t.type = 'table' AND i.origin <> 'pk' \
     AND t.name <> '__diesel_schema_migrations' \
     ORDER BY t.name, i.name, c.seqno";

const POSTGRES_COLUMNS: &str = "SELECT c.table_name::text, c.column_name::text AS name, \
     c.data_type::text AS class, c.is_nullable = 'YES' AS nullable, \
     c.column_default IS NOT NULL AS has_default, coalesce(k.ordinal_position, 0)::bigint AS key \
     FROM information_schema.columns c \
     LEFT JOIN information_schema.table_constraints p ON p.table_schema = c.table_schema \
       AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY' \
     LEFT JOIN information_schema.key_column_usage k ON k.constraint_schema = p.constraint_schema \
       AND k.constraint_name = p.constraint_name AND k.column_name = c.column_name \
     WHERE c.table_schema = 'public' AND c.table_name <> '__diesel_schema_migrations' \
     ORDER BY c.table_name, c.ordinal_position";

const POSTGRES_INDEXES: &str = "SELECT t.relname::text AS table_name, i.relname::text AS name, \
     x.indisunique AS is_unique, coalesce(pg_get_expr(x.indpred, x.indrelid), '') AS only, \
     coalesce(a.attname::text, '(expression)') AS column_name \
     FROM pg_catalog.pg_index x \
     JOIN pg_catalog.pg_class t ON t.oid = x.indrelid JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid \
     CROSS JOIN LATERAL unnest(x.indkey::smallint[]) WITH ORDINALITY k (attnum, place) \
     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum \
     WHERE t.relnamespace = 'public'::regnamespace AND NOT x.indisprimary \
     AND t.relname <> '__diesel_schema_migrations' \
     ORDER BY t.relname, i.relname, k.place";

pub fn of_sqlite(connection: &mut SqliteConnection) -> Tables {
    // The program's last connection may be tidying its log file up.
    connection
        .batch_execute("PRAGMA busy_timeout = 5000")
        .unwrap();
    let columns = diesel::sql_query(SQLITE_COLUMNS).load(connection);
    let indexes = diesel::sql_query(SQLITE_INDEXES).load(connection);
    gather(columns.unwrap(), indexes.unwrap())
}

pub fn of_postgres(connection: &mut PgConnection) -> Tables {
    let columns = diesel::sql_query(POSTGRES_COLUMNS).load(connection);
    let indexes = diesel::sql_query(POSTGRES_INDEXES).load(connection);
    gather(columns.unwrap(), indexes.unwrap())
}

fn gather(columns: Vec<ColumnRow>, indexes: Vec<IndexRow>) -> Tables {
    let mut tables = Tables::new();
    let mut keys: BTreeMap<String, BTreeMap<i64, String>> = BTreeMap::new();
    for row in columns {
        if row.key > 0 {
            let key = keys.entry(row.table_name.clone()).or_default();
            key.insert(row.key, row.name.clone());
        }
        tables
            .entry(row.table_name)
            .or_default()
            .columns
            .push(Column {
                name: row.name,
                class: class(&row.class).to_owned(),
                nullable: row.nullable,
                has_default: row.has_default,
            });
    }
    for (table, key) in keys {
        tables.get_mut(&table).unwrap().primary_key = key.into_values().collect();
    }
    for row in indexes {
        let known = &mut tables.get_mut(&row.table_name).unwrap().indexes;
        let index = known.entry(row.name).or_insert_with(|| Index {
            unique: row.is_unique,
            // PostgreSQL says of what type a constant is.
            only: row.only.replace(['(', ')'], "").replace("::text", ""),
            columns: Vec::new(),
        });
        index.columns.push(row.column_name);
    }
    tables
}

/// The class of a type by the name that a database or diesel gives it.
pub fn class(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "text" => "text",
        "bigint" => "bigint",
        "integer" => "integer",
        "blob" | "bytea" | "binary" => "bytes",
        "boolean" | "bool" => "boolean",
        other => panic!("a type of no known class: {other}"),
    }
}
