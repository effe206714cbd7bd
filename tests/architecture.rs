//! The house rules, held by a program: who may import whom, what may be known where, how long a
//! thing may be. docs/ARCHITECTURE.md explains them; a failure names file, line and rule. Each rule
//! is also tried on small made-up sources that break it, because a rule that cannot fail is none.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    clippy::string_slice
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

// --- layers ---------------------------------------------------------------------------------------

/// Where a file stands. Higher ones import lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// Rules and types without storage; clock, ids, error, words, width, markup, config.
    Model,
    /// Connections, dialects, migrations, stored files.
    Db,
    /// A feature's SQL, the queue of jobs, mail.
    Store,
    /// What can be done.
    Verb,
    /// Commands, pages, jobs.
    Outer,
}

/// Single files and folders at the bottom.
const BOTTOM: [&str; 10] = [
    "private_files.rs",
    "clock.rs",
    "dates.rs",
    "ids.rs",
    "error.rs",
    "shorten.rs",
    "words.rs",
    "width.rs",
    "markup.rs",
    "config/",
];

/// Files of feature rooms that are pure although their name is not `model`: docs/ARCHITECTURE.md
/// says why for each.
const PURE: [&str; 9] = [
    "consultations/facts.rs",
    "documents/compare/",
    "documents/edit/",
    "documents/outline/",
    "documents/read/",
    "export/totals.rs",
    "privacy/link.rs",
    "privacy/site_key.rs",
    "privacy/vault.rs",
];

/// What jobs share, and what the office does with them: everything else in `jobs/` but the queue is
/// one job, or the worker that hands jobs out.
const JOBS_SHARE: [&str; 7] = [
    "jobs/bounced.rs",
    "jobs/retry.rs",
    "jobs/said.rs",
    "jobs/thread.rs",
    "jobs/tools.rs",
    "jobs/unconfirmed.rs",
    "jobs/whom.rs",
];

/// Crates, and the parts of the source that may know them.
const KNOWN_BY: [(&[&str], &[&str]); 4] = [
    (
        &["diesel", "diesel_migrations", "pq_sys", "libsqlite3_sys"],
        &["db/", "jobs/queue.rs", "jobs/queue/", "store.rs", "store/"],
    ),
    (
        &["actix_web", "actix_rt", "actix_files", "actix_multipart"],
        &["web/", "cli/serve.rs"],
    ),
    (&["askama", "askama_web"], &["web/", "mail/"]),
    (&["lettre"], &["mail/"]),
];

const LONGEST_FILE: usize = 300;
const LONGEST_HANDLER: usize = 30;
const REASON: &str = "Longer than 300 lines because ";

fn layer(file: &str) -> Option<Layer> {
    let lies_in = |places: &[&str]| places.iter().any(|place| is_within(file, place));
    let parts: Vec<&str> = file.split('/').collect();
    let named = |name: &str| {
        parts
            .iter()
            .any(|part| *part == name || *part == format!("{name}.rs"))
    };
    Some(match parts[0] {
        // The map of the house: it only lists the rooms.
        "lib.rs" => return None,
        _ if lies_in(&BOTTOM) || lies_in(&PURE) => Layer::Model,
        "main.rs" | "cli" | "web" => Layer::Outer,
        "jobs" if named("model") => Layer::Model,
        "jobs" if named("queue") || file == "jobs/mod.rs" => Layer::Store,
        "jobs" if lies_in(&JOBS_SHARE) => Layer::Verb,
        "jobs" => Layer::Outer,
        "mail" => Layer::Store,
        "db" => Layer::Db,
        _ if named("model") => Layer::Model,
        _ if named("store") => Layer::Store,
        _ => Layer::Verb,
    })
}

fn is_within(file: &str, place: &str) -> bool {
    match place {
        "store.rs" => file.ends_with("/store.rs"),
        "store/" => file.contains("/store/"),
        folder if folder.ends_with('/') => file.starts_with(folder),
        exact => file == exact,
    }
}

fn room(file: &str) -> &str {
    let first = file.split('/').next().unwrap_or(file);
    first.strip_suffix(".rs").unwrap_or(first)
}

// --- sources --------------------------------------------------------------------------------------

/// One file below `src/`, comments, literals and test modules blanked out of `code`.
struct Source {
    file: String,
    text: String,
    code: String,
}

impl Source {
    fn new(file: &str, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            text: text.to_owned(),
            code: without_tests(&without_words(text)),
        }
    }
}

/// A rule that was broken, and where.
#[derive(Debug, PartialEq, Eq)]
struct Breach {
    file: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.rule)
    }
}

