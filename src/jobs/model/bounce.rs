//! What a bounce says of a mail of ours (RFC 3464 gives its form, RFC 3463 the codes).

use crate::words::Lang;

/// The part of a bounce that is looked at. None of it names anybody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Notice<'a> {
    /// The Message-ID of the mail that it is about.
    pub original_message_id: &'a str,
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded` (RFC 3464, 2.3.3).
    pub action: Option<&'a str>,
    /// `5.1.1` (RFC 3463).
    pub status: Option<&'a str>,
}

impl Notice<'_> {
    /// Why the mail did not get there; `None` while it may still, or when it did. A server that gave
    /// up after days says `failed` with a code of class 4; one that says neither is believed to have
    /// given up, because nobody sends a notice otherwise.
    #[must_use]
    pub fn failure(&self) -> Option<Bounce> {
        let says = |word: &str| {
            self.action
                .is_some_and(|own| own.trim().eq_ignore_ascii_case(word))
        };
        let class = self.status.and_then(|status| status.trim().chars().next());
        let failed = match self.action {
            Some(_) => says("failed"),
            None => !matches!(class, Some('2' | '4')),
        };
        failed.then(|| Bounce::of(self.status.unwrap_or_default()))
    }
}

/// Why a mail came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounce {
    /// There is no such mailbox, or no such domain.
    NoMailbox,
    /// The mailbox takes no mail any more.
    Disabled,
    /// The mailbox is full.
    Full,
    /// The other side does not want this mail: a filter, a policy.
    Unwanted,
    /// It was tried for days.
    Expired,
    /// Anything else.
    Other,
}

impl Bounce {
    const ALL: [Self; 6] = [
        Self::NoMailbox,
        Self::Disabled,
        Self::Full,
        Self::Unwanted,
        Self::Expired,
        Self::Other,
    ];

    /// From a code such as `5.1.1`.
    #[must_use]
    pub fn of(status: &str) -> Self {
        let mut parts = status.trim().split('.').skip(1);
        let mut next = || {
            parts
                .next()
                .and_then(|part| part.trim().parse::<u16>().ok())
        };
        match (next(), next()) {
            // 7 and 8 speak of the address it came from.
            (Some(1), Some(7 | 8)) => Self::Unwanted,
            (Some(1), _) | (Some(4), Some(4)) => Self::NoMailbox,
            (Some(2), Some(1)) => Self::Disabled,
            (Some(2), Some(2)) => Self::Full,
            (Some(7), _) => Self::Unwanted,
            (Some(4), Some(1 | 7)) => Self::Expired,
            _ => Self::Other,
        }
    }

    /// Whether no mail to this address will ever arrive.
    #[must_use]
    pub fn is_for_good(self) -> bool {
        matches!(self, Self::NoMailbox | Self::Disabled)
    }

    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoMailbox => "no-mailbox",
            Self::Disabled => "disabled",
            Self::Full => "full",
            Self::Unwanted => "unwanted",
            Self::Expired => "expired",
            Self::Other => "other",
        }
    }

    /// The bounce of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        let known = Self::ALL.into_iter().find(|known| known.code() == code);
        known.unwrap_or(Self::Other)
    }

    /// What happened and what can be done, for the office.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::NoMailbox => lang.pick(
                "退信：对方邮箱不存在，地址多半写错了；请改用电话等方式联系",
                "it came back: there is no such mailbox, the address is most likely mistyped; reach the person another way",
            ),
            Self::Disabled => lang.pick(
                "退信：对方邮箱已停用；请改用电话等方式联系",
                "it came back: the mailbox is no longer in use; reach the person another way",
            ),
            Self::Full => lang.pick(
                "退信：对方邮箱满了；可以过几天再发，或改用电话联系",
                "it came back: the mailbox is full; send it again in a few days, or call",
            ),
            Self::Unwanted => lang.pick(
                "退信：对方的邮件系统拒收（当作垃圾邮件或不许外来邮件）；请改用电话联系，也可以请系统管理员检查 SPF、DKIM 设置",
                "it came back: the other side refuses it (as spam, or by its policy); call the person, and have the administrator check SPF and DKIM",
            ),
            Self::Expired => lang.pick(
                "退信：试了几天都送不到对方的邮件服务器；请改用电话等方式联系，或再发一次",
                "it came back: the other mail server could not be reached for days; reach the person another way, or send it again",
            ),
            Self::Other => lang.pick(
                "退信：对方没有收到，退信没有写明原因；请改用电话等方式联系",
                "it came back, without a reason that could be read; reach the person another way",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(action: Option<&str>, status: Option<&str>) -> Option<Bounce> {
        let notice = Notice {
            original_message_id: "",
            action,
            status,
        };
        notice.failure()
    }

    #[test]
    fn what_may_still_arrive_has_not_failed() {
        for (action, status) in [
            (Some("delayed"), Some("4.4.7")),
            (Some("Delayed"), Some("5.1.1")),
            (Some("relayed"), Some("2.0.0")),
            (None, Some("4.2.2")),
            (None, Some("2.1.5")),
        ] {
            assert_eq!(failure(action, status), None, "{action:?} {status:?}");
        }
    }

    #[test]
    fn a_code_says_why_it_came_back() {
        for (action, status, why) in [
            (Some("failed"), Some("5.1.1"), Bounce::NoMailbox),
            (Some(" FAILED "), Some("5.1.10"), Bounce::NoMailbox),
            (Some("failed"), Some("5.4.4"), Bounce::NoMailbox),
            (Some("failed"), Some("4.4.1"), Bounce::Expired),
            (Some("failed"), Some("4.4.7"), Bounce::Expired),
            (None, Some("5.2.1"), Bounce::Disabled),
            (None, Some("5.2.2"), Bounce::Full),
            (None, Some("5.7.26"), Bounce::Unwanted),
            (None, Some("5.1.8"), Bounce::Unwanted),
            (None, Some("5.0.0"), Bounce::Other),
            (None, Some("nonsense"), Bounce::Other),
            (None, None, Bounce::Other),
        ] {
            assert_eq!(failure(action, status), Some(why), "{action:?} {status:?}");
        }
    }

    #[test]
    fn every_bounce_reads_back() {
        for bounce in Bounce::ALL {
            assert_eq!(Bounce::parse(bounce.code()), bounce);
        }
    }
}
