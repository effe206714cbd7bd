//! What a mailbox is known by, and why it may not be readable.

use crate::words::Lang;
use jiff::Timestamp;

/// Why a mailbox could not be read, in a form that holds nobody's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody answers at its address.
    Unreachable,
    /// The server did not answer in time.
    Timeout,
    /// No encrypted connection came about.
    Tls,
    /// The server refuses the user name or the password.
    SignIn,
    /// The command for the access token printed none.
    Token,
    /// The folder cannot be opened.
    Folder,
    /// The server refused a command.
    Refused,
    /// The connection broke off, or the server said what cannot be read.
    Broken,
    /// The consultation that the settings name does not exist.
    Consultation,
    /// A fault of ours; the log has it.
    Fault,
}

impl Failure {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::Unreachable,
        Self::Timeout,
        Self::Tls,
        Self::SignIn,
        Self::Token,
        Self::Folder,
        Self::Refused,
        Self::Broken,
        Self::Consultation,
        Self::Fault,
    ];

    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Tls => "tls",
            Self::SignIn => "sign-in",
            Self::Token => "token",
            Self::Folder => "folder",
            Self::Refused => "refused",
            Self::Broken => "broken",
            Self::Consultation => "consultation",
            Self::Fault => "fault",
        }
    }

    /// The reason of a stored code; a fault for any other.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|one| one.code() == code).unwrap_or(Self::Fault)
    }

    /// What happened and what can be done, for the office.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Unreachable => lang.pick(
                "无法连接收信服务器，请系统管理员检查网络和 mailboxes 设置；恢复后自动接着收，不会漏",
                "the mail server cannot be reached; ask the administrator to check the network and the setting mailboxes. Reading goes on by itself and misses nothing",
            ),
            Self::Timeout => lang.pick(
                "收信服务器没有按时回应；稍后自动再试",
                "the mail server did not answer in time; it is tried again",
            ),
            Self::Tls => lang.pick(
                "无法与收信服务器建立加密连接，请系统管理员检查证书和 mailboxes 设置",
                "no encrypted connection to the mail server; ask the administrator to check its certificate and the setting mailboxes",
            ),
            Self::SignIn => lang.pick(
                "收信服务器不接受账号或密码（网易、QQ等信箱要用“授权码”，不是登录密码），请系统管理员检查",
                "the mail server refuses the user name or password (some providers want an app password); ask the administrator",
            ),
            Self::Token => lang.pick(
                "无法取得登录令牌，请系统管理员检查 token_command 设置的命令",
                "no access token; ask the administrator to check the command in token_command",
            ),
            Self::Folder => lang.pick(
                "打不开信箱里的文件夹，请系统管理员检查文件夹名，或在邮箱网页上允许 IMAP 收信",
                "the folder cannot be opened; ask the administrator to check its name, or to allow IMAP at the provider",
            ),
            Self::Refused => lang.pick(
                "收信服务器拒绝了操作；稍后自动再试，一直这样请找系统管理员",
                "the mail server refused; it is tried again. Tell the administrator when it stays",
            ),
            Self::Broken => lang.pick(
                "和收信服务器的连接中断；稍后自动再试",
                "the connection to the mail server broke off; it is tried again",
            ),
            Self::Consultation => lang.pick(
                "设置里写的征求意见不存在，请系统管理员检查 mailboxes 的 consultation=",
                "the consultation named in the settings does not exist; ask the administrator to check consultation= in mailboxes",
            ),
            Self::Fault => lang.pick(
                "系统内部出错，请系统管理员查看日志；没收的信还在信箱里，不会丢",
                "a fault of the program; ask the administrator to look at the log. What was not read is still in the mailbox",
            ),
        }
    }
}

/// How a letter came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Road {
    /// Read from a mailbox on a server.
    Imap,
    /// Read from a Maildir.
    Maildir,
    /// Handed over by a mail server (`jianyan mail receive`).
    Pipe,
    /// Imported from a file (`jianyan mail import`).
    File,
}

impl Road {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Imap => "imap",
            Self::Maildir => "maildir",
            Self::Pipe => "pipe",
            Self::File => "file",
        }
    }

    /// The road of a stored code; a file for any other.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        let mut all = [Self::Imap, Self::Maildir, Self::Pipe].into_iter();
        all.find(|one| one.code() == code).unwrap_or(Self::File)
    }

    /// The words for a stored code.
    #[must_use]
    pub fn in_words(code: &str, lang: Lang) -> &'static str {
        match code {
            "imap" => lang.pick("从信箱收取", "read from the mailbox"),
            "maildir" => lang.pick("从邮件文件夹收取", "read from a Maildir"),
            "pipe" => lang.pick("邮件服务器转来", "handed over by the mail server"),
            _ => lang.pick("从文件导入", "imported from a file"),
        }
    }
}

/// What is remembered of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    pub id: String,
    pub name: String,
    /// UIDVALIDITY; `None` while it was never read.
    pub generation: Option<u32>,
    /// The lowest UID that was not looked at.
    pub next_uid: u32,
    /// Letters that were there and not yet in the book when it was looked at last.
    pub waiting: u32,
    pub tried_at: Option<Timestamp>,
    pub fetched_at: Option<Timestamp>,
    pub failing_since: Option<Timestamp>,
    pub failure: Option<Failure>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_reads_back_and_says_what_to_do() {
        for one in Failure::ALL {
            assert_eq!(Failure::parse(one.code()), one);
            assert!(one.words(Lang::Zh).chars().count() > 10 && one.words(Lang::En).len() > 20);
        }
        assert_eq!(Failure::parse("something newer"), Failure::Fault);
    }
}