fn breach(source: &Source, line: usize, rule: impl Into<String>) -> Breach {
    Breach {
        file: format!("src/{}", source.file),
        line,
        rule: rule.into(),
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|cause| panic!("{}: {cause}", folder.display()));
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

static TREE: LazyLock<Vec<Source>> = LazyLock::new(tree);

/// Every source of the program. Files named `tests.rs` are test modules.
fn tree() -> Vec<Source> {
    fn walk(folder: &Path, below: &str, sources: &mut Vec<Source>) {
        for name in names_in(folder) {
            let (path, shown) = (folder.join(&name), format!("{below}{name}"));
            if path.is_dir() {
                walk(&path, &format!("{shown}/"), sources);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                sources.push(Source::new(&shown, &read(&path)));
            }
        }
    }
    let mut sources = Vec::new();
    walk(&root().join("src"), "", &mut sources);
    assert!(sources.len() > 100, "the sources were not found");
    sources
}

fn hold(breaches: &[Breach]) {
    let shown: Vec<String> = breaches.iter().map(Breach::to_string).collect();
    assert!(shown.is_empty(), "\n{}\n", shown.join("\n"));
}

/// The text with comments and the inside of literals turned into spaces; line ends stay.
fn without_words(text: &str) -> String {
    let source: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let blank = |out: &mut String, c: char| out.push(if c == '\n' { '\n' } else { ' ' });
    let starts = |at: usize, what: &str| {
        what.chars()
            .enumerate()
            .all(|(n, c)| source.get(at + n) == Some(&c))
    };
    let mut at = 0;
    while at < source.len() {
        let end = if starts(at, "//") {
            (at..source.len())
                .find(|n| source[*n] == '\n')
                .unwrap_or(source.len())
        } else if starts(at, "/*") {
            end_of_comment(&source, at)
        } else if let Some(end) = end_of_literal(&source, at) {
            end
        } else {
            out.push(source[at]);
            at += 1;
            continue;
        };
        source[at..end].iter().for_each(|c| blank(&mut out, *c));
        at = end;
    }
    out
}

fn end_of_comment(source: &[char], from: usize) -> usize {
    let (mut depth, mut at) = (0_usize, from);
    while at < source.len() {
        match (source[at], source.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    source.len()
}

/// Where the string or character literal that begins here ends; `None` when none does.
fn end_of_literal(source: &[char], from: usize) -> Option<usize> {
    let before = from.checked_sub(1).map(|n| source[n]);
    let in_a_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    match source[from] {
        '"' => Some(end_of_quoted(source, from + 1, '"')),
        'r' if !in_a_word || before == Some('b') => {
            let hashes = source[from + 1..].iter().take_while(|c| **c == '#').count();
            let open = from + 1 + hashes;
            if source.get(open) != Some(&'"') {
                return None;
            }
            let closes = |n: &usize| {
                source[*n] == '"'
                    && source[n + 1..]
                        .iter()
                        .take(hashes)
                        .filter(|c| **c == '#')
                        .count()
                        == hashes
            };
            let close = (open + 1..source.len()).find(closes)?;
            Some(close + 1 + hashes)
        }
        // A lifetime has no quote after its first letter.
        '\'' if source.get(from + 1) == Some(&'\\') || source.get(from + 2) == Some(&'\'') => {
            Some(end_of_quoted(source, from + 1, '\''))
        }
        _ => None,
    }
}

fn end_of_quoted(source: &[char], from: usize, quote: char) -> usize {
    let mut at = from;
    while at < source.len() && source[at] != quote {
        at += if source[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(source.len())
}

/// The code with every item under `#[cfg(test)]` turned into spaces.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(MARK) {
        out.push_str(&rest[..start]);
        let item = &rest[start..];
        let end = end_of_item(item);
        out.extend(
            item[..end]
                .chars()
                .map(|c| if c == '\n' { '\n' } else { ' ' }),
        );
        rest = &item[end..];
    }
    out + rest
}

/// The end of the item that begins here: its closing brace, or the semicolon before any brace.
fn end_of_item(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

// --- paths ----------------------------------------------------------------------------------------

/// A path of the code, such as `["crate", "db", "Db"]`.
struct Named {
    line: usize,
    path: Vec<String>,
    /// What a `use` calls it.
    called: Option<String>,
}

/// Words, `::` and single signs, each with its line.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for (line, text) in code.lines().enumerate() {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length = match c {
                _ if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                _ if rest.starts_with("::") => 2,
                _ => c.len_utf8(),
            };
            let (token, after) = rest.split_at(length);
            if !c.is_whitespace() {
                found.push((line + 1, token));
            }
            rest = after;
        }
    }
    found
}

