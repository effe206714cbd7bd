//! Which step a button leads to.

/// A step of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web::routes::public) enum Step {
    Remark,
    Tray,
    Files,
    Who,
    Check,
}

/// What a button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    To(Step),
    /// To the list, whatever is on the page.
    TrayOnly,
    /// A further opinion.
    New,
    /// The opinion with a number, from 1.
    Edit(usize),
    Drop(usize),
}

impl Step {
    pub(super) fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "remark" => Self::Remark,
            "tray" => Self::Tray,
            "files" => Self::Files,
            "who" => Self::Who,
            "check" => Self::Check,
            _ => return None,
        })
    }
}

impl Go {
    /// What the field `go` says; to the list for anything that is not ours.
    pub(super) fn parse(code: &str) -> Self {
        let numbered = |prefix: &str| {
            let number = code.strip_prefix(prefix)?.parse::<usize>().ok()?;
            (number > 0).then_some(number)
        };
        if let Some(number) = numbered("edit-") {
            return Self::Edit(number);
        }
        if let Some(number) = numbered("drop-") {
            return Self::Drop(number);
        }
        match code {
            "new" => Self::New,
            "tray-only" => Self::TrayOnly,
            _ => Self::To(Step::parse(code).unwrap_or(Step::Tray)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_lead_where_they_say() {
        assert_eq!(Go::parse("edit-2"), Go::Edit(2));
        assert_eq!(Go::parse("drop-1"), Go::Drop(1));
        assert_eq!(Go::parse("who"), Go::To(Step::Who));
        for odd in ["", "edit-0", "edit--1", "edit-x", "drop-", "send", "\0"] {
            assert_eq!(Go::parse(odd), Go::To(Step::Tray), "{odd}");
        }
    }
}
