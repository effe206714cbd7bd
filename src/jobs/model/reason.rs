//! Why a job did not succeed, in a form that holds nobody's data.

use super::Bounce;

/// Why a job did not succeed. Servers repeat addresses in what they say, so only the kind of the
/// failure is kept, and the number of the reply (RFC 5321, 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody answers at the mail server's address.
    Unreachable,
    /// The mail server did not answer in time.
    Timeout,
    /// No encrypted connection came about.
    Tls,
    /// The mail server refuses our user name or password, or wants one.
    SignIn,
    /// The mail server asks to try again later (4xx).
    Deferred(u16),
    /// The mail server will not take this mail (5xx).
    Refused(u16),
    /// The mail was taken, and came back later.
    Bounced(Bounce),
    /// The virus scanner does not answer.
    Scanner,
    /// The address is none that mail can be sent to.
    Address,
    /// A fault of ours; the log has it under the job's identifier.
    Fault,
}

/// How the code of a mail that came back begins.
pub const BOUNCED: &str = "bounced";

impl Reason {
    /// The code that is stored.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Unreachable => "unreachable".to_owned(),
            Self::Timeout => "timeout".to_owned(),
            Self::Tls => "tls".to_owned(),
            Self::SignIn => "sign-in".to_owned(),
            Self::Deferred(number) => format!("deferred {number}"),
            Self::Refused(number) => format!("refused {number}"),
            Self::Bounced(bounce) => format!("{BOUNCED} {}", bounce.code()),
            Self::Scanner => "scanner".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Fault => "fault".to_owned(),
        }
    }

    /// The reason of a stored code; a fault for any other.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        let number = |text: &str| text.parse().unwrap_or(0);
        match code.split_once(' ') {
            Some(("deferred", text)) => Self::Deferred(number(text)),
            Some(("refused", text)) => Self::Refused(number(text)),
            Some((BOUNCED, text)) => Self::Bounced(Bounce::parse(text)),
            _ => match code {
                "unreachable" => Self::Unreachable,
                "timeout" => Self::Timeout,
                "tls" => Self::Tls,
                "sign-in" => Self::SignIn,
                "scanner" => Self::Scanner,
                "address" => Self::Address,
                _ => Self::Fault,
            },
        }
    }

    /// What happened and what can be done, for the office.
    #[must_use]
    pub fn words(self, lang: crate::words::Lang) -> String {
        match self {
            Self::Unreachable => lang
                .pick(
                    "无法连接发信服务器，请系统管理员检查网络和 smtp_url 设置",
                    "the mail server cannot be reached; ask the administrator to check the network and smtp_url",
                )
                .to_owned(),
            Self::Timeout => lang
                .pick(
                    "发信服务器没有按时回应，请系统管理员检查网络",
                    "the mail server did not answer in time; ask the administrator to check the network",
                )
                .to_owned(),
            Self::Tls => lang
                .pick(
                    "无法与发信服务器建立加密连接，请系统管理员检查证书和 smtp_url 设置",
                    "no encrypted connection to the mail server; ask the administrator to check its certificate and smtp_url",
                )
                .to_owned(),
            Self::SignIn => lang
                .pick(
                    "发信服务器不接受账号或密码，请系统管理员检查 smtp_url 设置",
                    "the mail server refuses the user name or password; ask the administrator to check smtp_url",
                )
                .to_owned(),
            Self::Deferred(number) => lang.pick(
                format!("发信服务器暂时不收（{number}），可以过些时候再发"),
                format!("the mail server did not take it for now ({number}); send it again later"),
            ),
            Self::Refused(number) => lang.pick(
                format!("发信服务器拒收（{number}），多半是邮箱不存在或已停用；请改用电话等方式联系"),
                format!(
                    "the mail server refused it ({number}), most likely because there is no such mailbox; reach the person another way"
                ),
            ),
            Self::Bounced(bounce) => bounce.words(lang).to_owned(),
            Self::Scanner => lang
                .pick(
                    "病毒扫描程序没有应答，附件暂不能下载；请系统管理员检查 clamd 是否在运行，再点“再试一次”",
                    "the virus scanner does not answer, so the attachment is held; ask the administrator to see that clamd runs, then try again",
                )
                .to_owned(),
            Self::Address => lang
                .pick(
                    "邮箱地址有误，请改用电话等方式联系",
                    "the e-mail address is malformed; reach the person another way",
                )
                .to_owned(),
            Self::Fault => lang
                .pick(
                    "系统内部出错，请系统管理员查看日志",
                    "a fault of the program; ask the administrator to look at the log",
                )
                .to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_reads_back() {
        for reason in [
            Reason::Unreachable,
            Reason::Timeout,
            Reason::Tls,
            Reason::SignIn,
            Reason::Deferred(451),
            Reason::Refused(550),
            Reason::Scanner,
            Reason::Address,
            Reason::Fault,
            Reason::Bounced(Bounce::NoMailbox),
            Reason::Bounced(Bounce::Other),
        ] {
            assert_eq!(Reason::parse(&reason.code()), reason);
        }
        assert_eq!(Reason::parse("something newer"), Reason::Fault);
    }
}
