//! Reading the settings.

use super::{Address, Config, Smtp};
use crate::error::{Error, Result, why};
use crate::intake::model::email::Email;
use std::path::Path;
use toml::{Table, Value};

/// What the name of each of our variables begins with.
pub(super) const PREFIX: &str = "JIANYAN_";

/// Variables with our prefix that are not settings of the service: where the settings are, and
/// where the tests find a server and the seed documents.
const NOT_SETTINGS: [&str; 3] = ["JIANYAN_CONFIG", "JIANYAN_TEST_POSTGRES", "JIANYAN_SHARED"];

/// Reads the file, if one is named, then the variables.
///
/// # Errors
/// `Kind::Invalid` with the name of the key that is unknown or wrong, and where it stands.
pub fn load(
    file: Option<&Path>,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Config> {
    let mut table = match file {
        Some(path) => read_file(path)?,
        None => Table::new(),
    };
    for (name, value) in variables {
        let Some(key) = name.strip_prefix(PREFIX) else {
            continue;
        };
        if NOT_SETTINGS.contains(&name.as_str()) {
            continue;
        }
        let key = key.to_ascii_lowercase();
        let value = as_value(&key, &value).map_err(|reason| wrong(&name, &reason))?;
        table.insert(key, value);
    }
    let config: Config = Value::Table(table)
        .try_into()
        .map_err(|cause: toml::de::Error| wrong("configuration", cause.message()))?;
    check(&config)?;
    Ok(config)
}

fn read_file(path: &Path) -> Result<Table> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|cause| {
        let why = why(&cause);
        Error::invalid(
            format!("无法读取配置文件 {shown}：{}，请检查路径和权限", why.zh),
            format!(
                "cannot read the configuration file {shown}: {}; check its path and permissions",
                why.en
            ),
        )
        .caused_by(cause)
    })?;
    // Parsed once into the settings themselves, for errors that name the line.
    toml::from_str::<Config>(&text).map_err(|cause| {
        let line = cause
            .span()
            .and_then(|span| text.get(..span.start))
            .map_or(1, |before| before.matches('\n').count() + 1);
        let reason = cause
            .message()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        wrong(&format!("{shown}:{line}"), &reason)
    })?;
    text.parse::<Table>()
        .map_err(|cause| wrong(&shown.to_string(), cause.message()))
}

/// A variable is text: a number where the setting is one, else the text itself (a site may be
/// called 2025). Checked by itself, so that the error can name it.
fn as_value(key: &str, text: &str) -> std::result::Result<Value, String> {
    let number = text.parse::<i64>().map(Value::Integer);
    if let Ok(number) = number
        && fits(key, &number).is_ok()
    {
        return Ok(number);
    }
    let switch = text.parse::<bool>().map(Value::Boolean);
    if let Ok(switch) = switch
        && fits(key, &switch).is_ok()
    {
        return Ok(switch);
    }
    // A list is given with blanks between its entries.
    let list = text.split_whitespace();
    let list = Value::Array(list.map(|one| Value::String(one.to_owned())).collect());
    if fits(key, &list).is_ok() {
        return Ok(list);
    }
    let text = Value::String(text.to_owned());
    fits(key, &text).map(|()| text)
}

fn fits(key: &str, value: &Value) -> std::result::Result<(), String> {
    Value::Table(Table::from_iter([(key.to_owned(), value.clone())]))
        .try_into::<Config>()
        .map(|_| ())
        .map_err(|cause| cause.message().to_owned())
}

fn check(config: &Config) -> Result<()> {
    Address::parse(&config.database_url)?;
    let url = &config.public_url;
    let web = url.starts_with("http://") || url.starts_with("https://");
    if !web || url.ends_with('/') {
        return Err(wrong(
            "public_url",
            "must start with http:// or https:// and not end with a slash",
        ));
    }
    // They go into a header as they are.
    let is_site = |site: &&String| {
        let host = site
            .strip_prefix("https://")
            .or(site.strip_prefix("http://"));
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '*');
        !host.is_some_and(|host| !host.is_empty() && host.chars().all(plain))
    };
    if let Some(site) = config.frame_allowed.iter().find(is_site) {
        let reason = format!("{site} must be https:// and a host, without a path");
        return Err(wrong("frame_allowed", &reason));
    }
    if !["json", "text"].contains(&config.log_format.as_str()) {
        return Err(wrong("log_format", "must be json or text"));
    }
    check_mail(config)?;
    let idle = config.session_idle_minutes;
    let workers = i64::try_from(config.workers.unwrap_or(1)).unwrap_or(i64::MAX);
    in_range("session_idle_minutes", idle, 1..=1_440)?;
    in_range("session_hours", config.session_hours, 1..=168)?;
    in_range("upload_keep_hours", config.upload_keep_hours, 1..=720)?;
    in_range("work_bits", i64::from(config.work_bits), 0..=26)?;
    let wait = config.no_script_wait_seconds;
    in_range("no_script_wait_seconds", wait, 1..=600)?;
    in_range("form_min_seconds", config.form_min_seconds, 0..=60)?;
    in_range("workers", workers, 1..=1_024)?;
    let waiting = i64::try_from(config.writes_waiting).unwrap_or(i64::MAX);
    in_range("writes_waiting", waiting, 1..=1_000_000)
}