/// Every path of two or more parts, and every `use`, groups taken apart.
fn paths(code: &str) -> Vec<Named> {
    let tokens = tokens(code);
    let at = |n: usize| tokens.get(n).map_or("", |token| token.1);
    let is_name = |text: &str| text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut found = Vec::new();
    let mut n = 0;
    while n < tokens.len() {
        let used = at(n) == "use";
        // Where something may be seen is no import: pub(in crate::intake).
        let seen = at(n) == "in" && at(n.wrapping_sub(2)) == "pub";
        let begins = is_name(at(n))
            && at(n + 1) == "::"
            && (n == 0 || at(n - 1) != "::" || !is_name(at(n.wrapping_sub(2))));
        if seen {
            n = branch(&tokens, n + 1, Vec::new(), false, &mut Vec::new());
        } else if used {
            n = branch(&tokens, n + 1, Vec::new(), true, &mut found);
        } else if begins {
            n = branch(&tokens, n, Vec::new(), false, &mut found);
        } else {
            n += 1;
        }
    }
    found
}

/// Reads one branch of a tree of paths; answers the place after it.
fn branch(
    tokens: &[(usize, &str)],
    from: usize,
    before: Vec<String>,
    used: bool,
    found: &mut Vec<Named>,
) -> usize {
    let at = |n: usize| tokens.get(n).map_or("", |token| token.1);
    let line = tokens.get(from).map_or(0, |token| token.0);
    let (mut path, mut n) = (before, from);
    if at(n) == "::" {
        n += 1;
    }
    loop {
        if at(n) == "{" && used {
            n += 1;
            while n < tokens.len() && at(n) != "}" {
                n = branch(tokens, n, path.clone(), used, found);
                if at(n) == "," {
                    n += 1;
                }
            }
            return n + 1;
        }
        if !at(n).starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '*') {
            break;
        }
        path.push(at(n).to_owned());
        n += 1;
        if at(n) != "::" {
            break;
        }
        n += 1;
    }
    if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
        path.pop();
    }
    let mut called = used.then(|| path.last().cloned()).flatten();
    if used && at(n) == "as" {
        called = Some(at(n + 1).to_owned());
        n += 2;
    }
    found.push(Named { line, path, called });
    n.max(from + 1)
}

/// Modules and the files they are in.
struct Modules(BTreeMap<String, String>);

impl Modules {
    fn of(sources: &[Source]) -> Self {
        let known = sources
            .iter()
            .map(|source| (module(&source.file), source.file.clone()));
        Self(known.collect())
    }

    /// The file that a path leads to, and whether all of the path is that module's name.
    fn lead(&self, path: &[String]) -> Option<(&str, bool)> {
        // Macros that are exported stand at the root wherever they are written.
        if path.len() == 1 && path[0] == "insert_once" {
            return Some(("db/dialect.rs", false));
        }
        (1..=path.len()).rev().find_map(|length| {
            let file = self.0.get(&path[..length].join("::"))?;
            Some((file.as_str(), length == path.len()))
        })
    }
}

fn module(file: &str) -> String {
    let plain = file.trim_end_matches(".rs").trim_end_matches("/mod");
    plain.replace('/', "::")
}

/// An import of another file of the program.
struct Import {
    line: usize,
    file: String,
}

fn imports(source: &Source, modules: &Modules) -> Vec<Import> {
    let here: Vec<String> = module(&source.file)
        .split("::")
        .map(str::to_owned)
        .collect();
    let named = paths(&source.code);
    let mut aliases: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut found = Vec::new();
    // First the `use` lines, because the code refers to what they name.
    for pass in [true, false] {
        for one in named.iter().filter(|one| one.called.is_some() == pass) {
            let Some(path) = absolute(&one.path, &here, &aliases, modules) else {
                continue;
            };
            let Some((file, whole)) = modules.lead(&path) else {
                continue;
            };
            if let Some(called) = one.called.as_deref().filter(|_| whole) {
                aliases.insert(called, path.clone());
            }
            if file != source.file {
                let (line, file) = (one.line, file.to_owned());
                found.push(Import { line, file });
            }
        }
    }
    found
}

/// A path from the root of the crate; `None` when it leads to another crate.
fn absolute(
    path: &[String],
    here: &[String],
    aliases: &BTreeMap<&str, Vec<String>>,
    modules: &Modules,
) -> Option<Vec<String>> {
    let first = path.first()?.as_str();
    let (mut base, rest) = match first {
        "crate" | "jianyan" => (Vec::new(), &path[1..]),
        "self" => (here.to_vec(), &path[1..]),
        "super" => (here.to_vec(), path),
        name => match aliases.get(name) {
            Some(known) => (known.clone(), &path[1..]),
            None => {
                let child = [here, &path[..1]].concat().join("::");
                modules.0.contains_key(&child).then_some(())?;
                (here.to_vec(), path)
            }
        },
    };
    for part in rest {
        if part == "super" {
            base.pop()?;
        } else {
            base.push(part.clone());
        }
    }
    Some(base)
}

// --- the rules ------------------------------------------------------------------------------------

