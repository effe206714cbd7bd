//! PostgreSQL's own programs. They learn where the database is, and the password, from their
//! environment: everybody on the machine can read a command line.

use crate::config::environment::own_variables;
use crate::error::{Error, Kind, Result};
use percent_encoding::percent_decode_str;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// Parameters of an address and the variables that say the same (PostgreSQL documentation, 34.15).
const PARAMETERS: [(&str, &str); 20] = [
    ("host", "PGHOST"),
    ("hostaddr", "PGHOSTADDR"),
    ("port", "PGPORT"),
    ("dbname", "PGDATABASE"),
    ("user", "PGUSER"),
    ("password", "PGPASSWORD"),
    ("passfile", "PGPASSFILE"),
    ("channel_binding", "PGCHANNELBINDING"),
    ("connect_timeout", "PGCONNECT_TIMEOUT"),
    ("client_encoding", "PGCLIENTENCODING"),
    ("options", "PGOPTIONS"),
    ("application_name", "PGAPPNAME"),
    ("sslmode", "PGSSLMODE"),
    ("sslcert", "PGSSLCERT"),
    ("sslkey", "PGSSLKEY"),
    ("sslrootcert", "PGSSLROOTCERT"),
    ("sslcrl", "PGSSLCRL"),
    ("gssencmode", "PGGSSENCMODE"),
    ("krbsrvname", "PGKRBSRVNAME"),
    ("target_session_attrs", "PGTARGETSESSIONATTRS"),
];

type Variables = Vec<(&'static str, OsString)>;

/// Writes the state of a database that a snapshot names to a file.
pub(super) fn dump(url: &str, snapshot: &str, file: &Path) -> Result<()> {
    let mut command = command("pg_dump", &environment(url)?);
    command.args(["--format=custom", "--no-password"]);
    command.arg(format!("--snapshot={snapshot}"));
    run(command.arg("--file").arg(file))
}

/// Puts a dump into an empty database: all of it or nothing.
pub(super) fn restore(url: &str, file: &Path) -> Result<()> {
    let variables = environment(url)?;
    let named = variables.iter().find(|(name, _)| *name == "PGDATABASE");
    let database = named.map_or_else(String::new, |(_, name)| name.to_string_lossy().into_owned());
    let quoted = database.replace('\\', "\\\\").replace('\'', "\\'");
    let mut command = command("pg_restore", &variables);
    command.args(["--no-owner", "--exit-on-error", "--single-transaction"]);
    command.args([
        "--no-password".to_owned(),
        format!("--dbname=dbname='{quoted}'"),
    ]);
    run(command.arg(file))
}

fn command(program: &str, variables: &Variables) -> Command {
    let mut command = Command::new(program);
    for name in own_variables() {
        command.env_remove(name);
    }
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command.stdin(Stdio::null());
    command
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|cause| not_run(&program, cause))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said: String = said.lines().take(2).collect::<Vec<_>>().join(" ");
    let said: String = said.chars().take(400).collect();
    let (zh, en) = match said.contains("version") {
        true => (
            "；请安装与服务器同一大版本或更新的PostgreSQL客户端程序",
            "; install PostgreSQL's client programs of the server's major version or newer",
        ),
        false => (
            "；请检查database_url和账号的权限",
            "; check database_url and what its account may do",
        ),
    };
    Err(Error::new(
        Kind::Unavailable,
        format!("{program} 没有完成：{said}{zh}"),
        format!("{program} did not finish: {said}{en}"),
    ))
}

fn not_run(program: &str, cause: std::io::Error) -> Error {
    if cause.kind() != ErrorKind::NotFound {
        return Error::internal(cause);
    }
    Error::new(
        Kind::Unavailable,
        format!(
            "没有找到程序 {program}：请安装与服务器同一大版本或更新的PostgreSQL客户端程序（Debian为postgresql-client），并使它在PATH中"
        ),
        format!(
            "the program {program} is not there: install PostgreSQL's client programs (postgresql-client on Debian) of the server's major version or newer, in PATH"
        ),
    )
}

/// An address in variables for libpq.
fn environment(url: &str) -> Result<Variables> {
    let parsed = url::Url::parse(url).map_err(|_| unreadable())?;
    let mut variables = Vec::new();
    let mut set = |parameter: &str, value: &str| {
        let known = PARAMETERS.iter().find(|(name, _)| *name == parameter);
        let (_, variable) = known.ok_or_else(unreadable)?;
        let bytes = percent_decode_str(value).collect();
        if !value.is_empty() {
            variables.push((*variable, OsString::from_vec(bytes)));
        }
        Ok::<(), Error>(())
    };
    let host = parsed.host_str().unwrap_or_default();
    set("host", host.trim_matches(['[', ']']))?;
    set("user", parsed.username())?;
    set("password", parsed.password().unwrap_or_default())?;
    set("dbname", parsed.path().trim_start_matches('/'))?;
    if let Some(port) = parsed.port() {
        set("port", &port.to_string())?;
    }
    let stated = parsed.query().unwrap_or_default().split('&');
    for pair in stated.filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').ok_or_else(unreadable)?;
        set(name, value)?;
    }
    Ok(variables)
}

fn unreadable() -> Error {
    Error::invalid(
        "database_url 中有pg_dump的环境变量不能表达的内容：请写成 postgres://用户:密码@主机:端口/库名，密码里的 @ : / ? # % 写成 %40 等形式；或按docs/OPERATIONS.md手工备份",
        "database_url holds what no environment variable of pg_dump can say: write it as postgres://user:password@host:port/database, with @ : / ? # % in the password as %40 and so on, or back up by hand (docs/OPERATIONS.md)",
    )
}

#[cfg(test)]
mod tests {
    use super::environment;

    #[test]
    fn an_address_becomes_variables() {
        let said = environment("postgres://a%40b:p%25w@db.example.org:5433/jian?sslmode=require");
        let said = said.unwrap();
        let shown: Vec<String> = said
            .iter()
            .map(|(name, value)| format!("{name}={}", value.to_string_lossy()))
            .collect();
        assert_eq!(
            shown,
            [
                "PGHOST=db.example.org",
                "PGUSER=a@b",
                "PGPASSWORD=p%w",
                "PGDATABASE=jian",
                "PGPORT=5433",
                "PGSSLMODE=require"
            ]
        );
        let socket = environment("postgres:///jian?host=%2Frun%2Fpostgresql").unwrap();
        assert_eq!(socket.last().unwrap().1, "/run/postgresql");
        assert!(environment("postgres://h/d?unheard=1").is_err());
    }
}