/// What mails are sent by; no message repeats a password.
fn check_mail(config: &Config) -> Result<()> {
    if let Some(url) = &config.smtp_url {
        Smtp::parse(url).map_err(|reason| wrong("smtp_url", reason))?;
        if config.mail_from.is_none() {
            return Err(wrong("mail_from", "is needed with smtp_url"));
        }
    }
    for (key, address) in [
        ("mail_from", &config.mail_from),
        ("mail_reply_to", &config.mail_reply_to),
    ] {
        if address
            .as_deref()
            .is_some_and(|text| Email::parse(text).is_err())
        {
            return Err(wrong(key, "must be an e-mail address and nothing else"));
        }
    }
    // They go into a header as they are.
    let is_name = |text: &&String| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        !text.is_empty() && text.chars().all(plain)
    };
    for (key, name) in [
        ("dkim_selector", &config.dkim_selector),
        ("dkim_domain", &config.dkim_domain),
    ] {
        if name.as_ref().is_some_and(|name| !is_name(&name)) {
            return Err(wrong(key, "must be letters, digits, dots and hyphens"));
        }
    }
    if config.dkim_key_file.is_some() && config.dkim_selector.is_none() {
        return Err(wrong("dkim_selector", "is needed with dkim_key_file"));
    }
    let patience = i64::try_from(config.mailbox_timeout_seconds).unwrap_or(i64::MAX);
    in_range("mailbox_timeout_seconds", patience, 1..=600)?;
    let seconds = i64::try_from(config.mail_timeout_seconds).unwrap_or(i64::MAX);
    in_range("mail_timeout_seconds", seconds, 1..=300)
}

fn in_range(key: &str, value: i64, range: std::ops::RangeInclusive<i64>) -> Result<()> {
    if range.contains(&value) {
        return Ok(());
    }
    let (least, most) = range.into_inner();
    Err(wrong(key, &format!("must be from {least} to {most}")))
}

/// [`load`] with the variables of this process. Other programs' variables need not be text.
///
/// # Errors
/// As [`load`]; a variable of ours that is not UTF-8 is named.
pub fn load_from_environment(file: Option<&Path>) -> Result<Config> {
    let mut ours = Vec::new();
    for (name, value) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if !name.starts_with(PREFIX) {
            continue;
        }
        let value = value
            .into_string()
            .map_err(|_| wrong(&name, "must be text in UTF-8"))?;
        ours.push((name, value));
    }
    load(file, ours.into_iter())
}

fn wrong(place: &str, reason: &str) -> Error {
    Error::invalid(
        format!("配置有误（{place}）：{reason}；可用的设置见 docs/CONFIGURATION.md"),
        format!(
            "configuration error at {place}: {reason}; docs/CONFIGURATION.md lists the settings"
        ),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> std::vec::IntoIter<(String, String)> {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        pairs.into_iter()
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jianyan.toml");
        std::fs::write(&file, "site_name = \"甲\"\nlisten_on = \"x\"\n").unwrap();
        let said = load(Some(&file), env(&[])).unwrap_err().to_string();
        assert!(said.contains("listen_on") && said.contains(":2"), "{said}");
    }

    #[test]
    fn an_unknown_variable_is_named() {
        let said = load(None, env(&[("JIANYAN_LISTN", "x")]))
            .unwrap_err()
            .to_string();
        assert!(said.contains("JIANYAN_LISTN"), "{said}");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jianyan.toml");
        std::fs::write(&file, "site_name = \"甲\"\nsession_hours = 3\n").unwrap();
        let vars = [
            ("JIANYAN_SITE_NAME", "乙"),
            ("JIANYAN_FORM_LIMIT_BYTES", "1000"),
            ("HOME", "/"),
        ];
        let config = load(Some(&file), env(&vars)).unwrap();
        assert_eq!(config.site_name, "乙");
        assert_eq!(config.session_hours, 3);
        assert_eq!(config.form_limit_bytes, 1000);
    }

    #[test]
    fn sites_that_may_frame_are_hosts_and_nothing_else() {
        let load = |text: &str| load(None, env(&[("JIANYAN_FRAME_ALLOWED", text)]));
        let config = load("https://www.example.org https://*.example.com").unwrap();
        assert_eq!(config.frame_allowed.len(), 2);
        for bad in [
            "www.example.org",
            "https://a.example.org/x",
            "https://a;script-src",
            "'self'",
        ] {
            assert!(load(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_never_stands_in_an_error() {
        let said = load(
            None,
            env(&[("JIANYAN_DATABASE_URL", "mysql://u:secret@h/db")]),
        );
        assert!(!format!("{:?}", said.unwrap_err()).contains("secret"));
    }
}
