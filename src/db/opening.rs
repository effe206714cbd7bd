//! Why a database cannot be opened, for whoever starts the program: which one, what is wrong, what
//! to do. Readers of the site are told less (`fault::unreachable_database`).

use super::Address;
use super::fault::says_unwritable;
use crate::error::{Error, Kind, Result, why};
use crate::words::Both;
use std::fs::{File, OpenOptions};
use std::path::Path;

/// What a server or libpq says (in lower case; servers speak their own language), what that means,
/// and what to do.
struct Reason {
    signs: &'static [&'static str],
    zh: &'static str,
    en: &'static str,
}

const REASONS: [Reason; 13] = [
    Reason {
        signs: &["connection refused"],
        zh: "连接被拒绝，那里没有数据库在运行；请启动PostgreSQL，并核对database_url中的主机和端口",
        en: "connection refused, no server listens there; start PostgreSQL, and check host and port in database_url",
    },
    Reason {
        signs: &["could not translate host name", "no such host"],
        zh: "找不到这个主机名；请核对database_url中的主机，以及本机的域名解析",
        en: "no such host; check the host in database_url and this machine's name resolution",
    },
    Reason {
        signs: &[
            "password authentication failed",
            "no password supplied",
            "password 认证失败",
            "密码认证失败",
            "口令认证失败",
        ],
        zh: "用户名或密码不被接受（password authentication failed）；请核对database_url，其中@ : / ? # %等符号要写成%40等形式",
        en: "password authentication failed; check user and password in database_url, where @ : / ? # % are written as %40 and so on",
    },
    Reason {
        signs: &[
            "too many clients",
            "remaining connection slots",
            "too many connections",
            "太多的客户",
        ],
        zh: "数据库的连接数已满（too many connections）；请调大PostgreSQL的max_connections，或停掉占用连接的程序",
        en: "it has too many connections; raise max_connections of PostgreSQL, or stop other programs that hold some",
    },
    Reason {
        signs: &["no pg_hba.conf entry", "没有用于主机"],
        zh: "服务器不允许本机用这个账号连接（no pg_hba.conf entry）；请在服务器的pg_hba.conf中加入一行",
        en: "the server lets nobody in from this machine with this account (no pg_hba.conf entry); add a line to its pg_hba.conf",
    },
    Reason {
        signs: &[
            "ssl support is not compiled in",
            "does not support ssl",
            "sslmode",
        ],
        zh: "加密连接（sslmode）用不了：本程序或服务器不支持TLS；请按docs/OPERATIONS.md中的“PostgreSQL over TLS”一节办理",
        en: "no encrypted connection (sslmode): this build or the server has no TLS; see “PostgreSQL over TLS” in docs/OPERATIONS.md",
    },
    Reason {
        signs: &[
            "timeout expired",
            "timed out",
            "no route to host",
            "network is unreachable",
        ],
        zh: "没有回应（timed out）；请检查网络、防火墙，以及database_url中的主机",
        en: "no answer in time (timed out); check the network, firewalls, and the host in database_url",
    },
    Reason {
        signs: &[
            "starting up",
            "shutting down",
            "recovery mode",
            "正在启动",
            "正在关闭",
        ],
        zh: "数据库正在启动或者关闭（starting up）；请稍等再试",
        en: "the server is starting up or shutting down; wait a moment and try again",
    },
    Reason {
        signs: &["no such file or directory"],
        zh: "没有这个套接字文件（no such file or directory），PostgreSQL可能没有运行；请启动它，或在database_url中写明主机",
        en: "no such file or directory: no server at that socket; start PostgreSQL, or name a host in database_url",
    },
    Reason {
        signs: &[
            "peer authentication failed",
            "ident authentication failed",
            "对等认证失败",
        ],
        zh: "本机的系统账号不能用这个数据库账号（peer authentication failed）；请在database_url中写127.0.0.1和密码",
        en: "peer authentication failed: this system account may not use that role; write 127.0.0.1 and a password into database_url",
    },
    Reason {
        signs: &["permission denied", "权限不够", "权限不足"],
        zh: "这个账号没有建表的权限（permission denied）；请让它成为数据库的所有者，或执行GRANT CREATE ON SCHEMA public",
        en: "permission denied: the account may not make tables; make it the database's owner, or GRANT CREATE ON SCHEMA public to it",
    },
    Reason {
        signs: &["read-only transaction", "只读"],
        zh: "数据库是只读的（read-only transaction），可能是备用服务器；请在database_url中写主服务器",
        en: "the database only answers read-only transactions, perhaps as a standby; name the primary server in database_url",
    },
    Reason {
        signs: &["disk is full", "no space left", "设备上没有空间"],
        zh: "服务器的磁盘已满（no space left）；请腾出空间",
        en: "the server's disk is full (no space left); make room on it",
    },
];

/// What libpq says (in lower case) of an address that it cannot read, followed by a part of it.
const ADDRESS_SIGNS: [&str; 7] = [
    "invalid integer value",
    "invalid port number",
    "invalid percent-encoded token",
    "forbidden value %00",
    "in uri",
    "uri query parameter",
    "key/value separator",
];

/// The error for a database that cannot be opened; `said` is what the library reports.
#[track_caller]
pub(super) fn cannot_open(address: &Address, said: &str) -> Error {
    match address {
        Address::Sqlite(path) => of_file(path, said).caused_by(said.to_owned()),
        // What is said may repeat a part of the address, and with it of the password.
        Address::Postgres(_) if is_about_address(address, said) => of_server(address, said),
        Address::Postgres(_) => of_server(address, said).caused_by(said.to_owned()),
    }
}

