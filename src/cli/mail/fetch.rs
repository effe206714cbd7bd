//! `jianyan mail fetch`: one look into every mailbox.

use super::super::output::{note, say_both};
use super::super::site::{ConfigOptions, Site};
use crate::error::{Error, Kind, Result};
use crate::mailboxes::fetch::Tally;
use crate::words::Lang;

pub(super) fn run(config: &ConfigOptions) -> Result<()> {
    let site = Site::open(config)?;
    if site.config.mailboxes.is_empty() {
        return Err(Error::invalid(
            "没有设置信箱，请在配置里写 mailboxes",
            "no mailbox is set; name one in the setting mailboxes",
        ));
    }
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().map_err(Error::internal)?;
    let fetcher = site.fetcher()?;
    let mut failed = 0;
    for mailbox in &site.config.mailboxes {
        let name = &mailbox.name;
        match runtime.block_on(fetcher.look(mailbox)) {
            Ok((tally, inbox)) => {
                say(name, tally);
                if let Some(inbox) = inbox {
                    runtime.block_on(inbox.close());
                }
            }
            Err(failure) => {
                failed += 1;
                let (zh, en) = (failure.words(Lang::Zh), failure.words(Lang::En));
                note(&format!("{name}：{zh}"), &format!("{name}: {en}"));
            }
        }
    }
    if failed > 0 {
        return Err(Error::new(
            Kind::Unavailable,
            format!("有{failed}个信箱没有收完，原因见上；改正后重新运行即可，不会重复登记"),
            format!(
                "mailboxes not read completely: {failed}, see above; run it again when mended, nothing is registered twice"
            ),
        ));
    }
    Ok(())
}

fn say(name: &str, tally: Tally) {
    let Tally {
        registered,
        supplements,
        duplicates,
        set_aside,
        failed,
    } = tally;
    say_both(
        &format!(
            "{name}：登记{registered}封，补充{supplements}封，重复{duplicates}封，待核对{set_aside}封，未能读取{failed}封"
        ),
        &format!(
            "{name}: {registered} registered, {supplements} added to earlier ones, {duplicates} duplicates, {set_aside} set aside, {failed} not readable for now"
        ),
    );
}
