//! Who acts.

use crate::error::{Error, Kind, Result};

/// Who acts. Every verb is handed one; there is no ambient user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who wrote in; who they are stands, sealed, in their submission.
    Public,
    /// A signed-in member of the office.
    Staff {
        id: String,
        name: String,
        may_change: bool,
    },
    /// The program itself, or the administrator at its command line.
    System(&'static str),
}

impl Actor {
    /// The kind, identifier and name that the log keeps.
    #[must_use]
    pub fn parts(&self) -> (&'static str, &str, &str) {
        match self {
            Self::Public => ("public", "", ""),
            Self::Staff { id, name, .. } => ("staff", id, name),
            Self::System(command) => ("system", command, ""),
        }
    }

    /// Refuses those who may only look.
    ///
    /// # Errors
    /// `Kind::Forbidden` for a member of staff with a reading role.
    pub fn must_be_able_to_change(&self) -> Result<()> {
        match self {
            Self::Staff {
                may_change: false, ..
            } => Err(Error::new(
                Kind::Forbidden,
                "您的账号只能查看，不能修改；如需修改，请联系系统管理员调整角色",
                "your account may look but not change; ask the administrator for another role",
            )),
            _ => Ok(()),
        }
    }
}
