//! A letter that could not be fetched, and why, in words.

use crate::words::Lang;
use jiff::Timestamp;

/// A letter that is at the server and could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// UIDVALIDITY of the folder, and the letter's number in it.
    pub generation: i64,
    pub uid: i64,
    /// Code of the reason.
    pub failure: String,
    pub tries: i32,
    /// When it was tried last.
    pub at: Timestamp,
}

impl Failed {
    /// Whether the letter is no longer where it was, so that trying again is in vain.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.failure == "gone"
    }

    /// Whether somebody has asked for it to be tried again at the next look.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.at == Timestamp::UNIX_EPOCH
    }

    /// What happened and what can be done.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &'static str {
        match self.failure.as_str() {
            "gone" => lang.pick(
                "还没收下，信箱里就已经没有这封信了：可能有人在邮箱里删了或移走了，请到邮箱的“已删除”里找",
                "gone from the mailbox before it could be fetched; somebody may have deleted or moved it, so look in the mailbox's bin",
            ),
            "broken" => lang.pick(
                "收到一半，连接就断了；过一小时自动再试",
                "the connection broke off while it was fetched; it is tried again within the hour",
            ),
            "huge" => lang.pick(
                "这封信大得超出了上限好几倍，没有接收，原信还在信箱里；请到邮箱里看，需要的话用“录入来件”登记",
                "several times over the limit and not fetched; it is still in the mailbox, so look at it there and enter it by hand if need be",
            ),
            "unreadable" => lang.pick(
                "程序读不了这封信，原信还在信箱里；请先到邮箱里看，并告诉系统管理员",
                "the program cannot read it; it is still in the mailbox, so look at it there and tell the administrator",
            ),
            _ => lang.pick(
                "登记的时候出错，原信没有丢；自动再试，一直这样请系统管理员查看日志",
                "it could not be registered and is not lost; it is tried again. Ask the administrator to look at the log when that stays",
            ),
        }
    }
}
