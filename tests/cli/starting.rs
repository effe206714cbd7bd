//! What keeps the service from starting is said in one line, in the user's language: what, where, why,
//! and what to do; never a password.

use crate::support::notice::NOTICE;
use crate::support::process::{Done, Installation, free_address};
use crate::support::{Client, postgres_admin, postgres_left_out};
use diesel::Connection;
use diesel::connection::SimpleConnection;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// The binary without the right to pass over permissions, which root has.
fn without_rights(here: &Installation, arguments: &[&str], language: &str) -> Done {
    let plain = here.command(arguments);
    let mut command = match Command::new("id").arg("-u").output() {
        Ok(output) if output.stdout == b"0\n" => {
            let mut command = Command::new("setpriv");
            command.args(["--bounding-set=-all", "--inh-caps=-all"]);
            command.arg(plain.get_program()).args(plain.get_args());
            command
        }
        _ => Command::new(plain.get_program()),
    };
    if command.get_args().next().is_none() {
        command.args(plain.get_args());
    }
    let path = std::env::var("PATH").unwrap();
    command
        .current_dir(here.path())
        .env_clear()
        .env("PATH", path)
        .env("LANG", language)
        .envs(here.variables.iter().cloned());
    // What starts all the same is ended.
    let mut all = Command::new("timeout");
    all.args(["--kill-after=1", "20"]);
    all.arg(command.get_program()).args(command.get_args());
    all.current_dir(here.path()).env_clear();
    all.envs(
        command
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let output = all.output().unwrap();
    Done {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Both languages refuse in one line that holds the words.
fn refused(here: &Installation, arguments: &[&str], zh: &[&str], en: &[&str]) {
    for (language, words) in [("zh_CN.UTF-8", zh), ("C.UTF-8", en)] {
        let done = without_rights(here, arguments, language);
        let line = done.refusal();
        for word in words {
            assert!(line.contains(word), "no {word} in {line}");
        }
        assert!(!line.contains("geheim"), "{line}");
    }
}

fn mode(here: &Installation, name: &str, mode: u32) {
    let permissions = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(here.path().join(name), permissions).unwrap();
}

#[test]
fn folders_and_files_that_cannot_be_used() {
    type Make = fn(&mut Installation);
    let cases: [(Make, &[&str], &[&str]); 11] = [
        (
            |here| {
                here.file("plain", "x");
                here.set("JIANYAN_DATA_DIR", "plain");
            },
            &["数据文件夹 plain", "同名的文件", "data_dir"],
            &["data folder plain", "a file of that name", "data_dir"],
        ),
        (
            |here| {
                here.file("plain", "x");
                here.set("JIANYAN_DATA_DIR", "plain/below");
            },
            &["plain/below", "不是文件夹", "data_dir"],
            &["plain/below", "not a folder", "data_dir"],
        ),
        (
            |here| {
                std::fs::create_dir(here.path().join("closed")).unwrap();
                mode(here, "closed", 0o555);
                here.set("JIANYAN_DATA_DIR", "closed/below");
            },
            &["closed/below", "没有权限", "data_dir"],
            &["closed/below", "permission is denied", "data_dir"],
        ),
        (
            |here| {
                std::fs::create_dir(here.path().join("closed")).unwrap();
                mode(here, "closed", 0o555);
                here.set("JIANYAN_DATA_DIR", "closed");
            },
            &["closed/site.key", "没有权限"],
            &["closed/site.key", "permission is denied"],
        ),
        (
            // A site that was good, in a folder that is read-only now.
            |here| {
                here.file("notice.txt", NOTICE);
                here.run(&["import", "notice.txt"]).good();
                // Whoever closes the file last takes the log beside it away.
                let file = here.path().join("jianyan-data/jianyan.db");
                let mut open = diesel::SqliteConnection::establish(file.to_str().unwrap()).unwrap();
                open.batch_execute("SELECT count(*) FROM consultations")
                    .unwrap();
                drop(open);
                mode(here, "jianyan-data", 0o555);
            },
            &["jianyan-data/jianyan.db", "jianyan-data 用不了", "没有权限"],
            &[
                "jianyan-data/jianyan.db",
                "folder jianyan-data",
                "permission is denied",
            ],
        ),
        (
            |here| {
                here.file("notice.txt", NOTICE);
                here.run(&["import", "notice.txt"]).good();
                mode(here, "jianyan-data/jianyan.db", 0o444);
            },
            &["jianyan-data/jianyan.db", "没有权限", "所有者"],
            &["jianyan-data/jianyan.db", "permission is denied", "owner"],
        ),
        (
            |here| {
                here.file("notice.txt", NOTICE);
                here.run(&["import", "notice.txt"]).good();
                mode(here, "jianyan-data/storage", 0o555);
            },
            &["jianyan-data/storage", "没有权限"],
            &["jianyan-data/storage", "permission is denied"],
        ),
        (
            |here| {
                here.file("notice.txt", NOTICE);
                here.run(&["import", "notice.txt"]).good();
                mode(here, "jianyan-data/site.key", 0o000);
            },
            &["jianyan-data/site.key", "没有权限"],
            &["jianyan-data/site.key", "permission is denied"],
        ),
        (
            |here| here.set("JIANYAN_DATABASE_URL", "sqlite:nowhere/a.db"),
            &["nowhere/a.db", "文件夹 nowhere", "不存在", "database_url"],
            &[
                "nowhere/a.db",
                "folder nowhere",
                "does not exist",
                "database_url",
            ],
        ),
        (
            |here| here.set("JIANYAN_DATABASE_URL", "sqlite:jianyan-data"),
            &["jianyan-data", "这是文件夹"],
            &["jianyan-data", "it is a folder"],
        ),
        (
            |here| {
                here.file(
                    "letter.db",
                    "Dear office, this is no database at all.\n".repeat(99),
                );
                here.set("JIANYAN_DATABASE_URL", "sqlite:letter.db");
            },
            &["letter.db", "不是SQLite数据库", "database_url"],
            &["letter.db", "no SQLite database", "database_url"],
        ),
    ];
    for (make, zh, en) in cases {
        let mut here = Installation::new();
        let port = free_address().to_string();
        here.set("JIANYAN_LISTEN", &port);
        make(&mut here);
        refused(&here, &["serve"], zh, en);
        for name in ["closed", "jianyan-data", "jianyan-data/storage"] {
            if here.path().join(name).exists() {
                mode(&here, name, 0o755);
            }
        }
    }
}

#[test]
fn settings_that_cannot_be_read() {
    let here = Installation::new();
    std::fs::create_dir(here.path().join("folder")).unwrap();
    here.file("bytes.toml", b"site_name = \"\xff\"\n");
    here.file("closed.toml", "site_name = \"a\"\n");
    mode(&here, "closed.toml", 0o000);
    for (file, zh, en) in [
        ("none.toml", "不存在", "does not exist"),
        ("folder", "是文件夹", "it is a folder"),
        ("bytes.toml", "UTF-8", "UTF-8"),
        ("closed.toml", "没有权限", "permission is denied"),
    ] {
        refused(
            &here,
            &["serve", "--config", file],
            &["配置文件", file, zh],
            &["configuration file", file, en],
        );
    }
}

#[test]
fn addresses_that_cannot_be_listened_on() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken
        .local_addr()
        .map(|address| (address.to_string(), taken))
        .unwrap();
    for (address, zh, en) in [
        (taken.0.as_str(), "端口已被占用", "the port is in use"),
        (
            "192.0.2.1:8080",
            "本机没有这个地址",
            "does not have that address",
        ),
    ] {
        let mut here = Installation::new();
        here.set("JIANYAN_LISTEN", address);
        refused(
            &here,
            &["serve"],
            &["无法监听", address, zh, "listen"],
            &["listen", address, en],
        );
    }
}

/// Host, port and cause of a server that cannot be used.
#[test]
fn servers_that_cannot_be_reached() {
    let free = free_address();
    for (url, place, zh, en) in [
        (
            format!("postgres://jianyan:geheim@{free}/plans"),
            format!("{free}/plans"),
            "连接被拒绝",
            "connection refused",
        ),
        (
            "postgres://jianyan:geheim@db.invalid:5433/plans".to_owned(),
            "db.invalid:5433/plans".to_owned(),
            "找不到这个主机名",
            "no such host",
        ),
        (
            "postgres://jianyan:geheim@/plans?host=/nowhere/at-all".to_owned(),
            "/nowhere/at-all:5432/plans".to_owned(),
            "没有这个套接字文件",
            "no server at that socket",
        ),
        (
            format!("postgres://jianyan:geheim@{free}/plans?sslmode=require"),
            format!("{free}/plans"),
            "TLS",
            "TLS",
        ),
    ] {
        let mut here = Installation::new();
        here.set("JIANYAN_DATABASE_URL", &url);
        refused(
            &here,
            &["serve"],
            &["连不上数据库", &place, zh, "请"],
            &["cannot use the database", &place, en, ";"],
        );
    }
    // Which part is host and which is password cannot be told, or libpq would repeat it: none of it is.
    for address in [
        "jianyan:geheim/1@127.0.0.1:1/plans",
        "jianyan:ge%zzgeheim@127.0.0.1:1/plans",
        "jianyan:x@geheim@127.0.0.1:1/plans",
        "jianyan:geheim?1@127.0.0.1:1/plans",
        "jianyan:geheim#1@127.0.0.1:1/plans",
        "jianyan:geheim@127.0.0.1:geheim/plans",
    ] {
        let mut here = Installation::new();
        here.set("JIANYAN_DATABASE_URL", &format!("postgres://{address}"));
        refused(
            &here,
            &["serve"],
            &["连不上数据库", "database_url", "请"],
            &["cannot use the database", "database_url", ";"],
        );
    }
}

/// A running server that does not let us in.
#[test]
fn servers_that_turn_us_away() {
    let Some(admin) = postgres_admin() else {
        postgres_left_out();
        return;
    };
    let mut connection = diesel::PgConnection::establish(&admin).unwrap();
    let random: [u8; 6] = jianyan::ids::random().unwrap();
    let role = format!("r_{}", jianyan::ids::hex(&random));
    let mut admin_does = |order: &str| connection.batch_execute(order).unwrap();
    admin_does(&format!("CREATE ROLE {role} LOGIN PASSWORD 'geheim1'"));
    admin_does(&format!("CREATE DATABASE {role}_db"));
    let (start, rest) = admin.split_once("://").unwrap();
    let (_, server) = rest.rsplit_once('@').unwrap();
    let (place, _) = server.split_once('/').unwrap();
    let url = |password: &str, name: &str| format!("{start}://{role}:{password}@{place}/{name}");
    let try_with = |url: &str, zh: &str, en: &str| {
        let mut here = Installation::new();
        here.set("JIANYAN_DATABASE_URL", url);
        refused(
            &here,
            &["serve"],
            &["连不上数据库", place, zh, "请"],
            &["cannot use the database", place, en, ";"],
        );
    };
    let own = format!("{role}_db");
    try_with(
        &url("geheim2", &own),
        "用户名或密码不被接受",
        "password authentication failed",
    );
    try_with(
        &url("geheim1", "r_none"),
        "没有这个数据库",
        "no such database",
    );
    try_with(
        &url("geheim1", &own),
        "没有建表的权限",
        "may not make tables",
    );
    admin_does(&format!("ALTER ROLE {role} CONNECTION LIMIT 0"));
    try_with(&url("geheim1", &own), "连接数已满", "too many connections");
    admin_does(&format!("DROP DATABASE {own}"));
    admin_does(&format!("DROP ROLE {role}"));
}

/// A disk that is full already when the service starts.
#[test]
fn a_full_disk_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "jianyan-test"])
        .arg(&disk)
        .output();
    if !mount.is_ok_and(|output| output.status.success()) {
        println!("SKIPPED: no file system can be mounted here");
        return;
    }
    let data = disk.display().to_string();
    std::fs::write(disk.join("ballast"), vec![7; 1 << 20]).unwrap_err();
    let full = |set: &[(&str, &str)], zh: &[&str], en: &[&str]| {
        let mut here = Installation::new();
        here.set("JIANYAN_LISTEN", &free_address().to_string());
        for (name, value) in set {
            here.set(name, value);
        }
        refused(&here, &["serve"], zh, en);
    };
    full(
        &[("JIANYAN_DATA_DIR", &data)],
        &[&data, "磁盘已满"],
        &[&data, "the disk is full"],
    );
    let url = format!("sqlite:{data}/a.db");
    full(
        &[("JIANYAN_DATABASE_URL", &url)],
        &[&data, "磁盘已满"],
        &[&data, "the disk is full"],
    );
    let detached = Command::new("umount").arg("-l").arg(&disk).status();
    assert!(detached.is_ok_and(|status| status.success()));
}

#[test]
fn the_log_says_where_settings_came_from() {
    let mut here = Installation::new();
    here.file("site.toml", "site_name = \"geheim\"\n");
    here.set("JIANYAN_CONFIG", "site.toml");
    let (mut running, base) = here.serve();
    assert_eq!(Client::new(&base).get("/healthz").status, 200);
    let said = running.err.lock().unwrap().join("\n");
    assert!(
        said.contains("settings: from site.toml, and from JIANYAN_LISTEN JIANYAN_PUBLIC_URL"),
        "{said}"
    );
    assert!(
        said.contains("conversion of .doc, .wps and .odt") && !said.contains("geheim"),
        "{said}"
    );
    running.signal("TERM");
    assert_eq!(running.end(), 0);
}
