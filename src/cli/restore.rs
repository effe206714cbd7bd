//! `jianyan restore DIR`.

use super::backup::told;
use super::output::say_both;
use super::site::ConfigOptions;
use crate::backups::restore::{Order, restore};
use crate::db::Address;
use crate::error::Result;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct Options {
    /// A folder that `jianyan backup` made
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    config: ConfigOptions,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let config = options.config.read()?;
    let list = restore(&Order {
        backup: &options.folder,
        address: &Address::parse(&config.database_url)?,
        storage: &config.data_dir.join("storage"),
        key_file: &config.key_file(),
    })?;
    let (zh, en) = told(&list);
    say_both(
        &format!("已恢复：{zh}；与备份清单的数目一致。可以启动服务了"),
        &format!(
            "restored: {en}; the counts agree with the backup's list. The service can be started"
        ),
    );
    Ok(())
}