/// A file imports only from layers below its own; what the same layer may do stands here.
fn layers(sources: &[Source]) -> Vec<Breach> {
    let modules = Modules::of(sources);
    let mut found = Vec::new();
    for source in sources {
        let Some(own) = layer(&source.file) else {
            continue;
        };
        for import in imports(source, &modules) {
            let Some(other) = layer(&import.file) else {
                continue;
            };
            let same_room = room(&source.file) == room(&import.file);
            let refused = match (own, other) {
                _ if other > own => Some("imports from a layer above its own"),
                (Layer::Outer, Layer::Outer) if !may_meet(&source.file, &import.file) => {
                    Some("commands and jobs are known to nobody but main and themselves")
                }
                (Layer::Store, Layer::Store) if !same_room => {
                    Some("a store imports from another room of its layer")
                }
                (_, Layer::Store) if !same_room && !is_shared(&import.file) => {
                    Some("another feature's store: call its verb")
                }
                _ => None,
            };
            if let Some(why) = refused {
                found.push(breach(
                    source,
                    import.line,
                    format!("{own:?} imports {} ({other:?}): {why}", import.file),
                ));
            }
        }
    }
    // One line may name several things of one file.
    found.dedup();
    found
}

/// Between commands, pages and jobs: a room keeps to itself, `main` starts the commands, and
/// commands start the server and the jobs.
fn may_meet(from: &str, to: &str) -> bool {
    match (room(from), room(to)) {
        ("main", "cli") | ("cli", "web" | "jobs") => true,
        // The worker hands each job to its file; the jobs know neither it nor each other.
        ("jobs", "jobs") => from == "jobs/worker.rs",
        (from, to) => from == to,
    }
}

/// The part of the stores' layer that is for every verb.
fn is_shared(file: &str) -> bool {
    matches!(room(file), "mail" | "jobs")
}

/// Only some parts know some crates; a model knows none of them.
fn crates(sources: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for source in sources {
        for named in paths(&source.code) {
            let first = named.path.first().map_or("", String::as_str);
            for (names, places) in KNOWN_BY {
                let allowed = places.iter().any(|place| is_within(&source.file, place));
                if !names.contains(&first) || allowed {
                    continue;
                }
                let rule = match layer(&source.file) {
                    Some(Layer::Model) => format!("a model knows no {first}"),
                    _ => format!("{first} is known only to {}", places.join(", ")),
                };
                found.push(breach(source, named.line, rule));
            }
        }
    }
    found
}

/// `insert_once!` writes SQL: for stores alone.
fn macros_of_stores(sources: &[Source]) -> Vec<Breach> {
    let may = |file: &str| layer(file) == Some(Layer::Store) || file.starts_with("db/");
    words(
        sources,
        &["insert_once", "!"],
        may,
        "insert_once! is for stores alone",
    )
}

fn environment(sources: &[Source]) -> Vec<Breach> {
    let may = |file: &str| file.starts_with("cli/") || file.starts_with("config/");
    let rule = "the environment is read in cli/ and config/ alone";
    let mut found = words(sources, &["std", "::", "env"], may, rule);
    found.extend(words(sources, &["env", "::", "var"], may, rule));
    found.extend(words(sources, &["env", "::", "vars"], may, rule));
    found
}

fn time(sources: &[Source]) -> Vec<Breach> {
    let may = |file: &str| file == "clock.rs";
    let rule = "the time comes from Clock; only clock.rs asks the machine";
    let mut found = words(sources, &["SystemTime"], may, rule);
    for of in ["Timestamp", "Zoned"] {
        found.extend(words(sources, &[of, "::", "now"], may, rule));
    }
    found
}

fn printing(sources: &[Source]) -> Vec<Breach> {
    let may = |file: &str| file == "cli/output.rs";
    let rule = "printing is done by cli/output.rs; the service logs through tracing";
    let macros = ["println", "print", "eprintln", "eprint", "dbg"];
    let mut found: Vec<Breach> = macros
        .into_iter()
        .flat_map(|name| words(sources, &[name, "!"], may, rule))
        .collect();
    // Only the program's own: where the output of another program goes is no printing.
    found.extend(words(sources, &["stdout", "(", ")"], may, rule));
    found
}

/// Every place of a run of tokens in files that may not hold it.
fn words(sources: &[Source], run: &[&str], may: impl Fn(&str) -> bool, rule: &str) -> Vec<Breach> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| !may(&source.file)) {
        let tokens = tokens(&source.code);
        for part in tokens.windows(run.len()) {
            if part.iter().map(|token| token.1).eq(run.iter().copied()) {
                found.push(breach(source, part[0].0, rule));
            }
        }
    }
    found
}

