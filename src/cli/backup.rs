//! `jianyan backup DIR [--with-key]`.

use super::output::say_both;
use super::site::ConfigOptions;
use crate::backups::make::{Order, make};
use crate::backups::model::Manifest;
use crate::clock::{Clock, SystemClock};
use crate::db::Address;
use crate::error::Result;
use crate::privacy::vault::fingerprint;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct Options {
    /// The folder to make; it must not be there yet, or be empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Put the site key into it, too: whoever has the folder can then read everything
    #[arg(long)]
    with_key: bool,
    #[command(flatten)]
    config: ConfigOptions,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let config = options.config.read()?;
    let key_file = config.key_file();
    let kept = make(&Order {
        address: &Address::parse(&config.database_url)?,
        storage: &config.data_dir.join("storage"),
        key_file: &key_file,
        target: &options.folder,
        with_key: options.with_key,
        now: SystemClock.now(),
    })?;
    let shown = options.folder.display();
    let (zh, en) = told(&kept);
    say_both(
        &format!("已备份到 {shown}：{zh}"),
        &format!("backed up to {shown}: {en}"),
    );
    let (key, print) = (key_file.display(), fingerprint(&kept.site_key));
    match options.with_key {
        true => say_both(
            &format!("密钥（指纹 {print}）也在里面：请像保管密钥一样保管这个文件夹"),
            &format!("the key ({print}) is inside: guard this folder as you guard the key"),
        ),
        false => say_both(
            &format!("密钥不在里面：它在 {key}，指纹 {print}；没有它，备份打不开，请另外保管一份"),
            &format!(
                "the key is not inside: it lies at {key} ({print}); keep a copy elsewhere, without it the backup opens nothing"
            ),
        ),
    }
    Ok(())
}

/// What a backup holds, in words.
pub(super) fn told(list: &Manifest) -> (String, String) {
    let rows = |table| list.counted(table);
    let (notices, sent, remarks) = (rows("consultations"), rows("submissions"), rows("remarks"));
    let (letters, attached) = (rows("letters"), rows("attachments"));
    let (files, bytes) = (list.stored(), list.bytes());
    (
        format!(
            "征求意见{notices}项，来件{sent}件，意见{remarks}条，邮件{letters}封，附件{attached}个；文件{files}个；共{bytes}字节"
        ),
        format!(
            "{notices} consultations, {sent} submissions, {remarks} remarks, {letters} letters, {attached} attachments; {files} stored files; {bytes} bytes in all"
        ),
    )
}
