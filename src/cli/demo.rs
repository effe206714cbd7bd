//! `jianyan demo`: a sample consultation written for this program, on a clock that stands inside
//! its window, with a staff account of its own. Started again on the same folder it goes on there.

use super::import::publish_text;
use super::output::{language, say, say_both};
use super::serve::{answer, start_log};
use super::site::Site;
use crate::audit::model::Actor;
use crate::clock::{FixedClock, ShiftedClock, beijing};
use crate::config::Config;
use crate::consultations::model::Timing;
use crate::error::{Error, Result};
use crate::identity::model::Role;
use crate::identity::password::verify;
use crate::identity::staff::{NewStaff, add, prepare_password, stored_password};
use crate::web::dates;
use crate::web::server;
use crate::words::{Both, Lang};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use std::path::{Path, PathBuf};
use std::sync::Arc;

mod sample;
mod ticket;

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
/// The day of the sample's notice.
const FIRST_DAY: Date = date(2025, 5, 28);
/// A lifetime later nobody looks at a demonstration, and all its days are still days of a calendar.
const LAST_DAY: Date = date(2099, 12, 31);

pub(super) fn run(options: &Options) -> Result<()> {
    // Nothing is written before all of this is found good.
    let at = start(&options.at)?;
    let config = config(options);
    start_log(&config)?;
    let listener = server::listen(config.listen)?;
    let address = listener.local_addr().map_err(Error::internal)?;
    let ticket = ticket::of(&options.data, LOGIN)?;
    let mut site = Site::with(config, Arc::new(ShiftedClock::starting_at(at)))?;
    site.config.public_url = format!("http://{address}");
    sample::load(&site, SLUG, at)?;
    let is_valid = account(&site, &ticket.password)?;
    if !ticket.is_new {
        tell_again(&options.data);
    }
    tell(&site.config.public_url, &ticket.password, is_valid, at);
    let window = site.consultation(SLUG)?.window;
    answer(site, listener, Some(banner(at, window.judge(at))))
}

fn start(text: &str) -> Result<Timestamp> {
    let wrong = |cause: jiff::Error| {
        Error::invalid(
            format!("--at 的时间“{text}”无法识别，请写成 2025-06-10T10:00"),
            format!("cannot read the time {text} of --at; write it as 2025-06-10T10:00"),
        )
        .caused_by(cause)
    };
    let local: DateTime = text.parse().map_err(wrong)?;
    // The sample's notice is of the first day; on that day its window has not opened yet.
    if local.date() < FIRST_DAY || local.date() > LAST_DAY {
        return Err(Error::invalid(
            format!(
                "--at 的时间“{text}”不在演示的范围内：样例公告2025年5月28日发布，5月29日至6月28日征求意见，请写2025年5月28日至2099年12月31日之间的时间"
            ),
            format!(
                "the time {text} of --at is outside the demonstration: its notice is of 28 May 2025, open from 29 May to 28 June; name a time from 2025-05-28 to 2099-12-31"
            ),
        ));
    }
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

/// The staff account, made when it is not there; whether the password is (still) its own.
fn account(site: &Site, password: &str) -> Result<bool> {
    let known = site.database.read_now(|db| stored_password(db, LOGIN))?;
    if let Some(known) = known {
        return Ok(verify(password, &known));
    }
    let password_hash = prepare_password(LOGIN, "", password)?;
    let clock = Arc::clone(&site.clock);
    site.database.write_now(move |db| {
        let new = NewStaff {
            login: LOGIN.to_owned(),
            name: "演示经办人".to_owned(),
            role: Role::Drafter,
            password_hash: password_hash.clone(),
            must_change_password: false,
        };
        add(db, &Actor::System("demo"), &*clock, &new)
    })?;
    Ok(true)
}

fn banner(at: Timestamp, timing: Timing) -> Both {
    let (zh, en) = match timing {
        Timing::Early => ("尚未开始征求意见", "before the window opens"),
        Timing::InTime => ("正在征求意见", "inside the window"),
        Timing::Late => ("征求意见已截止", "after the window has closed"),
    };
    let started = |lang| dates::moment(lang, at.to_zoned(beijing()).datetime());
    Both::new(
        format!(
            "演示：公告、单位和意见都是虚构的。演示时间自{}起算，{zh}。",
            started(Lang::Zh)
        ),
        format!(
            "Demonstration: notice, offices and comments are invented. The site's clock started at {}, {en}.",
            started(Lang::En)
        ),
    )
}

/// Of a demonstration that was started before.
fn tell_again(folder: &Path) {
    let shown = folder.display();
    say_both(
        &format!(
            "接着使用 {shown} 中已有的演示数据：内容、密码、登录状态都保留，演示时间重新起算。要重新开始，请删去这个文件夹，或用--data另选一个"
        ),
        &format!(
            "going on with the demonstration in {shown}: its content, password and sessions are kept, its clock starts anew. To begin again delete that folder, or name another with --data"
        ),
    );
}

fn tell(address: &str, password: &str, is_valid: bool, at: Timestamp) {
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
    let password = match is_valid {
        true => password,
        false => word("（您另行设置的密码）", "(the one you set yourself)"),
    };
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