fn length(sources: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for source in sources {
        let lines = source.text.lines().count();
        let header: Vec<&str> = source
            .text
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(str::trim)
            .collect();
        if lines > LONGEST_FILE && !header.join(" ").contains(REASON) {
            let rule = format!("{lines} lines; above {LONGEST_FILE} the header says “{REASON}…”");
            found.push(breach(source, 1, rule));
        }
    }
    found
}

/// Handlers from before this rule was held. A name may leave the list and none may come: one that
/// has become short is an error too.
const STILL_LONG: [&str; 8] = [
    "web/routes/office/entry.rs: enter",
    "web/routes/office/entry.rs: register",
    "web/routes/office/letters.rs: rows",
    "web/routes/office/letters.rs: show",
    "web/routes/office/outcome.rs: answer",
    "web/routes/office/outcome.rs: move_to",
    "web/routes/office/queue.rs: load",
    "web/routes/office/remark.rs: load",
];

/// A handler takes the request apart, asks a verb, and answers with a page: under thirty lines.
fn handlers(sources: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.file.starts_with("web/routes/"))
    {
        for (line, name, lines) in async_functions(&source.code) {
            let known = STILL_LONG.contains(&format!("{}: {name}", source.file).as_str());
            if lines >= LONGEST_HANDLER && !known {
                let rule =
                    format!("{name} has {lines} lines; a handler stays under {LONGEST_HANDLER}");
                found.push(breach(source, line, rule));
            }
            if lines < LONGEST_HANDLER && known {
                found.push(breach(
                    source,
                    line,
                    format!("{name} is short now: take it from STILL_LONG"),
                ));
            }
        }
    }
    found
}

/// Line, name and length of each `async fn`.
fn async_functions(code: &str) -> Vec<(usize, String, usize)> {
    const START: &str = "async fn ";
    let mut found = Vec::new();
    let (mut rest, mut line) = (code, 1);
    while let Some(start) = rest.find(START) {
        line += rest[..start].matches('\n').count();
        let item = &rest[start..];
        let (item, after) = item.split_at(end_of_item(item));
        let name = item[START.len()..].split(['(', '<']).next().unwrap_or("");
        found.push((line, name.to_owned(), item.lines().count()));
        line += item.matches('\n').count();
        rest = after;
    }
    found
}

/// Each migration has a twin of the same name, and both ways in it.
fn twins(folders: &[(&str, BTreeMap<String, BTreeSet<String>>)]) -> Vec<String> {
    let mut found = Vec::new();
    for (database, migrations) in folders {
        for (other, twins) in folders {
            for name in migrations.keys().filter(|name| !twins.contains_key(*name)) {
                found.push(format!(
                    "migrations/{database}/{name} has no twin in migrations/{other}"
                ));
            }
        }
        for (name, files) in migrations {
            for file in ["up.sql", "down.sql"]
                .into_iter()
                .filter(|file| !files.contains(*file))
            {
                found.push(format!("migrations/{database}/{name} has no {file}"));
            }
        }
    }
    found
}

/// Decisions are numbered from 0001 without a gap, and each begins with its number.
fn numbered(decisions: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for (number, (name, text)) in (1..).zip(decisions) {
        if !name.starts_with(&format!("{number:04}-")) {
            found.push(format!("docs/adr/{name}: number {number:04} comes here"));
        }
        if !text.starts_with(&format!("# {number}. ")) {
            found.push(format!("docs/adr/{name}:1: begins with “# {number}. ”"));
        }
    }
    found
}

// --- the rules, on this project ---------------------------------------------------------------------

#[test]
fn imports_go_down() {
    hold(&layers(&TREE));
}

#[test]
fn diesel_actix_askama_and_lettre_stay_in_their_rooms() {
    hold(&crates(&TREE));
}

#[test]
fn insert_once_is_for_stores() {
    hold(&macros_of_stores(&TREE));
}

#[test]
fn the_environment_is_read_in_two_rooms() {
    hold(&environment(&TREE));
}

#[test]
fn one_file_asks_the_time() {
    hold(&time(&TREE));
}

#[test]
fn one_file_prints() {
    hold(&printing(&TREE));
}

#[test]
fn long_files_say_why() {
    hold(&length(&TREE));
}

#[test]
fn handlers_are_short() {
    hold(&handlers(&TREE));
}

#[test]
fn migrations_are_twins() {
    let folders = ["sqlite", "postgres"].map(|database| {
        let folder = root().join("migrations").join(database);
        let known = names_in(&folder)
            .into_iter()
            .map(|name| (name.clone(), names_in(&folder.join(&name))));
        (database, known.collect())
    });
    let found = twins(&folders);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    assert!(!folders[0].1.is_empty(), "the migrations were not found");
}

#[test]
fn decisions_are_numbered() {
    let folder = root().join("docs/adr");
    let decisions: BTreeMap<String, String> = names_in(&folder)
        .into_iter()
        .map(|name| (name.clone(), read(&folder.join(&name))))
        .collect();
    let found = numbered(&decisions);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    assert!(!decisions.is_empty(), "the decisions were not found");
}