/// Whether libpq could not read the address, or nobody can tell its parts apart.
fn is_about_address(address: &Address, said: &str) -> bool {
    let lower = said.to_lowercase();
    address.server().is_none() || ADDRESS_SIGNS.iter().any(|sign| lower.contains(sign))
}

/// Refuses a file that is there and cannot be written: SQLite would open it, and fail at the first
/// change.
pub(super) fn must_be_writable(address: &Address) -> Result<()> {
    match address {
        Address::Sqlite(path) if path.exists() => match rewritable(path) {
            Some(_) => Err(cannot_open(address, "the file cannot be written")),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// The same for tables that cannot be made: where the reason is known it says more than `error`.
pub(super) fn cannot_make(address: &Address, error: Error) -> Error {
    let said = std::error::Error::source(&error).map(ToString::to_string);
    let said = said.unwrap_or_default();
    let is_known = match address {
        Address::Sqlite(_) => says_unwritable(&said),
        Address::Postgres(_) => reason(&said).is_some(),
    };
    if is_known {
        return cannot_open(address, &said);
    }
    error
}

fn of_server(address: &Address, said: &str) -> Error {
    let place = address
        .server()
        .map_or_else(String::new, |at| format!(" {at}"));
    let why = reason(said).unwrap_or_else(|| {
        if is_about_address(address, said) {
            return Both::new(
                "database_url读不懂；请写成postgres://用户名:密码@主机:端口/数据库名，其中@ : / ? # %等符号要写成%40等形式",
                "database_url cannot be read; write postgres://user:password@host:port/name, with @ : / ? # % in its parts written as %40 and so on",
            );
        }
        let line = said.lines().next().unwrap_or_default();
        Both::new(line, line)
    });
    Error::new(
        Kind::Unavailable,
        format!("连不上数据库{place}：{}", why.zh),
        format!("cannot use the database{place}: {}", why.en),
    )
}

fn reason(said: &str) -> Option<Both> {
    let lower = said.to_lowercase();
    if let Some(what) = missing(&lower) {
        return Some(what);
    }
    let found = REASONS
        .iter()
        .find(|reason| reason.signs.iter().any(|sign| lower.contains(sign)));
    found.map(|reason| Both::new(reason.zh, reason.en))
}

/// `database "x" does not exist`, `role "x" does not exist`.
fn missing(lower: &str) -> Option<Both> {
    let is = |zh: &str, en: &str| {
        let english = lower.contains(&format!("{en} \"")) && lower.contains("does not exist");
        let chinese = lower.contains(&format!("{zh} \"")) && lower.contains("不存在");
        english || chinese || lower.contains(&format!("there is no such {en}"))
    };
    if is("数据库", "database") {
        return Some(Both::new(
            "服务器上没有这个数据库；请先用createdb建好，或核对database_url末尾的名称",
            "there is no such database; make it with createdb, or check the name at the end of database_url",
        ));
    }
    is("角色", "role").then(|| {
        Both::new(
            "服务器上没有这个账号；请先用createuser建好，或核对database_url中的用户名",
            "there is no such role; make it with createuser, or check the user in database_url",
        )
    })
}

fn of_file(path: &Path, said: &str) -> Error {
    let shown = path.display();
    let why = wrong_with_file(path).unwrap_or_else(|| {
        let (zh, en) = if said.contains("disk is full") || said.contains("disk I/O error") {
            (
                "磁盘已满或有故障；请腾出空间",
                "the disk is full or failing; make room",
            )
        } else if said.contains("not a database") {
            (
                "这不是SQLite数据库文件；请核对database_url",
                "it is no SQLite database; check database_url",
            )
        } else if said.contains("locked") {
            (
                "另一个程序正占用它；请停掉那个程序",
                "another program holds it; stop that one",
            )
        } else {
            (said, said)
        };
        Both::new(zh, en)
    });
    Error::new(
        Kind::Unavailable,
        format!("打不开数据库文件 {shown}：{}", why.zh),
        format!("cannot open the database file {shown}: {}", why.en),
    )
}

/// What is wrong with the file or its folder, where the system says it.
fn wrong_with_file(path: &Path) -> Option<Both> {
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let shown = folder.display();
    let about_folder = |cause: &std::io::Error| {
        let why = why(cause);
        Both::new(
            format!(
                "文件夹 {shown} 用不了，{}；请建好文件夹并让本程序可以写入，或改database_url",
                why.zh
            ),
            format!(
                "its folder {shown} cannot be used, {}; make it and let this program write there, or change database_url",
                why.en
            ),
        )
    };
    if let Err(cause) = std::fs::read_dir(folder) {
        return Some(about_folder(&cause));
    }
    if path.exists()
        && let Some(why) = rewritable(path)
    {
        return Some(why);
    }
    // SQLite keeps its log beside the file, so the folder must take new files too.
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    let written = File::create_new(&probe).map(|_| ());
    let _ = std::fs::remove_file(&probe);
    written.err().map(|cause| about_folder(&cause))
}

/// Why a file cannot be written; nothing when it can.
fn rewritable(path: &Path) -> Option<Both> {
    let opened = OpenOptions::new().read(true).write(true).open(path);
    opened.err().map(|cause| {
        let why = why(&cause);
        Both::new(
            format!("{}；请检查这个文件的所有者和权限", why.zh),
            format!("{}; check the file's owner and permissions", why.en),
        )
    })
}
