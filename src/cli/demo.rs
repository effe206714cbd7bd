//! `jianyan demo`: a sample consultation written for this program, on a clock that stands inside
//! its window, with a staff account made for this run.

use super::import::publish_text;
use super::output::{language, say};
use super::serve::{answer, start_log};
use super::site::Site;
use super::staff::made_for;
use crate::audit::model::Actor;
use crate::clock::{FixedClock, ShiftedClock, beijing};
use crate::config::Config;
use crate::consultations::model::Timing;
use crate::error::{Error, Result};
use crate::identity::model::Role;
use crate::identity::staff::{NewStaff, add, exists, prepare_password, set_password};
use crate::web::dates;
use crate::web::server;
use crate::words::{Both, Lang};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::path::PathBuf;
use std::sync::Arc;

mod sample;

#[derive(Args)]
pub(super) struct Options {
    /// Port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder of the demonstration's data
    #[arg(long, default_value = "jianyan-data/demo", value_name = "DIR")]
    data: PathBuf,
    /// Where its clock starts, in Beijing time
    #[arg(long, default_value = "2025-06-10T10:00", value_name = "TIME")]
    at: String,
}

const SLUG: &str = "demo";
const LOGIN: &str = "drafter";

pub(super) fn run(options: &Options) -> Result<()> {
    let at = start(&options.at)?;
    let config = config(options);
    start_log(&config)?;
    let listener = server::listen(config.listen)?;
    let address = listener.local_addr().map_err(Error::internal)?;
    let mut site = Site::with(config, Arc::new(ShiftedClock::starting_at(at)))?;
    site.config.public_url = format!("http://{address}");
    sample::load(&site, SLUG, at)?;
    let password = account(&site)?;
    tell(&site.config.public_url, &password, at);
    let window = site.consultation(SLUG)?.window;
    answer(site, listener, Some(banner(at, window.judge(at))))
}

fn start(text: &str) -> Result<Timestamp> {
    let wrong = |cause: jiff::Error| {
        Error::invalid(
            format!("--at 的时间“{text}”读不懂，请写成 2025-06-10T10:00"),
            format!("cannot read the time {text} of --at; write it as 2025-06-10T10:00"),
        )
        .caused_by(cause)
    };
    let local: DateTime = text.parse().map_err(wrong)?;
    Ok(local.to_zoned(beijing()).map_err(wrong)?.timestamp())
}

fn config(options: &Options) -> Config {
    Config {
        database_url: format!("sqlite:{}", options.data.join("jianyan.db").display()),
        listen: ([127, 0, 0, 1], options.port).into(),
        data_dir: options.data.clone(),
        site_name: "岚溪区意见征集（演示）".to_owned(),
        mail_host: Some("mail.example.org".to_owned()),
        log_format: "text".to_owned(),
        log_filter: "warn".to_owned(),
        ..Config::default()
    }
}

/// A staff account whose password is made anew for each run.
fn account(site: &Site) -> Result<String> {
    let password = made_for(LOGIN)?.text;
    let password_hash = prepare_password(LOGIN, &password)?;
    let clock = Arc::clone(&site.clock);
    site.database.write_now(move |db| {
        let actor = Actor::System("demo");
        if exists(db, LOGIN)? {
            return set_password(db, &actor, &*clock, LOGIN, &password_hash);
        }
        let new = NewStaff {
            login: LOGIN.to_owned(),
            name: "演示经办人".to_owned(),
            role: Role::Drafter,
            password_hash: password_hash.clone(),
        };
        add(db, &actor, &*clock, &new)
    })?;
    Ok(password)
}

fn banner(at: Timestamp, timing: Timing) -> Both {
    let (zh, en) = match timing {
        Timing::Early => ("还没到征求意见期", "before the window opens"),
        Timing::InTime => ("正在征求意见期内", "inside the window"),
        Timing::Late => ("征求意见期已过", "after the window has closed"),
    };
    let started = |lang| dates::moment(lang, at.to_zoned(beijing()).datetime());
    Both::new(
        format!(
            "演示：公告、单位和意见都是虚构的。本站时钟从{}走起，{zh}。",
            started(Lang::Zh)
        ),
        format!(
            "Demonstration: notice, offices and comments are invented. The site's clock started at {}, {en}.",
            started(Lang::En)
        ),
    )
}

fn tell(address: &str, password: &str, at: Timestamp) {
    let lang = language();
    let word = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    say(&format!(
        "{} {address}/c/{SLUG}",
        word("征求意见页面：", "consultation:    ")
    ));
    say(&format!(
        "{} {address}/office",
        word("工作人员入口：", "office:          ")
    ));
    say(&format!(
        "{} {LOGIN} / {password}",
        word("登录名 / 密码：", "login / password:")
    ));
    say(&format!(
        "{} {}",
        word("本站时钟：    ", "clock set to:    "),
        dates::moment(lang, at.to_zoned(beijing()).datetime())
    ));
    say(word("按 Ctrl+C 停止", "stop it with Ctrl+C"));
}

/// A clock for entering what happened at a known time.
fn standing(at: Timestamp) -> FixedClock {
    FixedClock(at)
}