// --- the settings are documented --------------------------------------------------------------------

/// The keys of `Config`, from its source.
fn keys() -> BTreeSet<String> {
    let text = read(&root().join("src/config/model.rs"));
    let body = text.split_once("pub struct Config {").unwrap().1;
    let body = body.split_once("\n}").unwrap().0;
    body.lines()
        .filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'))
        .map(|(key, _)| key.to_owned())
        .collect()
}

/// The keys that have a heading of their own in docs/CONFIGURATION.md, with what stands below it.
fn documented() -> BTreeMap<String, String> {
    let text = read(&root().join("docs/CONFIGURATION.md"));
    text.split("\n### `")
        .skip(1)
        .filter_map(|part| part.split_once('`'))
        .map(|(key, rest)| (key.to_owned(), rest.to_owned()))
        .collect()
}

#[test]
fn every_setting_is_documented_with_its_variable() {
    let documented = documented();
    let known: BTreeSet<String> = documented.keys().cloned().collect();
    assert_eq!(
        known,
        keys(),
        "docs/CONFIGURATION.md and src/config/model.rs"
    );
    for (key, text) in documented {
        let variable = format!("`JIANYAN_{}`", key.to_ascii_uppercase());
        assert!(text.contains(&variable), "{key}: {variable} is missing");
        assert!(text.contains("Default"), "{key}: no default is given");
    }
}

/// The example with what is commented out taken in, so that each line of it is tried.
fn whole_example() -> String {
    let text = read(&root().join("config/jianyan.example.toml"));
    let is_setting = |line: &str| {
        let (key, _) = line.split_once(" = ")?;
        keys().contains(key).then_some(())
    };
    text.lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if is_setting(rest).is_some() => rest,
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_example_is_read_as_it_stands_and_with_every_line() {
    let none = || std::iter::empty::<(String, String)>();
    jianyan::config::load(Some(&root().join("config/jianyan.example.toml")), none()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jianyan.toml");
    let whole = whole_example();
    std::fs::write(&file, &whole).unwrap();
    jianyan::config::load(Some(&file), none()).unwrap();
    for key in keys() {
        let begins = |line: &str| line.starts_with(&format!("{key} = "));
        assert!(whole.lines().any(begins), "{key} is not in the example");
    }
}

// --- the rules can fail -----------------------------------------------------------------------------

/// Files that exist so that paths lead somewhere.
const HOUSE: [(&str, &str); 14] = [
    ("lib.rs", ""),
    ("main.rs", "fn main() { jianyan::cli::run() }"),
    ("cli/mod.rs", "mod serve;"),
    (
        "cli/serve.rs",
        "use crate::web::server; use actix_web::web;",
    ),
    (
        "web/server.rs",
        "use crate::intake::submit::submit; use askama::Template;",
    ),
    ("intake/mod.rs", "pub mod submit; mod store; pub mod model;"),
    (
        "intake/submit.rs",
        "use super::store; use crate::audit::record::record; use crate::mail::Letter;",
    ),
    (
        "intake/store.rs",
        "use diesel::prelude::*; use crate::db::Db; use super::model::New; fn f() { crate::insert_once!(db, t, r) }",
    ),
    ("intake/model.rs", "use crate::clock::Clock;"),
    ("audit/record.rs", "use super::store;"),
    ("audit/store.rs", "use crate::db::Db;"),
    (
        "mail/mod.rs",
        "use crate::intake::model::New; use lettre::Message;",
    ),
    (
        "db/mod.rs",
        "use crate::error::Error; #[derive(diesel::MultiConnection)] enum Db {}",
    ),
    (
        "clock.rs",
        "use jiff::Timestamp; fn now() { Timestamp::now() }",
    ),
];

/// The made-up house with one file changed or added.
fn house_with(file: &str, text: &str) -> Vec<Source> {
    let mut sources: Vec<Source> = HOUSE
        .iter()
        .filter(|(known, _)| *known != file)
        .map(|(known, text)| Source::new(known, text))
        .collect();
    sources.push(Source::new(file, text));
    sources
}

type Rule = fn(&[Source]) -> Vec<Breach>;

/// The one breach that a rule finds when a file holds this text: its line and words.
fn caught(rule: Rule, file: &str, text: &str) -> (usize, String) {
    let mut found = rule(&house_with(file, text));
    assert_eq!(found.len(), 1, "{file}: {text}: {found:?}");
    let found = found.remove(0);
    assert_eq!(found.file, format!("src/{file}"));
    (found.line, found.rule)
}

#[test]
fn the_made_up_house_is_in_order() {
    let rules: [Rule; 8] = [
        layers,
        crates,
        macros_of_stores,
        environment,
        time,
        printing,
        length,
        handlers,
    ];
    for rule in rules {
        hold(&rule(&house_with("web/cache.rs", "")));
    }
}

#[test]
fn an_import_that_goes_up_is_caught() {
    for (file, text) in [
        ("intake/model.rs", "\nuse crate::db::Db;"),
        ("intake/model.rs", "\nuse super::submit::submit;"),
        ("intake/model.rs", "\nfn f() { crate::db::Db::open() }"),
        ("intake/model/receipt.rs", "\nuse super::super::store;"),
        (
            "intake/store.rs",
            "\nuse super::{model::New, submit::submit};",
        ),
        (
            "intake/store.rs",
            "\nuse crate::{clock::Clock, mail::Letter};",
        ),
        ("db/mod.rs", "\nuse crate::audit::record::record;"),
        ("clock.rs", "\nuse crate::db::Db;"),
        ("config/load.rs", "\nfn f() { crate::db::Db::open() }"),
        ("intake/submit.rs", "\nuse crate::web::server::start;"),
        ("mail/send.rs", "\nuse crate::intake::submit;"),
        ("documents/outline/mod.rs", "\nuse crate::audit::record;"),
        ("privacy/vault.rs", "\nuse crate::db::Db as Store;"),
    ] {
        let (line, _) = caught(layers, file, text);
        assert_eq!(line, 2, "{file}");
    }
}

#[test]
fn another_features_store_is_caught_however_it_is_named() {
    for (file, text) in [
        ("audit/store.rs", "\nuse crate::intake::store::row;"),
        ("audit/record.rs", "\nuse crate::intake::store;"),
        (
            "audit/record.rs",
            "use crate::intake;\nfn f() { intake::store::row() }",
        ),
        (
            "audit/record.rs",
            "use crate::intake as door;\nfn f() { door::store::row() }",
        ),
        (
            "audit/record.rs",
            "use crate::intake::{self};\nfn f() { self::super::super::intake::store::row() }",
        ),
        ("web/server.rs", "\nuse crate::audit::store;"),
        ("cli/serve.rs", "\nfn f() { crate::audit::store::page() }"),
        ("intake/letters/store.rs", "\nuse crate::audit::store;"),
    ] {
        let (line, _) = caught(layers, file, text);
        assert_eq!(line, 2, "{file}: {text}");
    }
    hold(&layers(&house_with(
        "intake/letters/store.rs",
        "use crate::intake::store;",
    )));
    hold(&layers(&house_with(
        "intake/mod.rs",
        "mod store; use store::row;",
    )));
}

#[test]
fn pages_know_no_commands_and_jobs_no_jobs() {
    caught(layers, "web/server.rs", "use crate::cli::serve;");
    let mut sources = house_with("jobs/answer.rs", "use super::remind::run;");
    sources.push(Source::new("jobs/remind.rs", "use super::queue::take;"));
    sources.push(Source::new("jobs/queue.rs", "use diesel::prelude::*;"));
    assert_eq!(layers(&sources).len(), 1);
    hold(&crates(&sources));
}

#[test]
fn a_crate_outside_its_room_is_caught() {
    for (file, text, rule) in [
        (
            "intake/model.rs",
            "\nuse diesel::prelude::*;",
            "a model knows no diesel",
        ),
        (
            "intake/model/phone.rs",
            "\n#[derive(diesel::Queryable)] struct Row;",
            "a model knows no diesel",
        ),
        (
            "intake/model.rs",
            "\nuse actix_web::HttpRequest;",
            "a model knows no actix_web",
        ),
        (
            "intake/model.rs",
            "\nuse askama::Template;",
            "a model knows no askama",
        ),
        (
            "intake/model.rs",
            "\nuse ::lettre::Message;",
            "a model knows no lettre",
        ),
        (
            "intake/submit.rs",
            "\nuse diesel::prelude::*;",
            "diesel is known only to",
        ),
        (
            "web/server.rs",
            "\nfn f() -> diesel::QueryResult<()> {}",
            "diesel is known only to",
        ),
        (
            "cli/mod.rs",
            "\nuse actix_web::web;",
            "actix_web is known only to",
        ),
        (
            "export/docx.rs",
            "\nuse askama::Template;",
            "askama is known only to",
        ),
        (
            "web/server.rs",
            "\nuse lettre::Message;",
            "lettre is known only to",
        ),
        (
            "intake/restore.rs",
            "\nuse diesel::{prelude::*};",
            "diesel is known only to",
        ),
    ] {
        let (line, said) = caught(crates, file, text);
        assert!(line == 2 && said.starts_with(rule), "{file}:{line}: {said}");
    }
}

#[test]
fn environment_time_and_printing_are_caught() {
    let cases: [(Rule, &str, &str); 10] = [
        (
            macros_of_stores,
            "intake/submit.rs",
            "\nfn f() { crate::insert_once!(db, t, r) }",
        ),
        (environment, "web/server.rs", "\nuse std::env;"),
        (environment, "db/mod.rs", "\nfn f() { env::var(NAME) }"),
        (
            time,
            "intake/submit.rs",
            "\nuse std::time::{Duration, SystemTime};",
        ),
        (
            time,
            "intake/submit.rs",
            "\nfn f() { jiff::Timestamp::now() }",
        ),
        (time, "cli/serve.rs", "\nfn f() { Zoned::now() }"),
        (printing, "web/server.rs", "\nfn f() { println!(\"x\") }"),
        (printing, "cli/serve.rs", "\nfn f() { eprintln!(\"x\") }"),
        (printing, "cli/serve.rs", "\nfn f() { std::io::stdout() }"),
        (printing, "intake/model.rs", "\nfn f() { dbg!(1); }"),
    ];
    for (rule, file, text) in cases {
        assert_eq!(caught(rule, file, text).0, 2, "{file}: {text}");
    }
}

#[test]
fn words_in_comments_strings_and_tests_are_no_code() {
    let text = r##"//! use crate::db::Db;
        /* use diesel::prelude::*; /* println!() */ */
        const A: &str = "std::env // SystemTime";
        const B: &str = r#"println!("Timestamp::now()")"#;
        const C: (char, char, &'static str) = ('"', '\'', "use crate::submit::x;");
        #[cfg(test)]
        mod tests { use super::super::store; fn f() { println!("{}", Timestamp::now()) } }
        use crate::db::Db;"##;
    let (line, _) = caught(layers, "intake/model.rs", text);
    assert_eq!(line, 8);
    let sources = house_with("intake/model.rs", text);
    for rule in [crates, environment, time, printing] {
        hold(&rule(&sources));
    }
}

#[test]
fn a_long_file_without_a_reason_is_caught() {
    let long = "fn f() {}\n".repeat(LONGEST_FILE + 1);
    caught(length, "web/page.rs", &long);
    let reasoned =
        format!("//! A page.\n//! Longer than 300 lines\n//! because it is a table.\n{long}");
    hold(&length(&house_with("web/page.rs", &reasoned)));
    hold(&length(&house_with(
        "web/page.rs",
        &"fn f() {}\n".repeat(LONGEST_FILE),
    )));
}

#[test]
fn a_long_handler_is_caught() {
    let handler = |lines: usize| {
        let body = "    step();\n".repeat(lines - 2);
        format!("//! Text.\nfn other() {{}}\npub async fn show() {{\n{body}}}\n")
    };
    let (line, rule) = caught(handlers, "web/routes/page.rs", &handler(LONGEST_HANDLER));
    assert!(
        line == 3 && rule.starts_with("show has 30 lines"),
        "{line}: {rule}"
    );
    hold(&handlers(&house_with(
        "web/routes/page.rs",
        &handler(LONGEST_HANDLER - 1),
    )));
    hold(&handlers(&house_with(
        "web/page.rs",
        &handler(LONGEST_HANDLER),
    )));
}

#[test]
fn a_lonely_migration_is_caught() {
    let both = BTreeSet::from(["up.sql".to_owned(), "down.sql".to_owned()]);
    let one = BTreeSet::from(["up.sql".to_owned()]);
    let first = || ("1_first".to_owned(), both.clone());
    let pair = |second: &str| {
        [
            ("sqlite", BTreeMap::from([first()])),
            (
                "postgres",
                BTreeMap::from([first(), (second.to_owned(), both.clone())]),
            ),
        ]
    };
    assert_eq!(twins(&pair("1_first")), Vec::<String>::new());
    assert_eq!(
        twins(&pair("2_next")),
        ["migrations/postgres/2_next has no twin in migrations/sqlite"]
    );
    let half = [("sqlite", BTreeMap::from([("1_first".to_owned(), one)]))];
    assert_eq!(twins(&half), ["migrations/sqlite/1_first has no down.sql"]);
}

#[test]
fn a_gap_between_decisions_is_caught() {
    let decisions = |names: &[(&str, &str)]| {
        names
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    };
    let good = decisions(&[("0001-a.md", "# 1. A\n"), ("0002-b.md", "# 2. B\n")]);
    assert!(numbered(&good).is_empty());
    let gap = decisions(&[("0001-a.md", "# 1. A\n"), ("0003-b.md", "# 2. B\n")]);
    assert_eq!(
        numbered(&gap),
        ["docs/adr/0003-b.md: number 0002 comes here"]
    );
    let title = decisions(&[("0001-a.md", "A\n")]);
    assert_eq!(
        numbered(&title),
        ["docs/adr/0001-a.md:1: begins with “# 1. ”"]
    );
}
